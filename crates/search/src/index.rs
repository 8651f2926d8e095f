//! The index: folded names and the beginnings of their parts.

use std::cmp::Ordering;
use std::ops::Range;

use crate::best::Best;
use crate::dictionary::Dictionary;
use crate::fold::{END, fold_into};
use crate::starts;

/// So many names lie between two whose places are kept.
const NAMES_A_STEP: usize = 32;
/// So many beginnings share a least one.
pub(crate) const BLOCK: usize = 64;

/// Names that can be found by what they hold.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// The folded names in their order, each with an end after it.
    text: Vec<u8>,
    names: usize,
    /// Where every so many-th name begins.
    steps: Vec<u32>,
    /// Where parts begin, in the order of what stands there.
    starts: Vec<u32>,
    /// The least of each block of those.
    least: Vec<u32>,
    dictionary: Dictionary,
}

impl Index {
    /// Takes names in the order in which they are to be found, the best first, and works on up to so
    /// many threads.
    ///
    /// # Panics
    ///
    /// When the names together have more than 4 GiB of letters.
    #[must_use]
    pub fn new<T: AsRef<str>>(names: impl IntoIterator<Item = T>, threads: usize) -> Self {
        let mut index = Self::default();
        for name in names {
            if index.names.is_multiple_of(NAMES_A_STEP) {
                index.steps.push(index.text.len() as u32);
            }
            fold_into(name.as_ref(), &mut index.text);
            index.text.push(END);
            index.names += 1;
        }
        assert!(u32::try_from(index.text.len()).is_ok(), "names have at most 4 GiB of letters");
        index.text.shrink_to_fit();
        index.starts = starts::sorted(&index.text, threads);
        let least = |block: &[u32]| block.iter().copied().min().unwrap_or(u32::MAX);
        index.least = index.starts.chunks(BLOCK).map(least).collect();
        index.dictionary = Dictionary::new(&index.text, &index.starts);
        index
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names == 0
    }

    /// How many bytes of memory it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let numbers = self.steps.len() + self.starts.len() + self.least.len();
        self.text.len() + numbers * size_of::<u32>() + self.dictionary.bytes()
    }

    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The stretch of beginnings at which a text stands.
    pub(crate) fn beginning_with(&self, text: &[u8]) -> Range<usize> {
        let order = |start: &u32| {
            let there = &self.text[*start as usize..];
            there[..there.len().min(text.len())].cmp(text)
        };
        let begin = self.starts.partition_point(|start| order(start) == Ordering::Less);
        let count = self.starts[begin..].partition_point(|start| order(start) == Ordering::Equal);
        begin..begin + count
    }

    /// The beginnings of some stretches, the best first.
    pub(crate) fn best(&self, stretches: impl IntoIterator<Item = Range<usize>>) -> Best<'_> {
        Best::new(&self.starts, &self.least, stretches)
    }

    /// The name around a place: where it lies in the text.
    pub(crate) fn name_around(&self, place: u32) -> Range<usize> {
        let place = place as usize;
        let begin = memchr::memrchr(END, &self.text[..place]).map_or(0, |end| end + 1);
        let length = memchr::memchr(END, &self.text[place..]).expect("a name has an end");
        begin..place + length
    }

    /// The folded name at a place of the text.
    pub(crate) fn name_at(&self, range: Range<usize>) -> &[u8] {
        &self.text[range]
    }

    /// Which name begins at a place, counted from 0.
    pub(crate) fn number_of(&self, begin: usize) -> u32 {
        let step = self.steps.partition_point(|place| *place as usize <= begin) - 1;
        let between = &self.text[self.steps[step] as usize..begin];
        (step * NAMES_A_STEP + memchr::memchr_iter(END, between).count()) as u32
    }
}
