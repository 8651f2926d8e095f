//! The time, handed in.

use std::time::Duration;

use schema::Instant;

/// What tells the time and lets it pass: the binary's is the real one, a test's is its own.
pub trait Clock {
    /// The present moment.
    fn now(&self) -> Instant;

    /// Returns after this long.
    fn sleep(&self, duration: Duration);
}
