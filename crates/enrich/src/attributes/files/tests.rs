use super::super::tests::{line, list, text};
use super::gguf::label;
use crate::Facts;

const PARTS: [&str; 11] = [
    "has_config",
    "has_tokenizer",
    "has_chat_template",
    "has_processor",
    "has_adapter_config",
    "has_generation_config",
    "has_code_files",
    "has_training_files",
    "has_training_logs",
    "has_media_files",
    "has_evaluation_files",
];
const COUNTS: [&str; 4] = ["file_count", "weight_file_count", "is_sharded", "shard_count"];

fn with_files(paths: &[&str]) -> Facts {
    Facts { file_paths: list(paths), ..Facts::default() }
}

fn counts(paths: &[&str]) -> String {
    line("a/b", with_files(paths), &COUNTS)
}

/// The files of google-bert/bert-base-uncased as recorded on 25 July 2026, counted by hand.
#[test]
fn a_recorded_list_of_files_is_counted() {
    let paths = [
        ".gitattributes",
        "LICENSE",
        "README.md",
        "config.json",
        "coreml/fill-mask/float32_model.mlpackage/Data/com.apple.CoreML/model.mlmodel",
        "coreml/fill-mask/float32_model.mlpackage/Data/com.apple.CoreML/weights/weight.bin",
        "coreml/fill-mask/float32_model.mlpackage/Manifest.json",
        "flax_model.msgpack",
        "model.onnx",
        "model.safetensors",
        "pytorch_model.bin",
        "rust_model.ot",
        "tf_model.h5",
        "tokenizer.json",
        "tokenizer_config.json",
        "vocab.txt",
    ];
    assert_eq!(counts(&paths), "16 | 8 | no | 1");
    let parts = line("a/b", with_files(&paths), &PARTS);
    assert_eq!(parts, "yes | yes | – | no | no | no | no | no | no | no | no");
}

#[test]
fn parts_are_known_by_their_files() {
    let paths = [
        "unet/config.json",
        "chat_template.jinja",
        "preprocessor_config.json",
        "adapter_config.json",
        "generation_config.json",
        "modeling_x.py",
        "optimizer.pt",
        "runs/a/events.out.tfevents.1",
        "Sample.PNG",
        ".eval_results/mmlu.yaml",
    ];
    let parts = line("a/b", with_files(&paths), &PARTS);
    assert_eq!(parts, "no | no | yes | yes | yes | yes | yes | yes | yes | yes | yes");
    assert_eq!(counts(&paths), "10 | 0 | – | –", "an optimizer is no weights");
    let unknown = line("a/b", Facts::default(), &PARTS);
    assert_eq!(unknown, ["–"; 11].join(" | "));
}

#[test]
fn weights_in_parts_are_told_by_names_or_an_index() {
    let cut = ["model-00001-of-00004.safetensors", "model-00002-of-00004.safetensors"];
    assert_eq!(counts(&cut), "2 | 2 | yes | 4");
    assert_eq!(counts(&["model.safetensors"]), "1 | 1 | no | 1");
    assert_eq!(counts(&["a-of-b.safetensors"]), "1 | 1 | no | 1");
    let indexed = ["pytorch_model.bin.index.json", "pytorch_model_1.bin"];
    assert_eq!(counts(&indexed), "2 | 1 | yes | –");
    assert_eq!(counts(&["README.md"]), "1 | 0 | – | –");
    assert_eq!(counts(&[]), "0 | 0 | – | –");
    let said = Facts { is_sharded: Some(true), ..Facts::default() };
    assert_eq!(line("a/b", said, &COUNTS), "– | – | yes | –");
}

/// The rule of the Hub's own tooling: the last name of a type in the file's name holds.
#[test]
fn gguf_files_say_their_types() {
    for (stem, expected) in [
        ("llama-2-7b.q4_k_m", Some("Q4_K_M")),
        ("qwen3-8b-ud-iq3_xxs-00001-of-00002", Some("IQ3_XXS")),
        ("model_q4_0", Some("Q4_0")),
        ("q4_0/model-f16", Some("F16")),
        ("x-q8_0-mxfp4_moe", Some("MXFP4_MOE")),
        ("x.q4_0_4_8", Some("Q4_0_4_8")),
        ("x-ud-q4_k_xl", Some("Q4_K_XL")),
        ("bf16", Some("BF16")),
        ("model", None),
        ("seq4_0", None),
        ("", None),
    ] {
        assert_eq!(label(stem), expected, "{stem}");
    }
    let columns = ["gguf_file_count", "gguf_types", "weight_file_count"];
    let paths = ["x-Q8_0.gguf", "x-Q4_K_M.gguf", "mmproj-F16.gguf", "x.imatrix.gguf", "README.md"];
    assert_eq!(line("a/b", with_files(&paths), &columns), "2 | [Q4_K_M, Q8_0] | 3");
    assert_eq!(line("a/b", with_files(&["README.md"]), &columns), "0 | [] | 0");
}

#[test]
fn an_importance_matrix_shows_in_file_metadata_or_tag() {
    let of = |facts: Facts| line("a/b", facts, &["has_importance_matrix"]);
    assert_eq!(of(Facts { importance_matrix: text("imatrix.dat"), ..Facts::default() }), "yes");
    assert_eq!(of(Facts { tags: list(&["imatrix"]), ..Facts::default() }), "yes");
    assert_eq!(of(with_files(&["x.imatrix"])), "yes");
    assert_eq!(of(with_files(&["x.gguf"])), "–");
    assert_eq!(of(Facts { tags: list(&[]), ..with_files(&["x.gguf"]) }), "no");
}

#[test]
fn sizes_are_added_up() {
    let columns = [
        "files_bytes",
        "weight_files_bytes",
        "largest_file_bytes",
        "largest_file",
        "files_size_band",
        "gguf_set_bytes",
    ];
    let sizes = ["1200 README.md", "5000000000 a b/Model.safetensors", "7 x", "bad", "-4 y", "9 "];
    let facts = Facts { file_bytes: list(&sizes), gguf_bytes: Some(0), ..Facts::default() };
    let expected = "5000001207 | 5000000000 | 5000000000 | a b/Model.safetensors | 5–20 GB | –";
    assert_eq!(line("a/b", facts, &columns), expected);
    let facts = Facts { file_bytes: list(&["bad"]), gguf_bytes: Some(5), ..Facts::default() };
    assert_eq!(line("a/b", facts, &columns), "– | – | – | – | – | 5");
    let huge = i64::MAX.to_string() + " a.gguf";
    let facts = Facts { file_bytes: list(&[&huge, &huge]), ..Facts::default() };
    assert!(line("a/b", facts, &columns).starts_with(&format!("{} | ", i64::MAX)));
}
