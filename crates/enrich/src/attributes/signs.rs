//! What tags, formats and paths of files show, read the same way by every family.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::word_table::WordTable;
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
/// Letters of the longest ending of a file of weights.
const LONGEST_ENDING: usize = 11;
static BY_TAG: LazyLock<WordTable> = LazyLock::new(|| WordTable::of(FORMAT_TAGS));

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

/// Hands over each path of the model's files, in lower case.
pub(super) fn each_path(model: &Model, mut take: impl FnMut(&str)) {
    let mut lower = String::new();
    for path in file_paths(model) {
        lower.clear();
        lower.push_str(path);
        lower.make_ascii_lowercase();
        take(&lower);
    }
}

/// The formats of the weights, sorted; `None` where the source says neither tags nor formats
/// nor files.
pub(super) fn formats(model: &Model) -> Option<Vec<Cow<'_, str>>> {
    let facts = &model.facts;
    if facts.formats.is_none() && facts.tags.is_none() && facts.file_paths.is_none() {
        return None;
    }
    let stated = facts.formats.iter().flatten().map(|format| format.trim());
    let stated = stated.filter(|format| !format.is_empty());
    let mut formats: Vec<Cow<'_, str>> = stated.map(in_lower_case).collect();
    let tagged = tags(model).iter().filter_map(|tag| BY_TAG.place(tag));
    formats.extend(tagged.map(|place| Cow::Borrowed(FORMAT_TAGS[place])));
    each_path(model, |path| {
        let format = format_of_file(path);
        // Many files of a repository are of one format.
        let is_new = |format: &&str| !formats.iter().any(|known| known == format);
        let format = format.filter(is_new).map(Cow::Borrowed);
        formats.extend(format);
    });
    formats.sort_unstable();
    formats.dedup();
    Some(formats)
}

/// Whether the model has weights at all; `None` where nothing shows any and the files are not
/// known.
pub(super) fn has_weights(model: &Model) -> Option<bool> {
    let facts = &model.facts;
    let is_stated = facts.formats.iter().flatten().any(|format| !format.trim().is_empty());
    let is_among_files = || {
        let mut is_among_files = false;
        each_path(model, |path| is_among_files |= format_of_file(path).is_some());
        is_among_files
    };
    let is_shown =
        is_stated || tags(model).iter().any(|tag| BY_TAG.place(tag).is_some()) || is_among_files();
    let is_empty = file_paths(model).is_empty();
    if is_shown { Some(true) } else { (!is_empty).then_some(false) }
}

/// A text in lower case, which most are already.
pub(super) fn in_lower_case(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(text.to_ascii_lowercase())
    } else {
        Cow::Borrowed(text)
    }
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

/// The format of the weights that a file holds a part of, by its path in lower case.
pub(super) fn format_of_file(path: &str) -> Option<&'static str> {
    if !may_hold_weights(path) {
        return None;
    }
    let (folder, file) = split_at_last(path, b'/').unwrap_or(("", path));
    let extension = extension(file);
    if matches!(extension, "xml" | "bin") && file.starts_with("openvino") {
        return Some("openvino");
    }
    // A compiled package is a folder.
    let is_package = |part: &str| part.ends_with(".mlpackage") || part.ends_with(".mlmodelc");
    if !folder.is_empty() && folder.split('/').any(is_package) {
        return Some("coreml");
    }
    if extension == "bin" {
        let is_pytorch = file.contains("pytorch_model") || file == "adapter_model.bin";
        return is_pytorch.then_some("pytorch");
    }
    format_of_ending(extension)
}

fn format_of_ending(extension: &str) -> Option<&'static str> {
    match extension {
        "safetensors" => Some("safetensors"),
        "gguf" => Some("gguf"),
        "onnx" => Some("onnx"),
        "pt" | "pth" | "ckpt" => Some("pytorch"),
        "h5" => Some("tf"),
        "msgpack" => Some("jax"),
        "keras" => Some("keras"),
        "mlmodel" => Some("coreml"),
        "tflite" => Some("tflite"),
        "ot" => Some("rust"),
        "joblib" => Some("joblib"),
        "pte" => Some("executorch"),
        "llamafile" => Some("llamafile"),
        _ => None,
    }
}

/// The name of a file without its folders.
pub(super) fn file_of(path: &str) -> &str {
    split_at_last(path, b'/').map_or(path, |(_, file)| file)
}

/// The ending of a file's name without its dot; empty where it has none.
pub(super) fn extension(file: &str) -> &str {
    split_at_last(file, b'.').map_or("", |(_, extension)| extension)
}

/// As `rsplit_once`, of an ASCII character: in the short texts that paths are, a plain loop finds
/// it sooner than a search that is made for long ones.
pub(crate) fn split_at_last(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|one| one == byte)?;
    Some((&text[..at], &text[at + 1..]))
}

/// Whether a file could hold weights by its ending or by being in a folder: most could not.
fn may_hold_weights(path: &str) -> bool {
    let mut backwards = path.bytes().rev().zip(0..=LONGEST_ENDING);
    let dot = backwards.find(|(byte, _)| matches!(byte, b'.' | b'/'));
    let ending = dot.map_or("", |(_, length)| &path[path.len() - length..]);
    let may_end_so = matches!(ending, "bin" | "xml") || format_of_ending(ending).is_some();
    may_end_so || path.bytes().any(|byte| byte == b'/')
}
