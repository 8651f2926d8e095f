//! What was wrong with a file, in bounded memory.

use schema::Problem;

/// Problems of one file that are kept with their text; a file whose every row is wrong has as many
/// as it has rows.
const MAX_KEPT: usize = 10_000;

/// The problems of one file: the first ones with their text, all of them counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Problems {
    kept: Vec<Problem>,
    count: u64,
}

impl Problems {
    /// Counts a problem, and keeps it if it is among the first.
    pub(crate) fn push(&mut self, problem: Problem) {
        self.count += 1;
        if self.kept.len() < MAX_KEPT {
            self.kept.push(problem);
        }
    }

    /// The first problems, and how many there were in all.
    pub(crate) fn into_parts(self) -> (Vec<Problem>, u64) {
        (self.kept, self.count)
    }
}
