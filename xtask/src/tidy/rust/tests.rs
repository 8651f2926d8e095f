use super::super::file;
use super::{
    FILE_LINTS, MAY_LIFT_FILE_LINTS, NOT_IN_TESTS, NOWHERE, forbidden_words, lifted_file_lints,
};

#[test]
fn forbidden_words_are_found_with_their_line() {
    for (word, _) in NOWHERE {
        let findings =
            forbidden_words(&file("crates/stats/src/hhi.rs", &format!("//! HHI.\n    {word}\n")));
        assert_eq!(findings.len(), 1, "{word}: {findings:?}");
        assert!(findings[0].starts_with("crates/stats/src/hhi.rs:2: "), "{findings:?}");
    }
}

#[test]
fn sleeping_is_found_in_tests_only() {
    let text = format!("std::{}(pause);\n", NOT_IN_TESTS.0);
    assert_eq!(forbidden_words(&file("crates/collect/src/retry.rs", &text)), Vec::<String>::new());
    assert_eq!(forbidden_words(&file("crates/collect/src/retry/tests.rs", &text)).len(), 1);
    assert_eq!(forbidden_words(&file("crates/weighhouse/tests/it/main.rs", &text)).len(), 1);
}

#[test]
fn prose_may_say_the_words() {
    assert_eq!(forbidden_words(&file("docs/notes.md", NOWHERE[0].0)), Vec::<String>::new());
}

#[test]
fn file_lints_are_lifted_at_three_roots_and_in_tests() {
    let text = format!("//! Root.\n#![expect({FILE_LINTS}, reason = \"it may\")]\n");
    for root in MAY_LIFT_FILE_LINTS {
        assert_eq!(lifted_file_lints(&file(root, &text)), Vec::<String>::new());
    }
    assert_eq!(
        lifted_file_lints(&file("crates/enrich/tests/it/main.rs", &text)),
        Vec::<String>::new()
    );
    for other in ["crates/enrich/src/lib.rs", "crates/store/src/manifest.rs"] {
        let findings = lifted_file_lints(&file(other, &text));
        assert_eq!(findings.len(), 1, "{other}");
        assert!(findings[0].starts_with(&format!("{other}:2: ")), "{findings:?}");
    }
}
