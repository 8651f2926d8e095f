//! What is known of a model's flow: its weeks, the sums over gaps, and what was taken back.

use std::fmt;

use schema::{CellState, Instant, Week};

/// How a cell's value came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Method {
    /// Readings, or windows of the source, bound the week. Missing cells carry this too.
    #[default]
    Difference = 0,
    /// Read off a monotone curve through readings further apart.
    Interpolated = 1,
    /// Recovered from rolling sums whose level a birth inside the record tells.
    RollingFromBirth = 2,
    /// Recovered from rolling sums whose level rests on the flow being smooth.
    RollingSmooth = 3,
}

impl Method {
    /// Every method, in the order of its codes.
    pub const ALL: [Self; 4] =
        [Self::Difference, Self::Interpolated, Self::RollingFromBirth, Self::RollingSmooth];

    /// The method's name in tables and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Difference => "difference",
            Self::Interpolated => "interpolated",
            Self::RollingFromBirth => "rolling_from_birth",
            Self::RollingSmooth => "rolling_smooth",
        }
    }

    /// The method of a code; its lowest two bits tell it.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        match code & 0b11 {
            0 => Self::Difference,
            1 => Self::Interpolated,
            2 => Self::RollingFromBirth,
            _ => Self::RollingSmooth,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The flow of one model in one week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The week.
    pub week: Week,
    /// Downloads during the week; 0 where missing, which no sum may use.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// How well it is known.
    pub state: CellState,
    /// How it came about.
    pub method: Method,
}

impl Cell {
    /// A week that is known not to be known.
    #[must_use]
    pub const fn missing(week: Week) -> Self {
        Self {
            week,
            value: 0.0,
            low: 0.0,
            high: 0.0,
            state: CellState::Missing,
            method: Method::Difference,
        }
    }
}

/// A cumulative counter that fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restatement {
    /// The last reading before the fall.
    pub before_at: Instant,
    /// Its value.
    pub before: i64,
    /// The first reading after the fall.
    pub after_at: Instant,
    /// Its value.
    pub after: i64,
}

/// What a gap of more than eight weeks adds up to: its weeks are missing one by one, their sum is
/// known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnownSum {
    /// The first of the missing weeks.
    pub first: Week,
    /// The last of the missing weeks.
    pub last: Week,
    /// Downloads during all of them.
    pub downloads: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
}

/// The flows of one model.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ModelFlows {
    /// One cell for each week from the model's first to the collection's last, without holes.
    pub cells: Vec<Cell>,
    /// Sums over missing weeks, by time; no two overlap.
    pub known_sums: Vec<KnownSum>,
    /// Where its cumulative counter fell.
    pub restatements: Vec<Restatement>,
}

impl ModelFlows {
    /// Empties it, keeping its memory.
    pub fn clear(&mut self) {
        self.cells.clear();
        self.known_sums.clear();
        self.restatements.clear();
    }
}
