use super::super::{Dependency, Member, file};
use super::{between_crates, six_onlys};

/// A crate that builds on `dependencies`; a name in parentheses is used by its tests only.
fn member(name: &str, dependencies: &[&str]) -> Member {
    let lines: Vec<String> = dependencies
        .iter()
        .map(|name| {
            format!(
                "{name}.workspace = true
"
            )
        })
        .collect();
    Member {
        name: name.to_owned(),
        version: "0.0.0".to_owned(),
        may_be_published: false,
        dependencies: dependencies
            .iter()
            .map(|name| Dependency {
                name: name.trim_matches(['(', ')']).to_owned(),
                is_dev: name.starts_with('('),
            })
            .collect(),
        manifest: file(
            &format!("crates/{name}/Cargo.toml"),
            &format!("[dependencies]\n{}", lines.concat()),
        ),
    }
}

#[test]
fn allowed_arrows_are_no_finding() {
    let members = [
        member("schema", &["chrono"]),
        member("store", &["schema"]),
        member("collect", &["store", "schema"]),
        member("weighhouse", &["collect", "store", "schema"]),
    ];
    assert!(between_crates(&members).is_empty());
}

#[test]
fn a_bad_arrow_is_found_with_its_line() {
    let members =
        [member("schema", &[]), member("store", &[]), member("panel", &["schema", "store"])];
    let findings = between_crates(&members);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert!(
        findings[0].starts_with("crates/panel/Cargo.toml:3: `panel` may not know `store`"),
        "{findings:?}"
    );
}

#[test]
fn arrows_of_tests_are_free() {
    let members = [
        member("simulate", &["schema"]),
        member("schema", &[]),
        member("collect", &["(simulate)"]),
    ];
    assert!(between_crates(&members).is_empty());
}

#[test]
fn a_crate_without_a_row_is_found() {
    let findings = between_crates(&[member("helpers", &[])]);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].contains("`helpers` has no row"), "{findings:?}");
}

#[test]
fn a_crate_of_others_in_the_wrong_place_is_found() {
    let members = [
        member("collect", &["ureq"]),
        member("serve", &["axum", "anyhow"]),
        member("panel", &["parquet"]),
    ];
    let findings = six_onlys(&members);
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(
        findings[0].starts_with("crates/serve/Cargo.toml:3: `serve` may not build on `anyhow`"),
        "{findings:?}"
    );
    assert!(
        findings[1].starts_with("crates/panel/Cargo.toml:2: `panel` may not build on `parquet`"),
        "{findings:?}"
    );
}

#[test]
fn crates_of_others_are_free_in_tests() {
    assert!(six_onlys(&[member("simulate", &["(ureq)"])]).is_empty());
}
