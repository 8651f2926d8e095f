//! Which words begin like one that somebody mistyped.
//!
//! A mistake is a letter too many, too few or wrong, or two that changed places (restricted
//! Damerau–Levenshtein distance). What follows the beginning costs nothing: people are still typing.
//!
//! The words are in order, so that those with a beginning in common lie together: a beginning with
//! too many mistakes is left with all of its words, and one that is near enough taken with them.

use std::ops::Range;

use crate::dictionary::Dictionary;

/// Longer words than this are not compared.
const MOST_LETTERS: usize = 32;
/// A word of so many letters may have one mistake, of twice as many two.
const LETTERS_A_MISTAKE: usize = 4;
const MOST_MISTAKES: usize = 2;

/// How many mistakes it takes to each beginning of the word.
type Row = [u8; MOST_LETTERS + 1];

/// Words with a beginning in common that is near.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Near {
    /// The words.
    pub(crate) words: Range<usize>,
    /// How long their beginning is.
    pub(crate) length: usize,
}

/// How many mistakes a word may have: none where too little would be left.
fn most_mistakes(word: &[u8]) -> usize {
    if word.len() > MOST_LETTERS { 0 } else { (word.len() / LETTERS_A_MISTAKE).min(MOST_MISTAKES) }
}

/// The words that begin with the fewest mistakes, in their order.
pub(crate) fn near(dictionary: &Dictionary, word: &[u8]) -> Vec<Near> {
    for most in 1..=most_mistakes(word) {
        let mut walk = Walk { dictionary, word, most: most as u8, found: Vec::new() };
        let mut first = [u8::MAX; MOST_LETTERS + 1];
        (0..=word.len()).for_each(|column| first[column] = column as u8);
        let start = Step { words: 0..dictionary.len(), depth: 0, letter: 0, row: first };
        walk.down(&start, &[u8::MAX; MOST_LETTERS + 1]);
        if !walk.found.is_empty() {
            return walk.found;
        }
    }
    Vec::new()
}

/// Words with a beginning in common.
struct Step {
    words: Range<usize>,
    /// How long their beginning is.
    depth: usize,
    /// The last letter of it.
    letter: u8,
    row: Row,
}

struct Walk<'a> {
    dictionary: &'a Dictionary,
    word: &'a [u8],
    most: u8,
    found: Vec<Near>,
}

impl Walk<'_> {
    /// Goes on from a beginning to those that are a letter longer.
    fn down(&mut self, step: &Step, before: &Row) {
        let row = &step.row[..=self.word.len()];
        if row[self.word.len()] <= self.most {
            self.found.push(Near { words: step.words.clone(), length: step.depth });
            return;
        }
        let least = row.iter().copied().min().unwrap_or(u8::MAX);
        if least > self.most {
            return;
        }
        let Range { mut start, end } = step.words;
        // A word that ends here has no further letter.
        while start < end {
            let Some(letter) = self.dictionary.letter(start, step.depth) else {
                start += 1;
                continue;
            };
            // With no mistake left, only a letter of the word itself leads on.
            let may_lead = least < self.most || self.leads_on(row, letter);
            let after = self.dictionary.after_letter(start..end, step.depth, letter);
            if may_lead {
                let next = Step {
                    words: start..after,
                    depth: step.depth + 1,
                    letter,
                    row: self.row_after(step, before, letter),
                };
                self.down(&next, &step.row);
            }
            start = after;
        }
    }

    fn leads_on(&self, row: &[u8], letter: u8) -> bool {
        self.word.iter().zip(row).any(|(own, cost)| *own == letter && *cost <= self.most)
    }

    /// The row of the textbook: swapped, left out, put in, or turned round.
    fn row_after(&self, step: &Step, before: &Row, letter: u8) -> Row {
        let last = &step.row;
        let mut row = [u8::MAX; MOST_LETTERS + 1];
        row[0] = last[0] + 1;
        for (column, own) in self.word.iter().enumerate() {
            let swap = last[column] + u8::from(*own != letter);
            let mut cost = swap.min(last[column + 1] + 1).min(row[column] + 1);
            let is_turned = step.depth > 0
                && column > 0
                && *own == step.letter
                && self.word[column - 1] == letter;
            if is_turned {
                cost = cost.min(before[column - 1] + 1);
            }
            row[column + 1] = cost;
        }
        row
    }
}

#[cfg(test)]
mod tests;
