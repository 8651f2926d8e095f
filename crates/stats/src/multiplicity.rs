//! Families of tests: p-values corrected for how many there are.

/// p-values corrected after Benjamini and Hochberg, in the order given: rejecting those at most
/// q keeps the expected share of false rejections at q or below.
///
/// Each is `min over j ≥ i of p_(j)·m/j`, at most 1. For independent or positively dependent
/// tests. Values are probabilities, none undefined.
/// Benjamini and Hochberg (1995); `docs/methods/multiplicity.md`.
#[must_use]
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let order = ascending(p_values);
    let m = p_values.len() as f64;
    let mut adjusted = vec![0.0; p_values.len()];
    let mut least = 1.0_f64;
    for (before, &at) in order.iter().enumerate().rev() {
        least = least.min(p_values[at] * m / (before + 1) as f64);
        adjusted[at] = least;
    }
    adjusted
}

/// p-values corrected after Holm, in the order given: rejecting those at most α keeps the chance
/// of any false rejection at α or below, whatever the dependence.
///
/// Each is `max over j ≤ i of p_(j)·(m − j + 1)`, at most 1.
/// Holm (1979); `docs/methods/multiplicity.md`.
#[must_use]
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let order = ascending(p_values);
    let mut adjusted = vec![0.0; p_values.len()];
    let mut most = 0.0_f64;
    for (before, &at) in order.iter().enumerate() {
        let left = (p_values.len() - before) as f64;
        most = most.max((p_values[at] * left).min(1.0));
        adjusted[at] = most;
    }
    adjusted
}

/// The positions of the values, the smallest first.
fn ascending(values: &[f64]) -> Vec<usize> {
    let are_probabilities = values.iter().all(|p| (0.0..=1.0).contains(p));
    debug_assert!(are_probabilities, "a p-value is not between 0 and 1");
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    order
}
