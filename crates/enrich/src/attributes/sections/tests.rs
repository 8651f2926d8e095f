use super::super::tests::list;
use super::*;
use crate::Facts;

/// The names of the sections that a heading makes.
fn sections(heading: &str) -> String {
    let found = Sections(bits_of(heading));
    let names = SECTIONS.iter().filter(|(_, section)| found.has(*section)).map(|(name, _)| *name);
    names.collect::<Vec<_>>().join(" + ")
}

#[test]
fn headings_name_sections_by_their_words() {
    for (heading, expected) in [
        ("bias, risks, and limitations", "limitations + bias + safety"),
        ("intended uses & limitations", "intended use + limitations"),
        ("training and evaluation data", "training data + training procedure + evaluation"),
        ("training data", "training data"),
        ("training hyperparameters", "training procedure"),
        ("out-of-scope use", "out of scope"),
        ("how to use", "usage"),
        ("environmental impact", "environmental impact"),
        ("模型介绍", "description"),
        ("训练数据", "training data"),
        ("whale-7b", ""),
        ("", ""),
        // A sentence, and a word inside another one.
        ("we are sorry that the use of data has no evaluation here", ""),
        ("usability", ""),
    ] {
        assert_eq!(sections(heading), expected, "{heading}");
    }
}

#[test]
fn the_template_asks_for_the_first_ten() {
    assert_eq!(Section::Citation as u32 + 1, Sections::ASKED_FOR);
    for (place, (_, section)) in SECTIONS.iter().enumerate() {
        assert_eq!(*section as usize, place);
    }
}

#[test]
fn every_row_names_a_section_and_no_phrase_is_empty() {
    let rules: Vec<Rule> = rules::rows(include_str!("../../../rules/card_sections.csv"));
    assert_eq!(rules.len(), SECTIONS.len());
    for Rule { section, words } in rules {
        assert!(SECTIONS.iter().any(|(name, _)| *name == section), "{section}");
        for phrase in words.split('|') {
            let is_plain = !phrase.is_empty() && phrase == phrase.trim().to_lowercase();
            assert!(is_plain && !phrase.contains('-'), "'{phrase}' can never be found");
        }
    }
}

#[test]
fn no_card_has_no_sections_and_an_unknown_card_unknown_ones() {
    let model = |facts: Facts| Model::new("a/b", facts);
    assert_eq!(Sections::of(&model(Facts::default())), None);
    let files = |paths: &[&str]| Facts { file_paths: list(paths), ..Facts::default() };
    assert_eq!(Sections::of(&model(files(&["README.md"]))), None);
    assert_eq!(Sections::of(&model(files(&["model.safetensors"]))), Some(Sections(0)));
    let facts = Facts { readme_headings: list(&["usage"]), ..Facts::default() };
    let found = Sections::of(&model(facts)).unwrap();
    assert!(found.has(Section::Usage) && !found.has(Section::Bias));
    assert_eq!(found.asked_for_count(), 1);
}
