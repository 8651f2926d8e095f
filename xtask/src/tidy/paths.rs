//! No file of the repository names a place that exists on one machine only.

use super::SourceFile;

// The forbidden words are put together here, or this file would be its own first finding.
const MACHINE_FOLDERS: [&str; 3] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/")];

const REGISTRY_HOSTS: [&str; 6] = [
    concat!("registry.npm", "js.org"),
    concat!("index.cra", "tes.io"),
    concat!("static.cra", "tes.io"),
    concat!("pyp", "i.org"),
    concat!("files.python", "hosted.org"),
    concat!("deb.deb", "ian.org"),
];

/// Finds absolute paths into a folder that each machine has its own of.
pub(super) fn of_a_machine(file: &SourceFile) -> Vec<String> {
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        for folder in MACHINE_FOLDERS {
            if line.match_indices(folder).any(|(at, _)| starts_a_path(&line[..at])) {
                findings.push(format!(
                    "{}:{number}: names a path under {folder}: write it from the repository's root, or take it as a parameter",
                    file.path
                ));
            }
        }
    }
    findings
}

/// Finds hosts of package registries, which lock files and scripts have no need of.
pub(super) fn registry_hosts(file: &SourceFile) -> Vec<String> {
    let mut findings = Vec::new();
    for (number, line) in file.lines() {
        for host in REGISTRY_HOSTS {
            if line.contains(host) {
                findings.push(format!(
                    "{}:{number}: names the package registry {host}: leave the address to the package manager's own settings",
                    file.path
                ));
            }
        }
    }
    findings
}

/// Whether a path that follows `before` starts there, rather than going on with a longer path or an address.
fn starts_a_path(before: &str) -> bool {
    let in_a_longer_one =
        before.ends_with(|last: char| last.is_alphanumeric() || "._-~/})".contains(last));
    !in_a_longer_one || before.ends_with("file://")
}

#[cfg(test)]
mod tests;
