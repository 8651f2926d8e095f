//! How sure a place in a ranking is.

/// The place of a unit in a ranking, and the places it takes in most draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankInterval {
    /// The place among the estimates, 1 being the largest; equals share the better place.
    pub rank: usize,
    /// The best place in the middle draws.
    pub best: usize,
    /// The worst place in the middle draws.
    pub worst: usize,
}

/// The place of each unit, with the range of places that it takes in a `confidence` of draws.
///
/// `draw` writes the value of every unit in one draw; all units of a draw are drawn together, so
/// that the places are paired. At most (1 − confidence)/2 of the draws lie to either side.
/// The interval is of one place at a time, not of the whole ranking.
/// Empty without units; without draws best and worst are the place itself.
/// Goldstein and Spiegelhalter (1996); `docs/methods/resampling.md`.
#[must_use]
pub fn rank_intervals(
    estimates: &[f64],
    draws: usize,
    confidence: f64,
    mut draw: impl FnMut(usize, &mut [f64]),
) -> Vec<RankInterval> {
    debug_assert!((0.0..=1.0).contains(&confidence), "a confidence is from 0 to 1");
    let mut values = vec![0.0; estimates.len()];
    let mut places: Vec<Vec<usize>> = vec![Vec::with_capacity(draws); estimates.len()];
    for number in 0..draws {
        draw(number, &mut values);
        for (places, rank) in places.iter_mut().zip(ranks(&values)) {
            places.push(rank);
        }
    }
    // Rounded down, so that never more than the tail is left out.
    let tail = ((1.0 - confidence) / 2.0 * draws as f64 + 1e-9).floor() as usize;
    let own = ranks(estimates).into_iter();
    own.zip(places)
        .map(|(rank, mut places)| {
            places.sort_unstable();
            let best = places.get(tail).copied().unwrap_or(rank);
            let worst = places.len().checked_sub(tail + 1).map_or(rank, |at| places[at]);
            RankInterval { rank, best, worst }
        })
        .collect()
}

/// The place of each value, 1 being the largest; equals share the better place.
fn ranks(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
    let mut ranks = vec![0; values.len()];
    for (place, &at) in order.iter().enumerate() {
        let is_tie = place > 0 && values[order[place - 1]].total_cmp(&values[at]).is_eq();
        ranks[at] = if is_tie { ranks[order[place - 1]] } else { place + 1 };
    }
    ranks
}
