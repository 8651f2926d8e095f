//! Entries of the Hub in which anything may be wrong: each fault is told with file, line, model,
//! field and reason, and what could not be read is unknown, neither 0 nor empty.

use serde_json::{Value, json};

use super::{Parsed, now, parse, show};
use crate::attributes::{catalogue, derive};
use crate::facts::FACT_COLUMNS;
use crate::sources::Source;
use crate::{Facts, Model, Registry};

/// A page of one model with some fields.
pub(super) fn page(fields: &Value) -> Parsed {
    let mut entry = json!({"_id": "6f", "id": "a/b"});
    for (name, value) in fields.as_object().unwrap() {
        entry[name] = value.clone();
    }
    parse(Source::HubListing, "page.json", Value::from(vec![entry]).to_string().as_bytes())
}

/// The only problem of a page of one model, and the model's facts.
pub(super) fn only_problem(fields: &Value) -> (String, Facts) {
    let mut parsed = page(fields);
    let shown: Vec<String> = parsed.problems.iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 1, "{fields}: {shown:?}");
    (shown.into_iter().next().unwrap(), parsed.records.remove(0).facts)
}

fn fact(facts: &Facts, name: &str) -> schema::Value {
    let place = FACT_COLUMNS.iter().position(|(column, _)| *column == name);
    facts.clone().into_values().swap_remove(place.unwrap_or_else(|| panic!("no fact '{name}'")))
}

/// Checks that each value is told under the field's name, and leaves the fact unknown.
fn check(cases: &[(&str, &str, &str, &[Value])], entry: impl Fn(&str, &Value) -> Value) {
    for (field, fact_name, expected, values) in cases {
        for value in *values {
            let entry = entry(field, value);
            let (problem, facts) = only_problem(&entry);
            let begin = format!("page.json:1: a/b: {field}: {expected}");
            assert!(problem.starts_with(&begin), "{entry}: {problem}");
            assert!(problem.ends_with(" (field left out)"), "{problem}");
            let found = fact(&facts, fact_name);
            assert!(found.is_null(), "{entry}: {fact_name} is {found:?}");
        }
    }
}

/// The fields of an object around a value: `gguf.total` is an object `gguf` with a field `total`.
fn nested(path: &str, value: &Value) -> Value {
    path.rsplit('.').fold(value.clone(), |inner, key| json!({ key: inner }))
}

#[test]
fn a_field_of_a_wrong_type_is_told_and_unknown() {
    let beyond = || json!(18_446_744_073_709_551_615_u64);
    check(
        &[
            ("createdAt", "created_at", "expected a date, found 7", &[json!(7)]),
            ("lastModified", "updated_at", "'soon' is not a date", &[json!("soon")]),
            ("disabled", "is_disabled", "expected true or false", &[json!(1), json!("maybe")]),
            ("pipeline_tag", "task", "expected text", &[json!(5), json!(["x"]), json!({"a": 1})]),
            ("library_name", "library", "expected text", &[json!(true), json!([])]),
            ("gated", "gating", "expected text", &[json!(1), json!(["auto"])]),
            ("tags", "tags", "expected a list of texts", &[json!(5), json!({"a": 1})]),
            ("tags", "tags", "expected texts", &[json!([{"a": 1}]), json!([[1], true])]),
            ("siblings", "file_paths", "expected a list", &[json!("a.bin"), json!({"a": 1})]),
            ("siblings", "file_paths", "expected the path of a file", &[json!([{}]), json!([7])]),
            (
                "siblings",
                "file_bytes",
                "expected the size",
                &[json!([{"rfilename": "a", "size": -1}])],
            ),
            (
                "usedStorage",
                "storage_bytes",
                "expected a whole number",
                &[json!("big"), json!(0.5)],
            ),
            ("usedStorage", "storage_bytes", "it cannot be negative", &[json!(-1)]),
            (
                "usedStorage",
                "storage_bytes",
                "the number is beyond 64 bits",
                &[beyond(), json!(1e30)],
            ),
            ("safetensors", "parameters", "expected an object", &[json!(5), json!([1])]),
            (
                "safetensors.total",
                "parameters",
                "expected a whole number",
                &[json!({}), json!("x")],
            ),
            ("safetensors.total", "parameters", "the number is beyond", &[beyond(), json!(1e300)]),
            ("safetensors.parameters", "weight_types", "expected an object", &[json!([1])]),
            ("safetensors.parameters", "weight_types", "expected a count", &[json!({"F16": "x"})]),
            ("safetensors.sharded", "is_sharded", "expected true or false", &[json!(7)]),
            ("gguf", "gguf_architecture", "expected an object", &[json!("llama")]),
            ("gguf.architecture", "gguf_architecture", "expected text", &[json!(5)]),
            ("gguf.context_length", "context_length", "it cannot be negative", &[json!(-8192)]),
            ("gguf.totalFileSize", "gguf_bytes", "the number is beyond 64 bits", &[beyond()]),
        ],
        nested,
    );
}

#[test]
fn a_list_or_a_part_of_a_wrong_type_is_told_and_unknown() {
    check(
        &[
            ("spaces", "space_count", "expected a list", &[json!("a/b"), json!(5)]),
            ("childrenModelCount", "hub_children", "expected an object", &[json!([1])]),
            ("childrenModelCount", "hub_children", "expected a count", &[json!({"merge": -1})]),
            ("inference", "inference_state", "expected text", &[json!(5), json!({})]),
            (
                "inferenceProviderMapping",
                "provider_count",
                "expected providers",
                &[json!("p"), json!([1])],
            ),
            ("baseModels", "base_models", "expected an object", &[json!(["x/y"])]),
            ("baseModels.models", "base_models", "expected a list", &[json!("x/y")]),
            ("baseModels.models", "base_models", "expected a model with its id", &[json!(["x/y"])]),
            ("baseModels.relation", "base_relation", "expected text", &[json!(["merge"])]),
            ("evalResults", "evaluation_count", "expected a list", &[json!({"a": 1})]),
            ("evalResults", "evaluation_results", "expected a result", &[json!(["x"])]),
            ("model-index", "evaluation_count", "expected a list", &[json!({"a": 1})]),
            ("model-index", "evaluation_count", "expected a model with", &[json!(["x"])]),
            (
                "model-index",
                "evaluation_count",
                "expected a list of results",
                &[json!([{"results": 5}])],
            ),
            ("model-index", "evaluation_count", "expected a result", &[json!([{"results": [5]}])]),
            ("securityRepoStatus", "security_scan", "expected an object", &[json!("clean")]),
            ("securityRepoStatus.scansDone", "security_scan", "expected true", &[json!(5)]),
            ("securityRepoStatus.filesWithIssues", "security_scan", "expected a list", &[json!(5)]),
            ("transformersInfo", "auto_model", "expected an object", &[json!(["AutoModel"])]),
            ("transformersInfo.auto_model", "auto_model", "expected text", &[json!(5)]),
            ("config", "model_type", "expected fields", &[json!(5), json!([1]), json!("[1]")]),
            ("config", "model_type", "the text is not JSON", &[json!("{"), json!("llama")]),
            ("cardData", "card_keys", "expected fields", &[json!(5), json!([1]), json!("5")]),
        ],
        nested,
    );
}

/// Dumps hold the configuration as a text.
#[test]
fn a_configuration_of_wrong_types_is_told_and_unknown() {
    let cases: &[(&str, &str, &str, &[Value])] = &[
        ("model_type", "model_type", "expected text", &[json!(5), json!(["llama"])]),
        ("architectures", "architectures", "expected a list of texts", &[json!({"a": 1})]),
        ("architectures", "architectures", "expected texts", &[json!([{"a": 1}])]),
        ("quantization_config", "quantization_method", "expected an object", &[json!("gptq")]),
        ("quantization_config.quant_method", "quantization_method", "expected text", &[json!(4)]),
        (
            "quantization_config.bits",
            "quantization_bits",
            "expected a whole number",
            &[json!(4.65)],
        ),
        ("quantization_config.bits", "quantization_bits", "it cannot be negative", &[json!(-4)]),
        ("quantization_config.load_in_4bit", "quantization_bits", "expected true", &[json!(4)]),
        ("diffusers", "pipeline_class", "expected an object", &[json!("FluxPipeline")]),
        ("auto_map", "custom_classes", "expected an object", &[json!(["x.X"])]),
        ("peft.base_model_name_or_path", "adapter_base", "expected text", &[json!(["x/y"])]),
        ("max_position_embeddings", "context_configured", "expected a number of", &[json!("long")]),
        ("tokenizer_config", "context_tokenizer", "expected an object", &[json!("x")]),
        ("chat_template_jinja", "has_chat_template", "expected a template", &[json!(5)]),
    ];
    check(cases, |path, value| json!({ "config": nested(path, value) }));
    check(cases, |path, value| json!({ "config": nested(path, value).to_string() }));
}

#[test]
fn a_list_keeps_what_is_sound() {
    let files = json!(["a.gguf", {"rfilename": 5}, {"rfilename": "b.gguf"}]);
    let (problem, facts) = only_problem(&json!({ "siblings": files }));
    assert!(problem.contains(r#"siblings: expected the path of a file, found {"rfilename":5}"#));
    assert_eq!(facts.file_paths.unwrap(), ["a.gguf", "b.gguf"]);
    let (_, facts) = only_problem(&json!({"tags": ["gguf", "x\u{202e}y", {"a": 1}]}));
    assert_eq!(facts.tags.unwrap(), ["gguf"]);
}

/// The values that the Hub itself writes where there is nothing.
#[test]
fn nothing_is_unknown_and_no_fault() {
    let fields = json!({
        "config": {}, "model-index": null, "cardData": null, "gated": false, "tags": [],
        "siblings": [], "inferenceProviderMapping": {}, "evalResults": [], "inference": true,
        "safetensors": {"parameters": {"BF16": null, "F16": 5}, "total": 5}, "baseModels": null,
        "securityRepoStatus": {"scansDone": false, "filesWithIssues": []},
    });
    assert_eq!(show(&page(&fields)), "1 a/b 2026-09-01T00:00:00Z None None");
}

#[test]
fn a_recorded_answer_whose_parts_are_broken_is_told() {
    let good = json!({"status": {"code": 200}, "date": "Thu, 20 Aug 2026 10:00:00 GMT",
                      "body": r#"{"id": "a/b"}"#});
    for (name, part, expected) in [
        ("expanded", json!({"body": "{}"}), "expanded: the answer has no status"),
        (
            "expanded",
            json!({"status": {"code": 200}, "body": "<"}),
            "expanded: the line is not JSON",
        ),
        ("expanded", json!(5), "expanded: expected an object, found 5"),
        ("card", json!({"body": "# Whale"}), "card: the answer has no status"),
        ("card", json!({"status": {"code": 200}, "body": 5}), "card: the answer holds no text"),
        ("card", json!("# Whale"), "card: expected an object"),
    ] {
        let mut line = good.clone();
        line[name] = part;
        let parsed = parse(Source::HubDetails, "d.jsonl", line.to_string().as_bytes());
        assert_eq!(parsed.records.len(), 1, "{line}");
        assert!(show(&parsed).contains(expected), "{line}: {}", show(&parsed));
        assert_eq!(parsed.records[0].facts.readme_characters, None);
    }
}

/// The values of some attributes of the only model of a page.
pub(super) fn values(parsed: &Parsed, names: &[&str]) -> Vec<schema::Value> {
    let record = &parsed.records[0];
    let models = [Model::new(&record.model_id, record.facts.clone())];
    let columns = derive(&models, Registry::builtin(), now());
    let value = |name: &&str| {
        let place = catalogue().position(|attribute| attribute.name == *name);
        columns[place.unwrap_or_else(|| panic!("no attribute '{name}'"))][0].clone()
    };
    names.iter().map(value).collect()
}

#[test]
fn a_license_that_only_looks_like_one_is_none() {
    let family = ["license", "license_family", "license_spdx", "is_license_commercial"];
    let of = |license: &str| values(&page(&json!({"cardData": {"license": license}})), &family);
    assert!(of("mit").iter().all(|value| !value.is_null()));
    // A Cyrillic letter, and a licence that nobody knows: as written, and nothing is derived.
    for unknown in ["m\u{456}t", "acme-terms-9"] {
        let [license, family, spdx, commercial] = &of(unknown)[..] else { unreachable!() };
        assert_eq!(*license, schema::Value::Text(unknown.to_owned()));
        assert_eq!(*family, schema::Value::Text("other".to_owned()), "{unknown}");
        assert!(spdx.is_null() && commercial.is_null(), "{unknown}");
    }
    // A blank that shows nothing.
    let hidden = page(&json!({"cardData": {"license": "mit\u{200b}"}}));
    assert!(show(&hidden).contains("a/b: license: a text has the hidden character U+200B"));
    assert!(values(&hidden, &family).iter().all(schema::Value::is_null));
}

#[test]
fn tags_that_look_like_ids_and_ids_that_look_like_paths_lead_nowhere() {
    let tags = [
        "Qwen/Qwen3-8B",
        "65d505951e2597ff935d1be2",
        "base_model:",
        "base_model:../../x",
        "base_model:/etc/passwd",
        "base_model:/x",
        "base_model:quantized:../../x",
        "license:",
        "dataset:",
        "arxiv:",
    ];
    let parsed = page(&json!({ "tags": tags }));
    let lineage = ["family", "developer", "developer_country", "lineage_depth"];
    let derived = values(&parsed, &lineage);
    for (name, value) in lineage.iter().zip(&derived) {
        let leads = |text: &str| ["..", "Qwen", "etc", "/x"].iter().any(|part| text.contains(part));
        let is_led = matches!(value, schema::Value::Text(text) if text.is_empty() || leads(text));
        assert!(!is_led, "{name} is {value:?}");
    }
    let paths = r#"[{"id": "../../etc/passwd"}, {"id": "../x"}, {"id": "/x"}, {"id": "a/.."}]"#;
    let parsed = parse(Source::HubListing, "page.json", paths.as_bytes());
    assert_eq!((parsed.records.len(), parsed.problem_count), (0, 4));
}

/// The Hub's `_id` is what series are joined by: no other model's name may stand there.
#[test]
fn an_id_of_the_hub_cannot_be_another_model_s_name() {
    let parsed = page(&json!({"_id": "Qwen/Qwen3-8B"}));
    assert!(
        show(&parsed)
            .ends_with("a/b: _id: 'Qwen/Qwen3-8B' is not an id of the Hub (field left out)")
    );
    assert_eq!(parsed.records[0].hub_id, None);
}
