//! When standing jobs are due: at fixed times of the week, so that readings can be compared.

use clap::ValueEnum;
use schema::Instant;

const MS_PER_HOUR: i64 = 3_600_000;
const MS_PER_DAY: i64 = 24 * MS_PER_HOUR;
/// The first pause after a failure.
const RETRY_MS: i64 = 60_000;

/// How often a job is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Cadence {
    /// At each full hour.
    Hour,
    /// At 00:00 UTC.
    Day,
    /// On Monday at 00:00 UTC, where weeks begin.
    Week,
    /// Not at all.
    Never,
}

impl Cadence {
    /// The time from one due date to the next, in seconds; `None` for never.
    pub(crate) const fn period_seconds(self) -> Option<u64> {
        match self {
            Self::Hour => Some(3_600),
            Self::Day => Some(86_400),
            Self::Week => Some(7 * 86_400),
            Self::Never => None,
        }
    }

    /// The last due date at or before an instant.
    fn slot(self, at: Instant) -> Option<Instant> {
        let floor = |period: i64| at.millis().div_euclid(period) * period;
        match self {
            Self::Hour => Some(Instant::from_millis(floor(MS_PER_HOUR))),
            Self::Day => Some(Instant::from_millis(floor(MS_PER_DAY))),
            Self::Week => Some(at.week().start()),
            Self::Never => None,
        }
    }

    /// When a job is due that was last begun, and then done, at `done`: the first due date after
    /// it. One that was never done has been due since the last due date.
    pub(crate) fn due_at(self, done: Option<Instant>, now: Instant) -> Option<Instant> {
        let Some(done) = done else { return self.slot(now) };
        let period = self.period_seconds()? as i64 * 1000;
        Some(Instant::from_millis(self.slot(done)?.millis() + period))
    }
}

/// When a job that has failed so often in a row is tried again: after a minute, then ever later,
/// up to an hour, so that a Hub that is down is not asked more than it need be.
pub(crate) fn retry_at(failed_at: Instant, failure_count: u32) -> Instant {
    let doublings = failure_count.saturating_sub(1).min(10);
    Instant::from_millis(failed_at.millis() + (RETRY_MS << doublings).min(MS_PER_HOUR))
}

/// When a reading that was held back is made again: after a twenty-eighth of its period, which is
/// six hours for a week, and not before an hour has passed.
pub(crate) fn held_back_retry_at(read_at: Instant, period_seconds: u64) -> Instant {
    let share = i64::try_from(period_seconds / 28).unwrap_or(0) * 1000;
    Instant::from_millis(read_at.millis() + share.max(MS_PER_HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        Instant::parse(text).unwrap()
    }

    /// When a job is due that was last done at `done`, on Wednesday 25 November 2026.
    fn due(cadence: Cadence, done: Option<&str>) -> String {
        let now = at("2026-11-25T10:20:30Z");
        cadence.due_at(done.map(at), now).unwrap().to_string()
    }

    #[test]
    fn what_was_never_done_has_been_due_since_the_last_due_date() {
        assert_eq!(due(Cadence::Hour, None), "2026-11-25T10:00:00Z");
        assert_eq!(due(Cadence::Day, None), "2026-11-25T00:00:00Z");
        assert_eq!(due(Cadence::Week, None), "2026-11-23T00:00:00Z");
    }

    #[test]
    fn what_was_done_is_due_at_the_next_date() {
        assert_eq!(due(Cadence::Hour, Some("2026-11-25T10:00:00Z")), "2026-11-25T11:00:00Z");
        assert_eq!(due(Cadence::Day, Some("2026-11-25T09:59:00Z")), "2026-11-26T00:00:00Z");
        assert_eq!(due(Cadence::Week, Some("2026-11-23T00:40:00Z")), "2026-11-30T00:00:00Z");
    }

    #[test]
    fn what_was_missed_is_due_since_the_first_date_that_was_missed() {
        assert_eq!(due(Cadence::Week, Some("2026-11-09T01:00:00Z")), "2026-11-16T00:00:00Z");
        assert_eq!(due(Cadence::Hour, Some("2026-11-25T07:30:00Z")), "2026-11-25T08:00:00Z");
    }

    #[test]
    fn never_is_never_due() {
        assert_eq!(Cadence::Never.due_at(None, at("2026-11-25T10:20:30Z")), None);
    }

    #[test]
    fn retries_come_ever_later_and_at_least_hourly() {
        let failed = at("2026-11-25T10:00:00Z");
        let retry = |count| retry_at(failed, count).to_string();
        assert_eq!(retry(1), "2026-11-25T10:01:00Z");
        assert_eq!(retry(2), "2026-11-25T10:02:00Z");
        assert_eq!(retry(6), "2026-11-25T10:32:00Z");
        assert_eq!(retry(7), "2026-11-25T11:00:00Z");
        assert_eq!(retry(u32::MAX), "2026-11-25T11:00:00Z");
    }
}
