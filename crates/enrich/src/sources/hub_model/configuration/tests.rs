use serde_json::json;

use super::super::tests::facts_by;
use super::*;

fn facts_of(entry: &Value) -> Facts {
    facts_by(read, entry)
}

fn of_config(config: &Value) -> Facts {
    facts_of(&json!({ "config": config }))
}

/// As the recorded answer of 25 July 2026 for google-bert/bert-base-uncased has it.
#[test]
fn the_excerpt_of_a_recorded_answer_is_read() {
    let facts = facts_of(&json!({
        "config": {"architectures": ["BertForMaskedLM"], "model_type": "bert", "tokenizer_config": {}},
        "transformersInfo": {"auto_model": "AutoModelForMaskedLM", "pipeline_tag": "fill-mask",
                             "processor": "AutoTokenizer"},
    }));
    assert_eq!(facts.auto_model.as_deref(), Some("AutoModelForMaskedLM"));
    assert_eq!(facts.processor.as_deref(), Some("AutoTokenizer"));
    assert_eq!(facts.architectures, Some(vec!["BertForMaskedLM".to_owned()]));
    assert_eq!(facts.has_chat_template, Some(false), "the tokenizer's part is shown without one");
    assert_eq!(facts.custom_classes, Some(vec![]), "no code of its own");
    assert_eq!(facts.context_configured, None);
}

#[test]
fn own_code_is_named_by_its_classes() {
    let classes = |config: &Value| of_config(config).custom_classes;
    let map = json!({"AutoConfig": "configuration_x.XConfig", "AutoModelForCausalLM": "x.X"});
    let named = classes(&json!({"model_type": "x", "auto_map": map}));
    assert_eq!(named, Some(vec!["AutoConfig".to_owned(), "AutoModelForCausalLM".to_owned()]));
    let of_dump = json!({"model_type": "x", "auto_map": {"AutoConfig": null, "AutoModel": "x.X"}});
    assert_eq!(classes(&of_dump), Some(vec!["AutoModel".to_owned()]));
    // A repository of GGUF files has an empty configuration, which says nothing of code.
    assert_eq!(classes(&json!({})), None);
    assert_eq!(classes(&json!({"diffusers": {"_class_name": "FluxPipeline"}})), None);
}

#[test]
fn context_lengths_are_read_wherever_they_lie() {
    for (config, expected) in [
        (json!({"max_position_embeddings": 131_072, "n_ctx": 7}), Some(131_072)),
        (json!({"n_positions": 1024}), Some(1024)),
        (json!({"seq_length": 32_768.0}), Some(32_768)),
        (json!({"text_config": {"max_position_embeddings": 262_144}}), Some(262_144)),
        (
            json!({"thinker_config": {"text_config": {"max_position_embeddings": 32_768}}}),
            Some(32_768),
        ),
        (json!({"max_position_embeddings": "long", "n_positions": -1}), None),
        (json!({"max_position_embeddings": 1e30}), None),
        (json!({"max_position_embeddings": 512.5}), None),
        (json!({"vision_config": {"max_position_embeddings": 77}}), None),
    ] {
        assert_eq!(of_config(&config).context_configured, expected, "{config}");
    }
}

/// `transformers` writes `int(1e30)` where a tokenizer has no limit.
#[test]
fn a_tokenizer_without_limit_has_none() {
    let limit = |value: Value| {
        of_config(&json!({"tokenizer_config": {"model_max_length": value}})).context_tokenizer
    };
    assert_eq!(limit(json!(512)), Some(512));
    assert_eq!(limit(json!(1e30)), None);
    let written = serde_json::from_str("1000000000000000019884624838656").unwrap();
    assert_eq!(limit(written), None);
}

#[test]
fn templates_for_chats_are_found_in_all_their_places() {
    let has = |config: &Value| of_config(config).has_chat_template;
    assert_eq!(has(&json!({"chat_template_jinja": "{{ x }}"})), Some(true));
    assert_eq!(has(&json!({"tokenizer_config": {"chat_template": "{{ x }}"}})), Some(true));
    let named = json!([{"name": "default", "template": "{{ x }}"}]);
    assert_eq!(has(&json!({"tokenizer_config": {"chat_template": named}})), Some(true));
    let of_processor = json!({"tokenizer_config": {}, "processor_config": {"chat_template": "x"}});
    assert_eq!(has(&of_processor), Some(true));
    assert_eq!(has(&json!({"tokenizer_config": {"chat_template": ""}})), Some(false));
    assert_eq!(has(&json!({"model_type": "llama"})), None, "a dump shows no tokenizer");
    let gguf = json!({"chat_template": "x", "totalFileSize": 5});
    let facts = facts_by(of_gguf, &json!({ "gguf": gguf }));
    assert_eq!((facts.has_chat_template, facts.gguf_bytes), (Some(true), Some(5)));
    let both = |row: &mut Row<'_>, facts: &mut Facts| {
        of_gguf(row, facts);
        read(row, facts);
    };
    let facts = facts_by(both, &json!({"gguf": gguf, "config": {"tokenizer_config": {}}}));
    assert_eq!(facts.has_chat_template, Some(true), "the file has one all the same");
}

#[test]
fn what_matters_to_a_quantization_is_named() {
    let gguf = json!({"quantize_imatrix_file": "imatrix.dat", "totalFileSize": -1});
    let facts = facts_by(of_gguf, &json!({ "gguf": gguf }));
    assert_eq!(facts.importance_matrix.as_deref(), Some("imatrix.dat"));
    assert_eq!((facts.gguf_bytes, facts.has_chat_template), (None, None));
}
