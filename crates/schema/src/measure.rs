//! What is counted.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Result};

/// What is counted of each model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Flow: downloads during a week, recovered from the counters.
    Downloads,
    /// Flow: downloads during a week, of models at most 365 days old.
    FirstYear,
    /// Reading: the Hub's rolling sum of the last 30 days.
    Downloads30d,
    /// Reading: the Hub's rolling sum of the last 30 days at a week's pace: × 7 / 30.
    Rate30d,
    /// Reading: the Hub's cumulative counter.
    DownloadsAllTime,
    /// Reading: likes.
    Likes,
    /// Count of models.
    Models,
}

/// How a measure is taken over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureKind {
    /// A sum over weeks; windows apply.
    Flow,
    /// For each model its last reading at or before a date.
    AsOf,
}

impl Measure {
    /// Every measure, in the order in which lists show them.
    pub const ALL: [Self; 7] = [
        Self::Downloads,
        Self::FirstYear,
        Self::Downloads30d,
        Self::Rate30d,
        Self::DownloadsAllTime,
        Self::Likes,
        Self::Models,
    ];

    /// The measure's name in commands, addresses and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Downloads => "downloads",
            Self::FirstYear => "first_year",
            Self::Downloads30d => "downloads_30d",
            Self::Rate30d => "rate_30d",
            Self::DownloadsAllTime => "downloads_all_time",
            Self::Likes => "likes",
            Self::Models => "models",
        }
    }

    /// The measure's title on pages.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Downloads => "Weekly downloads",
            Self::FirstYear => "Weekly downloads in a model's first year",
            Self::Downloads30d => "Downloads of the last 30 days",
            Self::Rate30d => "Downloads a week at the pace of the last 30 days",
            Self::DownloadsAllTime => "Downloads of all time",
            Self::Likes => "Likes",
            Self::Models => "Models",
        }
    }

    /// The noun that follows a number of this measure.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Downloads
            | Self::FirstYear
            | Self::Downloads30d
            | Self::Rate30d
            | Self::DownloadsAllTime => "downloads",
            Self::Likes => "likes",
            Self::Models => "models",
        }
    }

    /// One sentence that says what the measure is.
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Downloads => {
                "Downloads during each ISO week, recovered from the counters of the source."
            }
            Self::FirstYear => {
                "Downloads during each ISO week, of models that were at most 365 days old."
            }
            Self::Downloads30d => {
                "Each model's last reading of the rolling 30-day counter at or before the date."
            }
            Self::Rate30d => {
                "Each model's last reading of the rolling 30-day counter, times 7 / 30: no flow, and \
                 late by two weeks."
            }
            Self::DownloadsAllTime => {
                "Each model's last reading of the cumulative counter at or before the date."
            }
            Self::Likes => "Each model's last reading of likes at or before the date.",
            Self::Models => "Models that the source had shown at or before the date.",
        }
    }

    /// Whether the measure is summed over weeks or read as of a date.
    #[must_use]
    pub const fn kind(self) -> MeasureKind {
        match self {
            Self::Downloads | Self::FirstYear => MeasureKind::Flow,
            _ => MeasureKind::AsOf,
        }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Measure {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        crate::parse_name("measure", text, &Self::ALL.map(|measure| (measure.name(), measure)))
    }
}
