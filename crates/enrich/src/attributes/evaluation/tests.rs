use super::super::tests::{line, list};
use crate::Facts;

const NAMES: [&str; 9] = [
    "evaluation_result_count",
    "benchmarks",
    "benchmark_count",
    "evaluation_tasks",
    "evaluation_metrics",
    "evaluation_metric_count",
    "has_verified_evaluation",
    "evaluation_sources",
    "evaluation_origin",
];

#[test]
fn results_tell_benchmarks_tasks_and_metrics() {
    let facts = Facts {
        evaluation_count: Some(3),
        evaluation_results: list(&[
            "question-answering | squad_v2 | exact_match=79.5 f1=82.9",
            "question-answering | squad | f1=91",
            "ArguAna | mteb/arguana | value=50.25",
        ]),
        evaluation_verified_count: Some(2),
        evaluation_sources: list(&["Open LLM Leaderboard"]),
        metrics: list(&["F1", "bleu"]),
        ..Facts::default()
    };
    let expected = "3 | [mteb/arguana, squad, squad_v2] | 3 | [ArguAna, question-answering] | \
                    [bleu, exact_match, f1] | 3 | yes | [Open LLM Leaderboard] | leaderboard";
    assert_eq!(line("a/b", facts, &NAMES), expected);
}

#[test]
fn no_results_and_no_word_of_results_are_two_things() {
    let nothing = "– | – | – | – | – | – | – | – | –";
    assert_eq!(line("a/b", Facts::default(), &NAMES), nothing);
    let none = "0 | [] | 0 | [] | [] | 0 | no | [] | none";
    let facts = Facts { card_keys: list(&["license"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &NAMES), none);
    let facts = Facts { file_paths: list(&["x.gguf"]), ..Facts::default() };
    assert_eq!(line("a/b", facts, &NAMES), none);
    // The tag speaks of results that the entry does not show.
    let (card_keys, tags) = (list(&["license"]), list(&["eval-results"]));
    let facts = Facts { tags, card_keys, ..Facts::default() };
    assert_eq!(line("a/b", facts, &NAMES), nothing);
    // A listing of metrics is known by itself, and a result without a source has an unsaid one.
    let facts = Facts {
        metrics: list(&["wer"]),
        evaluation_count: Some(1),
        evaluation_results: list(&[" |  | "]),
        evaluation_sources: list(&[]),
        ..Facts::default()
    };
    assert_eq!(line("a/b", facts, &NAMES), "1 | [] | 0 | [] | [wer] | 1 | – | [] | unsaid");
}

#[test]
fn results_in_the_text_are_results_too() {
    let form = |facts: Facts| line("a/b", facts, &["has_evaluation_section", "evaluation_form"]);
    let text = |headings: &[&str], topics: &[&str], tables: i64| Facts {
        card_keys: list(&["license"]),
        readme_headings: list(headings),
        readme_topics: list(topics),
        readme_table_count: Some(tables),
        ..Facts::default()
    };
    assert_eq!(form(text(&["evaluation"], &[], 0)), "yes | text");
    assert_eq!(form(text(&["whale"], &["evaluation"], 2)), "no | text");
    // Accuracy is spoken of, and not shown.
    assert_eq!(form(text(&["whale"], &["evaluation"], 0)), "no | none");
    assert_eq!(form(Facts { evaluation_count: Some(2), ..Facts::default() }), "– | structured");
    assert_eq!(form(Facts { evaluation_count: Some(0), ..Facts::default() }), "– | –");
}
