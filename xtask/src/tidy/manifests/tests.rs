use super::super::{Member, SourceFile, file};
use super::{house_settings, own_versions};

const GOOD: &str = "\
[package]
name = \"panel\"
version.workspace = true

[lints]
workspace = true

[dependencies]
schema.workspace = true
chrono = { workspace = true }
# A comment = 1.
sql = { workspace = true, optional = true } # only on request

[dev-dependencies]
proptest.workspace = true

[features]
sql = [\"dep:sql\"]
";

fn manifest(text: &str) -> SourceFile {
    file("crates/panel/Cargo.toml", text)
}

fn member(version: &str, may_be_published: bool, text: &str) -> Member {
    Member {
        name: "panel".to_owned(),
        version: version.to_owned(),
        may_be_published,
        dependencies: Vec::new(),
        manifest: manifest(text),
    }
}

/// Asserts that `line` among dev-dependencies is found, at its line.
fn check_found(line: &str) {
    let findings = own_versions(&manifest(&format!("[dev-dependencies]\n{line}\n")));
    assert_eq!(findings.len(), 1, "{line}: {findings:?}");
    assert!(findings[0].starts_with("crates/panel/Cargo.toml:2: "), "{findings:?}");
}

#[test]
fn dependencies_of_the_workspace_are_no_finding() {
    assert_eq!(own_versions(&manifest(GOOD)), Vec::<String>::new());
}

#[test]
fn versions_and_features_of_a_member_are_found() {
    check_found("rand = \"0.10\"");
    check_found("rand = { version = \"0.10\" }");
    check_found("rand = { workspace = true, features = [\"std\"] }");
    check_found("rand = { workspace = true, default-features = false }");
    check_found("rand.path = \"../rand\"");
    check_found("[dependencies.rand]");
    check_found("[target.'cfg(unix)'.dependencies.rand]");
}

#[test]
fn dependencies_of_a_target_are_looked_at() {
    let findings = own_versions(&manifest("[target.'cfg(unix)'.dependencies]\nrand = \"1\"\n"));
    assert_eq!(findings.len(), 1);
}

#[test]
fn house_settings_hold() {
    assert_eq!(house_settings(&member("0.0.0", false, GOOD)), Vec::<String>::new());
    assert_eq!(
        house_settings(&member("0.0.0", false, "lints.workspace = true\n")),
        Vec::<String>::new()
    );
}

#[test]
fn each_missing_house_setting_is_found() {
    let check = |member: &Member, expect: &str| {
        let findings = house_settings(member);
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].contains(expect), "{findings:?}");
    };
    check(&member("1.2.3", false, GOOD), "has version 1.2.3");
    check(&member("0.0.0", true, GOOD), "may be published");
    check(&member("0.0.0", false, "[package]\nworkspace = true\n"), "has no workspace lints");
}
