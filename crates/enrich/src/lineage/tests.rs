use proptest::prelude::*;
use schema::Value;

use super::*;
use crate::Facts;

mod faults;

fn model(id: &str, bases: Option<&[&str]>) -> Model {
    let base_models = bases.map(|bases| bases.iter().map(|base| (*base).to_owned()).collect());
    Model::new(id, Facts { base_models, ..Facts::default() })
}

fn lineage(models: &[Model]) -> Lineage {
    Lineage::of(models, Registry::builtin())
}

fn root(models: &[Model], index: usize) -> Option<(String, u32)> {
    lineage(models).root(index).map(|root| (root.model_id, root.depth))
}

#[test]
fn the_first_base_is_followed_to_the_end() {
    let models = [
        model("a/base", Some(&[])),
        model("b/tuned", Some(&["a/base"])),
        model("c/quant", Some(&["B/Tuned"])),
        model("d/outside", Some(&["x/gone"])),
    ];
    assert_eq!(root(&models, 0), Some(("a/base".into(), 0)));
    assert_eq!(root(&models, 2), Some(("a/base".into(), 2)));
    assert_eq!(root(&models, 3), Some(("x/gone".into(), 1)));
}

#[test]
fn unknown_bases_are_not_no_bases() {
    let models = [model("a/base", None), model("b/tuned", Some(&["a/base"]))];
    assert_eq!(root(&models, 0), None);
    assert_eq!(root(&models, 1), Some(("a/base".into(), 1)));
}

#[test]
fn a_circle_is_cut_at_its_oldest_model_and_said() {
    let models = [
        dated("a/x", Some(&["b/y"]), "2025-03-01"),
        dated("b/y", Some(&["a/x"]), "2025-01-01"),
        model("c/self", Some(&["c/self"])),
        model("d/below", Some(&["a/x"])),
    ];
    assert_eq!(root(&models, 0), Some(("b/y".into(), 1)));
    assert_eq!(root(&models, 1), Some(("b/y".into(), 0)));
    assert_eq!(root(&models, 2), Some(("c/self".into(), 0)));
    assert_eq!(root(&models, 3), Some(("b/y".into(), 2)), "one family");
    let lineage = lineage(&models);
    let faults: Vec<Option<Fault>> = (0..4).map(|place| lineage.fault(place)).collect();
    let expected = [Fault::Circle, Fault::Circle, Fault::Itself, Fault::None];
    assert_eq!(faults, expected.map(Some));
}

/// Reads models back from the columns of the models table that lineage needs.
fn from_columns(models: &[Model], at_once: usize) -> Lineage {
    let mut columns = LineageColumns::default();
    for part in models.chunks(at_once) {
        let each = |value: fn(&Model) -> Value| part.iter().map(value).collect::<Vec<_>>();
        columns.add([
            each(|model| model.model_id.as_str().into()),
            each(|model| model.facts.created_at.into()),
            each(|model| model.facts.task.clone().into()),
            each(|model| model.facts.library.clone().into()),
            each(|model| model.facts.tags.clone().into()),
            each(|model| model.facts.parameters.into()),
            each(|model| model.facts.base_models.clone().into()),
            each(|model| model.facts.base_relation.clone().into()),
            each(|model| model.facts.adapter_base.clone().into()),
            each(|model| model.facts.readme_bases.clone().into()),
        ]);
    }
    columns.lineage(Registry::builtin())
}

#[test]
fn columns_of_the_models_table_give_the_lineage_of_the_models() {
    let models = [
        model("a/base", Some(&[])),
        model("b/tuned", Some(&["a/base", "x/other"])),
        model("c/unsaid", None),
        model("d/quant", Some(&["b/tuned"])),
    ];
    let (found, expected) = (from_columns(&models, 3), lineage(&models));
    assert!((0..models.len()).all(|place| found.root(place) == expected.root(place)));
    assert_eq!(found.root(3).map(|root| root.model_id), Some("a/base".to_owned()));
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
    let lineage = lineage(&family());
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
    // Of the circle the first model loses its base, as no dates are known.
    assert_eq!((lineage.parent(5), lineage.parent(6)), (None, Some(5)));
    assert_eq!((lineage.kin(5).descendants, lineage.kin(6).descendants), (2, 1));
    assert_eq!(lineage.ancestry(7), ["h/from-circle", "g/y", "f/x"]);
}

#[test]
fn a_merge_descends_from_all_of_its_bases_and_counts_with_each() {
    let models = [
        model("a/one", Some(&[])),
        model("b/two", Some(&[])),
        model("c/merge", Some(&["a/one", "b/two", "x/outside"])),
        model("d/tuned", Some(&["c/merge"])),
    ];
    let lineage = lineage(&models);
    assert_eq!(lineage.relation(2), Some(Relation::Merge));
    assert_eq!(lineage.bases(2), [0, 1]);
    assert_eq!(lineage.ancestors(3), [2, 0, 1]);
    assert_eq!((lineage.descendants(0), lineage.descendants(1)), (vec![2, 3], vec![2, 3]));
    assert_eq!((lineage.kin(1).merges, lineage.kin(1).descendants), (1, 2));
    assert_eq!(lineage.root(3).unwrap().model_id, "a/one", "the family is the first base's");
    let edges = lineage.edges(2);
    assert_eq!(
        edges.iter().map(|edge| edge.base).collect::<Vec<_>>(),
        ["a/one", "b/two", "x/outside"]
    );
    assert_eq!(edges.iter().map(|edge| edge.is_followed).collect::<Vec<_>>(), [true, false, false]);
}

proptest! {
    /// Any declarations of up to two bases, circles among them, against a naive twin: a model
    /// descends from another when some way along its bases leads there.
    #[test]
    fn ancestors_and_descendants_are_those_that_some_way_leads_to(
        declared in prop::collection::vec(prop::collection::vec(0..12_usize, 0..3), 12),
    ) {
        let id = |at: usize| format!("owner/model-{at}");
        let models: Vec<Model> = declared
            .iter()
            .enumerate()
            .map(|(at, bases)| {
                let bases: Vec<String> = bases.iter().map(|base| id(*base)).collect();
                let bases: Vec<&str> = bases.iter().map(String::as_str).collect();
                model(&id(at), Some(&bases))
            })
            .collect();
        let lineage = lineage(&models);
        // The twin: every edge that is not cut, gone along as long as anything new is found.
        let mut reached = [[false; 12]; 12];
        for (model, reached) in reached.iter_mut().enumerate() {
            for edge in lineage.edges(model).iter().filter(|e| !e.fault.is_cut() || e.is_followed) {
                reached[edge.place.unwrap()] = true;
            }
        }
        for _ in 0..12 {
            let before = reached;
            for above in &mut reached {
                for by in 0..12 {
                    if above[by] {
                        above.iter_mut().zip(before[by]).for_each(|(to, from)| *to |= from);
                    }
                }
            }
        }
        for (model, above) in reached.iter().enumerate() {
            let sorted = |mut places: Vec<u32>| { places.sort_unstable(); places };
            let twin = |is: &dyn Fn(usize) -> bool| -> Vec<u32> {
                (0..12).filter(|at| *at != model && is(*at)).map(|at| at as u32).collect()
            };
            prop_assert_eq!(sorted(lineage.ancestors(model)), twin(&|at| above[at]));
            let below = twin(&|at| reached[at][model]);
            prop_assert_eq!(lineage.kin(model).descendants as usize, below.len());
            prop_assert_eq!(sorted(lineage.descendants(model)), below);
            // Along the bases that are followed everything ends, and at the root of the family.
            let ancestry = lineage.ancestry(model);
            prop_assert!(ancestry.len() <= 12);
            let root = lineage.root(model).unwrap();
            prop_assert_eq!(ancestry.last().copied(), Some(root.model_id.as_str()));
            prop_assert_eq!(lineage.family(model), root.place);
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
    let lineage = lineage(&models);
    let base = |place: usize| lineage.inferred(place).map(|(base, _)| base);
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
    assert_eq!(lineage(&models).inferred(2), None);
    let named = [model("a/Mist-7B-v2", None), model("c/Mist-7B-v2-Q4", None)];
    assert_eq!(lineage(&named).inferred(1).unwrap(), ("a/Mist-7B-v2", Sign::Marks));
}

#[test]
fn a_name_that_begins_with_an_older_one_of_another_owner_is_made_from_it() {
    let models = [
        dated("Qwen/Qwen3-8B", Some(&[]), "2025-04-27"),
        dated("x/Qwen3-8B-medical", Some(&[]), "2025-05-01"),
        dated("x/Qwen3-8B-to-70B", Some(&[]), "2025-05-01"),
        dated("Qwen/Qwen3-8B-Base", Some(&[]), "2025-05-01"),
        dated("y/Qwen3-8B-early", Some(&[]), "2025-01-01"),
        dated("y/Qwen3-8B-medical-GGUF", None, "2025-06-01"),
    ];
    let lineage = lineage(&models);
    let base = |place: usize| lineage.inferred(place);
    assert_eq!(base(1), Some(("Qwen/Qwen3-8B", Sign::Beginning)));
    assert_eq!(lineage.relation(1), Some(Relation::Finetune));
    assert_eq!(base(2), None, "another size follows");
    assert_eq!(base(3), None, "one's own line of models");
    assert_eq!(base(4), None, "older than what its name begins with");
    assert_eq!(base(5), Some(("x/Qwen3-8B-medical", Sign::Marks)));
    assert_eq!(
        lineage.root(5).map(|root| (root.model_id, root.depth)),
        Some(("Qwen/Qwen3-8B".into(), 2))
    );
    assert_eq!(lineage.root(5).unwrap().confidence, schema::Confidence::Inferred);
    assert_eq!(lineage.relation(5), Some(Relation::Quantized));
}
