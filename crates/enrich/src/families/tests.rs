use super::*;
use crate::Facts;
use crate::popularity::read_for_tests;
use crate::tables::Model;

fn made(id: &str, base: &str, relation: &str) -> Model {
    let facts = Facts {
        base_models: Some(if base.is_empty() { Vec::new() } else { vec![base.to_owned()] }),
        base_relation: (!relation.is_empty()).then(|| relation.to_owned()),
        ..Facts::default()
    };
    Model::new(id, facts)
}

/// A family of Google's with 1,000 downloads: 400 of its own, its own quantized version and
/// another namespace of the same organisation among them.
#[test]
fn what_flows_through_others_and_what_does_not_adds_up_to_the_family() {
    let models = [
        made("google/gemma-3-4b", "", ""),
        made("google/gemma-3-4b-qat", "google/gemma-3-4b", "quantized"),
        made("bartowski/gemma-3-4b-GGUF", "google/gemma-3-4b", "quantized"),
        made("someone/gemma-tuned", "google/gemma-3-4b", "finetune"),
        made("someone/gemma-lora", "someone/gemma-tuned", "adapter"),
        made("else/alone", "", ""),
        made("else/unread", "google/gemma-3-4b", "merge"),
    ];
    let sums = [Some(300), Some(100), Some(450), Some(100), Some(50), Some(7), None];
    let lineage = Lineage::of(&models);
    let families = Families::new(&lineage, &read_for_tests(&sums), Registry::builtin());
    let family = families.of(3).unwrap();
    assert_eq!((family.models, family.counted, family.downloads()), (6, 5, 1_000));
    // Originator, finetuner, adapter maker, quantizer, merger, mirror, unknown.
    assert_eq!(family.by_role, [400, 100, 50, 450, 0, 0, 0]);
    assert_eq!(family.captured(), Some(0.6));
    assert_eq!(families.role(1), Some(Role::Originator));
    assert_eq!(families.role(6), Some(Role::Merger));
    assert_eq!(families.of(5).unwrap().captured(), Some(0.0));
    assert_eq!(families.uploader("someone"), Some((2, Some(Role::Finetuner))));
    assert_eq!(families.uploader("nobody"), None);
}

#[test]
fn a_family_without_downloads_is_captured_by_nobody() {
    assert_eq!(Family::default().captured(), None);
}
