//! The files of the repository, with their sizes where an answer was asked for them.

use serde_json::Value;

use crate::Facts;
use crate::fields::Row;

/// Reads `siblings`: paths alone, or objects that may hold sizes.
pub(super) fn read(row: &mut Row<'_>, facts: &mut Facts) {
    let Some(siblings) = row.present("siblings").and_then(Value::as_array) else { return };
    let mut paths = Vec::with_capacity(siblings.len());
    let mut sized = Vec::new();
    for sibling in siblings {
        let path = match sibling {
            Value::String(path) => Some(path.as_str()),
            other => other.get("rfilename").and_then(Value::as_str),
        };
        let Some(path) = path else { continue };
        if let Some(size) = size(sibling) {
            sized.push(format!("{size} {path}"));
        }
        paths.push(path.to_owned());
    }
    facts.file_bytes = (!sized.is_empty()).then_some(sized);
    facts.file_paths = Some(paths);
}

/// The size of the file itself; what lies in git of a large file is a pointer of three lines.
fn size(sibling: &Value) -> Option<i64> {
    let large = sibling.get("lfs").and_then(|large| large.get("size")?.as_i64());
    let size = large.or_else(|| sibling.get("size")?.as_i64());
    size.filter(|size| *size >= 0)
}

#[cfg(test)]
mod tests;
