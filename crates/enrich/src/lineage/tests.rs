use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, StringArray};

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

#[test]
fn columns_of_the_models_table_give_the_lineage_of_the_models() {
    let models = [
        model("a/base", Some(&[])),
        model("b/tuned", Some(&["a/base", "x/other"])),
        model("c/unsaid", None),
        model("d/quant", Some(&["b/tuned"])),
    ];
    let mut columns = LineageColumns::default();
    for part in models.chunks(3) {
        let ids: ArrayRef =
            Arc::new(part.iter().map(|model| Some(&model.model_id)).collect::<StringArray>());
        let mut bases = ListBuilder::new(StringBuilder::new());
        for model in part {
            let of_model = model.facts.base_models.as_ref();
            bases.append_option(of_model.map(|bases| bases.iter().map(Some)));
        }
        let bases: ArrayRef = Arc::new(bases.finish());
        let batch = RecordBatch::try_from_iter(LINEAGE_COLUMNS.into_iter().zip([ids, bases]));
        columns.add_batch(&batch.unwrap());
    }
    let (found, expected) = (columns.lineage(), Lineage::of(&models));
    assert!((0..models.len()).all(|place| found.root(place) == expected.root(place)));
    assert_eq!(found.root(3).map(|root| root.model_id.as_str()), Some("a/base"));
    assert_eq!(found.root(2), None);
}
