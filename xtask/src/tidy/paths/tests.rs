use super::super::file;
use super::{MACHINE_FOLDERS, REGISTRY_HOSTS, of_a_machine, registry_hosts};

#[test]
fn absolute_paths_are_found_with_their_line() {
    for folder in MACHINE_FOLDERS {
        for line in [
            format!("{folder}data"),
            format!("path = \"{folder}data\""),
            format!("cd {folder}data"),
            format!("DATA={folder}data"),
            format!("file://{folder}data"),
        ] {
            let findings = of_a_machine(&file("docs/notes.md", &format!("# Notes\n{line}\n")));
            assert_eq!(findings.len(), 1, "{line}: {findings:?}");
            assert!(findings[0].starts_with("docs/notes.md:2: "), "{findings:?}");
        }
    }
}

#[test]
fn longer_paths_and_addresses_are_no_finding() {
    for folder in MACHINE_FOLDERS {
        for line in [
            format!("https://example.org{folder}index.html"),
            format!("..{folder}data"),
            format!("family{folder}model"),
            format!("${{base}}{folder}x"),
        ] {
            assert_eq!(of_a_machine(&file("docs/notes.md", &line)), Vec::<String>::new(), "{line}");
        }
    }
}

#[test]
fn registries_are_found() {
    for host in REGISTRY_HOSTS {
        let lock = format!("{{\n  \"resolved\": \"https://{host}/x.tgz\"\n}}\n");
        let findings = registry_hosts(&file("web/package-lock.json", &lock));
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].starts_with("web/package-lock.json:2: "), "{findings:?}");
    }
}

#[test]
fn the_source_that_cargo_writes_into_its_lock_file_is_no_finding() {
    let lock = "source = \"registry+https://github.com/rust-lang/crates.io-index\"\n";
    assert_eq!(registry_hosts(&file("Cargo.lock", lock)), Vec::<String>::new());
}
