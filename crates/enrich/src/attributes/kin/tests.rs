use schema::{Instant, Value};

use super::super::{Shared, catalogue, derive_some};
use crate::popularity::read_for_tests;
use crate::tables::Model;
use crate::{Facts, Families, Lineage, Registry};

fn made(id: &str, bases: Option<&[&str]>, relation: &str, day: &str) -> Model {
    let facts = Facts {
        base_models: bases.map(|bases| bases.iter().map(|base| (*base).to_owned()).collect()),
        base_relation: (!relation.is_empty()).then(|| relation.to_owned()),
        created_at: Instant::parse(&format!("{day}T00:00:00Z")).ok(),
        ..Facts::default()
    };
    Model::new(id, facts)
}

fn columns(models: &[Model], sums: &[Option<i64>]) -> impl Fn(&str, usize) -> Value {
    let (lineage, popularity) = (Lineage::of(models, Registry::builtin()), read_for_tests(sums));
    let registry = Registry::builtin();
    let families = Families::new(&lineage, &popularity, registry);
    let shared = Shared {
        registry,
        lineage: &lineage,
        popularity: &popularity,
        families: &families,
        as_of: Instant::from_millis(0),
    };
    let columns = derive_some(models, 0, shared);
    move |name, model| {
        let at = catalogue().position(|attribute| attribute.name == name).unwrap();
        columns[at][model].clone()
    }
}

#[test]
fn kin_is_counted_and_families_are_shared() {
    let models = [
        made("Qwen/Qwen3-8B", Some(&[]), "", "2025-04-27"),
        made("x/tuned", Some(&["qwen/qwen3-8b"]), "finetune", "2025-05-27"),
        made("y/tuned-GGUF", Some(&["x/tuned"]), "quantized", "2025-01-01"),
        made("z/Qwen3-8B-GGUF", Some(&[]), "", "2025-06-01"),
        made("w/lost", Some(&["gone/base"]), "finetune", "2025-06-01"),
    ];
    let value = columns(&models, &[Some(30), Some(10), Some(60), None, Some(1)]);
    // One declares it and the name of another says it.
    assert_eq!(value("child_count", 0), 2_i64.into());
    assert_eq!(value("descendant_count", 0), 3_i64.into());
    assert_eq!(value("finetune_count", 0), 1_i64.into());
    assert_eq!(value("quantized_count", 0), 1_i64.into());
    assert_eq!(value("base_lag", 1), 30.0.into());
    assert_eq!(value("lineage_fault", 1), "none".into());
    assert_eq!(value("lineage_fault", 2), "younger base".into(), "five months older than its base");
    assert_eq!(value("lineage_fault", 0), Value::Null);
    assert_eq!(value("is_base_listed", 4), false.into());
    assert_eq!(value("base_model_inferred", 3), "Qwen/Qwen3-8B".into());
    assert_eq!(value("role", 2), "quantizer".into());
    assert_eq!(value("uploader_role", 2), "quantizer".into());
    assert_eq!(value("uploader_model_count", 2), 1_i64.into());
    assert_eq!(value("base_model_sign", 3), "name without marks".into());
    assert_eq!(value("role", 3), "quantizer".into());
    assert_eq!(value("family_model_count", 2), 4_i64.into());
    assert_eq!(value("family_downloads_30d", 1), 100_i64.into());
    assert_eq!(value("family_share", 2), 0.6.into());
    assert_eq!(value("family_captured", 0), 0.7.into());
    assert_eq!(value("family_downloads_originator", 2), 30_i64.into());
    assert_eq!(value("family_downloads_finetuner", 0), 10_i64.into());
    assert_eq!(value("family_downloads_quantizer", 3), 60_i64.into());
    assert_eq!(value("family_downloads_unknown", 0), 0_i64.into());
    // Of a model whose downloads nobody knows no share is known.
    assert_eq!(value("family_downloads_30d", 3), 100_i64.into());
    assert_eq!(value("family_share", 3), Value::Null);
    // The root of this family is not in the collection.
    assert_eq!(value("family_captured", 4), Value::Null);
}

#[test]
fn circles_are_a_fault() {
    let models = [
        made("a/x", Some(&["b/y"]), "finetune", "2025-04-27"),
        made("b/y", Some(&["a/x"]), "finetune", "2025-04-27"),
    ];
    let value = columns(&models, &[None, None]);
    assert_eq!(
        (value("lineage_fault", 0), value("lineage_fault", 1)),
        ("circle".into(), "circle".into())
    );
    assert_eq!(value("is_base_listed", 0), true.into());
}
