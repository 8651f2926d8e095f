//! Words that our Rust does without.

use super::SourceFile;

// The words are put together here, or this file would be its own first finding.
const NOWHERE: [(&str, &str); 4] = [
    (concat!("to", "do!("), "write it, or leave the branch out"),
    (concat!("db", "g!("), "remove it"),
    (concat!("#[ig", "nore"), "make the test quick, or run it when SLOW_TESTS=1"),
    (concat!("#[should_", "panic"), "return an error and look at it"),
];
const NOT_IN_TESTS: (&str, &str) =
    (concat!("thread::sl", "eep"), "wait for the event itself, or hand in a clock");

const FILE_LINTS: &str = concat!("clippy::disallowed_", "methods");
/// Crate roots that may lift the lints on files, environment and clock.
const MAY_LIFT_FILE_LINTS: [&str; 4] = [
    "crates/store/src/lib.rs",
    "crates/weighhouse/src/main.rs",
    // The build script reads the source for its fingerprint.
    "crates/weighhouse/build.rs",
    "xtask/src/main.rs",
];

/// Finds unfinished code, leftovers of a search for a bug, tests that do not run, and tests that sleep.
pub(super) fn forbidden_words(file: &SourceFile) -> Vec<String> {
    if !file.has_extension("rs") {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        let in_tests = file.is_rust_test().then_some(NOT_IN_TESTS);
        for (word, advice) in NOWHERE.into_iter().chain(in_tests) {
            if line.contains(word) {
                findings.push(format!("{}:{number}: holds `{word}`: {advice}", file.path));
            }
        }
    }
    findings
}

/// Finds a crate other than `store`, the binary and this one, or an example, that lifts the lints on files, environment and clock.
pub(super) fn lifted_file_lints(file: &SourceFile) -> Vec<String> {
    // An example is a program of its own.
    let is_example = file.path.split('/').any(|folder| folder == "examples");
    let may_lift = is_example || MAY_LIFT_FILE_LINTS.contains(&file.path.as_str());
    if !file.has_extension("rs") || file.is_rust_test() || may_lift {
        return Vec::new();
    }
    file.lines()
        .filter(|(_, line)| line.contains(FILE_LINTS))
        .map(|(number, _)| {
            format!(
                "{}:{number}: lifts the lints on files, environment and clock: only the roots of `store`, `weighhouse` and `xtask` may; take bytes, settings or time as a parameter",
                file.path
            )
        })
        .collect()
}

#[cfg(test)]
mod tests;
