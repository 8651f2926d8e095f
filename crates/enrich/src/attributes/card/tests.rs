use super::super::tests::{line, list};
use crate::Facts;

const CARD: [&str; 3] = ["has_card", "card_field_count", "card_completeness"];
const TOLD: [&str; 4] = ["datasets", "dataset_count", "paper_count", "has_evaluation"];

fn with_keys(keys: &[&str]) -> String {
    line("a/b", Facts { card_keys: list(keys), ..Facts::default() }, &CARD)
}

#[test]
fn completeness_counts_what_a_card_can_fill() {
    assert_eq!(with_keys(&["license", "language", "tags"]), format!("yes | 3 | {}", 3.0 / 7.0));
    // A declared base is one field more to fill, and filled.
    assert_eq!(with_keys(&["license", "language", "tags", "base_model"]), "yes | 4 | 0.5");
    let all =
        ["license", "language", "tags", "datasets", "pipeline_tag", "library_name", "model-index"];
    assert_eq!(with_keys(&all), "yes | 7 | 1");
    assert_eq!(with_keys(&["widget", "thumbnail"]), "yes | 2 | 0");
}

#[test]
fn no_card_and_no_word_of_the_card_are_two_things() {
    assert_eq!(line("a/b", Facts::default(), &CARD), "– | – | –");
    assert_eq!(with_keys(&[]), "– | 0 | 0");
    let files = |files: &[&str]| Facts { file_paths: list(files), ..Facts::default() };
    assert_eq!(line("a/b", files(&["README.md", "x.safetensors"]), &CARD), "yes | – | –");
    assert_eq!(line("a/b", files(&["x.safetensors"]), &CARD), "no | 0 | 0");
}

#[test]
fn datasets_papers_and_evaluations_come_from_tags_too() {
    let tags = list(&[
        "dataset:b/two",
        "dataset:a/one",
        "arxiv:2310.06825",
        "arxiv:2310.06825",
        // The Hub's template refers to this one.
        "arxiv:1910.09700",
        "model-index",
    ]);
    let facts = Facts { tags, ..Facts::default() };
    assert_eq!(line("a/b", facts.clone(), &TOLD), "[a/one, b/two] | 2 | 1 | yes");
    let facts = Facts { datasets: list(&["c/three"]), ..facts };
    assert_eq!(line("a/b", facts, &TOLD), "[c/three] | 1 | 1 | yes");
    let facts = Facts { tags: list(&["bert"]), evaluation_count: Some(0), ..Facts::default() };
    assert_eq!(line("a/b", facts, &TOLD), "[] | 0 | 0 | no");
    let facts = Facts { evaluation_count: Some(2), ..Facts::default() };
    assert_eq!(line("a/b", facts, &TOLD), "– | – | – | yes");
    assert_eq!(line("a/b", Facts::default(), &TOLD), "– | – | – | –");
}
