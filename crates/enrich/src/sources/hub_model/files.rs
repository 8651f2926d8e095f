//! The files of the repository, with their sizes where an answer was asked for them.

use serde_json::Value;

use crate::Facts;
use crate::fields::{Row, fault_of_text, shown};

/// Files of a repository; a hundred thousand are the most that the Hub advises.
const MAX_FILES: usize = 200_000;

/// Reads `siblings`: paths alone, or objects that may hold sizes.
pub(super) fn read(row: &mut Row<'_>, facts: &mut Facts) {
    const KEY: &str = "siblings";
    let Some(siblings) = row.list(KEY) else { return };
    facts.file_paths =
        row.entries(KEY, siblings, MAX_FILES, |sibling| Ok(Some(path(sibling)?.to_owned())));
    if facts.file_paths.is_none() {
        return;
    }
    let sized = row.entries(KEY, siblings, MAX_FILES, |sibling| {
        // What has no path was told above.
        let Ok(path) = path(sibling) else { return Ok(None) };
        Ok(size(sibling)?.map(|size| format!("{size} {path}")))
    });
    facts.file_bytes = sized.filter(|sized| !sized.is_empty());
}

fn path(sibling: &Value) -> Result<&str, String> {
    let path = sibling.as_str().or_else(|| sibling.get("rfilename")?.as_str());
    let path =
        path.ok_or_else(|| format!("expected the path of a file, found {}", shown(sibling)))?;
    fault_of_text(path).map_or(Ok(path), Err)
}

/// The size of the file itself; what lies in git of a large file is a pointer of three lines.
fn size(sibling: &Value) -> Result<Option<i64>, String> {
    let known = |value: Option<&'_ Value>| value.filter(|value| !value.is_null()).cloned();
    let large = known(sibling.get("lfs").and_then(|large| large.get("size")));
    let Some(size) = large.or_else(|| known(sibling.get("size"))) else { return Ok(None) };
    let bytes = size.as_i64().filter(|bytes| *bytes >= 0);
    let wrong = || format!("expected the size of a file in bytes, found {}", shown(&size));
    bytes.map(Some).ok_or_else(wrong)
}

#[cfg(test)]
mod tests;
