use super::super::tests::{line, list, text};
use crate::Facts;

const FORMATS: [&str; 3] = ["formats", "has_safetensors", "has_gguf"];

#[test]
fn libraries_are_kept_as_written_but_for_known_spellings() {
    for (written, expected) in [
        ("transformers", "transformers"),
        ("Transformers", "transformers"),
        ("paddleocr", "PaddleOCR"),
        ("scikit-learn", "sklearn"),
        ("habibi-tts", "habibi-tts"),
        ("PyLate", "PyLate"),
    ] {
        let facts = Facts { library: text(written), ..Facts::default() };
        assert_eq!(line("a/b", facts, &["library"]), expected);
    }
}

#[test]
fn formats_come_from_lists_tags_and_files() {
    let facts = Facts {
        formats: list(&["safetensors"]),
        tags: list(&["transformers", "ONNX", "en", "region:us"]),
        file_paths: list(&[
            "README.md",
            "model-00001-of-00002.safetensors",
            "pytorch_model.bin",
            "openvino/openvino_model.xml",
            "onnx/model_quantized.onnx",
            "coreml/model.mlpackage/Manifest.json",
            "training_args.bin",
        ]),
        ..Facts::default()
    };
    assert_eq!(
        line("a/b", facts, &FORMATS),
        "[coreml, onnx, openvino, pytorch, safetensors] | yes | no"
    );
}

#[test]
fn silence_on_formats_is_null_and_an_empty_repository_has_none() {
    assert_eq!(line("a/b-GGUF", Facts::default(), &FORMATS), "– | – | –");
    let facts = Facts { tags: list(&["region:us"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &FORMATS), "[] | no | no");
}
