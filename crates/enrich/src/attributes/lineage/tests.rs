use schema::{Instant, Value};

use super::super::tests::{line, list, text};
use super::super::{catalogue, derive};
use crate::{Facts, Model, Registry};

const COLUMNS: [&str; 6] = [
    "base_models",
    "base_relation",
    "family",
    "lineage_depth",
    "is_derivative",
    "is_lineage_cyclic",
];

fn of(facts: Facts) -> String {
    line("a/b", facts, &COLUMNS)
}

fn column(models: &[Model], name: &str) -> Vec<Value> {
    let at = catalogue().position(|attribute| attribute.name == name).unwrap();
    derive(models, Registry::builtin(), Instant::from_millis(0)).swap_remove(at)
}

#[test]
fn none_declared_is_an_original() {
    let facts = Facts { base_models: list(&[]), ..Facts::default() };
    assert_eq!(of(facts), "[] | original | a/b | 0 | no | no");
    // The Hub tags every declared base.
    let facts = Facts { tags: list(&["safetensors", "region:us"]), ..Facts::default() };
    assert_eq!(of(facts), "[] | original | a/b | 0 | no | no");
    assert_eq!(of(Facts::default()), "– | – | – | – | – | –");
}

#[test]
fn bases_and_relations_come_from_tags_too() {
    let tags = ["base_model:Qwen/Qwen3-8B", "base_model:quantized:Qwen/Qwen3-8B"];
    for base_models in [None, list(&[])] {
        let facts = Facts { base_models, tags: list(&tags), ..Facts::default() };
        assert_eq!(of(facts), "[Qwen/Qwen3-8B] | quantized | Qwen/Qwen3-8B | 1 | yes | no");
    }
    let facts = Facts {
        base_models: list(&["x/one", "x/two"]),
        base_relation: text("finetune"),
        ..Facts::default()
    };
    assert_eq!(of(facts), "[x/one, x/two] | finetune | x/one | 1 | yes | no");
}

#[test]
fn relations_are_inferred_only_where_signs_are_clear() {
    let with = |bases: &[&str], library: &str, tags: &[&str]| {
        let facts = Facts {
            base_models: list(bases),
            library: text(library),
            tags: list(tags),
            ..Facts::default()
        };
        line("a/b", facts, &["base_relation", "is_derivative"])
    };
    assert_eq!(with(&["x/one"], "transformers", &[]), "– | yes");
    assert_eq!(with(&["x/one"], "peft", &[]), "adapter | yes");
    assert_eq!(with(&[], "diffusers", &["lora"]), "adapter | yes");
    assert_eq!(with(&["x/one", "x/two"], "transformers", &[]), "merge | yes");
}

#[test]
fn families_are_followed_to_the_root_and_through_aliases() {
    let model = |id: &str, bases: &[&str]| {
        Model::new(id, Facts { base_models: list(bases), ..Facts::default() })
    };
    let models = [
        model("q/quant", &["t/tuned"]),
        model("t/tuned", &["bert-base-uncased"]),
        model("c/circle", &["c/circle"]),
    ];
    let bert: Value = "google-bert/bert-base-uncased".into();
    assert_eq!(column(&models, "family"), [bert.clone(), bert, "c/circle".into()]);
    assert_eq!(column(&models, "lineage_depth"), [2_i64, 1, 0].map(Value::from));
    assert_eq!(column(&models, "is_lineage_cyclic"), [false, false, true].map(Value::from));
    assert_eq!(column(&models, "base_model_count"), [1_i64, 1, 1].map(Value::from));
}
