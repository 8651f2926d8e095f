//! How a cell came to be known.

use std::fmt;

/// How the flow of one model in one week is known.
///
/// A model has no cell at all before it existed. Missing is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CellState {
    /// Two readings bound the week.
    Observed = 0,
    /// Interpolated between readings further apart, or recovered from rolling sums.
    Estimated = 1,
    /// Known not to be known.
    Missing = 2,
}

impl CellState {
    /// Every state, best first.
    pub const ALL: [Self; 3] = [Self::Observed, Self::Estimated, Self::Missing];

    /// The state's name in tables and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Observed => "observed",
            Self::Estimated => "estimated",
            Self::Missing => "missing",
        }
    }

    /// The state stored as `code` in a table; `None` for a code of no state.
    #[must_use]
    pub const fn from_code(code: u8) -> Option<Self> {
        match code {
            0 => Some(Self::Observed),
            1 => Some(Self::Estimated),
            2 => Some(Self::Missing),
            _ => None,
        }
    }
}

impl fmt::Display for CellState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
