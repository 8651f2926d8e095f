use super::super::tests::{line, list, text};
use crate::Facts;

const COLUMNS: [&str; 3] = ["is_quantized", "quantization_method", "quantization_bits"];

fn of(id: &str, facts: Facts) -> String {
    line(id, facts, &COLUMNS)
}

fn tagged(id: &str, tags: &[&str]) -> String {
    of(id, Facts { tags: list(tags), ..Facts::default() })
}

fn with_files(id: &str, files: &[&str]) -> String {
    let tags = list(&["gguf", "region:us"]);
    of(id, Facts { tags, file_paths: list(files), ..Facts::default() })
}

#[test]
fn the_configuration_comes_first() {
    for (method, bits, expected) in [
        ("gptq", Some(4), "yes | gptq | 4"),
        ("fp8", None, "yes | fp8 | 8"),
        ("fbgemm_fp8", None, "yes | fp8 | 8"),
        ("mxfp4", None, "yes | mxfp4 | 4"),
        ("intel/auto-round", Some(4), "yes | auto-round | 4"),
        ("BitNet", None, "yes | bitnet | 1.58"),
        ("brand_new", None, "yes | brand-new | –"),
    ] {
        let facts = Facts {
            quantization_method: text(method),
            quantization_bits: bits,
            tags: list(&["safetensors", "exl2"]),
            ..Facts::default()
        };
        assert_eq!(of("a/b", facts), expected, "{method}");
    }
    let mlx = Facts { quantization_bits: Some(8), library: text("mlx"), ..Facts::default() };
    assert_eq!(of("mlx-community/x-8bit", mlx), "yes | mlx | 8");
}

/// A box holds any number format; what is in it, tags and name tell.
#[test]
fn what_is_in_the_box_stands_above_the_box() {
    let boxed = |id: &str, tags: &[&str]| {
        let quantization_method = text("compressed-tensors");
        of(id, Facts { quantization_method, tags: list(tags), ..Facts::default() })
    };
    assert_eq!(boxed("x/y", &["safetensors"]), "yes | compressed-tensors | –");
    assert_eq!(boxed("x/y-NVFP4", &["safetensors"]), "yes | nvfp4 | 4");
    assert_eq!(boxed("x/y-W4A16", &["safetensors", "awq", "8-bit"]), "yes | awq | 4");
    assert_eq!(tagged("x/y-FP8", &["safetensors", "modelopt"]), "yes | fp8 | 8");
    // Formats stand above algorithms, and what the name says of the weights above other layers.
    assert_eq!(tagged("x/y-NVFP4-AutoRound", &["safetensors", "8-bit"]), "yes | nvfp4 | 4");
    let mixed = ["safetensors", "auto-round", "compressed-tensors", "int8"];
    assert_eq!(tagged("x/y-W4A16-INT8-Head", &mixed), "yes | auto-round | 4");
    // MLX is the container, whatever the format.
    assert_eq!(tagged("x/y-MLX-MXFP4", &["safetensors", "mxfp4"]), "yes | mlx | 4");
}

#[test]
fn containers_of_other_processors() {
    assert_eq!(tagged("x/y", &["rkllm", "npu"]), "yes | other | –");
    assert_eq!(tagged("x/y", &["fastflowlm", "q4nx"]), "yes | other | 4");
    assert_eq!(tagged("x/y-int8", &["onnx"]), "yes | onnx-int8 | 8");
    assert_eq!(tagged("x/y-int8", &["openvino", "int8"]), "yes | openvino | 8");
}

#[test]
fn signs_of_something_else() {
    let trained = Facts {
        base_relation: text("finetune"),
        base_models: list(&["unsloth/mistral-7b-bnb-4bit"]),
        tags: list(&["safetensors", "mistral"]),
        ..Facts::default()
    };
    // Trained from a base of 4 bits, whose name the author kept.
    let kept = "x/mistral-7b-bnb-4bit_tuned";
    assert_eq!(of(kept, trained.clone()), "no | none | –");
    assert_eq!(of("x/mistral-7b-tuned-awq", trained), "yes | awq | –");
    // Copies of several widths, none of which is known to be the main one.
    assert_eq!(tagged("x/y", &["safetensors", "fp8", "bf16"]), "no | none | –");
    assert_eq!(tagged("x/y", &["safetensors", "gptq", "4-bit", "bf16"]), "yes | gptq | 4");
    // Code that computes in eight bits, and no model.
    let kernel = Facts { tags: list(&["region:us"]), formats: list(&[]), ..Facts::default() };
    assert_eq!(of("x/fp8-attention", kernel), "– | – | –");
    // A whole model, made by training an adapter and folding it in.
    let folded = ["mlx", "safetensors", "lora", "8-bit"];
    assert_eq!(tagged("x/y-mlx-q8", &folded), "yes | mlx | 8");
}

#[test]
fn gguf_files_tell_their_bits() {
    assert_eq!(with_files("x/y-GGUF", &["y.Q4_K_M.gguf"]), "yes | gguf | 4");
    assert_eq!(
        with_files(
            "x/y-GGUF",
            &["y-UD-IQ3_XXS-00001-of-00002.gguf", "y-UD-IQ3_XXS-00002-of-00002.gguf"]
        ),
        "yes | gguf | 3"
    );
    assert_eq!(with_files("x/y-GGUF", &["y.Q4_K_M.gguf", "y.Q8_0.gguf"]), "yes | gguf | –");
    assert_eq!(tagged("x/y-Q5_K_M-GGUF", &["gguf"]), "yes | gguf | 5");
    assert_eq!(tagged("x/y", &["gguf"]), "yes | gguf | –");
    // Nothing but the name is known of models in some sources.
    assert_eq!(of("x/y-GGUF", Facts::default()), "yes | gguf | –");
}

#[test]
fn full_width_gguf_is_a_format_only() {
    assert_eq!(with_files("x/y-GGUF", &["y-F16.gguf", "mmproj-Q8_0.gguf"]), "no | none | –");
    assert_eq!(with_files("x/y-GGUF", &["y-bf16-00001-of-00002.gguf"]), "no | none | –");
    assert_eq!(with_files("x/y-GGUF", &["y-bf16.gguf", "y-q8_0.gguf"]), "yes | gguf | 8");
    // The name may be that of the base, and says nothing of the files.
    assert_eq!(tagged("x/y-BF16-GGUF", &["gguf"]), "yes | gguf | –");
}

#[test]
fn a_gguf_file_beside_full_weights_is_an_extra() {
    assert_eq!(tagged("google/gemma-2b", &["safetensors", "gguf"]), "no | none | –");
}

#[test]
fn tags_and_names_are_signs() {
    assert_eq!(tagged("x/y", &["safetensors", "awq", "4-bit"]), "yes | awq | 4");
    assert_eq!(tagged("x/y", &["safetensors", "mlx", "4-bit"]), "yes | mlx | 4");
    // The name's bits are of the weights, a tag may name the widest layer.
    assert_eq!(tagged("x/y-MLX-mixed-6bit", &["safetensors", "mlx", "9bit"]), "yes | mlx | 6");
    assert_eq!(
        tagged("x/y-W4A16", &["safetensors", "compressed-tensors"]),
        "yes | compressed-tensors | 4"
    );
    assert_eq!(
        tagged("x/y", &["safetensors", "compressed-tensors", "8-bit", "nvfp4"]),
        "yes | nvfp4 | 4"
    );
    assert_eq!(tagged("x/y", &["safetensors", "8-bit"]), "yes | other | 8");
    assert_eq!(tagged("x/y-bnb-4bit", &["safetensors"]), "yes | bitsandbytes | 4");
    assert_eq!(tagged("x/y-exl3-3.5bpw", &["safetensors"]), "yes | exl3 | 3.5");
    assert_eq!(tagged("x/y-FP8-dynamic", &["safetensors"]), "yes | fp8 | 8");
    assert_eq!(tagged("x/y-q4f16_1-MLC", &["mlc-llm"]), "yes | mlc | 4");
    assert_eq!(of("x/y-AWQ", Facts::default()), "yes | awq | –");
}

#[test]
fn words_that_only_look_alike_are_no_signs() {
    assert_eq!(tagged("x/y-bf16", &["safetensors", "mlx"]), "no | none | –");
    assert_eq!(tagged("x/y-16bit", &["safetensors"]), "no | none | –");
    assert_eq!(tagged("x/y-qat-q4_0-unquantized", &["safetensors"]), "no | none | –");
    assert_eq!(tagged("facebook/wav2vec2-base", &["safetensors"]), "no | none | –");
    assert_eq!(tagged("x/y", &["safetensors", "bitsandbytes", "trl"]), "no | none | –");
    assert_eq!(
        tagged("Qwen/Qwen3-8B", &["safetensors", "qwen3", "conversational"]),
        "no | none | –"
    );
}

/// `sentence-transformers/all-MiniLM-L6-v2` ships int8 ONNX files beside its own weights.
#[test]
fn the_relation_alone_is_not_enough() {
    let facts = |more: &[&str]| {
        let tags = ["pytorch", "safetensors", "onnx", "openvino"];
        Facts {
            base_relation: text("quantized"),
            base_models: list(&["nreimers/MiniLM-L6-H384-uncased"]),
            tags: list(&[&tags[..], more].concat()),
            file_paths: list(&["model.safetensors", "onnx/model_qint8_avx512.onnx"]),
            ..Facts::default()
        }
    };
    assert_eq!(of("sentence-transformers/all-MiniLM-L6-v2", facts(&[])), "no | none | –");
    // With nothing but the relation it stays open, and with a word it is said.
    let bare = |tags: &[&str]| Facts { tags: list(tags), file_paths: None, ..facts(&[]) };
    assert_eq!(of("x/y", bare(&["safetensors"])), "– | – | –");
    assert_eq!(of("x/y", bare(&["safetensors", "quantized"])), "yes | other | –");
}

#[test]
fn an_adapters_tags_tell_of_its_base() {
    let facts = Facts {
        library: text("peft"),
        tags: list(&["peft", "safetensors", "4-bit", "bitsandbytes"]),
        ..Facts::default()
    };
    assert_eq!(of("x/y-bnb-4bit-lora", facts), "no | none | –");
}

#[test]
fn too_little_to_say_no() {
    assert_eq!(of("x/y", Facts { model_type: text("llama"), ..Facts::default() }), "– | – | –");
    assert_eq!(tagged("x/y", &["region:us"]), "– | – | –");
}

#[test]
fn every_word_of_the_rules_is_dated_and_told_once() {
    let mut seen = std::collections::HashSet::new();
    for row in super::words::METHODS.iter() {
        assert!(seen.insert(&row.word), "{} stands twice", row.word);
        assert_eq!(row.word, row.word.to_lowercase());
        let month = row.since.split_once('-').and_then(|(_, month)| month.parse::<u32>().ok());
        assert!(month.is_some_and(|month| (1..=12).contains(&month)), "{}", row.since);
        assert!(!row.evidence.is_empty(), "{} has no evidence", row.word);
    }
}

/// A label of `fixtures/accuracy`, as a reader of the model's public facts set it.
#[derive(Debug, serde::Deserialize)]
struct Label {
    model_id: String,
    is_quantized: String,
    method: String,
    bits: Option<f64>,
    is_moe: String,
    expert_count: Option<u32>,
    expert_active_count: Option<u32>,
    stratum: String,
    evidence: String,
}

#[test]
fn the_labels_are_sound() {
    const CONTAINERS: [&str; 5] = ["gguf", "mlx", "onnx-int8", "openvino", "other"];
    let labels: Vec<Label> =
        crate::attributes::rules::rows(include_str!("../../../../../fixtures/accuracy/labels.csv"));
    assert!(labels.len() >= 400, "{} labels", labels.len());
    let ids: Vec<&str> = labels.iter().map(|label| label.model_id.as_str()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "sorted, and each once");
    for label in &labels {
        let id = &label.model_id;
        for flag in [&label.is_quantized, &label.is_moe] {
            assert!(["yes", "no", ""].contains(&flag.as_str()), "{id}: {flag}");
        }
        let is_quantized = label.is_quantized == "yes";
        let method = label.method.as_str();
        let is_word = super::words::METHODS.iter().any(|row| row.method == method);
        let is_method = method.is_empty() || is_word || CONTAINERS.contains(&method);
        assert!(is_method && (is_quantized || method.is_empty()), "{id}: {method}");
        let is_width = |bits: f64| is_quantized && (1.0..16.0).contains(&bits);
        assert!(label.bits.is_none_or(is_width), "{id}: {:?}", label.bits);
        let [experts, active] = [label.expert_count, label.expert_active_count];
        assert!(experts.is_none_or(|count| count > 1 && label.is_moe == "yes"), "{id}");
        assert!(active.is_none_or(|active| experts.is_some_and(|all| active < all)), "{id}");
        let strata = ["random", "downloaded", "quantized", "experts"];
        assert!(strata.contains(&label.stratum.as_str()), "{id}: {}", label.stratum);
        assert!(!label.evidence.is_empty(), "{id} has no evidence");
    }
}
