//! Why a statistic is refused.

/// What a statistic asks for and was not given.
///
/// Each says what was at hand and what would be enough; a refusal is an answer, not a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A series with too few observations.
    #[error("tell from {have} observations; at least {needed} are needed")]
    TooShort {
        /// How many observations there are.
        have: usize,
        /// The fewest that are enough.
        needed: usize,
    },
    /// A series of which more than half of the steps are equal, so that it has no spread.
    #[error("measure the spread of series {series}: most of its steps are equal; leave it out")]
    NoSpread {
        /// The number of the series, from 0.
        series: usize,
    },
    /// Too few clusters, such as owners, in all or in the smaller group.
    #[error("tell from {have} clusters; at least {needed} are needed")]
    FewClusters {
        /// How many clusters there are.
        have: usize,
        /// The fewest that are enough.
        needed: usize,
    },
    /// Factors whose orders are too many to try.
    #[error("try the orders of {have} factors; join some, at most {most} are possible")]
    TooManyFactors {
        /// How many factors there are.
        have: usize,
        /// The most that are possible.
        most: usize,
    },
    /// An index that is not defined for some state.
    #[error("compute the index where factors {changed:#b} have changed, as it is undefined there")]
    Undefined {
        /// Which factors have changed, a bit each, the lowest the first.
        changed: usize,
    },
}
