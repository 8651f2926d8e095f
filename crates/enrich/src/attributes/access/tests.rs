use super::super::tests::{line, text};
use crate::Facts;

#[test]
fn gates_are_taken_over_and_other_words_are_unknown() {
    for (written, expected) in [
        ("no", "no | no"),
        ("auto", "auto | yes"),
        ("manual", "manual | yes"),
        ("yes", "yes | yes"),
        ("True", "yes | yes"),
        ("False", "no | no"),
        ("nan", "– | –"),
    ] {
        let facts = Facts { gating: text(written), ..Facts::default() };
        assert_eq!(line("a/b", facts, &["gating", "is_gated"]), expected, "{written}");
    }
}
