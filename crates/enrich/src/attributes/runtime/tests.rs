use super::super::tests::{line, list, text};
use crate::Facts;

const COLUMNS: [&str; 3] = ["provider_count", "is_disabled", "is_conversational"];

#[test]
fn what_the_source_says_is_taken_over() {
    let facts = Facts {
        provider_count: Some(0),
        is_disabled: Some(false),
        tags: list(&["conversational"]),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts, &COLUMNS), "0 | no | yes");
    let facts = Facts { tags: list(&["bert"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &COLUMNS), "– | – | no");
}

#[test]
fn a_provider_serves_where_it_is_live() {
    let columns = ["providers", "provider_live_count", "has_inference_provider"];
    let of =
        |told: &[&str]| line("a/b", Facts { providers: list(told), ..Facts::default() }, &columns);
    assert_eq!(
        of(&["together:live", "fal-ai:live", "novita:error"]),
        "[fal-ai, novita, together] | 2 | yes"
    );
    assert_eq!(of(&["novita:staging", "nscale"]), "[novita, nscale] | 0 | no");
    assert_eq!(of(&[]), "[] | 0 | no");
    assert_eq!(line("a/b", Facts::default(), &columns), "– | – | –");
}

#[test]
fn only_known_states_of_inference_are_kept() {
    let of = |state: &str| {
        line(
            "a/b",
            Facts { inference_state: text(state), ..Facts::default() },
            &["inference_state"],
        )
    };
    assert_eq!([of("warm"), of("Cold"), of("true")], ["warm", "cold", "–"]);
}

/// The tags of google-bert/bert-base-uncased as recorded on 25 July 2026.
#[test]
fn tags_of_the_hub_say_where_a_model_runs() {
    let tags = [
        "transformers",
        "pytorch",
        "tf",
        "jax",
        "rust",
        "coreml",
        "onnx",
        "safetensors",
        "bert",
        "fill-mask",
        "exbert",
        "en",
        "endpoints_compatible",
        "deploy:azure",
        "deploy:sagemaker",
        "region:us",
    ];
    let facts = Facts { tags: list(&tags), library: text("transformers"), ..Facts::default() };
    let columns = [
        "is_endpoints_compatible",
        "is_tgi_compatible",
        "is_tei_compatible",
        "deployment_targets",
        "storage_region",
        "runtimes",
        "runtime_count",
    ];
    let expected = "yes | no | no | [azure, sagemaker] | us | [core ml, flax, onnx runtime, \
                    tensorflow, transformers] | 5";
    assert_eq!(line("a/b", facts, &columns), expected);
}

#[test]
fn runtimes_are_read_off_library_tags_and_formats() {
    let of = |facts: Facts| line("a/b", facts, &["runtimes"]);
    let gguf = Facts { tags: list(&["gguf"]), ..Facts::default() };
    assert_eq!(of(gguf), "[llama.cpp, llamafile, lm studio, ollama]");
    let library = Facts { library: text("PaddleOCR"), ..Facts::default() };
    assert_eq!(of(library), "[paddle]");
    let tagged = Facts { tags: list(&["vLLM", "en"]), ..Facts::default() };
    assert_eq!(of(tagged), "[vllm]");
    assert_eq!(of(Facts { tags: list(&[]), ..Facts::default() }), "[]");
    assert_eq!(of(Facts::default()), "–");
}
