use super::super::tests::{line, list};
use crate::Facts;

const COLUMNS: [&str; 4] = ["context_length", "provider_count", "is_disabled", "is_conversational"];

#[test]
fn what_the_source_says_is_taken_over() {
    let facts = Facts {
        context_length: Some(131_072),
        provider_count: Some(0),
        is_disabled: Some(false),
        tags: list(&["conversational"]),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts, &COLUMNS), "131072 | 0 | no | yes");
    let facts = Facts { context_length: Some(0), tags: list(&["bert"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &COLUMNS), "– | – | – | no");
}
