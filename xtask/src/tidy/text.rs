//! The shape of files: length, white space, last line.

use super::SourceFile;

/// A file is one idea; beyond this many lines it holds two.
const MOST_LINES: usize = 400;
/// From here on a file is named as about to be too long.
const MANY_LINES: usize = 350;

const TEXT_EXTENSIONS: [&str; 5] = ["rs", "md", "toml", "css", "js"];

/// Finds a source file that is too long.
pub(super) fn long_file(file: &SourceFile) -> Option<String> {
    let lines = counted_lines(file)?;
    (lines > MOST_LINES).then(|| {
        format!(
            "{}: has {lines} lines, {MOST_LINES} are the most: split it where it holds two ideas",
            file.path
        )
    })
}

/// Names a source file that will soon be too long.
pub(super) fn nearly_long_file(file: &SourceFile) -> Option<String> {
    let lines = counted_lines(file)?;
    (MANY_LINES < lines && lines <= MOST_LINES)
        .then(|| format!("{}: has {lines} of at most {MOST_LINES} lines", file.path))
}

/// Finds tabs, white space at line ends and a last line without its end; recorded fixtures stay as received.
pub(super) fn whitespace(file: &SourceFile) -> Vec<String> {
    let is_ours = !file.path.contains("fixtures/");
    if !is_ours || !TEXT_EXTENSIONS.iter().any(|extension| file.has_extension(extension)) {
        return Vec::new();
    }
    let path = &file.path;
    let mut findings = Vec::new();
    // Not `lines`, which would hide a carriage return.
    for (index, line) in file.text.split('\n').enumerate() {
        let number = index + 1;
        if line.trim_end() != line {
            findings.push(format!("{path}:{number}: ends with white space: remove it"));
        }
        if line.trim_end().contains('\t') {
            findings.push(format!("{path}:{number}: holds a tab: write spaces"));
        }
    }
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        findings.push(format!("{path}: its last line has no end: add one"));
    }
    findings
}

/// Lines of a file to which the limit applies.
fn counted_lines(file: &SourceFile) -> Option<usize> {
    let is_source = file.has_extension("rs")
        && (file.path.starts_with("crates/") && file.path.contains("/src/")
            || file.path.starts_with("xtask/src/"));
    (is_source && !file.is_generated()).then(|| file.text.lines().count())
}

#[cfg(test)]
mod tests;
