//! A clock that only a test moves.

use std::sync::Mutex;
use std::time::Duration;

use schema::Instant;

/// Remembers how long it was asked to sleep, and does not.
#[derive(Default)]
pub(crate) struct TestClock {
    slept: Mutex<Vec<Duration>>,
    /// The clock of a simulated Hub, which sleeping moves.
    hub: Option<simulate::Clock>,
}

impl TestClock {
    pub(crate) fn moving(hub: simulate::Clock) -> Self {
        Self { hub: Some(hub), ..Self::default() }
    }

    pub(crate) fn slept_seconds(&self) -> Vec<u64> {
        self.slept.lock().unwrap().iter().map(Duration::as_secs).collect()
    }
}

impl collect::Clock for TestClock {
    fn now(&self) -> Instant {
        let here = Instant::parse("2026-01-02T03:04:05Z").unwrap();
        self.hub.as_ref().map_or(here, simulate::Clock::now)
    }

    fn sleep(&self, duration: Duration) {
        self.slept.lock().unwrap().push(duration);
        if let Some(hub) = &self.hub {
            let millis = i64::try_from(duration.as_millis()).unwrap();
            hub.set(Instant::from_millis(hub.now().millis() + millis));
        }
    }
}
