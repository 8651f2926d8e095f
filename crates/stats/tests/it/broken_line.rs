//! Broken lines against every placement of knots, on planted knots, and where nothing breaks.

use stats::{BrokenLineOptions, broken_line, broken_lines, slope_change_weights};

use crate::series::correlated;

const OPTIONS: BrokenLineOptions = BrokenLineOptions {
    most_knots: 4,
    min_segment: 4,
    replicates: 0,
    seed: 3,
    confidence: 0.95,
    threads: 2,
};

/// A line of slopes, each up to a place.
fn line(parts: &[(usize, f64)]) -> Vec<f64> {
    let (mut level, mut from) = (10.0, 0);
    let mut values = vec![level];
    for (to, slope) in parts {
        for _ in from..*to {
            level += slope;
            values.push(level);
        }
        from = *to;
    }
    values
}

#[test]
fn a_line_without_noise_breaks_where_it_does() {
    let series = line(&[(15, 1.0), (40, -0.5), (59, 2.0)]);
    let noisy: Vec<f64> =
        series.iter().enumerate().map(|(t, x)| x + 1e-6 * ((t * 7 % 5) as f64 - 2.0)).collect();
    let broken = broken_line(&noisy, &OPTIONS).unwrap();
    let places: Vec<usize> = broken.knots.iter().map(|knot| knot.at).collect();
    assert_eq!(places, [15, 40]);
    for (phase, slope) in broken.phases.iter().zip([1.0, -0.5, 2.0]) {
        assert!((phase.slope - slope).abs() < 1e-5, "{phase:?}");
    }
    assert_eq!(broken_line(&series[..9], &OPTIONS), None);
    assert_eq!(broken_line(&line(&[(59, 1.0)]), &OPTIONS), None);
}

/// Every pair of knots tried one by one with `numpy.linalg.lstsq` in Python (fixtures/stats/
/// broken_line.py): the least sum of squares and its knots.
#[test]
fn knots_are_those_of_the_least_squares() {
    let golden = include_str!("../../../../fixtures/stats/broken_line.csv");
    for row in crate::tables::rows(golden) {
        let series = crate::tables::numbers(row["values"]);
        let knots = crate::tables::numbers(row["knots"]);
        // So strong a penalty-free fit is not offered: ask for as many knots as the table has.
        let options = BrokenLineOptions { most_knots: knots.len(), ..OPTIONS };
        let broken = broken_line(&series, &options).unwrap();
        let places: Vec<f64> = broken.knots.iter().map(|knot| knot.at as f64).collect();
        assert_eq!(places, knots, "{}", row["case"]);
        let squares: f64 =
            series.iter().zip(&broken.fitted).map(|(x, line)| (x - line).powi(2)).sum();
        let expected = crate::tables::number(row["squares"]).unwrap();
        assert!((squares / expected - 1.0).abs() < 1e-9, "{}: {squares} {expected}", row["case"]);
    }
}

/// Of 60 series of 60 observations that carry 0.4 of the one before and go nowhere, few break; of
/// as many with knots at 20 and 40, nearly all break twice, and the ranges have the knots.
#[test]
fn knots_are_found_where_they_are_and_seldom_elsewhere() {
    let (mut false_knots, mut found, mut covered) = (0, 0, 0);
    for seed in 0..60 {
        let noise = correlated(seed, 60, 0.4);
        false_knots += usize::from(!broken_line(&noise, &OPTIONS).unwrap().knots.is_empty());
        let planted = line(&[(20, 0.4), (40, -0.3), (59, 0.5)]);
        let series: Vec<f64> = planted.iter().zip(&noise).map(|(x, rest)| x + rest).collect();
        let replicates = if seed < 10 { 60 } else { 0 };
        let broken = broken_line(&series, &BrokenLineOptions { replicates, ..OPTIONS }).unwrap();
        if broken.knots.len() == 2 {
            found += 1;
            for (knot, at) in broken.knots.iter().zip([20, 40]).filter(|_| replicates > 0) {
                covered += usize::from((knot.earliest..=knot.latest).contains(&at));
            }
        }
    }
    assert!(false_knots <= 8, "{false_knots} of 60");
    assert!(found >= 50, "{found} of 60");
    assert!(covered >= 14, "{covered} of 20");
}

/// The weights reproduce the change of slope of any series that has such knots.
#[test]
fn weights_give_the_changes_of_slope() {
    let series = line(&[(15, 1.0), (40, -0.5), (59, 2.0)]);
    let changes = slope_change_weights(series.len(), &[15, 40]);
    for (weights, change) in changes.iter().zip([-1.5, 2.5]) {
        let given: f64 = weights.iter().zip(&series).map(|(weight, x)| weight * x).sum();
        assert!((given - change).abs() < 1e-9, "{given}");
    }
}

/// Draws whose knot lies elsewhere widen the range to where it lies, and the slopes' ranges with it;
/// none, and the same series over and over, change nothing.
#[test]
fn draws_widen_ranges_to_what_they_come_to() {
    let noise = correlated(5, 60, 0.2);
    let with = |at: usize, slope: f64| -> Vec<f64> {
        let planted = line(&[(at, 0.0), (59, slope)]);
        planted.iter().zip(&noise).map(|(x, rest)| x + 0.05 * rest).collect()
    };
    let options = BrokenLineOptions { replicates: 50, ..OPTIONS };
    let series = with(30, 1.0);
    let broken = broken_lines(&[&series], &options).unwrap();
    assert_eq!(broken.knots.len(), 1, "{broken:?}");
    assert_eq!(broken.clone().widened([], &options), broken);
    let same = broken.clone().widened((0..20).map(|_| vec![series.clone()]), &options);
    assert_eq!(same, broken);
    let draws = (0..40).map(|draw| vec![with(25 + draw % 11, 1.5)]);
    let widened = broken.clone().widened(draws, &options);
    let knot = widened.knots[0];
    assert_eq!(knot.at, broken.knots[0].at);
    assert!(knot.earliest <= 26 && knot.latest >= 34, "{knot:?}");
    assert_eq!(widened.lines[0].knots, widened.knots);
    let last = widened.lines[0].phases[1].slope_interval;
    assert!(last.low <= 1.0 && last.high >= 1.45, "{last:?}");
}
