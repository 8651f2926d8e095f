//! Declarations that cannot be right, and parents under other names.

use super::*;

fn made(id: &str, bases: &[&str], facts: Facts) -> Model {
    let base_models = Some(bases.iter().map(|base| (*base).to_owned()).collect());
    Model::new(id, Facts { base_models, ..facts })
}

fn of_task(task: &str) -> Facts {
    Facts { task: Some(task.to_owned()), ..Facts::default() }
}

fn related(relation: &str) -> Facts {
    Facts { base_relation: Some(relation.to_owned()), ..Facts::default() }
}

/// The fault and the root of the model at a place.
fn told(models: &[Model], place: usize) -> (Option<&'static str>, String) {
    let lineage = lineage(models);
    (lineage.fault(place).map(Fault::name), lineage.root(place).unwrap().model_id)
}

#[test]
fn a_text_model_is_not_followed_to_an_image_model() {
    let models = [
        made("a/painter", &[], of_task("text-to-image")),
        made("b/writer", &["a/painter"], of_task("text-generation")),
        made("c/speaker", &["b/writer"], of_task("text-to-speech")),
        made("d/second", &["a/painter", "b/writer"], of_task("text-generation")),
    ];
    assert_eq!(told(&models, 1), (Some("another kind of model"), "b/writer".into()));
    assert_eq!(told(&models, 2), (Some("none"), "b/writer".into()), "text may become speech");
    assert_eq!(told(&models, 3), (Some("another kind of model"), "b/writer".into()));
    let lineage = lineage(&models);
    assert_eq!(lineage.kin(0).children, 0, "what cannot be counts for nobody");
    assert_eq!(lineage.relation(1), None, "a wrong declaration makes no original");
    // An adapter's task is its use.
    let adapter = Facts { base_relation: Some("adapter".into()), ..of_task("text-generation") };
    let models = [models[0].clone(), made("b/adapter", &["a/painter"], adapter)];
    assert_eq!(told(&models, 1).0, Some("none"));
}

#[test]
fn a_model_of_70b_is_not_made_from_one_of_1b() {
    let models = [
        made("a/Small-1B", &[], Facts::default()),
        made("b/Large-70B", &["a/Small-1B"], related("finetune")),
        made("b/Small-2B-stacked", &["a/Small-1B"], related("finetune")),
        made("b/Many-70B", &["a/Small-1B"], related("merge")),
        made("b/Grown-70B-lora", &["a/Small-1B"], related("adapter")),
    ];
    assert_eq!(told(&models, 1), (Some("larger than its base"), "b/Large-70B".into()));
    for place in 2..5 {
        assert_eq!(told(&models, place), (Some("none"), "a/Small-1B".into()), "{place}");
    }
    // What is counted in files may be a part of the model, as a projector's: names decide.
    let counted = |parameters| Facts { parameters: Some(parameters), ..related("quantized") };
    let models = [
        made("a/Ornith-35B", &[], counted(664_944)),
        made("b/Ornith-35B-GGUF", &["a/Ornith-35B"], counted(34_660_610_688)),
        made("c/Song", &[], counted(2_000_000_000)),
        made("d/Song-fp16", &["c/Song"], counted(12_000_000_000)),
        made("e/Other", &["c/Song"], counted(12_000_000_000)),
    ];
    assert_eq!(told(&models, 1).0, Some("none"));
    assert_eq!(told(&models, 3).0, Some("none"));
    assert_eq!(told(&models, 4).0, Some("larger than its base"));
}

#[test]
fn a_younger_base_is_said_and_followed_where_no_other_is() {
    let models = [
        dated("a/late", Some(&[]), "2025-06-01"),
        dated("a/early", Some(&[]), "2024-01-01"),
        dated("b/one", Some(&["a/late"]), "2025-01-01"),
        dated("b/two", Some(&["a/late", "a/early"]), "2025-01-01"),
    ];
    assert_eq!(told(&models, 2), (Some("younger base"), "a/late".into()));
    assert_eq!(told(&models, 3), (Some("younger base"), "a/early".into()));
}

#[test]
fn words_for_none_are_no_family() {
    let models = [
        model("a/one", Some(&["None"])),
        model("b/two", Some(&["undefined"])),
        model("c/three", Some(&["./checkpoint-200"])),
        model("d/four", Some(&["https://huggingface.co/a/one"])),
    ];
    let lineage = lineage(&models);
    let roots: Vec<String> = (0..4).map(|place| lineage.root(place).unwrap().model_id).collect();
    assert_eq!(roots, ["a/one", "b/two", "c/three", "a/one"]);
    let faults: Vec<_> = (0..4).map(|place| lineage.fault(place).map(Fault::name)).collect();
    assert_eq!(faults, [None, None, Some("no model id"), Some("none")]);
    assert_eq!(lineage.relation(0), Some(Relation::Original));
    assert_eq!(lineage.relation(2), None, "it was made from something");
}

/// `bert-base-uncased` moved to `google-bert`, and cards still name it.
#[test]
fn renamed_parents_are_found_and_missing_ones_share_a_family() {
    let models = [
        model("google-bert/bert-base-uncased", Some(&[])),
        model("x/tuned", Some(&["bert-base-uncased"])),
        model("y/tuned", Some(&["gone/base"])),
        model("z/tuned", Some(&["Gone/Base"])),
        model("w/bare", Some(&["tuned-7b-v2"])),
        model("v/tuned-7B-v2", Some(&[])),
    ];
    let lineage = lineage(&models);
    assert_eq!(lineage.parent(1), Some(0));
    assert_eq!(lineage.kin(0).children, 1);
    assert_eq!(lineage.family(2), lineage.family(3));
    assert_eq!(lineage.root(3).unwrap().place, None);
    assert_eq!(lineage.parent(4), Some(5), "a name without owner");
    // A repository that bears the old name again is itself.
    let again = [models[0].clone(), models[1].clone(), model("bert-base-uncased", Some(&[]))];
    assert_eq!(super::lineage(&again).parent(1), Some(2));
}

#[test]
fn adapters_and_card_texts_name_bases_that_nobody_declared() {
    let of = |facts: Facts| Model::new("b/made", facts);
    let base = model("a/base", Some(&[]));
    let adapter = of(Facts { adapter_base: Some("a/base".into()), ..Facts::default() });
    let models = [base.clone(), adapter];
    let edge = |models: &[Model]| {
        let lineage = lineage(models);
        let edges = lineage.edges(1);
        let edge = edges.first().unwrap();
        (edge.relation.map(Relation::name), edge.sign.name(), edge.place)
    };
    assert_eq!(edge(&models), (Some("adapter"), "adapter configuration", Some(0)));
    let told = Some(vec!["distilled:a/base".to_owned()]);
    let models = [base.clone(), of(Facts { readme_bases: told, ..Facts::default() })];
    assert_eq!(edge(&models), (Some("distilled"), "card text", Some(0)));
    // On the machine that trained it the base had a path; that is nobody's mistake.
    let path = Some("/mnt/models/base".to_owned());
    let models = [base, of(Facts { adapter_base: path, ..Facts::default() })];
    assert_eq!(lineage(&models).fault(1), None);
}

#[test]
fn conversions_merges_and_distillations_have_their_own_names() {
    let of = |id: &str, stated: &str, tags: &[&str], bases: &[&str]| {
        let tags = Some(tags.iter().map(|tag| (*tag).to_owned()).collect());
        let models = [made(id, bases, Facts { tags, ..related(stated) })];
        lineage(&models).relation(0).map(Relation::name)
    };
    let base = ["a/Base-7B"];
    assert_eq!(of("b/Base-7B-mlx-bf16", "quantized", &[], &base), Some("converted"));
    assert_eq!(of("b/Base-7B-onnx", "finetune", &[], &base), Some("converted"));
    assert_eq!(of("b/Base-7B-onnx", "quantized", &[], &base), Some("quantized"));
    assert_eq!(of("b/Base-7B-exl2", "finetune", &[], &base), Some("quantized"));
    assert_eq!(of("b/R1-Distill-Base-7B", "finetune", &[], &base), Some("distilled"));
    let two = ["a/Base-7B", "c/Other-7B"];
    assert_eq!(of("b/Both-7B", "finetune", &["mergekit"], &two), Some("merge"));
    assert_eq!(of("b/Tuned-7B", "finetune", &[], &base), Some("finetune"));
}
