//! How a statistic moves with one unit.

use schema::Statistic;
use stats::Runs;

/// What the slopes of a statistic need to know of a market.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Market {
    n: f64,
    known: f64,
    /// The sum of squared shares.
    squares: f64,
    /// The statistic itself.
    value: f64,
}

impl Market {
    /// A market of `n` units whose sums add up to `known`, and whose squared shares to `squares`.
    pub(crate) const fn new(n: f64, known: f64, squares: f64, value: f64) -> Self {
        Self { n, known, squares, value }
    }

    /// A market in ascending order.
    pub(crate) fn of_runs(runs: &Runs, value: f64) -> Self {
        let squares = runs.hhi().unwrap_or_default() / 10_000.0;
        Self { n: runs.units(), known: runs.total(), squares, value }
    }
}

/// Where a unit stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Rank {
    /// How many units are smaller.
    pub(crate) smaller: f64,
    /// How many are of its size, itself among them.
    pub(crate) equal: f64,
}

/// Whether the slope of a statistic depends on how many units are smaller than another.
pub(super) const fn asks_for_rank(statistic: Statistic) -> bool {
    matches!(statistic, Statistic::Gini)
}

/// The rank of the units of each run.
pub(crate) fn ranks(runs: &Runs) -> Vec<Rank> {
    let mut smaller = 0.0;
    let rank = runs.runs().iter().map(|run| {
        let rank = Rank { smaller, equal: run.count as f64 };
        smaller += rank.equal;
        rank
    });
    rank.collect()
}

/// The least and the most that a statistic of `n` units can be.
pub(crate) fn range_of(statistic: Statistic, n: f64) -> (f64, f64) {
    match statistic {
        Statistic::Hhi => (0.0, 10_000.0),
        Statistic::EffectiveNumber => (1.0, n),
        Statistic::Entropy | Statistic::Theil => (0.0, n.ln()),
        _ => (0.0, 1.0),
    }
}

/// The slope of a statistic that moves with a unit in a line of its size: the slope of a unit is
/// the first times its size, and the second; `None` for other statistics.
pub(crate) fn line_of(statistic: Statistic, market: &Market) -> Option<(f64, f64)> {
    let Market { n, known, squares, value } = *market;
    // Each is scale · (share − middle).
    let (scale, middle) = match statistic {
        Statistic::Hhi => (20_000.0 / known, value / 10_000.0),
        Statistic::HhiNormalized => (2.0 / known / (1.0 - 1.0 / n), squares),
        Statistic::EffectiveNumber => (-2.0 / known * value * value, 1.0 / value),
        _ => return None,
    };
    Some((scale / known, -scale * middle))
}

/// The slope of what the largest `k` units hold of all, by a unit of which `held` (0 to 1) is
/// among them.
pub(crate) fn slope_of_held(held: f64, market: &Market) -> f64 {
    (held - market.value) / market.known
}

/// The derivative of a statistic by the sum of a unit of size `x`.
///
/// Of units of one size, the middle one stands for all.
pub(crate) fn slope_of(statistic: Statistic, market: &Market, x: f64, rank: Rank) -> f64 {
    let Market { n, known, value, .. } = *market;
    let share = x / known;
    let top = |k: f64| {
        let larger = n - rank.smaller - rank.equal;
        slope_of_held(((k - larger) / rank.equal).clamp(0.0, 1.0), market)
    };
    if let Some((slope, at_zero)) = line_of(statistic, market) {
        return slope * x + at_zero;
    }
    match statistic {
        Statistic::Cr1 => top(1.0),
        Statistic::Cr4 => top(4.0),
        Statistic::Cr10 => top(10.0),
        Statistic::Gini => {
            let ascending = rank.smaller + f64::midpoint(rank.equal, 1.0);
            (2.0 * ascending - n - 1.0) / (n * known) - value / known
        }
        Statistic::Entropy if share > 0.0 => -(share.ln() + value) / known,
        Statistic::Theil if share > 0.0 => ((n * share).ln() - value) / known,
        _ => 0.0,
    }
}
