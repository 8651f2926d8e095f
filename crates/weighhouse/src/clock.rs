//! The one place where time is read.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use schema::Instant;

/// The present.
pub(crate) fn now() -> Instant {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_millis(since_epoch.as_millis() as i64)
}

/// The system's clock, for the collector.
#[derive(Debug)]
pub(crate) struct SystemClock;

impl collect::Clock for SystemClock {
    fn now(&self) -> Instant {
        now()
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}
