//! What is asked of a market.

use std::fmt;
use std::str::FromStr;

use crate::{Error, Result};

/// A question that can be asked of a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Statistic {
    /// The total of the market, then the sum of each unit.
    Sum,
    /// Each unit's share of the market, 0 to 1.
    Share,
    /// Each unit's place among the units by size, the largest 1; equal ones share the best of theirs.
    Rank,
    /// Each unit's percentile among the units, 0 to 100: the part that is smaller, and half of those
    /// of its size.
    Percentile,
    /// Herfindahl–Hirschman index, 0 to 10,000.
    Hhi,
    /// Herfindahl–Hirschman index rescaled to 0 to 1 by the number of units.
    HhiNormalized,
    /// Number of equal units that would give the same HHI: 10,000 / HHI.
    EffectiveNumber,
    /// Share of the largest unit.
    Cr1,
    /// Share of the 4 largest units.
    Cr4,
    /// Share of the 10 largest units.
    Cr10,
    /// Gini coefficient over all units, idle ones included.
    Gini,
    /// Shannon entropy of the shares, in nats.
    Entropy,
    /// Theil's T, in nats.
    Theil,
    /// The largest units with their sums.
    Top,
    /// The sums below which given parts of the units lie.
    Quantiles,
    /// The share of the market that given parts of the units, the smallest, hold together.
    Lorenz,
}

impl Statistic {
    /// Every statistic, in the order in which lists show them.
    pub const ALL: [Self; 16] = [
        Self::Sum,
        Self::Share,
        Self::Rank,
        Self::Percentile,
        Self::Hhi,
        Self::HhiNormalized,
        Self::EffectiveNumber,
        Self::Cr1,
        Self::Cr4,
        Self::Cr10,
        Self::Gini,
        Self::Entropy,
        Self::Theil,
        Self::Top,
        Self::Quantiles,
        Self::Lorenz,
    ];

    /// The statistic's name in commands, addresses and answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Share => "share",
            Self::Rank => "rank",
            Self::Percentile => "percentile",
            Self::Hhi => "hhi",
            Self::HhiNormalized => "hhi_normalized",
            Self::EffectiveNumber => "effective_number",
            Self::Cr1 => "cr1",
            Self::Cr4 => "cr4",
            Self::Cr10 => "cr10",
            Self::Gini => "gini",
            Self::Entropy => "entropy",
            Self::Theil => "theil",
            Self::Top => "top",
            Self::Quantiles => "quantiles",
            Self::Lorenz => "lorenz",
        }
    }

    /// The statistic's title on pages.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Sum => "Sum",
            Self::Share => "Share",
            Self::Rank => "Rank",
            Self::Percentile => "Percentile",
            Self::Hhi => "HHI",
            Self::HhiNormalized => "Normalised HHI",
            Self::EffectiveNumber => "Effective number",
            Self::Cr1 => "Share of the largest",
            Self::Cr4 => "Share of the 4 largest",
            Self::Cr10 => "Share of the 10 largest",
            Self::Gini => "Gini",
            Self::Entropy => "Shannon entropy",
            Self::Theil => "Theil's T",
            Self::Top => "Largest",
            Self::Quantiles => "Quantiles",
            Self::Lorenz => "Lorenz curve",
        }
    }

    /// Whether the answer has several rows at one time rather than one for the market.
    #[must_use]
    pub const fn is_per_unit(self) -> bool {
        self.is_of_units() || matches!(self, Self::Quantiles | Self::Lorenz)
    }

    /// Whether each of its numbers is of one unit, which has a name.
    #[must_use]
    pub const fn is_of_units(self) -> bool {
        matches!(self, Self::Sum | Self::Share | Self::Rank | Self::Percentile | Self::Top)
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Statistic {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        crate::parse_name("statistic", text, &Self::ALL.map(|stat| (stat.name(), stat)))
    }
}
