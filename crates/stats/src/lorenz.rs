//! The Lorenz curve.

use crate::market::totals;
use crate::sum::Sum;

/// Lorenz curve: the share of the market that the smallest units hold together.
///
/// A point (p, L) says that the p·n smallest units, idle ones included, hold the share L; the
/// first is (0, 0), the last (1, 1). A market of fewer than `points` units has a point for each.
/// A larger one is thinned to at most `points` of its own points, evenly along p + L, so that
/// the flat end and the steep end both keep theirs: the chord between two neighbours passes over
/// single units only where p + L grows by less than 4/(`points` − 1), hence is nowhere further
/// than that above the curve.
/// Empty for an empty or all-idle market; fewer than 2 points are a caller's error.
/// `docs/methods/lorenz.md`.
#[must_use]
pub fn lorenz(units: &[f64], points: usize) -> Vec<(f64, f64)> {
    debug_assert!(points >= 2, "a curve has two ends");
    let Some(curve) = full_curve(units).filter(|_| points >= 2) else {
        return Vec::new();
    };
    if curve.len() <= points {
        return curve;
    }
    thin(&curve, points).into_iter().map(|at| curve[at]).collect()
}

/// The curve with a point for every unit.
fn full_curve(units: &[f64]) -> Option<Vec<(f64, f64)>> {
    let market = totals(units)?;
    let mut ascending = units.to_vec();
    ascending.sort_unstable_by(f64::total_cmp);
    let mut held = Sum::default();
    let mut curve = Vec::with_capacity(units.len() + 1);
    curve.push((0.0, 0.0));
    for (before, &unit) in ascending.iter().enumerate() {
        held.add(unit);
        let share = (held.value() / market.total).min(1.0);
        curve.push(((before + 1) as f64 / market.units, share));
    }
    // The order of adding must not leave the end a rounding short.
    *curve.last_mut().expect("the curve has at least the point (0, 0)") = (1.0, 1.0);
    Some(curve)
}

/// The positions of at most `points` points of `curve`, its two ends among them, ascending.
fn thin(curve: &[(f64, f64)], points: usize) -> Vec<usize> {
    let step = 2.0 / (points - 1) as f64;
    let mut kept: Vec<usize> = Vec::with_capacity(points);
    let mut at = 0;
    for target in (0..points).map(|i| i as f64 * step) {
        while at + 1 < curve.len() && curve[at].0 + curve[at].1 < target {
            at += 1;
        }
        if kept.last() != Some(&at) {
            kept.push(at);
        } else if kept.len() >= 2 && kept[kept.len() - 2] + 1 < at {
            // A second target within one unit's rise: spend it on the foot of that rise.
            kept.insert(kept.len() - 1, at - 1);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
