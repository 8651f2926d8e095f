//! The best of some beginnings, one after another.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::index::BLOCK;

/// Goes through beginnings from the least place to the greatest, and so from the best name on.
///
/// Blocks wait with their least beginning, and are opened when it is its turn.
#[derive(Debug)]
pub(crate) struct Best<'a> {
    starts: &'a [u32],
    waiting: BinaryHeap<Reverse<(u32, Option<u32>)>>,
}

impl<'a> Best<'a> {
    /// All stretches are of `starts`, whose blocks' least are `least`.
    pub(crate) fn new(
        starts: &'a [u32],
        least: &[u32],
        stretches: impl IntoIterator<Item = Range<usize>>,
    ) -> Self {
        let mut waiting = Vec::new();
        for Range { start, end } in stretches {
            let whole = start.div_ceil(BLOCK)..end / BLOCK;
            if whole.is_empty() {
                waiting.extend(starts[start..end].iter().map(|place| Reverse((*place, None))));
                continue;
            }
            let edges = [start..whole.start * BLOCK, whole.end * BLOCK..end];
            for edge in edges {
                waiting.extend(starts[edge].iter().map(|place| Reverse((*place, None))));
            }
            waiting.extend(whole.map(|block| Reverse((least[block], Some(block as u32)))));
        }
        Self { starts, waiting: waiting.into() }
    }
}

impl Iterator for Best<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        loop {
            let Reverse((place, block)) = self.waiting.pop()?;
            let Some(block) = block else { return Some(place) };
            let begin = block as usize * BLOCK;
            let opened = &self.starts[begin..begin + BLOCK];
            self.waiting.extend(opened.iter().map(|place| Reverse((*place, None))));
        }
    }
}
