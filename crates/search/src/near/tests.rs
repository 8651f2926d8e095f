use std::collections::BTreeSet;

use super::*;
use crate::fold::END;
use crate::starts;

/// The words of these that are near to one, by the plain table of the textbook for each.
fn check(words: &[&str], word: &str) -> Vec<String> {
    let mut text = Vec::new();
    for word in words {
        text.extend_from_slice(word.as_bytes());
        text.push(END);
    }
    let dictionary = Dictionary::new(&text, &starts::sorted(&text, 1));
    let known = |place: usize| {
        let letters = (0..).map_while(|depth| dictionary.letter(place, depth));
        String::from_utf8(letters.collect()).expect("letters stay letters")
    };
    let found: BTreeSet<String> = near(&dictionary, word.as_bytes())
        .into_iter()
        .flat_map(|near| near.words)
        .map(known)
        .collect();
    let all: BTreeSet<String> = (0..dictionary.len()).map(known).collect();
    let distance = |known: &String| plain(word.as_bytes(), known.as_bytes());
    let most = most_mistakes(word.as_bytes());
    // With no mistake at all, a word is near to itself.
    let least = all.iter().map(distance).filter(|found| *found <= most).min();
    let limit = least.map(|least| least.max(1));
    let expected: BTreeSet<String> = all
        .iter()
        .filter(|known| most > 0 && limit.is_some_and(|limit| distance(known) <= limit))
        .cloned()
        .collect();
    assert_eq!(found, expected, "near to {word}");
    found.into_iter().collect()
}

/// The table of the textbook, all of it, with the least of its last column.
fn plain(word: &[u8], other: &[u8]) -> usize {
    let mut table = vec![vec![0; word.len() + 1]; other.len() + 1];
    for line in 0..=other.len() {
        for column in 0..=word.len() {
            table[line][column] = if line == 0 || column == 0 {
                line + column
            } else {
                let is_same = word[column - 1] == other[line - 1];
                let mut cost = (table[line - 1][column - 1] + usize::from(!is_same))
                    .min(table[line - 1][column] + 1)
                    .min(table[line][column - 1] + 1);
                if line > 1
                    && column > 1
                    && word[column - 1] == other[line - 2]
                    && word[column - 2] == other[line - 1]
                {
                    cost = cost.min(table[line - 2][column - 2] + 1);
                }
                cost
            };
        }
    }
    table.iter().map(|row| row[word.len()]).min().expect("there is a row")
}

#[test]
fn mistakes_are_counted_to_the_nearest_beginning() {
    let words = ["qwen", "qwen2", "llama", "mistral", "mistralai", "deepseek", "gemma", "st"];
    assert_eq!(check(&words, "qewn"), ["qwen", "qwen2"], "two changed places");
    assert_eq!(check(&words, "quen"), ["qwen", "qwen2"], "one is wrong");
    assert_eq!(check(&words, "lama"), ["llama"], "one is missing");
    assert_eq!(check(&words, "mistrall"), ["mistral", "mistralai"], "one is too many");
    assert_eq!(check(&words, "depsek"), Vec::<String>::new(), "two, of a short word");
    assert_eq!(check(&words, "depseekk"), ["deepseek"], "two, of a longer one");
    assert_eq!(check(&words, "stable"), Vec::<String>::new(), "too little is there");
    assert_eq!(check(&words, "phi"), Vec::<String>::new(), "too short to tell");
}

proptest::proptest! {
    #[test]
    fn a_walk_finds_what_a_loop_finds(
        words in proptest::collection::vec("[abc]{1,10}", 1..40),
        word in "[abc]{1,10}",
    ) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        check(&words, &word);
    }
}
