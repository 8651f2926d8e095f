//! Whether what runs by a schedule keeps it.

use std::fmt;

use crate::Instant;

const MS_PER_HOUR: i64 = 3_600_000;
/// A job is late after this much of its period, and an hour at least.
const LATE_SHARE: i64 = 20;
/// A job has stalled after this much of its period, and three hours at least.
const STALLED_SHARE: i64 = 5;

/// How far a standing job lags behind its schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    /// What was due was done, or may still be under way. Shown green.
    OnTime,
    /// It was due a twentieth of its period ago, and an hour at least. Shown amber.
    Late,
    /// It was due a fifth of its period ago, and three hours at least. Shown red.
    Stalled,
}

impl Health {
    /// Judges a job whose next success was or is due at `due_at`, and then every `period_seconds`.
    #[must_use]
    pub fn of(due_at: Instant, period_seconds: u64, now: Instant) -> Self {
        let lag = now.millis() - due_at.millis();
        let period = i64::try_from(period_seconds).unwrap_or(i64::MAX).saturating_mul(1000);
        if lag > (period / STALLED_SHARE).max(3 * MS_PER_HOUR) {
            Self::Stalled
        } else if lag > (period / LATE_SHARE).max(MS_PER_HOUR) {
            Self::Late
        } else {
            Self::OnTime
        }
    }

    /// Its name in commands, answers and pages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OnTime => "on time",
            Self::Late => "late",
            Self::Stalled => "stalled",
        }
    }
}

impl fmt::Display for Health {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The health of a job with a period in hours, so many minutes after it was due.
    fn health(period_hours: u64, minutes: i64) -> Health {
        let due_at = Instant::from_millis(1_760_000_000_000);
        let now = Instant::from_millis(due_at.millis() + minutes * 60_000);
        Health::of(due_at, period_hours * 3600, now)
    }

    #[test]
    fn a_job_is_late_and_then_stalled_in_proportion_to_its_period() {
        // Hourly: the floors of one and three hours hold.
        assert_eq!(health(1, -30), Health::OnTime);
        assert_eq!(health(1, 60), Health::OnTime);
        assert_eq!(health(1, 61), Health::Late);
        assert_eq!(health(1, 181), Health::Stalled);
        // Weekly: a twentieth of 168 hours is 8.4 hours, a fifth is 33.6 hours.
        assert_eq!(health(168, 8 * 60), Health::OnTime);
        assert_eq!(health(168, 9 * 60), Health::Late);
        assert_eq!(health(168, 33 * 60), Health::Late);
        assert_eq!(health(168, 34 * 60), Health::Stalled);
    }
}
