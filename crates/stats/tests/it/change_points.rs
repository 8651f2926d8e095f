//! Change points against other authors' code, against trying everything, and on planted jumps.

use proptest::prelude::*;
use stats::{DateOptions, Penalty, change_dates, change_points, without_lag_one};

use crate::markets::assert_near;
use crate::series::{correlated, noise};
use crate::tables::{LIBRARY, check, number, numbers, rows};

const SERIES: &str = include_str!("../../../../fixtures/stats/series.csv");

/// ruptures: `Pelt(model="l2", min_size=8, jump=1)`, and `Dynp` over every number of changes for
/// the criterion.
#[test]
fn changes_agree_with_ruptures() {
    let mut found = 0;
    for row in rows(SERIES) {
        let x = numbers(row["values"]);
        let cell = |column: &str| number(row[column]).expect("every series has it");
        let places = |column: &str| -> Vec<usize> {
            numbers(row[column]).into_iter().map(|place| place as usize).collect()
        };
        let plain = change_points(&x, 8, Penalty::PerChange(cell("penalty")));
        assert_eq!(plain, places("changes"), "{}", row["case"]);
        let criterion = Penalty::Mbic { variance: cell("variance") };
        let by_criterion = change_points(&x, 8, criterion);
        assert_eq!(by_criterion, places("changes_mbic"), "{}", row["case"]);
        found += plain.len() + by_criterion.len();
    }
    assert!(found > 8, "the series have changes to find: {found}");
}

/// statsmodels: `qn_scale` of the differences.
#[test]
fn echoes_agree_with_the_spreads_of_statsmodels() {
    for row in rows(SERIES) {
        let white = without_lag_one(&numbers(row["values"]));
        check(&row, "correlation", white.as_ref().map(|white| white.correlation), LIBRARY);
        check(&row, "white_variance", white.as_ref().map(|white| white.variance), LIBRARY);
    }
}

/// The total of a segmentation, as its definition has it.
fn total(x: &[f64], starts: &[usize], penalty: Penalty) -> f64 {
    let n = x.len() as f64;
    let (per_change, per_log_length) = match penalty {
        Penalty::PerChange(penalty) => (penalty, 0.0),
        Penalty::Mbic { variance } => (3.0 * variance * n.ln(), variance),
        Penalty::JointMbic { variance, series } => {
            ((2.0 + series) * variance * n.ln(), series * variance)
        }
    };
    let ends: Vec<usize> = starts.iter().copied().chain([x.len()]).collect();
    let mut start = 0;
    let mut total = 0.0;
    for end in ends {
        let part = &x[start..end];
        let length = part.len() as f64;
        let mean = part.iter().sum::<f64>() / length;
        total += part.iter().map(|x| (x - mean).powi(2)).sum::<f64>();
        total += per_log_length * (length / n).ln();
        start = end;
    }
    total + starts.len() as f64 * per_change
}

/// The least total of all segmentations from `start` on, by trying each.
fn least(x: &[f64], min_segment: usize, penalty: Penalty, chosen: &mut Vec<usize>) -> f64 {
    let last = chosen.last().copied().unwrap_or(0);
    let mut best = total(x, chosen, penalty);
    for next in last + min_segment..=x.len().saturating_sub(min_segment) {
        chosen.push(next);
        best = best.min(least(x, min_segment, penalty, chosen));
        chosen.pop();
    }
    best
}

proptest! {
    #[test]
    fn no_segmentation_is_better(
        x in prop::collection::vec(prop_oneof![-1.0..1.0_f64, 3.0..5.0_f64], 0..14),
        min_segment in 1_usize..4,
        weight in 0.01..3.0_f64,
    ) {
        let joint = Penalty::JointMbic { variance: weight, series: 2.5 };
        for penalty in [Penalty::PerChange(weight), Penalty::Mbic { variance: weight }, joint] {
            let found = change_points(&x, min_segment, penalty);
            if x.len() < 2 * min_segment {
                prop_assert!(found.is_empty());
                continue;
            }
            let edges: Vec<usize> =
                [0].into_iter().chain(found.iter().copied()).chain([x.len()]).collect();
            prop_assert!(edges.windows(2).all(|pair| pair[1] - pair[0] >= min_segment));
            let best = least(&x, min_segment, penalty, &mut Vec::new());
            prop_assert!((total(&x, &found, penalty) - best).abs() < 1e-9);
        }
    }

    #[test]
    fn scale_and_level_change_nothing(seed in 0..500_u64, factor in 0.1..10.0_f64) {
        let x: Vec<f64> = planted(&noise(seed, 60), &[(30, 3.0)]);
        let moved: Vec<f64> = x.iter().map(|x| factor * x + 100.0).collect();
        let own = change_points(&x, 8, Penalty::Mbic { variance: 1.0 });
        let other = change_points(&moved, 8, Penalty::Mbic { variance: factor * factor });
        prop_assert_eq!(own, other);
    }
}

/// The series with its mean raised from each place on.
fn planted(x: &[f64], jumps: &[(usize, f64)]) -> Vec<f64> {
    let raised =
        |at: usize| -> f64 { jumps.iter().filter(|jump| jump.0 <= at).map(|jump| jump.1).sum() };
    x.iter().enumerate().map(|(at, x)| x + raised(at)).collect()
}

/// The changes of a correlated series, as the page describes: without its echo, by the criterion.
fn changes(x: &[f64]) -> Vec<usize> {
    let white = without_lag_one(x).expect("the series is long and varies");
    let criterion = Penalty::Mbic { variance: white.variance };
    change_points(&white.values, 8, criterion).iter().map(|place| place + 1).collect()
}

/// 200 series of 200 weeks with and without jumps of four standard deviations.
#[test]
fn jumps_are_found_and_noise_is_not() {
    let (mut false_alarms, mut found, mut correlations) = (0, 0, 0.0);
    for seed in 0..200 {
        let x = correlated(seed, 200, 0.4);
        false_alarms += usize::from(!changes(&x).is_empty());
        let jumps = planted(&x, &[(70, 4.4), (140, -4.4)]);
        let places = changes(&jumps);
        let near = |(found, planted): (&usize, usize)| found.abs_diff(planted) <= 2;
        found += usize::from(places.len() == 2 && places.iter().zip([70, 140]).all(near));
        correlations += without_lag_one(&jumps).expect("it varies").correlation / 200.0;
    }
    assert!(false_alarms <= 14, "{false_alarms} of 200 series without a jump");
    assert!(found >= 170, "{found} of 200 series with two jumps");
    assert!((0.3..0.55).contains(&correlations), "{correlations}");
}

#[test]
fn series_without_an_echo() {
    assert_eq!(without_lag_one(&[1.0; 40]), None);
    assert_eq!(without_lag_one(&[1.0, 2.0, 3.0]), None);
}

fn date_options(confidence: f64) -> DateOptions {
    DateOptions { min_segment: 8, replicates: 200, seed: 4, confidence }
}

/// 400 series with a jump of 1.5 standard deviations: how often the range has its date.
#[test]
fn ranges_of_dates_cover_the_truth() {
    let (mut covered, mut found, mut width) = (0_usize, 0_usize, 0);
    for seed in 0..400 {
        let x = planted(&noise(seed, 100), &[(45, 1.5)]);
        let changes = change_points(&x, 8, Penalty::Mbic { variance: 1.0 });
        if let [date] = change_dates(&x, &changes, &date_options(0.95))[..] {
            found += 1;
            covered += usize::from((date.earliest..=date.latest).contains(&45));
            width += date.latest - date.earliest;
        }
    }
    assert!(found >= 380, "{found} of 400 jumps were found");
    let share = covered as f64 / found as f64;
    assert!((0.93..0.98).contains(&share), "{covered} of {found}");
    assert!(width / found < 20, "the ranges are {width} weeks in all");
}

#[test]
fn a_jump_without_noise_has_one_date() {
    let x = planted(&[2.0; 40], &[(17, 3.0)]);
    let dates = change_dates(&x, &[17], &date_options(0.95));
    let places: Vec<_> = dates.iter().map(|date| (date.at, date.earliest, date.latest)).collect();
    assert_eq!(places, [(17, 17, 17)]);
    assert_near(dates[0].step, 3.0);
    assert!(change_dates(&x, &[], &date_options(0.95)).is_empty());
}
