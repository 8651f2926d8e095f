use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::Facts;

/// Texts as a fact holds them.
#[expect(clippy::unnecessary_wraps, reason = "facts are optional")]
pub(super) fn list(texts: &[&str]) -> Option<Vec<String>> {
    Some(texts.iter().map(|text| (*text).to_owned()).collect())
}

/// A text as a fact holds it.
#[expect(clippy::unnecessary_wraps, reason = "facts are optional")]
pub(super) fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// The values of some attributes of a model that is alone in its collection, as one line.
pub(super) fn line(id: &str, facts: Facts, names: &[&str]) -> String {
    let as_of = Instant::parse("2026-08-21T20:00:24Z").unwrap();
    let columns = derive(&[Model::new(id, facts)], Registry::builtin(), as_of);
    let value = |name: &&str| {
        let at = catalogue().position(|attribute| attribute.name == *name);
        shown(&columns[at.unwrap_or_else(|| panic!("no attribute '{name}'"))][0])
    };
    names.iter().map(value).collect::<Vec<_>>().join(" | ")
}

impl<'a> Context<'a> {
    /// The first model of a collection of whose readings nothing is known.
    pub(super) fn of_first(registry: &'a Registry, lineage: &'a Lineage, as_of: Instant) -> Self {
        static UNREAD: LazyLock<(Popularity, Families)> = LazyLock::new(Default::default);
        let (popularity, families) = &*UNREAD;
        Self { registry, lineage, popularity, families, index: 0, as_of }
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Text(text) => text.clone(),
        Value::TextList(texts) => format!("[{}]", texts.join(", ")),
        Value::Integer(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Boolean(value) => if *value { "yes" } else { "no" }.to_owned(),
        Value::Day(day) => day.to_string(),
        Value::Instant(at) => at.to_string(),
    }
}

#[test]
fn every_attribute_is_described_once_and_derived_with_its_type() {
    let models = [Model::new("Qwen/Qwen3-8B", Facts::default())];
    let columns = derive(&models, Registry::builtin(), Instant::from_millis(0));
    assert_eq!(columns.len(), catalogue().count());
    let mut names = HashSet::new();
    for (attribute, column) in catalogue().zip(&columns) {
        assert!(names.insert(attribute.name), "{} is described twice", attribute.name);
        assert!(
            !attribute.meaning.is_empty() && attribute.meaning.ends_with('.'),
            "{}",
            attribute.name
        );
        for text in [attribute.name, attribute.title, attribute.source, attribute.method] {
            assert!(!text.is_empty(), "{} lacks a part of its description", attribute.name);
        }
        let is_counted =
            matches!(attribute.value_type, schema::ValueType::Integer | schema::ValueType::Number);
        assert_eq!(
            is_counted,
            !attribute.unit.is_empty(),
            "{}: only numbers have units",
            attribute.name
        );
        let can_group =
            matches!(attribute.value_type, schema::ValueType::Text | schema::ValueType::Boolean);
        assert!(can_group || !attribute.is_groupable, "{}", attribute.name);
        let given = column[0].value_type();
        assert!(given.is_none_or(|given| given == attribute.value_type), "{}", attribute.name);
    }
}

#[test]
fn each_family_gives_one_value_for_each_description() {
    let models = [Model::new("a/b", Facts::default())];
    let lineage = Lineage::of(&models, Registry::builtin());
    let registry = Registry::builtin();
    let context = Context::of_first(registry, &lineage, Instant::from_millis(0));
    for family in FAMILIES {
        let values = (family.derive)(&models[0], &context);
        assert_eq!(values.len(), family.attributes.len(), "{}", family.attributes[0].family);
        let names: BTreeSet<_> =
            family.attributes.iter().map(|attribute| attribute.family).collect();
        assert_eq!(names.len(), 1, "{names:?}");
    }
}

/// What is said of other models, of readings and of the date changes while a model does not.
#[test]
fn families_of_the_model_alone_have_no_other_inputs() {
    let names = |is_alone: bool| {
        let families = FAMILIES.iter().filter(move |family| family.is_of_model_alone() == is_alone);
        families.map(|family| family.attributes[0].family).collect::<BTreeSet<_>>()
    };
    for family in ["identity", "lineage", "kin", "popularity"] {
        assert!(names(false).contains(family), "{family}");
    }
    for family in ["license", "size", "quantization", "documentation", "openness"] {
        assert!(names(true).contains(family), "{family}");
    }
}

/// What a source does not say is null; only the id, the readings and the other models of the
/// collection, of which there are none, say something here.
#[test]
fn silence_is_null() {
    let model = Model::new("a/b", Facts::default());
    let columns = derive(&[model], Registry::builtin(), Instant::from_millis(0));
    let known = catalogue().zip(&columns).filter(|(_, column)| !column[0].is_null());
    let known: Vec<_> = known.map(|(attribute, _)| attribute.name).collect();
    let counts = [
        "child_count",
        "finetune_count",
        "adapter_count",
        "quantized_count",
        "merge_count",
        "distilled_count",
        "converted_count",
        "descendant_count",
        "uploader_model_count",
    ];
    let of_model = ["model_name", "first_seen_on", "uploader", "owner_review"];
    assert_eq!(known, [&of_model[..], &counts, &["days_since_seen"]].concat());
}

/// The second part knows of the first only by its place.
#[test]
fn models_in_parts_derive_as_the_whole_does() {
    let with_bases =
        |bases: &[&str]| Facts { base_models: list(bases), tags: list(&[]), ..Facts::default() };
    let models = [
        Model::new("a/base", with_bases(&[])),
        Model::new("b/tuned", with_bases(&["a/base"])),
        Model::new("c/quant", with_bases(&["b/tuned"])),
    ];
    let (registry, as_of) = (Registry::builtin(), Instant::from_millis(0));
    let whole = derive(&models, registry, as_of);
    let lineage = Lineage::of(&models, Registry::builtin());
    let popularity = Popularity::default();
    let families = Families::new(&lineage, &popularity, registry);
    let shared =
        Shared { registry, lineage: &lineage, popularity: &popularity, families: &families, as_of };
    let parts = [derive_some(&models[..1], 0, shared), derive_some(&models[1..], 1, shared)];
    for (column, name) in catalogue().map(|attribute| attribute.name).enumerate() {
        assert_eq!([&parts[0][column][..], &parts[1][column]].concat(), whole[column], "{name}");
    }
}

/// Words that parsers look for.
const WORDS: [&str; 76] = [
    "8x7B",
    "Q4_K_M",
    "4-bit",
    "gguf",
    "license:",
    "license:mit",
    "base_model:",
    "base_model:merge:",
    "base_model:quantized:a/b",
    "int4",
    "w4a16",
    "bpw",
    "1_6b",
    "-",
    "A3B",
    "16E",
    "I32:9",
    "other",
    "a.gguf",
    "x/Q8_0.gguf",
    "moe",
    "EN",
    "Text --> Text",
    "-->",
    "→",
    "peft",
    "mlx",
    "arxiv:",
    "text-generation",
    "image-text-to-text",
    "manual",
    "README.md",
    "transformers",
    "mixtral",
    "how to use",
    "bias, risks, and limitations",
    "training data",
    "undisclosed data",
    "generated",
    "evaluation",
    "dataset:a/b",
    "code:github.com/a/b",
    "paper:arxiv.org/abs/2310.06825v2",
    "2310.06825",
    "arxiv:1910.09700",
    "doi:10.57967/hf/1",
    "widget",
    "model-index",
    "co2_eq_emissions",
    "text-generation | a/b | f1=1 em=x",
    "a/b",
    "squad",
    "uncensored",
    "not-for-all-audiences",
    "custom_code",
    "pytorch_model.bin",
    "LICENSE",
    "llama3.1",
    "cc-by-nc-sa-4.0",
    "mit",
    "en",
    "bert",
    "safetensors",
    "diffusers",
    "diffusers:FluxPipeline",
    "deploy:aws",
    "region:us",
    "imatrix",
    "bf16",
    "mxfp4",
    "AutoModelForCausalLM",
    "fal-ai:live",
    "finetune:3",
    "7 model.safetensors",
    "BF16:9",
    "model-00001-of-00002.safetensors",
];

/// Words that parsers look for, and anything else.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![prop::sample::select(&WORDS[..]).prop_map(str::to_owned), any::<String>()]
}

/// Ids that say something, and any others.
fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "Qwen/Qwen3-30B-A3B-GPTQ-Int4",
            "google-bert/bert-base-uncased",
            "bartowski/Meta-Llama-3.1-8B-Instruct-GGUF",
            "mistralai/Mixtral-8x7B-v0.1",
            "a/model-8B-lora",
            "microsoft/Phi-3-mini-128k-instruct",
            "a/model-7B-1M-bf16",
        ])
        .prop_map(str::to_owned),
        word(),
    ]
}

prop_compose! {
    fn facts()(
        texts in prop::collection::vec(prop::option::of(word()), 64),
        lists in prop::collection::vec(prop::option::of(prop::collection::vec(word(), 0..5)), 64),
        numbers in prop::collection::vec(prop::option::of(any::<i64>()), 64),
        flags in prop::collection::vec(prop::option::of(any::<bool>()), 32),
        millis in prop::option::of(-4_000_000_000_000_i64..4_000_000_000_000),
    ) -> Facts {
        let (mut texts, mut lists) = (texts.into_iter(), lists.into_iter());
        let (mut numbers, mut flags) = (numbers.into_iter(), flags.into_iter());
        let values = crate::facts::FACT_COLUMNS.iter().map(|(_, value_type)| match value_type {
            schema::ValueType::Text => texts.next().flatten().into(),
            schema::ValueType::TextList => lists.next().flatten().into(),
            schema::ValueType::Integer => numbers.next().flatten().into(),
            schema::ValueType::Boolean => flags.next().flatten().into(),
            _ => millis.map(Instant::from_millis).into(),
        });
        Facts::from_values(&mut values.collect::<Vec<Value>>().into_iter())
    }
}

proptest! {
    #[test]
    fn any_facts_give_values_of_the_described_types(
        id in word(), facts in facts(), again in facts(), as_of in any::<i32>(),
    ) {
        let models = [Model::new(&id, facts), Model::new("a/b", again)];
        let columns = derive(&models, Registry::builtin(), Instant::from_millis(i64::from(as_of)));
        for (attribute, column) in catalogue().zip(&columns) {
            prop_assert_eq!(column.len(), models.len());
            for value in column {
                let given = value.value_type();
                prop_assert!(given.is_none_or(|given| given == attribute.value_type), "{}", attribute.name);
            }
        }
    }
}

/// Facts without those that an attribute is not derived from.
fn only(facts: &Facts, inputs: &[&str]) -> Facts {
    let values = facts.clone().into_values().into_iter().zip(crate::facts::FACT_COLUMNS);
    let kept =
        values.map(|(value, (name, _))| if inputs.contains(name) { value } else { Value::Null });
    Facts::from_values(&mut kept.collect::<Vec<_>>().into_iter())
}

/// The values of the first model, derived from nothing but some inputs.
fn values_from(models: &[Model], as_of: Instant, inputs: &[&str]) -> Vec<Value> {
    let has = |name: &str| inputs.contains(&name);
    let nothing = Registry::default();
    let registry = if has("registry") { Registry::builtin() } else { &nothing };
    let lineage =
        if has("lineage") { Lineage::of(models, Registry::builtin()) } else { Lineage::default() };
    let as_of = if has("as_of") { as_of } else { Instant::from_millis(0) };
    let mut model = Model::new("x/y", only(&models[0].facts, inputs));
    if has("model_id") {
        model.model_id.clone_from(&models[0].model_id);
    }
    if has("seen") {
        (model.first_seen_at, model.last_seen_at) =
            (models[0].first_seen_at, models[0].last_seen_at);
    }
    let popularity = Popularity::default();
    let families = Families::new(&lineage, &popularity, registry);
    let shared =
        Shared { registry, lineage: &lineage, popularity: &popularity, families: &families, as_of };
    derive_some(&[model], 0, shared).into_iter().map(|mut column| column.remove(0)).collect()
}

/// The inputs of every attribute, each list once, with the attributes that have it.
fn attributes_by_inputs() -> Vec<(&'static [&'static str], Vec<usize>)> {
    let mut lists: Vec<(&[&str], Vec<usize>)> = Vec::new();
    for (at, attribute) in catalogue().enumerate() {
        match lists.iter_mut().find(|(inputs, _)| *inputs == attribute.inputs) {
            Some((_, attributes)) => attributes.push(at),
            None => lists.push((attribute.inputs, vec![at])),
        }
    }
    lists
}

#[test]
fn every_input_is_a_fact_or_lies_beside_the_facts() {
    for attribute in catalogue() {
        assert!(!attribute.inputs.is_empty(), "{} has no inputs", attribute.name);
        for input in attribute.inputs {
            let is_fact = crate::facts::FACT_COLUMNS.iter().any(|(name, _)| name == input);
            assert!(
                is_fact || schema::BESIDE_FACTS.contains(input),
                "{} is derived from '{input}', which nobody knows",
                attribute.name
            );
        }
    }
}

proptest! {
    /// What `why` shows as evidence is all that a value rests on.
    #[test]
    fn a_value_rests_on_its_inputs_alone(
        id in id(), facts in facts(), again in facts(), as_of in 0_i64..2_000_000_000_000,
    ) {
        let models = [Model::new(&id, facts), Model::new("a/b", again)];
        let as_of = Instant::from_millis(as_of);
        let columns = derive(&models, Registry::builtin(), as_of);
        let descriptions: Vec<_> = catalogue().collect();
        for (inputs, attributes) in attributes_by_inputs() {
            let from_inputs = values_from(&models, as_of, inputs);
            for at in attributes {
                prop_assert_eq!(&from_inputs[at], &columns[at][0], "{}", descriptions[at].name);
            }
        }
    }
}
