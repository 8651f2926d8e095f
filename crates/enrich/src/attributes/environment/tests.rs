use super::super::tests::{line, list, text};
use crate::Facts;

const NAMES: [&str; 6] = [
    "has_emissions",
    "emissions_grams",
    "emissions_source",
    "emissions_stage",
    "emissions_hardware",
    "emissions_location",
];

#[test]
fn emissions_are_told_in_grams_with_what_caused_them() {
    let facts = Facts {
        emissions_micrograms: Some(149_200_000),
        emissions_source: text("CodeCarbon"),
        emissions_stage: text("Fine-Tuning"),
        emissions_hardware: text(" 1 x T4 "),
        emissions_location: text(""),
        ..Facts::default()
    };
    let expected = "yes | 149.2 | CodeCarbon | fine-tuning | 1 x T4 | –";
    assert_eq!(line("a/b", facts, &NAMES), expected);
}

#[test]
fn a_card_without_emissions_is_known_to_tell_none() {
    let nothing = "– | – | – | –";
    let told = |facts: Facts| line("a/b", facts, &NAMES[..1]);
    assert_eq!(line("a/b", Facts::default(), &NAMES[..4]), nothing);
    assert_eq!(told(Facts { card_keys: list(&["license"]), ..Facts::default() }), "no");
    let card_keys = list(&["co2_eq_emissions"]);
    assert_eq!(told(Facts { card_keys, ..Facts::default() }), "yes");
    assert_eq!(told(Facts { tags: list(&["co2_eq_emissions"]), ..Facts::default() }), "yes");
    // Tags without it are no word on the card.
    assert_eq!(told(Facts { tags: list(&["bert"]), ..Facts::default() }), "–");
}

#[test]
fn stages_are_folded() {
    for (written, expected) in [
        ("pre-training", "pretraining"),
        ("Pretraining", "pretraining"),
        ("finetuning", "fine-tuning"),
        ("training", "training"),
        ("model training and inference", "other"),
        (" ", "–"),
    ] {
        let facts = Facts { emissions_stage: text(written), ..Facts::default() };
        assert_eq!(line("a/b", facts, &["emissions_stage"]), expected, "{written}");
    }
}

#[test]
fn a_section_and_a_statement_are_two_things() {
    let names = ["has_environment_section", "has_emissions_statement"];
    let (readme_headings, readme_topics) = (list(&["environmental impact"]), list(&[]));
    let facts = Facts { readme_headings, readme_topics, ..Facts::default() };
    assert_eq!(line("a/b", facts, &names), "yes | no");
}
