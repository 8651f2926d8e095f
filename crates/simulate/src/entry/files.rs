//! What the files of a repository show.

use serde_json::{Map, Value, json};

use super::{View, blobs, card};
use crate::catalogue::Kind;
use crate::model::{Format, Model, Quirk};

/// The largest file that weights are cut into, in bytes.
const SHARD_BYTES: u64 = 5_000_000_000;
/// The quantizations that a repository of GGUF files holds, with bits per weight in tenths.
const QUANTIZATIONS: [(&str, u64); 8] = [
    ("Q4_K_M", 48),
    ("Q8_0", 85),
    ("Q5_K_M", 57),
    ("Q6_K", 66),
    ("Q3_K_M", 39),
    ("IQ4_XS", 43),
    ("Q2_K", 30),
    ("F16", 160),
];
const CHAT_TEMPLATE: &str =
    "{% for message in messages %}<|{{ message.role }}|>{{ message.content }}{% endfor %}";

/// The excerpt of the configuration; `{}` where there is none.
pub(super) fn config(view: &View) -> Value {
    let model = view.model;
    let architecture = model.architecture();
    match (model.format, architecture.kind) {
        (Format::Gguf | Format::Other, _) | (Format::Adapter, Kind::Diffusion) => json!({}),
        (Format::Adapter, _) => {
            let base = model.origin.as_ref().map(|(_, origins)| card::typed(view, origins[0]));
            json!({ "peft": { "base_model_name_or_path": base, "task_type": "CAUSAL_LM" } })
        }
        (_, Kind::Diffusion) => json!({ "diffusers": { "_class_name": architecture.class } }),
        _ => transformers_config(model),
    }
}

fn transformers_config(model: &Model) -> Value {
    let architecture = model.architecture();
    let mut config = Map::new();
    config.insert("architectures".to_owned(), json!([architecture.class]));
    config.insert("model_type".to_owned(), json!(architecture.model_type));
    if let Some(quantization) = quantization_config(model.format) {
        config.insert("quantization_config".to_owned(), quantization);
    }
    let mut tokenizer = Map::new();
    if architecture.kind == Kind::Encoder {
        tokenizer.insert("mask_token".to_owned(), json!("[MASK]"));
    }
    if architecture.kind.is_conversational() {
        tokenizer.insert("eos_token".to_owned(), json!("<|end|>"));
        tokenizer.insert("chat_template".to_owned(), json!(CHAT_TEMPLATE));
    }
    config.insert("tokenizer_config".to_owned(), Value::Object(tokenizer));
    Value::Object(config)
}

fn quantization_config(format: Format) -> Option<Value> {
    match format {
        Format::Awq => Some(json!({ "quant_method": "awq", "bits": 4 })),
        Format::Gptq => Some(json!({ "quant_method": "gptq", "bits": 4 })),
        Format::BitsAndBytes => Some(json!({
            "quant_method": "bitsandbytes", "load_in_4bit": true, "load_in_8bit": false
        })),
        Format::Fp8 => Some(json!({ "quant_method": "fp8" })),
        Format::Mlx => Some(json!({ "bits": 4 })),
        Format::Pickle | Format::Safetensors | Format::Gguf | Format::Adapter | Format::Other => {
            None
        }
    }
}

/// Parameters by type: of packed weights the storage elements, as the files hold them.
pub(super) fn safetensors(model: &Model) -> Option<Value> {
    let n = model.parameters;
    let parts: Vec<(&str, u64)> = match model.format {
        Format::Safetensors if model.architecture().kind == Kind::Encoder => {
            vec![("I64", 512), ("F32", n)]
        }
        Format::Safetensors => vec![("BF16", n)],
        Format::Awq | Format::Gptq => vec![("F16", n / 50), ("I32", n / 8)],
        Format::BitsAndBytes => vec![("BF16", n / 40), ("F32", n / 400), ("U8", n / 2)],
        Format::Fp8 => vec![("BF16", n / 40), ("F8_E4M3", n - n / 40)],
        Format::Mlx => vec![("BF16", n / 30), ("U32", n / 8)],
        Format::Pickle | Format::Gguf | Format::Adapter | Format::Other => return None,
    };
    let total: u64 = parts.iter().map(|(_, count)| count).sum();
    let parameters: Map<String, Value> =
        parts.into_iter().map(|(name, count)| (name.to_owned(), json!(count))).collect();
    let mut safetensors = Map::new();
    safetensors.insert("parameters".to_owned(), Value::Object(parameters));
    safetensors.insert("total".to_owned(), json!(total));
    if shards(model) > 1 {
        safetensors.insert("sharded".to_owned(), json!(true));
    }
    Some(Value::Object(safetensors))
}

/// What the GGUF files say of themselves.
pub(super) fn gguf(model: &Model) -> Option<Value> {
    if model.format != Format::Gguf {
        return None;
    }
    let architecture = model.architecture();
    let context_length = 4_096_u64 << (model.quirks % 6);
    let mut gguf = json!({
        "total": model.parameters,
        "architecture": architecture.gguf,
        "context_length": context_length,
        "bos_token": "<|begin|>",
        "eos_token": "<|end|>",
        "totalFileSize": gguf_bytes(model, QUANTIZATIONS[0].1),
    });
    if architecture.kind.is_conversational() {
        gguf["chat_template"] = json!(CHAT_TEMPLATE);
    }
    Some(gguf)
}

/// How transformers loads the model.
pub(super) fn transformers_info(model: &Model) -> Option<Value> {
    let architecture = model.architecture();
    let has_config = !matches!(model.format, Format::Gguf | Format::Adapter | Format::Other);
    if architecture.auto_model.is_empty() || !has_config || model.has(Quirk::NoLibrary) {
        return None;
    }
    Some(json!({
        "auto_model": architecture.auto_model,
        "pipeline_tag": architecture.task,
        "processor": if architecture.kind == Kind::Multimodal { "AutoProcessor" } else { "AutoTokenizer" },
    }))
}

/// Tags that follow from the files.
pub(super) fn format_tags(model: &Model) -> &'static [&'static str] {
    match model.format {
        Format::Pickle => &["pytorch"],
        Format::Safetensors => &["safetensors"],
        Format::Gguf => &["gguf"],
        Format::Awq | Format::Gptq | Format::BitsAndBytes => &["safetensors", "4-bit"],
        Format::Fp8 => &["safetensors", "fp8"],
        Format::Mlx => &["mlx", "safetensors", "4-bit"],
        Format::Adapter => &["safetensors", "lora"],
        Format::Other => &[],
    }
}

/// Every file, by path.
pub(super) fn siblings(view: &View) -> Vec<Value> {
    let paths = paths(view.model);
    if view.has_blobs {
        let large = paths.iter().filter(|path| blobs::is_large(path)).count() as u64;
        return paths.iter().map(|path| blobs::blob(view, path, large)).collect();
    }
    paths.into_iter().map(|path| json!({ "rfilename": path })).collect()
}

/// Every path, sorted.
fn paths(model: &Model) -> Vec<String> {
    let mut paths = vec![".gitattributes".to_owned()];
    if !model.has(Quirk::NoCard) {
        paths.push("README.md".to_owned());
    }
    let is_diffusion = model.architecture().kind == Kind::Diffusion;
    match model.format {
        Format::Gguf => {
            let stem = model.name().trim_end_matches("-GGUF");
            let offered = QUANTIZATIONS.iter().take(gguf_count(model));
            paths.extend(offered.map(|(name, _)| format!("{stem}-{name}.gguf")));
        }
        Format::Adapter if is_diffusion => {
            paths.push("pytorch_lora_weights.safetensors".to_owned());
        }
        Format::Adapter => {
            paths.push("adapter_config.json".to_owned());
            paths.push("adapter_model.safetensors".to_owned());
        }
        Format::Other if model.architecture().kind == Kind::Agent => {
            paths.push(format!("{}.zip", model.name()));
        }
        Format::Other => paths.push("sklearn_model.joblib".to_owned()),
        _ if is_diffusion => {
            paths.push("model_index.json".to_owned());
            paths.push("unet/diffusion_pytorch_model.safetensors".to_owned());
        }
        Format::Pickle => add_weights(&mut paths, model, "pytorch_model", "bin"),
        _ => add_weights(&mut paths, model, "model", "safetensors"),
    }
    paths.sort();
    paths
}

fn add_weights(paths: &mut Vec<String>, model: &Model, stem: &str, ending: &str) {
    paths.extend(["config.json", "tokenizer.json", "tokenizer_config.json"].map(str::to_owned));
    let count = shards(model);
    if count == 1 {
        paths.push(format!("{stem}.{ending}"));
        return;
    }
    paths.push(format!("{stem}.{ending}.index.json"));
    paths.extend((1..=count).map(|part| format!("{stem}-{part:05}-of-{count:05}.{ending}")));
}

/// Bytes of the current revision.
pub(super) fn bytes(model: &Model) -> u64 {
    let n = model.parameters;
    match model.format {
        Format::Pickle | Format::Safetensors => n * 2,
        Format::Awq | Format::Gptq | Format::BitsAndBytes | Format::Mlx => n * 11 / 20,
        Format::Fp8 => n,
        Format::Adapter => n / 50,
        Format::Other => n / 4,
        Format::Gguf => {
            let offered = QUANTIZATIONS.iter().take(gguf_count(model));
            offered.map(|(_, bits)| gguf_bytes(model, *bits)).sum()
        }
    }
}

fn shards(model: &Model) -> u64 {
    bytes(model).div_ceil(SHARD_BYTES).max(1)
}

fn gguf_count(model: &Model) -> usize {
    1 + (model.quirks >> 8) as usize % QUANTIZATIONS.len()
}

/// The size of a GGUF file, which the end of its name tells; `None` for other files.
pub(super) fn gguf_bytes_of(model: &Model, path: &str) -> Option<u64> {
    let stem = path.strip_suffix(".gguf")?;
    let (_, bits) = QUANTIZATIONS.iter().find(|(name, _)| stem.ends_with(&format!("-{name}")))?;
    Some(gguf_bytes(model, *bits))
}

fn gguf_bytes(model: &Model, bits_in_tenths: u64) -> u64 {
    model.parameters / 80 * bits_in_tenths
}
