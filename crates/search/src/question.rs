//! What is asked, step by step until there is enough: parts that begin so, words in any order, what
//! stands within words, and what is near.

use std::ops::Range;

use crate::Index;
use crate::fold::{fold_into, has_part, parted, words};

/// Longer questions are cut.
const MOST_LETTERS: usize = 128;
const MOST_WORDS: usize = 8;
/// Names that are looked at for one step; what is beyond is rarer than anyone looks for.
const MOST_LOOKED_AT: usize = 10_000;
/// Names that are looked at for one that is nothing but what is asked.
const MOST_LOOKED_AT_WHOLE: usize = 1_000;
/// Shorter texts stand within too many words.
const LEAST_WITHIN: usize = 3;
/// With so many names found, none that is only near is wanted.
const ENOUGH: usize = 3;

/// A name that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which of the names, counted from 0 in the order in which they were given.
    pub name: u32,
    /// How it was found.
    pub how: How,
}

/// How a name was found; the better ways come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// It is what was asked for.
    Whole,
    /// A part of it begins with what was asked for.
    Begins,
    /// Parts of it begin with the words of what was asked for.
    Words,
    /// It holds what was asked for elsewhere.
    Within,
    /// It holds words that are like those asked for, but for a mistake or two.
    Near,
}

/// What a name has to have for one word of a question.
enum Wanted<'a> {
    /// A part that begins so.
    Part(&'a [u8]),
    /// The letters in any place.
    Within(&'a [u8]),
    /// A part that begins with one of these.
    AnyPart(Vec<&'a [u8]>),
}

impl Index {
    /// Finds up to `most` names: what is found in a better way comes first, and of those the better
    /// name.
    #[must_use]
    pub fn find(&self, text: &str, most: usize) -> Vec<Hit> {
        let asked = folded(text);
        let mut found = Found { index: self, most, hits: Vec::new(), is_cut: false };
        if asked.is_empty() || most == 0 || self.is_empty() {
            return found.hits;
        }
        found.take_whole(&asked);
        found.take(How::Begins, &[Wanted::Part(&asked)]);
        let given: Vec<&[u8]> = words(&asked).take(MOST_WORDS).collect();
        if given.len() > 1 {
            found.take(How::Words, &all_parts(&given));
        }
        let apart: Vec<&[u8]> = given.iter().flat_map(|word| parted(word)).collect();
        if apart.len() > given.len() {
            found.take(How::Words, &all_parts(&apart));
        }
        if given.iter().any(|word| word.len() >= LEAST_WITHIN) {
            found.take(How::Within, &self.rarest_within(&given));
        }
        // Who wrote a whole name made no mistake.
        let is_whole = found.hits.first().is_some_and(|hit| hit.how == How::Whole);
        if !is_whole && !found.is_enough(ENOUGH.min(most)) {
            let wanted = self.meant(&given);
            found.take(How::Near, &wanted);
        }
        found.hits
    }

    /// Words of which the one that the fewest parts begin with may stand within words.
    fn rarest_within<'a>(&self, words: &[&'a [u8]]) -> Vec<Wanted<'a>> {
        let count = |word: &[u8]| match word.len() {
            ..LEAST_WITHIN => usize::MAX,
            _ => self.beginning_with(word).len(),
        };
        let rarest = (0..words.len()).min_by_key(|place| count(words[*place]));
        let wanted = |(place, word)| {
            if Some(place) == rarest { Wanted::Within(word) } else { Wanted::Part(word) }
        };
        words.iter().copied().enumerate().map(wanted).collect()
    }

    /// What somebody may have meant by words. Of several, those that parts begin with are meant, and
    /// those are left out that nothing is near to.
    fn meant<'a>(&'a self, words: &[&'a [u8]]) -> Vec<Wanted<'a>> {
        let mut meant = Vec::new();
        for word in words {
            if words.len() > 1 && !self.beginning_with(word).is_empty() {
                meant.push(Wanted::Part(word));
                continue;
            }
            let near = self.dictionary().near(word);
            if !near.is_empty() {
                meant.push(Wanted::AnyPart(near));
            }
        }
        meant
    }

    fn stretches(&self, wanted: &Wanted<'_>) -> Vec<Range<usize>> {
        match wanted {
            Wanted::Part(word) => vec![self.beginning_with(word)],
            Wanted::Within(text) => self.dictionary().holding(text),
            Wanted::AnyPart(parts) => {
                let mut stretches: Vec<Range<usize>> =
                    parts.iter().map(|part| self.beginning_with(part)).collect();
                // One may be the beginning of another.
                stretches.sort_by_key(|stretch| (stretch.start, std::cmp::Reverse(stretch.end)));
                let mut end = 0;
                stretches.retain(|stretch| {
                    let is_new = stretch.end > end;
                    end = end.max(stretch.end);
                    is_new
                });
                stretches
            }
        }
    }
}

impl Wanted<'_> {
    fn is_met_by(&self, name: &[u8]) -> bool {
        match self {
            Self::Part(word) => has_part(name, word),
            Self::Within(text) => memchr::memmem::find(name, text).is_some(),
            Self::AnyPart(parts) => parts.iter().any(|part| has_part(name, part)),
        }
    }
}

/// What was found so far.
struct Found<'a> {
    index: &'a Index,
    most: usize,
    hits: Vec<Hit>,
    /// Whether there were more names to look at than are looked at: then no weaker way is tried,
    /// since it would look at the same ones.
    is_cut: bool,
}

impl Found<'_> {
    fn is_enough(&self, count: usize) -> bool {
        self.hits.len() >= count
    }

    /// Takes the best name that is nothing but what was asked for.
    fn take_whole(&mut self, asked: &[u8]) {
        let whole = [asked, &[crate::fold::END]].concat();
        let index = self.index;
        let ending = index.best([index.beginning_with(&whole)]);
        for place in ending.take(MOST_LOOKED_AT_WHOLE) {
            if index.name_around(place).start == place as usize {
                self.push(place as usize, How::Whole);
                return;
            }
        }
    }

    /// Takes names that have all that is wanted, the best first.
    fn take(&mut self, how: How, wanted: &[Wanted<'_>]) {
        if self.is_enough(self.most) || self.is_cut {
            return;
        }
        let index = self.index;
        let sets = wanted.iter().map(|wanted| index.stretches(wanted));
        let mut sets: Vec<Vec<Range<usize>>> = sets.collect();
        let size = |stretches: &Vec<Range<usize>>| stretches.iter().map(Range::len).sum::<usize>();
        let Some(rarest) = (0..sets.len()).min_by_key(|set| size(&sets[*set])) else { return };
        let mut before = usize::MAX;
        let mut looked_at = 0;
        for place in index.best(std::mem::take(&mut sets[rarest])) {
            looked_at += 1;
            if looked_at > MOST_LOOKED_AT {
                self.is_cut = true;
                return;
            }
            let range = index.name_around(place);
            // Beginnings within one name follow each other.
            if std::mem::replace(&mut before, range.start) == range.start {
                continue;
            }
            let name = index.name_at(range.clone());
            let mut others = wanted.iter().enumerate().filter(|(set, _)| *set != rarest);
            if others.all(|(_, wanted)| wanted.is_met_by(name)) {
                self.push(range.start, how);
            }
            if self.is_enough(self.most) {
                return;
            }
        }
    }

    fn push(&mut self, begin: usize, how: How) {
        let name = self.index.number_of(begin);
        if !self.hits.iter().any(|hit| hit.name == name) {
            self.hits.push(Hit { name, how });
        }
    }
}

fn all_parts<'a>(words: &[&'a [u8]]) -> Vec<Wanted<'a>> {
    words.iter().map(|word| Wanted::Part(word)).collect()
}

fn folded(text: &str) -> Vec<u8> {
    let cut: String = text.chars().take(MOST_LETTERS).collect();
    let mut asked = Vec::with_capacity(cut.len());
    fold_into(&cut, &mut asked);
    asked
}

#[cfg(test)]
mod tests;
