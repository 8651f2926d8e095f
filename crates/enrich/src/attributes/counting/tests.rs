use super::super::tests::{line, list, text};
use crate::Facts;

const COLUMNS: [&str; 4] =
    ["counting_rule", "counted_file_count", "is_counted", "counting_rule_since"];

#[test]
fn files_are_counted_by_the_rule_of_the_library() {
    let facts = Facts {
        library: text("peft"),
        tags: list(&["peft", "safetensors"]),
        file_paths: list(&["README.md", "adapter_config.json", "adapter_model.safetensors"]),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts, &COLUMNS), "library:peft | 1 | yes | 2024-02-16");
}

#[test]
fn every_gguf_file_counts() {
    let facts = Facts {
        tags: list(&["gguf", "region:us"]),
        file_paths: list(&["README.md", "config.json", "b-Q4_K_M.gguf", "b-Q8_0.gguf"]),
        ..Facts::default()
    };
    assert_eq!(line("a/b-GGUF", facts, &COLUMNS), "gguf | 2 | yes | 2024-04-02");
}

/// Weights without a configuration are never counted by the default rule.
#[test]
fn a_model_without_a_counted_file_is_not_counted() {
    let facts = Facts {
        library: text("a word of its author"),
        tags: list(&["safetensors"]),
        file_paths: list(&["model.safetensors"]),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts, &COLUMNS), "default | 0 | no | 2025-07-25");
    let empty = Facts { tags: list(&[]), file_paths: list(&[]), ..Facts::default() };
    assert_eq!(line("a/b", empty, &COLUMNS), "default | 0 | no | 2025-07-25");
}

#[test]
fn silence_on_files_leaves_the_count_open() {
    let facts = Facts { library: text("fasttext"), tags: list(&["fasttext"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &COLUMNS), "library:fasttext | – | – | 2024-06-07");
}

#[test]
fn silence_on_what_decides_is_null() {
    // A library without a rule of its own may come as GGUF.
    let facts = Facts { library: text("transformers"), ..Facts::default() };
    assert_eq!(line("a/b", facts, &COLUMNS), "– | – | – | –");
    // Files alone do not tell the library.
    let facts = Facts { file_paths: list(&["config.json"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &COLUMNS), "– | – | – | –");
}

/// Nobody dated the rule, and it counts all the same.
#[test]
fn a_rule_that_never_changed_has_no_date() {
    let facts = Facts {
        library: text("ultralytics"),
        file_paths: list(&["yolo.pt", "yolo.onnx"]),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts, &COLUMNS), "library:ultralytics | 1 | yes | –");
}
