use super::super::file;
use super::{long_file, nearly_long_file, whitespace};

#[test]
fn length_is_limited_at_400_lines() {
    let source = |lines: usize| file("crates/panel/src/query.rs", &"//\n".repeat(lines));
    assert_eq!(long_file(&source(400)), None);
    assert!(long_file(&source(401)).is_some_and(|finding| finding.contains("has 401 lines")));
    assert_eq!(nearly_long_file(&source(350)), None);
    assert!(nearly_long_file(&source(400)).is_some());
    assert_eq!(nearly_long_file(&source(401)), None);
}

#[test]
fn only_sources_written_by_hand_are_counted() {
    let text = "//\n".repeat(500);
    assert!(long_file(&file("xtask/src/main.rs", &text)).is_some());
    assert!(long_file(&file("crates/stats/src/hhi/tests.rs", &text)).is_some());
    assert_eq!(long_file(&file("crates/stats/tests/it/main.rs", &text)), None);
    assert_eq!(long_file(&file("registry/owners.csv", &text)), None);
    let generated = format!("// {}\n{text}", concat!("@gene", "rated"));
    assert_eq!(long_file(&file("crates/stats/src/table.rs", &generated)), None);
}

#[test]
fn white_space_is_found_with_its_line() {
    assert_eq!(whitespace(&file("README.md", "one\ntwo\n")), Vec::<String>::new());
    let check = |text: &str, expect: &str| {
        let findings = whitespace(&file("README.md", text));
        assert_eq!(findings.len(), 1, "{text:?}: {findings:?}");
        assert!(findings[0].starts_with(expect), "{findings:?}");
    };
    check("one\ntwo \n", "README.md:2: ends with white space");
    check("one\r\ntwo\n", "README.md:1: ends with white space");
    check("\tone\n", "README.md:1: holds a tab");
    check("one\ntwo", "README.md: its last line");
}

#[test]
fn recordings_and_data_keep_their_white_space() {
    assert_eq!(whitespace(&file("fixtures/hub/card.md", "one \n\ttwo")), Vec::<String>::new());
    assert_eq!(whitespace(&file("registry/owners.tsv", "one\ttwo")), Vec::<String>::new());
}
