//! The index without one of its units: which unit moves it most?

use crate::concentration::MONOPOLY;
use crate::market::totals;

/// An index as it would be without each unit in turn.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaveOneOut {
    /// The index without each unit, in the order of the units; undefined where that leaves no
    /// mass.
    pub without: Vec<Option<f64>>,
    /// The least and the most among them.
    pub range: (f64, f64),
    /// The position of the unit whose absence changes the index most.
    pub most_influential: usize,
}

/// An index without each unit in turn.
///
/// `without(i)` is the index without unit i, `estimate` that of all; the cost is a call for each.
/// `None` where no index is defined.
/// Quenouille (1949); `docs/methods/resampling.md`.
#[must_use]
pub fn leave_one_out(
    count: usize,
    estimate: f64,
    without: impl Fn(usize) -> Option<f64>,
) -> Option<LeaveOneOut> {
    let without: Vec<Option<f64>> = (0..count).map(without).collect();
    let defined = || without.iter().copied().flatten();
    let change = |index: &Option<f64>| index.map_or(-1.0, |index| (index - estimate).abs());
    // Of equals the first, whatever the order of comparison.
    let positions = without.iter().enumerate().rev();
    let (most_influential, _) = positions.max_by(|a, b| change(a.1).total_cmp(&change(b.1)))?;
    let low = defined().reduce(f64::min)?;
    let high = defined().reduce(f64::max)?;
    Some(LeaveOneOut { without, range: (low, high), most_influential })
}

/// [`crate::hhi`] without each unit in turn, in one pass.
///
/// `None` for an empty or all-idle market, and where only one unit has mass.
/// `docs/methods/resampling.md`.
#[must_use]
pub fn leave_one_out_hhi(units: &[f64]) -> Option<LeaveOneOut> {
    let market = totals(units)?;
    let positions = units.iter().enumerate();
    let (largest, _) = positions.max_by(|a, b| a.1.total_cmp(b.1))?;
    let share_of = |at: usize| units[at] / market.largest;
    let squares = |but: Option<usize>| -> f64 {
        let kept = (0..units.len()).filter(|&at| Some(at) != but);
        crate::sum::sum(kept.map(|at| share_of(at).powi(2)))
    };
    let (all, all_but_largest) = (squares(None), squares(Some(largest)));
    let estimate = MONOPOLY * (all / (market.total / market.largest).powi(2));
    leave_one_out(units.len(), estimate, |at| {
        // The largest unit is most of both sums: what is left is summed afresh, not subtracted.
        let (total, squares) = if at == largest {
            (market.rest, all_but_largest)
        } else {
            (market.total - units[at], all - share_of(at).powi(2))
        };
        let total = total / market.largest;
        (total > 0.0).then(|| (MONOPOLY * (squares / (total * total))).min(MONOPOLY))
    })
}
