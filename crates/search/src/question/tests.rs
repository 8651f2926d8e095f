use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::fold::is_start;

/// As on the Hub, the most downloaded first.
const NAMES: [&str; 12] = [
    "sentence-transformers/all-MiniLM-L6-v2",
    "google-bert/bert-base-uncased",
    "Qwen/Qwen3-8B",
    "meta-llama/Llama-3.1-8B-Instruct",
    "Qwen/Qwen3-8B-GGUF",
    "openai-community/gpt2",
    "gpt2",
    "deepseek-ai/DeepSeek-R1",
    "unsloth/Qwen3-8B-GGUF",
    "bartowski/Meta-Llama-3.1-8B-Instruct-GGUF",
    "mistralai/Mistral-7B-Instruct-v0.3",
    "-/-",
];

fn index() -> Index {
    Index::new(NAMES, 2)
}

fn found(text: &str) -> Vec<(&'static str, How)> {
    let name = |hit: Hit| (NAMES[hit.name as usize], hit.how);
    index().find(text, 10).into_iter().map(name).collect()
}

fn names(text: &str) -> Vec<&'static str> {
    found(text).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn the_beginning_of_any_part_finds_the_best_first() {
    assert_eq!(names("qwen"), ["Qwen/Qwen3-8B", "Qwen/Qwen3-8B-GGUF", "unsloth/Qwen3-8B-GGUF"]);
    assert_eq!(names("8b-g"), ["Qwen/Qwen3-8B-GGUF", "unsloth/Qwen3-8B-GGUF", NAMES[9]]);
    assert_eq!(names("LLAMA 3"), [NAMES[3], NAMES[9]]);
}

#[test]
fn what_is_the_whole_name_comes_before_what_is_used_more() {
    assert_eq!(found("gpt2")[..2], [("gpt2", How::Whole), ("openai-community/gpt2", How::Begins)]);
    assert_eq!(found("qwen/qwen3-8b")[0], ("Qwen/Qwen3-8B", How::Whole));
}

#[test]
fn words_are_found_in_any_order_and_apart() {
    assert_eq!(found("gguf qwen 8b")[0], ("Qwen/Qwen3-8B-GGUF", How::Words));
    assert_eq!(found("llama3 gguf"), [(NAMES[9], How::Words)]);
    assert_eq!(found("qwen 3 uns"), [("unsloth/Qwen3-8B-GGUF", How::Words)]);
}

#[test]
fn what_stands_within_a_word_is_found_after_what_begins_one() {
    assert_eq!(found("lama")[0], ("meta-llama/Llama-3.1-8B-Instruct", How::Within));
    assert_eq!(found("seek"), [("deepseek-ai/DeepSeek-R1", How::Within)]);
    assert_eq!(found("istral inst"), [(NAMES[10], How::Within)]);
}

#[test]
fn what_is_mistyped_is_found_where_nothing_else_is() {
    assert_eq!(found("mistarl"), [(NAMES[10], How::Near)]);
    assert_eq!(found("depseek r1"), [("deepseek-ai/DeepSeek-R1", How::Near)]);
    assert_eq!(found("qewn gguf")[0], ("Qwen/Qwen3-8B-GGUF", How::Near));
    assert_eq!(found("zzzzzz"), []);
    assert_eq!(found("qwen3-8bx gguf")[0], ("Qwen/Qwen3-8B-GGUF", How::Near), "8bx is too short");
    assert_eq!(found("zz zzz"), []);
}

#[test]
fn nothing_finds_nothing() {
    assert_eq!(found(""), []);
    assert_eq!(found(" -/. "), []);
    assert_eq!(index().find("qwen", 0), []);
    assert_eq!(Index::default().find("qwen", 5), []);
    assert_eq!(Index::new([""; 3], 1).find("a", 5), []);
}

#[test]
fn names_beyond_the_first_step_have_their_numbers() {
    let names: Vec<String> = (0..1_000).map(|number| format!("owner/model-{number:04}x")).collect();
    let index = Index::new(&names, 2);
    for number in [0, 31, 32, 33, 64, 999] {
        let found = index.find(&format!("{number:04}x"), 5);
        assert_eq!(found[0], Hit { name: number, how: How::Begins });
    }
    assert_eq!(index.find("model", 3).iter().map(|hit| hit.name).collect::<Vec<_>>(), [0, 1, 2]);
}

fn fold(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    fold_into(text, &mut out);
    out
}

fn has_part(name: &[u8], word: &[u8]) -> bool {
    (0..name.len()).any(|place| is_start(name, place) && name[place..].starts_with(word))
}

/// What is found in one way, as numbers in their order.
fn in_way(index: &Index, text: &str, how: How) -> Vec<u32> {
    let hits = index.find(text, usize::MAX);
    hits.iter().filter(|hit| hit.how <= how).map(|hit| hit.name).collect()
}

proptest! {
    /// A plain loop over all names finds the same.
    #[test]
    fn an_index_finds_what_a_loop_finds(
        names in prop::collection::vec("[ab3/ -]{0,9}", 1..300),
        text in "[ab3 ]{1,5}",
    ) {
        let index = Index::new(&names, 2);
        let asked = fold(&text);
        prop_assume!(!asked.is_empty());
        let all = |meets: &dyn Fn(&[u8]) -> bool| {
            let meets = |(number, name): (usize, &String)| meets(&fold(name)).then_some(number as u32);
            names.iter().enumerate().filter_map(meets).collect::<BTreeSet<u32>>()
        };
        let begins = all(&|name| has_part(name, &asked));
        let found = in_way(&index, &text, How::Begins);
        let mut rest = found.as_slice();
        if index.find(&text, 1).first().is_some_and(|hit| hit.how == How::Whole) {
            prop_assert_eq!(&fold(&names[rest[0] as usize]), &asked);
            rest = &rest[1..];
        }
        prop_assert!(rest.is_sorted(), "the best first");
        prop_assert_eq!(found.iter().copied().collect::<BTreeSet<u32>>(), begins);

        let wanted: Vec<&[u8]> = words(&asked).collect();
        let parts: Vec<&[u8]> = wanted.iter().flat_map(|word| parted(word)).collect();
        let with_words = all(&|name| {
            wanted.iter().all(|word| has_part(name, word))
                || parts.iter().all(|word| has_part(name, word))
        });
        let found: BTreeSet<u32> = in_way(&index, &text, How::Words).into_iter().collect();
        prop_assert_eq!(found, with_words);
    }

    /// Texts within words are found wherever they stand.
    #[test]
    fn an_index_finds_texts_within_words(
        names in prop::collection::vec("[ab]{0,6}(/[ab]{1,6})?", 1..100),
        text in "[ab]{3,4}",
    ) {
        let index = Index::new(&names, 1);
        let expected: BTreeSet<u32> = names
            .iter()
            .enumerate()
            .filter(|(_, name)| name.contains(&text))
            .map(|(number, _)| number as u32)
            .collect();
        let found: BTreeSet<u32> = in_way(&index, &text, How::Within).into_iter().collect();
        prop_assert_eq!(found, expected);
    }

    /// Whatever is asked of whatever names, something is answered.
    #[test]
    fn nothing_asked_is_too_odd(names in prop::collection::vec("\\PC{0,12}", 0..20), text in "\\PC{0,20}") {
        let index = Index::new(&names, 1);
        let hits = index.find(&text, 5);
        prop_assert!(hits.len() <= 5);
        prop_assert!(hits.iter().all(|hit| (hit.name as usize) < names.len()));
    }
}
