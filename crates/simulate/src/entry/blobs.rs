//! How large the files of a repository are, and by which hashes they are known.

use std::fmt::Write as _;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::files::{bytes, gguf_bytes_of};
use super::{View, blob_id, card_text};
use crate::numbers::mix;

/// Endings of files that are too large for git.
const LARGE: [&str; 6] = [".safetensors", ".bin", ".gguf", ".zip", ".joblib", ".pt"];

/// A file as `blobs=true` shows it, `large_count` being how many large files share the weights.
pub(super) fn blob(view: &View, path: &str, large_count: u64) -> Value {
    if is_large(path) {
        let size = gguf_bytes_of(view.model, path)
            .unwrap_or_else(|| bytes(view.model) / large_count.max(1));
        let sha256 = content_sha256(view, path);
        // git holds a pointer of three lines, of which one has the size.
        let pointer = 125 + size.to_string().len();
        return json!({
            "rfilename": path,
            "blobId": blob_id(sha256.as_bytes()),
            "size": size,
            "lfs": { "sha256": sha256, "size": size, "pointerSize": pointer },
        });
    }
    if let Some(card) = card_text(view).filter(|_| path == "README.md") {
        let blob_id = blob_id(card.as_bytes());
        return json!({ "rfilename": path, "blobId": blob_id, "size": card.len() });
    }
    let id = blob_id(content_sha256(view, path).as_bytes());
    let size = 200
        + path.bytes().fold(view.model.quirks, |bits, byte| mix(bits ^ u64::from(byte))) % 3_000;
    json!({ "rfilename": path, "blobId": id, "size": size })
}

/// Whether a file lies outside of git.
pub(super) fn is_large(path: &str) -> bool {
    LARGE.iter().any(|ending| path.ends_with(ending))
}

/// The hash of a content that is never written: of what it would be made from.
fn content_sha256(view: &View, path: &str) -> String {
    let seed = format!("{}/{path}", view.model.object_id);
    Sha256::digest(seed).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

#[cfg(test)]
mod tests;
