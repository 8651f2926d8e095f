//! Which cells are asked about, by what is unusual about them.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Result};

/// Which cells are asked about, by what is unusual about them: see `docs/methods/anomalies.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Flagged {
    /// All cells.
    #[default]
    Include,
    /// Only cells without a flag.
    Exclude,
    /// Only cells with a flag.
    Only,
}

impl Flagged {
    /// Every choice, the usual one first.
    pub const ALL: [Self; 3] = [Self::Include, Self::Exclude, Self::Only];

    /// The name in commands and addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Include => "include",
            Self::Exclude => "exclude",
            Self::Only => "only",
        }
    }
}

impl fmt::Display for Flagged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Flagged {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        crate::parse_name("choice of flagged cells", text, &Self::ALL.map(|one| (one.name(), one)))
    }
}
