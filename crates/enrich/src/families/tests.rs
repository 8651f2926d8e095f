use proptest::prelude::*;

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
    let lineage = Lineage::of(&models, Registry::builtin());
    let families = Families::new(&lineage, &read_for_tests(&sums), Registry::builtin());
    let family = families.of(3).unwrap();
    assert_eq!((family.models, family.counted, family.downloads()), (6, 5, 1_000));
    // Originator, finetuner, adapter maker, quantizer, merger, converter, mirror, unknown.
    assert_eq!(family.by_role, [400, 100, 50, 450, 0, 0, 0, 0]);
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

#[test]
fn copies_are_mirrored_and_other_formats_converted() {
    let counted = |parameters: i64, model: Model| {
        let facts = Facts { parameters: Some(parameters), ..model.facts };
        Model { facts, ..model }
    };
    let models = [
        counted(7, made("google/gemma-3-4b", "", "")),
        counted(7, made("copy/gemma-3-4b", "google/gemma-3-4b", "finetune")),
        counted(8, made("more/gemma-3-4b", "google/gemma-3-4b", "finetune")),
        made("silent/gemma-3-4b", "google/gemma-3-4b", "finetune"),
        made("format/gemma-3-4b-onnx", "google/gemma-3-4b", "finetune"),
        made("student/gemma-3-4b-distilled", "google/gemma-3-4b", "finetune"),
        made("nobody-knows", "google/gemma-3-4b", ""),
    ];
    let lineage = Lineage::of(&models, Registry::builtin());
    let families = Families::new(&lineage, &Popularity::default(), Registry::builtin());
    let roles: Vec<Role> = (0..models.len()).filter_map(|place| families.role(place)).collect();
    let expected = [
        Role::Originator,
        Role::Mirror,
        Role::Finetuner,
        Role::Mirror,
        Role::Converter,
        Role::Finetuner,
        Role::Unknown,
    ];
    assert_eq!(roles, expected);
}

/// Unknown is not 0: what flows around a root whose downloads nobody knows has no share.
#[test]
fn a_family_whose_root_is_not_counted_has_no_captured_part() {
    let models =
        [made("google/gemma-3-4b", "", ""), made("x/tuned", "google/gemma-3-4b", "finetune")];
    let lineage = Lineage::of(&models, Registry::builtin());
    let families = |sums: &[Option<i64>]| {
        let families = Families::new(&lineage, &read_for_tests(sums), Registry::builtin());
        *families.of(1).unwrap()
    };
    assert_eq!(families(&[None, Some(5)]).captured(), None);
    assert_eq!(families(&[Some(0), Some(5)]).captured(), Some(1.0));
}

proptest! {
    /// Whatever is declared: each family's roles add up to the downloads of its models, counted
    /// one by one, and no download is in two families or in none.
    #[test]
    fn roles_add_up_to_families_and_families_to_all(
        declared in prop::collection::vec((prop::option::of(0..15_usize), 0..6_usize, 0..4_usize), 15),
        sums in prop::collection::vec(prop::option::of(0..i64::MAX / 16), 15),
    ) {
        const RELATIONS: [&str; 6] = ["", "finetune", "adapter", "quantized", "merge", "other"];
        let id = |at: usize, owner: usize| match owner {
            0 => format!("bare-{at}"),
            owner => format!("owner{owner}/model-7B-v{}", at % 4),
        };
        let models: Vec<Model> = declared
            .iter()
            .enumerate()
            .map(|(at, (base, relation, owner))| {
                let base = base.map(|base| id(base, declared[base].2)).unwrap_or_default();
                made(&id(at, *owner), &base, RELATIONS[*relation])
            })
            .collect();
        let lineage = Lineage::of(&models, Registry::builtin());
        let families = Families::new(&lineage, &read_for_tests(&sums), Registry::builtin());
        let mut numbers: Vec<usize> = (0..models.len()).filter_map(|at| lineage.family(at)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut all = Vec::new();
        families.add_up(|place| sums[place], |_, family| all.push(family));
        prop_assert_eq!(all.len(), numbers.len());
        let mut total: i128 = 0;
        for (number, family) in numbers.into_iter().zip(&all) {
            let members = (0..models.len()).filter(|place| lineage.family(*place) == Some(number));
            let twin: i128 = members.clone().filter_map(|place| sums[place]).map(i128::from).sum();
            let roles: i128 = family.by_role.iter().map(|sum| i128::from(*sum)).sum();
            prop_assert_eq!((roles, i128::from(family.downloads())), (twin, twin));
            prop_assert_eq!(family.models as usize, members.count());
            total += roles;
        }
        let every: i128 = sums.iter().flatten().map(|sum| i128::from(*sum)).sum();
        prop_assert_eq!(total, every);
    }
}
