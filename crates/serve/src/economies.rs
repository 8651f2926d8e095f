//! Economies that were asked about lately, kept with their release: whoever asks what would be asks
//! more than once, and reading what a million models' owners hold takes longer than the answer.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use analyze::{Economy, Market, Query};

/// How many are kept, the last asked for first. One of 200,000 owners takes about 30 MB.
const MOST: usize = 4;

/// What is kept.
#[derive(Debug, Default)]
pub(crate) struct Economies(Mutex<VecDeque<(Query, Arc<Economy>)>>);

impl Economies {
    /// What owners hold at the last of the times of a question.
    pub(crate) fn read(&self, market: &Market, query: &Query) -> analyze::Result<Arc<Economy>> {
        if let Some(known) = self.taken(query) {
            return Ok(known);
        }
        // Two who ask at once both read: neither waits for the other, and either answer is right.
        let economy = Arc::new(Economy::read(market, query)?);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_front((query.clone(), Arc::clone(&economy)));
        kept.truncate(MOST);
        Ok(economy)
    }

    /// One that is kept, which is then the last asked for.
    fn taken(&self, query: &Query) -> Option<Arc<Economy>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = kept.iter().position(|(known, _)| known == query)?;
        let found = kept.remove(place)?;
        let economy = Arc::clone(&found.1);
        kept.push_front(found);
        Some(economy)
    }
}
