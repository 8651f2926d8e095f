//! What tags, formats and paths of files show, read the same way by every family.

use crate::tables::Model;

/// Tags that name a format of weights.
const FORMAT_TAGS: [&str; 16] = [
    "safetensors",
    "gguf",
    "ggml",
    "pytorch",
    "tf",
    "jax",
    "keras",
    "onnx",
    "openvino",
    "coreml",
    "tflite",
    "mlx",
    "rust",
    "joblib",
    "executorch",
    "llamafile",
];
/// Endings of files that hold weights of a format, behind the last dot.
const FORMAT_ENDINGS: [(&str, &str); 15] = [
    ("safetensors", "safetensors"),
    ("gguf", "gguf"),
    ("onnx", "onnx"),
    ("pt", "pytorch"),
    ("pth", "pytorch"),
    ("ckpt", "pytorch"),
    ("h5", "tf"),
    ("msgpack", "jax"),
    ("keras", "keras"),
    ("mlmodel", "coreml"),
    ("tflite", "tflite"),
    ("ot", "rust"),
    ("joblib", "joblib"),
    ("pte", "executorch"),
    ("llamafile", "llamafile"),
];

/// The tags of a model; none where the source has no tags.
pub(crate) fn tags(model: &Model) -> &[String] {
    model.facts.tags.as_deref().unwrap_or_default()
}

/// Whether a model has one of these tags, in any case.
pub(crate) fn has_tag(model: &Model, wanted: &[&str]) -> bool {
    tags(model).iter().any(|tag| is_one_of(tag, wanted))
}

/// What follows a prefix such as `license:` in the model's tags, in their order.
pub(crate) fn tag_values<'a>(model: &'a Model, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    tags(model).iter().filter_map(move |tag| {
        let (head, rest) = tag.split_at_checked(prefix.len())?;
        (head.eq_ignore_ascii_case(prefix) && !rest.is_empty()).then_some(rest)
    })
}

/// The paths of the model's files; none where the source has no list of files.
pub(crate) fn file_paths(model: &Model) -> &[String] {
    model.facts.file_paths.as_deref().unwrap_or_default()
}

/// The formats of the weights, sorted; `None` where the source says neither tags nor formats
/// nor files.
pub(super) fn formats(model: &Model) -> Option<Vec<String>> {
    let facts = &model.facts;
    if facts.formats.is_none() && facts.tags.is_none() && facts.file_paths.is_none() {
        return None;
    }
    let stated = facts.formats.iter().flatten().map(|format| format.trim().to_ascii_lowercase());
    let mut formats: Vec<String> = stated.filter(|format| !format.is_empty()).collect();
    // Many tags and files show the same few formats.
    let mut shown = [false; FORMAT_TAGS.len()];
    let of_tag = |tag: &String| FORMAT_TAGS.iter().position(|name| tag.eq_ignore_ascii_case(name));
    tags(model).iter().filter_map(of_tag).for_each(|format| shown[format] = true);
    for format in file_paths(model).iter().filter_map(|path| format_of_file(path)) {
        match FORMAT_TAGS.iter().position(|name| *name == format) {
            Some(format) => shown[format] = true,
            None => formats.push(format.to_owned()),
        }
    }
    let shown = FORMAT_TAGS.iter().zip(shown).filter(|(_, is_shown)| *is_shown);
    formats.extend(shown.map(|(format, _)| (*format).to_owned()));
    formats.sort_unstable();
    formats.dedup();
    Some(formats)
}

/// Whether the model has weights at all; `None` where nothing shows any and the files are not
/// known.
pub(super) fn has_weights(model: &Model) -> Option<bool> {
    let facts = &model.facts;
    let is_stated = facts.formats.iter().flatten().any(|format| !format.trim().is_empty());
    let is_shown = is_stated
        || has_tag(model, &FORMAT_TAGS)
        || file_paths(model).iter().any(|path| format_of_file(path).is_some());
    let is_empty = file_paths(model).is_empty();
    if is_shown { Some(true) } else { (!is_empty).then_some(false) }
}

/// Whether a text is one of these words, in any case.
pub(super) fn is_one_of(text: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// Texts without empty ones, sorted, each once.
pub(super) fn distinct(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    texts.sort_unstable();
    texts.dedup();
    texts
}

fn format_of_file(path: &str) -> Option<&'static str> {
    let file = path.rsplit('/').next().unwrap_or(path);
    let ending = extension(file);
    let begins =
        |word: &str| file.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    if begins("openvino") && is_one_of(ending, &["xml", "bin"]) {
        return Some("openvino");
    }
    // A compiled package is a folder.
    let is_package = |folder: &str| is_one_of(extension(folder), &["mlpackage", "mlmodelc"]);
    if file.len() < path.len() && path.split('/').rev().skip(1).any(is_package) {
        return Some("coreml");
    }
    let is_pytorch = || file.to_ascii_lowercase().contains("pytorch_model");
    let is_bin = ending.eq_ignore_ascii_case("bin");
    if is_bin && (is_pytorch() || file.eq_ignore_ascii_case("adapter_model.bin")) {
        return Some("pytorch");
    }
    FORMAT_ENDINGS
        .iter()
        .find(|(known, _)| ending.eq_ignore_ascii_case(known))
        .map(|(_, format)| *format)
}

fn extension(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, extension)| extension)
}
