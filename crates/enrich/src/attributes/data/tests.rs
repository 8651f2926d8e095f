use super::super::tests::{line, list};
use super::*;
use crate::Facts;

const TOLD: [&str; 2] = ["training_data", "is_training_data_withheld"];

fn card(datasets: &[&str], headings: &[&str], topics: &[&str], links: &[&str]) -> Facts {
    Facts {
        datasets: list(datasets),
        readme_headings: list(headings),
        readme_topics: list(topics),
        readme_links: list(links),
        ..Facts::default()
    }
}

#[test]
fn training_data_is_available_disclosed_or_neither() {
    for (facts, expected) in [
        (card(&["HuggingFaceH4/ultrachat_200k"], &[], &[], &[]), "available | no"),
        (card(&["squad"], &[], &[], &[]), "available | no"),
        (card(&[], &[], &[], &["dataset:whale/songs"]), "available | no"),
        // A name that everybody knows, and nobody can look up by it.
        (card(&["Common Crawl 2024"], &[], &[], &[]), "disclosed | no"),
        (card(&[], &["training data"], &[], &[]), "disclosed | no"),
        (card(&[], &[], &["training data"], &[]), "disclosed | no"),
        // What the trainer writes where it knows no data set.
        (card(&["None"], &[], &["training data", "undisclosed data"], &[]), "neither | yes"),
        (card(&[], &["usage"], &[], &["code:github.com/a/b"]), "neither | no"),
    ] {
        assert_eq!(line("a/b", facts, &TOLD), expected);
    }
}

#[test]
fn silence_of_a_listing_is_not_the_silence_of_a_card() {
    let tags = |tags: &[&str]| Facts { tags: list(tags), ..Facts::default() };
    assert_eq!(line("a/b", tags(&["bert"]), &TOLD), "– | –");
    assert_eq!(line("a/b", tags(&["dataset:a/songs"]), &TOLD), "available | –");
    let facts = Facts { file_paths: list(&["x.gguf"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &TOLD), "neither | no");
}

#[test]
fn names_are_counted_by_their_form() {
    let columns = [
        "dataset_on_hub_count",
        "dataset_on_hub_share",
        "dataset_primary",
        "has_own_dataset",
        "dataset_link_count",
    ];
    let named = |datasets: &[&str]| Facts { datasets: list(datasets), ..Facts::default() };
    // The second has a blank.
    let facts = named(&["Whale/songs", "My own data", "squad", "glue"]);
    assert_eq!(line("whale/w-7b", facts, &columns), "3 | 0.75 | Whale/songs | yes | –");
    assert_eq!(line("whale/w-7b", named(&["squad"]), &columns), "1 | 1 | squad | no | –");
    assert_eq!(line("whale/w-7b", named(&[]), &columns), "0 | – | – | no | –");
    assert_eq!(line("a/b", Facts::default(), &columns), "– | – | – | – | –");
}

#[test]
fn ids_follow_the_rules_of_the_hub() {
    for id in ["squad", "a/b", "mozilla-foundation/common_voice_17_0", "A.b/c-d.e"] {
        assert!(is_id(id), "{id}");
    }
    let long = "x".repeat(MAX_ID_BYTES + 1);
    for other in ["", "a b", "a/b/c", "/b", "a/", "-a/b", "a--b", "a/b.", "données", "None", &long]
    {
        assert!(!is_id(other), "{other}");
    }
}
