//! Where the mean of a series jumps.

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
}

/// The first observation of each segment but the first, in ascending order, where the squared
/// distances to the segments' means and the penalty are together the least.
///
/// No segment is shorter than `min_segment` observations, at least 1; none where the series is
/// shorter than two of them. The noise is taken to be independent and of one spread.
/// Killick, Fearnhead and Eckley (2012), PELT; `docs/methods/change-points.md`.
#[must_use]
pub fn change_points(series: &[f64], min_segment: usize, penalty: Penalty) -> Vec<usize> {
    debug_assert!(min_segment > 0, "a segment has at least one observation");
    let n = series.len();
    if n < 2 * min_segment {
        return Vec::new();
    }
    let cost = Cost::new(series, penalty);
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
    /// Sums and sums of squares of the observations before each place, less their mean.
    before: Vec<(f64, f64)>,
    per_change: f64,
    /// What the logarithm of a segment's length is multiplied by.
    per_log_length: f64,
    /// The most that two segments can cost above what they cost as one.
    gain_of_joining: f64,
}

impl Cost {
    fn new(series: &[f64], penalty: Penalty) -> Self {
        debug_assert!(series.iter().all(|x| x.is_finite()), "an observation is not a number");
        let n = series.len() as f64;
        let mean = crate::sum::sum(series.iter().copied()) / n;
        let (mut sum, mut squares) = (0.0, 0.0);
        let mut before = vec![(0.0, 0.0)];
        for x in series {
            sum += x - mean;
            squares += (x - mean) * (x - mean);
            before.push((sum, squares));
        }
        let (per_change, per_log_length) = match penalty {
            Penalty::PerChange(penalty) => (penalty, 0.0),
            // Σ ln(length/n) over m + 1 segments is Σ ln(length) − (m + 1)·ln n.
            Penalty::Mbic { variance } => (2.0 * variance * n.ln(), variance),
        };
        debug_assert!(per_change >= 0.0, "a penalty is not below 0");
        // ln a + ln b − ln(a + b) is largest where both are half of n.
        let gain_of_joining = per_log_length * (n / 4.0).ln().max(0.0);
        Self { before, per_change, per_log_length, gain_of_joining }
    }

    /// The cost of the observations from `start` to before `end`.
    fn of(&self, start: usize, end: usize) -> f64 {
        let ((sum0, squares0), (sum1, squares1)) = (self.before[start], self.before[end]);
        let length = (end - start) as f64;
        let apart = (squares1 - squares0) - (sum1 - sum0) * (sum1 - sum0) / length;
        apart.max(0.0) + self.per_log_length * length.ln()
    }
}
