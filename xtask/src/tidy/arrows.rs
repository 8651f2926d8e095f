//! Which crate may know which: the table of the architecture and the onlys that show in dependencies.

use super::Member;

/// Who may know what.
enum Knows {
    /// These crates of ours, and no other.
    Only(&'static [&'static str]),
    /// Any of them.
    Everything,
}

/// One row a crate, the same as the table in the architecture document; a new arrow is weighed before it is written here.
const ARROWS: [(&str, Knows); 15] = [
    ("schema", Knows::Only(&[])),
    ("stats", Knows::Only(&[])),
    ("collect", Knows::Only(&["store", "schema"])),
    ("store", Knows::Only(&["schema"])),
    ("enrich", Knows::Only(&["schema"])),
    ("panel", Knows::Only(&["schema"])),
    ("analyze", Knows::Only(&["panel", "stats", "store", "schema"])),
    ("sql", Knows::Only(&["store", "schema"])),
    ("chart", Knows::Only(&["schema"])),
    ("search", Knows::Only(&[])),
    ("simulate", Knows::Only(&["schema"])),
    ("why", Knows::Only(&["enrich", "store", "schema"])),
    ("serve", Knows::Only(&["analyze", "why", "panel", "chart", "search", "store", "schema"])),
    ("weighhouse", Knows::Everything),
    ("xtask", Knows::Only(&[])),
];

/// Crates of others that only some of ours may build on, and why.
const ONLYS: [(&str, &[&str], &str); 10] = [
    ("ureq", &["collect"], "only `collect` speaks to the network"),
    ("axum", &["serve", "simulate"], "only `serve` and the simulated Hub answer requests"),
    ("utoipa", &["serve"], "only `serve` knows the API"),
    (
        "parquet",
        &["store", "enrich"],
        "only `store` touches files; `enrich` reads the bytes of a source's format",
    ),
    ("datafusion", &["sql"], "only `sql` knows DataFusion"),
    ("ballista", &["sql"], "only `sql` knows Ballista"),
    ("indicatif", TERMINAL, ONLY_THE_BINARY),
    ("clap", TERMINAL, ONLY_THE_BINARY),
    ("comfy-table", TERMINAL, ONLY_THE_BINARY),
    ("anyhow", TERMINAL, "libraries have one error enum each; only the binary mixes errors"),
];

const TERMINAL: &[&str] = &["weighhouse", "xtask"];
const ONLY_THE_BINARY: &str = "only the binary knows the terminal";

/// Finds dependencies between crates of ours that the table does not allow; what only tests use is free.
pub(super) fn between_crates(members: &[Member]) -> Vec<String> {
    let mut findings = Vec::new();
    for member in members {
        let Some((_, knows)) = ARROWS.iter().find(|(name, _)| *name == member.name) else {
            findings.push(format!(
                "{}: crate `{}` has no row in the table of arrows: weigh it, then add it to the architecture document and to tidy",
                member.manifest.path, member.name
            ));
            continue;
        };
        let Knows::Only(allowed) = knows else { continue };
        for name in built_on(member) {
            let is_ours = members.iter().any(|member| member.name == name);
            if is_ours && !allowed.contains(&name) {
                findings.push(format!(
                    "{}: `{}` may not know `{name}`: pass what it needs as plain data from a crate that knows both",
                    place(member, name),
                    member.name
                ));
            }
        }
    }
    findings
}

/// Finds crates of others where only some of ours may build on them; what only tests use is free.
pub(super) fn six_onlys(members: &[Member]) -> Vec<String> {
    let mut findings = Vec::new();
    for member in members {
        for name in built_on(member) {
            for (other, allowed, reason) in ONLYS {
                if name == other && !allowed.contains(&member.name.as_str()) {
                    findings.push(format!(
                        "{}: `{}` may not build on `{name}`: {reason}",
                        place(member, name),
                        member.name
                    ));
                }
            }
        }
    }
    findings
}

fn built_on(member: &Member) -> impl Iterator<Item = &str> {
    member
        .dependencies
        .iter()
        .filter(|dependency| !dependency.is_dev)
        .map(|dependency| dependency.name.as_str())
}

/// File and, where it can be found, line of a dependency.
fn place(member: &Member, dependency: &str) -> String {
    let path = &member.manifest.path;
    let line = member.manifest.lines().find(|(_, line)| {
        line.strip_prefix(dependency).is_some_and(|rest| rest.starts_with(['.', ' ', '=']))
    });
    match line {
        Some((number, _)) => format!("{path}:{number}"),
        None => path.clone(),
    }
}

#[cfg(test)]
mod tests;
