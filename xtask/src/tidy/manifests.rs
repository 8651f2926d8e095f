//! What the manifest of a member may say: versions and features stand in the root alone.

use super::{Member, SourceFile};

/// Finds dependencies of a member that do not come from the workspace as they stand there.
pub(super) fn own_versions(manifest: &SourceFile) -> Vec<String> {
    let mut findings = Vec::new();
    let mut in_dependencies = false;
    for (number, line) in manifest.lines() {
        let line = line.split_once(" #").map_or(line, |(code, _comment)| code).trim();
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            in_dependencies = section.ends_with("dependencies");
            if !in_dependencies && section.contains("dependencies.") {
                findings.push(own_version(manifest, number, line));
            }
            continue;
        }
        let says_something = !line.is_empty() && !line.starts_with('#');
        if in_dependencies && says_something && !is_from_workspace(line) {
            findings.push(own_version(manifest, number, line));
        }
    }
    findings
}

/// Finds a member that could be published, has a version of its own, or does without the workspace's lints.
pub(super) fn house_settings(member: &Member) -> Vec<String> {
    let path = &member.manifest.path;
    let mut findings = Vec::new();
    if member.may_be_published {
        findings.push(format!("{path}: may be published: write `publish.workspace = true`"));
    }
    if member.version != "0.0.0" {
        findings.push(format!(
            "{path}: has version {}: write `version.workspace = true`, which is 0.0.0",
            member.version
        ));
    }
    if !has_workspace_lints(&member.manifest) {
        findings.push(format!(
            "{path}: has no workspace lints: write `[lints]` and `workspace = true`"
        ));
    }
    findings
}

fn own_version(manifest: &SourceFile, number: usize, line: &str) -> String {
    format!(
        "{}:{number}: `{line}` does not come from the workspace: put version and features into [workspace.dependencies] and write `name.workspace = true`",
        manifest.path
    )
}

/// `name.workspace = true` or `name = { workspace = true }`, with `optional = true` at most beside it.
fn is_from_workspace(line: &str) -> bool {
    let Some((name, value)) = line.split_once('=') else { return false };
    if name.trim().ends_with(".workspace") {
        return value.trim() == "true";
    }
    let Some(table) = value.trim().strip_prefix('{').and_then(|value| value.strip_suffix('}'))
    else {
        return false;
    };
    let settings: Vec<String> = table.split(',').map(|setting| setting.replace(' ', "")).collect();
    settings.iter().any(|setting| setting == "workspace=true")
        && settings
            .iter()
            .all(|setting| ["workspace=true", "optional=true"].contains(&setting.as_str()))
}

fn has_workspace_lints(manifest: &SourceFile) -> bool {
    let mut section = "";
    for (_, line) in manifest.lines() {
        let line = line.trim();
        if line.starts_with('[') {
            section = line;
        }
        let setting = line.replace(' ', "");
        if section == "[lints]" && setting == "workspace=true" || setting == "lints.workspace=true"
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests;
