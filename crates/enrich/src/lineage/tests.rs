use proptest::prelude::*;
use schema::Value;

use super::*;
use crate::Facts;

fn model(id: &str, bases: Option<&[&str]>) -> Model {
    let base_models = bases.map(|bases| bases.iter().map(|base| (*base).to_owned()).collect());
    Model::new(id, Facts { base_models, ..Facts::default() })
}

fn root(models: &[Model], index: usize) -> Option<(String, u32, bool)> {
    let lineage = Lineage::of(models);
    lineage.root(index).map(|root| (root.model_id.clone(), root.depth, root.is_cyclic))
}

#[test]
fn the_first_base_is_followed_to_the_end() {
    let models = [
        model("a/base", Some(&[])),
        model("b/tuned", Some(&["a/base"])),
        model("c/quant", Some(&["B/Tuned"])),
        model("d/outside", Some(&["x/gone"])),
    ];
    assert_eq!(root(&models, 0), Some(("a/base".into(), 0, false)));
    assert_eq!(root(&models, 2), Some(("a/base".into(), 2, false)));
    assert_eq!(root(&models, 3), Some(("x/gone".into(), 1, false)));
}

#[test]
fn unknown_bases_are_not_no_bases() {
    let models = [model("a/base", None), model("b/tuned", Some(&["a/base"]))];
    assert_eq!(root(&models, 0), None);
    assert_eq!(root(&models, 1), Some(("a/base".into(), 1, false)));
}

#[test]
fn a_circle_is_cut_and_said() {
    let models = [
        model("a/x", Some(&["b/y"])),
        model("b/y", Some(&["a/x"])),
        model("c/self", Some(&["c/self"])),
    ];
    assert_eq!(root(&models, 0), Some(("b/y".into(), 1, true)));
    assert_eq!(root(&models, 2), Some(("c/self".into(), 0, true)));
}

/// Reads models back from the columns of the models table that lineage needs.
fn from_columns(models: &[Model], at_once: usize) -> Lineage {
    let mut columns = LineageColumns::default();
    for part in models.chunks(at_once) {
        let each = |value: fn(&Model) -> Value| part.iter().map(value).collect::<Vec<_>>();
        columns.add([
            each(|model| model.model_id.as_str().into()),
            each(|model| model.facts.created_at.into()),
            each(|model| model.facts.library.clone().into()),
            each(|model| model.facts.tags.clone().into()),
            each(|model| model.facts.parameters.into()),
            each(|model| model.facts.base_models.clone().into()),
            each(|model| model.facts.base_relation.clone().into()),
        ]);
    }
    columns.lineage()
}

#[test]
fn columns_of_the_models_table_give_the_lineage_of_the_models() {
    let models = [
        model("a/base", Some(&[])),
        model("b/tuned", Some(&["a/base", "x/other"])),
        model("c/unsaid", None),
        model("d/quant", Some(&["b/tuned"])),
    ];
    let (found, expected) = (from_columns(&models, 3), Lineage::of(&models));
    assert!((0..models.len()).all(|place| found.root(place) == expected.root(place)));
    assert_eq!(found.root(3).map(|root| root.model_id.as_str()), Some("a/base"));
    assert_eq!(found.root(2), None);
}

/// A family drawn by hand: base → tuned → (quant, adapter → merged), and a circle beside it.
fn family() -> Vec<Model> {
    let made = |id: &str, base: &str, relation: &str| {
        let mut model = model(id, Some(&[base]));
        model.facts.base_relation = Some(relation.to_owned());
        model
    };
    vec![
        made("e/merged", "d/adapter", "merge"),
        made("b/tuned", "a/base", "finetune"),
        model("a/base", Some(&[])),
        made("c/quant", "b/tuned", "quantized"),
        made("d/adapter", "b/tuned", "adapter"),
        made("f/x", "g/y", "finetune"),
        made("g/y", "f/x", "finetune"),
        made("h/from-circle", "g/y", "finetune"),
    ]
}

#[test]
fn what_is_made_from_a_model_is_counted_by_relation_and_at_all() {
    let lineage = Lineage::of(&family());
    let kin = lineage.kin(2);
    assert_eq!((kin.children, kin.finetunes, kin.descendants), (1, 1, 4));
    let kin = lineage.kin(1);
    assert_eq!((kin.children, kin.quantized, kin.adapters, kin.descendants), (2, 1, 1, 3));
    assert_eq!(
        lineage.kin(4),
        KinCounts { children: 1, merges: 1, descendants: 1, ..lineage.kin(0) }
    );
    assert_eq!(lineage.descendants(2), [1, 3, 4, 0]);
    assert_eq!(lineage.ancestry(0), ["e/merged", "d/adapter", "b/tuned", "a/base"]);
    // Of the circle the first model loses its base, and nothing runs in it for ever.
    assert_eq!((lineage.parent(5), lineage.parent(6)), (None, Some(5)));
    assert_eq!((lineage.kin(5).descendants, lineage.kin(6).descendants), (2, 1));
    assert_eq!(lineage.ancestry(7), ["h/from-circle", "g/y", "f/x"]);
}

proptest! {
    /// Any declarations, circles among them: each model is a descendant of each of its ancestors,
    /// and of no other.
    #[test]
    fn descendants_are_those_whose_ancestry_holds_the_model(
        bases in prop::collection::vec(prop::option::of(0..12_usize), 12),
    ) {
        let id = |at: usize| format!("owner/model-{at}");
        let models: Vec<Model> = bases
            .iter()
            .enumerate()
            .map(|(at, base)| {
                let bases: Vec<String> = base.iter().map(|base| id(*base)).collect();
                let bases: Vec<&str> = bases.iter().map(String::as_str).collect();
                model(&id(at), Some(&bases))
            })
            .collect();
        let lineage = Lineage::of(&models);
        for model in 0..models.len() {
            let descendants = lineage.descendants(model);
            prop_assert_eq!(descendants.len(), lineage.kin(model).descendants as usize);
            for other in (0..models.len()).filter(|other| *other != model) {
                let mut above = std::iter::successors(lineage.parent(other), |at| lineage.parent(*at));
                let is_above = above.any(|at| at == model);
                prop_assert_eq!(descendants.contains(&(other as u32)), is_above);
            }
        }
    }
}

fn dated(id: &str, bases: Option<&[&str]>, day: &str) -> Model {
    let mut model = model(id, bases);
    model.facts.created_at = Some(Instant::parse(&format!("{day}T00:00:00Z")).unwrap());
    model
}

#[test]
fn a_base_that_is_not_declared_is_inferred_from_the_name() {
    let models = [
        dated("Qwen/Qwen3-8B", Some(&[]), "2025-04-27"),
        dated("bartowski/Qwen3-8B-GGUF", Some(&[]), "2025-04-28"),
        dated("copy/Qwen3-8B", None, "2025-06-01"),
        dated("x/Qwen3-8B-int4-AWQ", Some(&["Qwen/Qwen3-8B"]), "2025-05-01"),
        dated("y/unrelated-GGUF", Some(&[]), "2025-05-01"),
        dated("z/qwen3-8b-lora", None, "2025-05-01"),
        dated("bartowski/Qwen_Qwen3-8B-GGUF", Some(&[]), "2025-05-01"),
        dated("bartowski/Other_Qwen3-8B-GGUF", Some(&[]), "2025-05-01"),
    ];
    let lineage = Lineage::of(&models);
    let base = |place: usize| lineage.inferred_base(place).map(|base| base.id.as_str());
    assert_eq!(base(0), None, "the oldest of a name is nobody's copy");
    assert_eq!(base(1), Some("Qwen/Qwen3-8B"));
    assert_eq!(base(2), Some("Qwen/Qwen3-8B"), "a copy under the same name");
    assert_eq!(base(3), None, "what is declared needs no inference");
    assert_eq!(base(4), None, "nothing bears the rest of the name");
    assert_eq!(base(5), Some("Qwen/Qwen3-8B"));
    assert_eq!(base(6), Some("Qwen/Qwen3-8B"), "its owner stands before the name");
    assert_eq!(base(7), None, "another owner does not");
}

#[test]
fn of_two_with_one_name_and_no_age_neither_is_the_base() {
    let models =
        [model("a/Mist-7B", None), model("b/Mist-7B", None), model("c/Mist-7B-GGUF", None)];
    assert_eq!(Lineage::of(&models).inferred_base(2), None);
    let named = [model("a/Mist-7B-v2", None), model("c/Mist-7B-v2-Q4", None)];
    assert_eq!(Lineage::of(&named).inferred_base(1).unwrap().id, "a/Mist-7B-v2");
}
