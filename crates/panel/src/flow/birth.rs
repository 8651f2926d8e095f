//! When a model came to be.

use schema::{Day, Instant};

/// When a model came to be, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// Created at this instant.
    Known(Instant),
    /// Created before the Hub recorded creation; it has existed since.
    BeforeFloor,
    /// The source does not say.
    Unknown,
}

impl Birth {
    /// The Hub gave every older repository this second, or the next, of 2022-03-02.
    const FLOOR_MS: std::ops::RangeInclusive<i64> = 1_646_263_744_000..=1_646_263_745_999;

    /// The date that the Hub gave to every repository that is older than its record of creation.
    #[must_use]
    pub const fn floor() -> Instant {
        Instant::from_millis(*Self::FLOOR_MS.start())
    }

    /// Reads what the Hub's creation date says.
    #[must_use]
    pub fn from_created_at(created_at: Option<Instant>) -> Self {
        match created_at {
            None => Self::Unknown,
            Some(at) if Self::FLOOR_MS.contains(&at.millis()) => Self::BeforeFloor,
            Some(at) => Self::Known(at),
        }
    }

    /// Whether the model is at most 365 days old on `day`; `None` when that is not known.
    #[must_use]
    pub fn is_in_first_year(self, day: Day) -> Option<bool> {
        const FIRST_YEAR_DAYS: i32 = 365;
        match self {
            Self::Unknown => None,
            Self::BeforeFloor => {
                let floor = Instant::from_millis(*Self::FLOOR_MS.start()).day();
                (day.epoch_days() > floor.epoch_days() + FIRST_YEAR_DAYS).then_some(false)
            }
            Self::Known(at) => Some(day.epoch_days() - at.day().epoch_days() <= FIRST_YEAR_DAYS),
        }
    }
}
