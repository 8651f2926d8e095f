use super::super::tests::{line, list, text};
use super::super::{Context, explain as explain_any};
use crate::Facts;
use crate::lineage::Lineage;
use crate::registry::Registry;
use crate::tables::Model;

const KIND: [&str; 3] = ["card_length", "card_kind", "card_gap_count"];

fn written(characters: i64, gaps: i64, topics: &[&str]) -> Facts {
    Facts {
        readme_characters: Some(characters),
        readme_placeholder_count: Some(gaps),
        readme_topics: list(topics),
        ..Facts::default()
    }
}

#[test]
fn a_card_is_judged_by_who_wrote_it() {
    for (facts, expected) in [
        (written(5_200, 0, &["training data"]), "5200 | written | 0"),
        (written(120, 0, &[]), "120 | sparse | 0"),
        (written(0, 0, &[]), "0 | empty | 0"),
        // The Hub's template has about forty gaps; three of a longer text are an oversight.
        (written(5_200, 38, &["generated"]), "5200 | template | 38"),
        (written(5_200, 3, &[]), "5200 | written | 3"),
        (written(1_800, 3, &["generated", "training data"]), "1800 | generated | 3"),
        (Facts { file_paths: list(&["x.gguf"]), ..Facts::default() }, "0 | none | 0"),
        (Facts { file_paths: list(&["README.md"]), ..Facts::default() }, "– | – | –"),
    ] {
        assert_eq!(line("a/b", facts, &KIND), expected);
    }
}

#[test]
fn sections_are_found_by_headings() {
    let names = [
        "card_heading_count",
        "card_section_share",
        "has_usage_section",
        "has_intended_use_section",
        "has_limitations_section",
        "has_bias_section",
        "has_training_section",
        "has_license_section",
    ];
    let headings = ["whale-7b", "how to use", "intended uses & limitations", "license"];
    let facts = Facts { readme_headings: list(&headings), ..Facts::default() };
    // Usage, intended use and limitations are three of the ten that the template asks for.
    assert_eq!(line("a/b", facts, &names), "4 | 0.3 | yes | yes | yes | no | no | yes");
    assert_eq!(line("a/b", Facts::default(), &names), "– | – | – | – | – | – | – | –");
    let bare = Facts { file_paths: list(&["x.gguf"]), ..Facts::default() };
    assert_eq!(line("a/b", bare, &names), "0 | 0 | no | no | no | no | no | no");
}

#[test]
fn front_matter_and_text_are_known_apart() {
    let names = ["widget_example_count", "has_thumbnail", "has_demo_link", "successor"];
    let facts = Facts { card_keys: list(&["license", "thumbnail"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &names), "0 | yes | – | –");
    let facts = Facts {
        card_keys: list(&["widget"]),
        widget_count: Some(3),
        readme_links: list(&["code:github.com/a/b", "demo:a/space"]),
        new_version: text("a/b-2"),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts, &names), "3 | no | yes | a/b-2");
}

#[test]
fn the_heading_that_decides_is_named() {
    let facts = Facts { readme_headings: list(&["known limitations"]), ..Facts::default() };
    let model = Model::new("a/b", facts);
    let (registry, lineage) = (Registry::builtin(), Lineage::default());
    let as_of = schema::Instant::from_millis(0);
    let context = Context::of_first(registry, &lineage, as_of);
    let because = |name: &str| explain_any(&model, &context, name).unwrap().because;
    assert_eq!(because("has_limitations_section"), "the heading 'known limitations'");
    assert_eq!(because("has_bias_section"), "");
}
