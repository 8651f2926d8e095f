//! The simulated date.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use schema::Instant;

/// The date at which the Hub is shown; every copy of a clock shows the same date.
///
/// It stands still until someone moves it, so that a crawl reads one state of the economy.
#[derive(Debug, Clone)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// Makes a clock that shows `at`.
    #[must_use]
    pub fn new(at: Instant) -> Self {
        Self(Arc::new(AtomicI64::new(at.millis())))
    }

    /// The date that the clock shows.
    #[must_use]
    pub fn now(&self) -> Instant {
        Instant::from_millis(self.0.load(Ordering::SeqCst))
    }

    /// Moves the clock, forwards or back, while the Hub is served.
    pub fn set(&self, at: Instant) {
        self.0.store(at.millis(), Ordering::SeqCst);
    }
}
