use super::super::tests::{line, list};
use super::*;
use crate::Facts;

const CHILDREN: [&str; 6] = [
    "hub_child_count",
    "hub_finetune_count",
    "hub_adapter_count",
    "hub_quantized_count",
    "hub_merge_count",
    "hub_main_relation",
];

fn made(told: &[&str]) -> String {
    line("a/b", Facts { hub_children: list(told), ..Facts::default() }, &CHILDREN)
}

#[test]
fn spaces_are_counted_as_far_as_they_are_shown() {
    let spaces = |count| {
        let facts = Facts { space_count: count, ..Facts::default() };
        line("a/b", facts, &["space_count", "has_space", "is_space_count_cut", "space_band"])
    };
    assert_eq!(spaces(None), "– | – | – | –");
    assert_eq!(spaces(Some(0)), "0 | no | no | < 1");
    assert_eq!(spaces(Some(9)), "9 | yes | no | 1–9");
    assert_eq!(spaces(Some(10)), "10 | yes | no | 10–99");
    assert_eq!(spaces(Some(100)), "100 | yes | yes | ≥ 100");
}

#[test]
fn children_are_those_of_the_whole_hub() {
    let told = ["adapter:4", "finetune:12", "merge:0", "quantized:12"];
    assert_eq!(made(&told), "28 | 12 | 4 | 12 | 0 | finetune");
    let none = ["adapter:0", "finetune:0", "merge:0", "quantized:0"];
    assert_eq!(made(&none), "0 | 0 | 0 | 0 | 0 | none");
    // A kind that the Hub does not tell leaves open which is the largest.
    assert_eq!(made(&["adapter:4", "quantized:x"]), "4 | – | 4 | – | – | –");
    assert_eq!(made(&[]), "– | – | – | – | – | –");
    assert_eq!(line("a/b", Facts::default(), &CHILDREN), "– | – | – | – | – | –");
}

#[test]
fn a_relation_is_a_whole_word() {
    assert_eq!(count(&["merged:7".to_owned(), "merge:2".to_owned()], "merge"), Some(2));
}
