//! Weeks cut into stretches, one for each thread.

/// Cuts the weeks from `from` to `to` into at most `threads` stretches, so that the longest costs
/// as little as it can; `costs` has an entry for each week from the first of the record.
///
/// A stretch costs its weeks twice, as they enter the window and leave it, and before that the
/// weeks of its first window.
pub(super) fn cut(
    costs: &[usize],
    (from, to): (usize, usize),
    window: usize,
    threads: usize,
) -> Vec<(usize, usize)> {
    let mut high: usize = 3 * costs.iter().sum::<usize>() + 1;
    let mut low = 0;
    while low + high / 100 + 1 < high {
        let middle = usize::midpoint(low, high);
        match within(costs, (from, to), window, middle) {
            Some(stretches) if stretches.len() <= threads => high = middle,
            _ => low = middle,
        }
    }
    let stretches = within(costs, (from, to), window, high);
    stretches.filter(|stretches| stretches.len() <= threads).unwrap_or_else(|| vec![(from, to)])
}

/// As long stretches as cost no more than `most`; `None` where one week costs more.
fn within(
    costs: &[usize],
    (from, to): (usize, usize),
    window: usize,
    most: usize,
) -> Option<Vec<(usize, usize)>> {
    let mut stretches = Vec::new();
    let mut begin = from;
    while begin <= to {
        let mut cost: usize = costs[(begin + 1).saturating_sub(window)..begin].iter().sum();
        let mut end = begin;
        while end <= to && cost + 2 * costs[end] <= most {
            cost += 2 * costs[end];
            end += 1;
        }
        if end == begin {
            return None;
        }
        stretches.push((begin, end - 1));
        begin = end;
    }
    Some(stretches)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_follow_each_other_and_cost_about_the_same() {
        let costs: Vec<usize> = (1..=270).map(|week| week * 1_000).collect();
        for (window, threads) in [(1, 1), (1, 2), (52, 2), (13, 8)] {
            let stretches = cut(&costs, (3, 269), window, threads);
            assert!(stretches.len() <= threads, "{stretches:?}");
            assert_eq!((stretches[0].0, stretches[stretches.len() - 1].1), (3, 269));
            assert!(stretches.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0));
        }
        // The square root of a half of 270: where half of a growing record lies.
        let halves = cut(&costs, (0, 269), 1, 2);
        assert!((185..=197).contains(&halves[1].0), "{halves:?}");
        assert_eq!(cut(&[0, 0, 0], (0, 2), 1, 2).len(), 1);
    }
}
