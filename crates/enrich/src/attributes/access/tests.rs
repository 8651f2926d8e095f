use super::super::tests::{line, list, text};
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

#[test]
fn a_gate_tells_what_stands_at_it() {
    let names = [
        "is_approval_required",
        "gate_fields",
        "gate_field_count",
        "has_gate_terms",
        "is_closed_to_eu",
    ];
    let gated = |gating: &str| Facts {
        gating: text(gating),
        gate_fields: list(&["Affiliation", "Country"]),
        gate_has_terms: Some(true),
        gate_excludes_eu: Some(true),
        card_keys: list(&["extra_gated_prompt"]),
        ..Facts::default()
    };
    let whole = "[Affiliation, Country] | 2 | yes | yes";
    assert_eq!(line("a/b", gated("manual"), &names), format!("yes | {whole}"));
    assert_eq!(line("a/b", gated("auto"), &names), format!("no | {whole}"));
    assert_eq!(line("a/b", gated("yes"), &names), format!("– | {whole}"));
    // The gate was opened, and the card kept its form.
    assert_eq!(line("a/b", gated("no"), &names), "no | [] | 0 | no | no");
    let gating = text("auto");
    let facts = Facts { gating: gating.clone(), ..Facts::default() };
    assert_eq!(line("a/b", facts, &names), "no | – | – | – | –");
    let facts = Facts { gating, card_keys: list(&["license"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &names), "no | [] | 0 | no | no");
    assert_eq!(line("a/b", Facts::default(), &names), "– | – | – | – | –");
}
