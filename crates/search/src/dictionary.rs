//! The words of all names, each once: where to look for what no part begins with.

use std::ops::Range;

use crate::fold::{END, GAP};
use crate::near::{Near, near};

/// Beginnings that are taken for near to one that nobody wrote.
const MOST_NEAR: usize = 64;

/// Every word that a part begins with, in the order of beginnings.
#[derive(Debug, Clone, Default)]
pub(crate) struct Dictionary {
    /// The words, each with an end after it.
    text: Vec<u8>,
    /// Where each begins, and after the last the end.
    places: Vec<u32>,
    /// The first beginning at which each stands, and after the last the count of beginnings.
    firsts: Vec<u32>,
}

impl Dictionary {
    /// Lists the words of beginnings that are in order.
    pub(crate) fn new(text: &[u8], starts: &[u32]) -> Self {
        let mut dictionary = Self::default();
        let mut last: &[u8] = &[];
        for (place, start) in starts.iter().enumerate() {
            let there = &text[*start as usize..];
            let is_same = there.starts_with(last) && matches!(there[last.len()], GAP | END);
            if is_same && !last.is_empty() {
                continue;
            }
            let length = memchr::memchr2(GAP, END, there).expect("a name has an end");
            last = &there[..length];
            dictionary.places.push(dictionary.text.len() as u32);
            dictionary.firsts.push(place as u32);
            dictionary.text.extend_from_slice(last);
            dictionary.text.push(END);
        }
        dictionary.places.push(dictionary.text.len() as u32);
        dictionary.firsts.push(starts.len() as u32);
        dictionary
    }

    /// How many bytes of memory it takes.
    pub(crate) fn bytes(&self) -> usize {
        let numbers = self.places.len() + self.firsts.len();
        self.text.len() + numbers * size_of::<u32>()
    }

    /// The stretches of beginnings at which a word stands that holds a text.
    pub(crate) fn holding(&self, text: &[u8]) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut word = 0;
        for place in memchr::memmem::find_iter(&self.text, text) {
            while self.places[word + 1] as usize <= place {
                word += 1;
            }
            let stretch = self.stretch(word);
            match found.last_mut() {
                Some(last) if last.end >= stretch.end => {}
                Some(last) if last.end == stretch.start => last.end = stretch.end,
                _ => found.push(stretch),
            }
        }
        found
    }

    /// The beginnings of words that somebody may have meant by another, those that most names have
    /// first; where some begin with the same letter, those alone.
    pub(crate) fn near(&self, word: &[u8]) -> Vec<&[u8]> {
        let mut found = near(self, word);
        let is_same_letter =
            |near: &Near| self.letter(near.words.start, 0) == word.first().copied();
        if found.iter().any(is_same_letter) {
            found.retain(is_same_letter);
        }
        let names = |near: &Near| self.firsts[near.words.end] - self.firsts[near.words.start];
        found.sort_by_key(|near| std::cmp::Reverse(names(near)));
        let beginning = |near: &Near| &self.word(near.words.start)[..near.length];
        found.iter().take(MOST_NEAR).map(beginning).collect()
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.firsts.len().saturating_sub(1)
    }

    /// A letter of a word; `None` where it is shorter.
    pub(crate) fn letter(&self, word: usize, depth: usize) -> Option<u8> {
        let place = self.places[word] as usize + depth;
        Some(self.text[place]).filter(|letter| *letter != END)
    }

    /// Of words that are alike up to a depth, where those end that have this letter there; the first
    /// one has it.
    pub(crate) fn after_letter(&self, words: Range<usize>, depth: usize, letter: u8) -> usize {
        let has = |word: usize| self.text[self.places[word] as usize + depth] <= letter;
        // Most groups are small: steps that double find their end near by.
        let (mut low, mut step) = (words.start, 1);
        while low + step < words.end && has(low + step) {
            low += step;
            step *= 2;
        }
        let mut high = words.end.min(low + step);
        while low + 1 < high {
            let middle = low.midpoint(high);
            if has(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    fn word(&self, word: usize) -> &[u8] {
        &self.text[self.places[word] as usize..self.places[word + 1] as usize - 1]
    }

    fn stretch(&self, word: usize) -> Range<usize> {
        self.firsts[word] as usize..self.firsts[word + 1] as usize
    }
}
