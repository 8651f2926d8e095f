//! Where the mean of a series jumps, or those of several at once.

/// What a change costs, so that noise is not cut into pieces.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Penalty {
    /// So much for each change, in the unit of a squared observation.
    PerChange(f64),
    /// The modified Bayes information criterion: for m changes among n observations
    /// `3·m·ln n + Σ ln(length/n)` over the segments, times the variance of the noise.
    /// Zhang and Siegmund (2007).
    Mbic {
        /// The variance of the noise about the mean, above 0; see [`crate::without_lag_one`].
        variance: f64,
    },
    /// The same criterion for several series that jump together: a change has one date and as
    /// many means as there are series, `(2 + d)·m·ln n + d·Σ ln(length/n)` times the variance.
    JointMbic {
        /// The variance of the noise of each series about its mean, above 0.
        variance: f64,
        /// How many series d there are, or what they count for if they move together, at least 1.
        series: f64,
    },
}

/// The first observation of each segment but the first, in ascending order, where the squared
/// distances to the segments' means and the penalty are together the least.
///
/// No segment is shorter than `min_segment` observations, at least 1; none where the series is
/// shorter than two of them. The noise is taken to be independent and of one spread.
/// Killick, Fearnhead and Eckley (2012), PELT; `docs/methods/change-points.md`.
#[must_use]
pub fn change_points(series: &[f64], min_segment: usize, penalty: Penalty) -> Vec<usize> {
    joint_change_points(&[series], min_segment, penalty)
}

/// [`change_points`] of several series that jump at the same places, each by a height of its own.
///
/// The squared distances of all series are added, so they are to be in comparable units, such as
/// standard deviations of their noise; [`crate::joint_changes`] does that first.
/// Series of unequal length are a caller's error; none are found where there is no series.
/// `docs/methods/change-points.md`.
#[must_use]
pub fn joint_change_points(series: &[&[f64]], min_segment: usize, penalty: Penalty) -> Vec<usize> {
    debug_assert!(min_segment > 0, "a segment has at least one observation");
    let n = series.first().map_or(0, |series| series.len());
    assert!(series.iter().all(|series| series.len() == n), "the series are of one length");
    if n < 2 * min_segment {
        return Vec::new();
    }
    let cost = Cost::new(series, n, penalty);
    // The least cost of the observations before each place, and where its last segment starts.
    let mut least = vec![f64::INFINITY; n + 1];
    let mut last_start = vec![0; n + 1];
    least[0] = -cost.per_change;
    let mut candidates: Vec<Candidate> = Vec::new();
    for end in min_segment..=n {
        let newest = end - min_segment;
        if newest == 0 || newest >= min_segment {
            candidates.push(Candidate { start: newest, useless_from: usize::MAX });
        }
        candidates.retain(|candidate| candidate.useless_from > end);
        for candidate in &candidates {
            let total = least[candidate.start] + cost.of(candidate.start, end) + cost.per_change;
            if total < least[end] {
                least[end] = total;
                last_start[end] = candidate.start;
            }
        }
        // A start that loses now to a change here loses for good, as soon as the segment that
        // would begin here is long enough.
        for candidate in &mut candidates {
            let kept =
                least[candidate.start] + cost.of(candidate.start, end) - cost.gain_of_joining;
            if kept >= least[end] {
                candidate.useless_from = candidate.useless_from.min(end + min_segment);
            }
        }
    }
    starts(&last_start, n)
}

/// A place where the last segment may start.
struct Candidate {
    start: usize,
    /// The first end for which it need not be tried.
    useless_from: usize,
}

/// The starts of the segments but the first, read from the end.
fn starts(last_start: &[usize], n: usize) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut at = last_start[n];
    while at > 0 {
        starts.push(at);
        at = last_start[at];
    }
    starts.reverse();
    starts
}

/// The cost of segments, in the unit of a squared observation.
struct Cost {
    /// How many series there are.
    series: usize,
    /// The sums of the observations before each place less their mean, a row of all series.
    sums: Vec<f64>,
    /// Their squares before each place, of all series together.
    squares: Vec<f64>,
    per_change: f64,
    /// What the logarithm of a segment's length is multiplied by.
    per_log_length: f64,
    /// The most that two segments can cost above what they cost as one.
    gain_of_joining: f64,
}

impl Cost {
    fn new(series: &[&[f64]], n: usize, penalty: Penalty) -> Self {
        let mut sums = vec![0.0; series.len() * (n + 1)];
        let mut squares = vec![0.0; n + 1];
        for (number, series_of) in series.iter().enumerate() {
            debug_assert!(series_of.iter().all(|x| x.is_finite()), "an observation is no number");
            let mean = crate::sum::sum(series_of.iter().copied()) / n as f64;
            let (mut sum, mut square) = (0.0, 0.0);
            for (place, x) in series_of.iter().enumerate() {
                sum += x - mean;
                square += (x - mean) * (x - mean);
                sums[(place + 1) * series.len() + number] = sum;
                squares[place + 1] += square;
            }
        }
        let (per_change, per_log_length) = weights(penalty, n as f64);
        debug_assert!(per_change >= 0.0, "a penalty is not below 0");
        // ln a + ln b − ln(a + b) is largest where both are half of n.
        let gain_of_joining = per_log_length * (n as f64 / 4.0).ln().max(0.0);
        Self { series: series.len(), sums, squares, per_change, per_log_length, gain_of_joining }
    }

    /// The cost of the observations from `start` to before `end`.
    fn of(&self, start: usize, end: usize) -> f64 {
        let row = |place: usize| &self.sums[place * self.series..][..self.series];
        let steps = row(start).iter().zip(row(end)).map(|(before, after)| after - before);
        let explained: f64 = steps.map(|sum| sum * sum).sum();
        let length = (end - start) as f64;
        let apart = (self.squares[end] - self.squares[start]) - explained / length;
        apart.max(0.0) + self.per_log_length * length.ln()
    }
}

/// What a change costs, and what the logarithm of a segment's length is multiplied by.
fn weights(penalty: Penalty, n: f64) -> (f64, f64) {
    match penalty {
        Penalty::PerChange(penalty) => (penalty, 0.0),
        // d·Σ ln(length/n) over m + 1 segments is d·Σ ln(length) − d·(m + 1)·ln n.
        Penalty::Mbic { variance } => (2.0 * variance * n.ln(), variance),
        Penalty::JointMbic { variance, series } => (2.0 * variance * n.ln(), series * variance),
    }
}
