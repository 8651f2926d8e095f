use super::super::tests::{line, text};
use crate::Facts;

const LENGTH: [&str; 3] = ["context_length", "context_length_source", "context_band"];

#[test]
fn the_configuration_comes_first_and_the_tokenizer_last() {
    let facts = Facts {
        context_configured: Some(40_960),
        context_length: Some(32_768),
        gguf_architecture: text("qwen3"),
        context_tokenizer: Some(131_072),
        ..Facts::default()
    };
    let columns = [&LENGTH[..], &["context_length_conflict"]].concat();
    let id = "Qwen/Qwen3-8B";
    let expected = "40960 | configuration | 32–128 K | gguf 32768; tokenizer 131072";
    assert_eq!(line(id, facts.clone(), &columns), expected);
    let facts = Facts { context_configured: None, ..facts };
    assert_eq!(line(id, facts.clone(), &LENGTH), "32768 | gguf | 32–128 K");
    let facts = Facts { gguf_architecture: None, ..facts };
    assert_eq!(line(id, facts.clone(), &LENGTH), "32768 | source | 32–128 K");
    let facts = Facts { context_length: Some(0), ..facts };
    assert_eq!(line(id, facts, &LENGTH), "131072 | tokenizer | 128–1000 K");
}

/// Names and lengths as their makers' cards say them.
#[test]
fn names_say_their_length() {
    let named = |id: &str, task: Option<&str>| {
        let facts = Facts { task: task.map(str::to_owned), ..Facts::default() };
        line(id, facts, &["context_length_named"])
    };
    let generates = Some("text-generation");
    for (id, expected) in [
        ("microsoft/Phi-3-mini-128k-instruct", "131072"),
        ("microsoft/Phi-3-mini-4k-instruct", "4096"),
        ("Qwen/Qwen2.5-7B-Instruct-1M", "1000000"),
        ("gradientai/Llama-3-8B-Instruct-Gradient-1048k", "1048576"),
        ("gradientai/Llama-3-8B-Instruct-262k", "262144"),
        ("jinaai/jina-embeddings-v2-base-en", "–"),
        ("roneneldan/TinyStories-1M", "–"),
        ("google/gemma-3-270m", "–"),
        ("x/llama-7b-dpo-10k", "–"),
        ("x/tokenizer-32k", "–"),
        ("x/pythia-1.4b-steps-128k", "–"),
        ("a/model-Q4_K_M", "–"),
    ] {
        assert_eq!(named(id, generates), expected, "{id}");
    }
    assert_eq!(named("x/wav2vec2-16k", Some("automatic-speech-recognition")), "–");
    assert_eq!(named("x/wham16-16k", None), "–", "too short without a task");
    assert_eq!(named("togethercomputer/LLaMA-2-7B-32K", None), "32768");
}

#[test]
fn bands_hold_their_lower_bound() {
    let band = |length| {
        line("a/b", Facts { context_length: Some(length), ..Facts::default() }, &["context_band"])
    };
    let bounds = [1, 2_048, 8_191, 8_192, 32_768, 131_071, 131_072, 999_999, 1_000_000];
    let bands = bounds.map(band).join(" | ");
    let expected = "< 2 K | 2–8 K | 2–8 K | 8–32 K | 32–128 K | 32–128 K | 128–1000 K | 128–1000 K \
                    | ≥ 1000 K";
    assert_eq!(bands, expected);
}
