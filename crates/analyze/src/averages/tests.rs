use panel::UnitSum;
use proptest::prelude::*;
use schema::MeasureKind;

use super::*;

/// One model: its value, downloads, and half-width.
type Model = (Option<u32>, u32, f64);

fn ask(models: &[Model], weight: Weight) -> Vec<(Average, Estimate, Option<f64>)> {
    let values: Vec<Option<f64>> = models.iter().map(|model| model.0.map(f64::from)).collect();
    let units = numbers::grouping(&values);
    let mut sums = vec![UnitSum::default(); units.unit_count()];
    for (place, (_, downloads, width)) in models.iter().enumerate() {
        let sum = &mut sums[units.code(place) as usize];
        sum.value += f64::from(*downloads);
        sum.model_count += 1;
        sum.below = sum.below.hypot(*width);
        sum.above = sum.above.hypot(*width);
    }
    let sums = Sums::of(&sums);
    let values = Values::of(&units);
    let weighted = Weighted::new(&sums, &values, weight, MeasureKind::Flow);
    let averages = Average::USUAL.into_iter();
    averages.map(|one| (one, weighted.average(one), weighted.known_share())).collect()
}

/// The same, download by download: each is a row of its own, sorted, added and counted.
fn naive(models: &[Model], weight: Weight) -> (Vec<f64>, usize) {
    let mut rows = Vec::new();
    let mut unknown = 0;
    for (value, downloads, _) in models {
        let times = if weight == Weight::Model { 1 } else { *downloads as usize };
        match value {
            Some(value) => rows.extend(vec![f64::from(*value); times]),
            None => unknown += times,
        }
    }
    rows.sort_by(f64::total_cmp);
    (rows, unknown)
}

fn naive_average(rows: &[f64], average: Average) -> f64 {
    match average.part() {
        None => rows.iter().sum::<f64>() / rows.len() as f64,
        // In whole hundredths, so that nothing is rounded.
        Some(part) => {
            let hundredths = (part * 100.0).round() as usize;
            rows[(hundredths * rows.len()).div_ceil(100).max(1) - 1]
        }
    }
}

/// By hand: sizes 1, 3 and 8 with 6, 3 and 1 downloads. By model the mean is 4, by download 2.3.
#[test]
fn a_mean_by_model_is_not_one_by_download() {
    let models = [(Some(1), 6, 0.0), (Some(3), 3, 0.0), (Some(8), 1, 0.0)];
    let first = |weight| ask(&models, weight)[0].1.value.unwrap();
    assert!((first(Weight::Model) - 4.0).abs() < 1e-12);
    assert!((first(Weight::Measure) - 2.3).abs() < 1e-12);
    let median = |weight| ask(&models, weight)[3].1.value.unwrap();
    assert_eq!((median(Weight::Model), median(Weight::Measure)), (3.0, 1.0));
}

/// By hand: 10 of 20 downloads are of models whose size is not known; the known lie at 2 and 4.
#[test]
fn what_is_not_known_is_said_and_widens_the_bounds() {
    let models = [(Some(2), 5, 0.0), (Some(4), 5, 0.0), (None, 10, 0.0)];
    let rows = ask(&models, Weight::Measure);
    let (_, mean, known_share) = &rows[0];
    assert_eq!(*known_share, Some(0.5));
    assert_eq!((mean.value, mean.low, mean.high), (Some(3.0), Some(3.0), Some(3.0)));
    assert_eq!((mean.bound_low, mean.bound_high), (Some(2.5), Some(3.5)));
    assert_eq!(mean.n, 2, "of two models the size is known");
}

/// By hand: x = 10 ± 2 at size 1 and 10 ± 0 at size 3. d mean / dx = (1 − 2)/20, so ± 0.1.
#[test]
fn the_interval_of_a_mean_is_that_of_its_downloads() {
    let models = [(Some(1), 10, 2.0), (Some(3), 10, 0.0)];
    let mean = &ask(&models, Weight::Measure)[0].1;
    assert!((mean.low.unwrap() - 1.9).abs() < 1e-12 && (mean.high.unwrap() - 2.1).abs() < 1e-12);
    let by_model = &ask(&models, Weight::Model)[0].1;
    assert_eq!((by_model.low, by_model.high), (Some(2.0), Some(2.0)), "models are counted");
}

#[test]
fn of_nothing_there_is_no_mean() {
    for models in [&[][..], &[(None, 3, 0.0)], &[(Some(1), 0, 0.0)]] {
        for (average, estimate, _) in ask(models, Weight::Measure) {
            assert_eq!((estimate.value, estimate.bound_high), (None, None), "{average}");
        }
    }
}

proptest! {
    /// Means and quantiles equal those of a list of single downloads.
    #[test]
    fn averages_equal_a_plain_loop_over_downloads(
        models in prop::collection::vec((prop::option::of(0..2_000_u32), 0..40_u32), 0..40),
    ) {
        let models: Vec<Model> = models.into_iter().map(|(value, x)| (value, x, 0.0)).collect();
        for weight in [Weight::Measure, Weight::Model] {
            let (rows, unknown) = naive(&models, weight);
            for (average, estimate, known_share) in ask(&models, weight) {
                let all = rows.len() + unknown;
                let expected = (all > 0).then(|| rows.len() as f64 / all as f64);
                prop_assert_eq!(known_share, expected);
                prop_assert_eq!(estimate.value.is_some(), !rows.is_empty());
                let Some(value) = estimate.value else { continue };
                let expected = naive_average(&rows, average);
                prop_assert!((value - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{} {} {}", average, value, expected);
            }
        }
    }

    /// Wherever between the percentiles the unknown values lie, bounds hold the mean and the
    /// quantiles of all.
    #[test]
    fn bounds_hold_what_the_unknown_could_make_of_it(
        models in prop::collection::vec((prop::option::of(0..2_000_u32), 1..40_u32, 0.0..1.0_f64), 1..30),
    ) {
        let asked: Vec<Model> = models.iter().map(|(value, x, _)| (*value, *x, 0.0)).collect();
        let (known, _) = naive(&asked, Weight::Measure);
        prop_assume!(!known.is_empty());
        let low = naive_average(&known, Average::Percentile(1));
        let high = naive_average(&known, Average::Percentile(99));
        let filled: Vec<Model> = models.iter().map(|(value, x, drawn)| {
            let assumed = (low + drawn * (high - low)).round() as u32;
            (Some(value.unwrap_or(assumed)), *x, 0.0)
        }).collect();
        let (all, _) = naive(&filled, Weight::Measure);
        for (average, estimate, _) in ask(&asked, Weight::Measure) {
            let truth = naive_average(&all, average);
            let slack = 1e-9 * truth.abs().max(1.0);
            prop_assert!(estimate.bound_low.unwrap() <= truth + slack, "{} {} {:?}", average, truth, estimate);
            prop_assert!(truth <= estimate.bound_high.unwrap() + slack, "{} {} {:?}", average, truth, estimate);
        }
    }

    #[test]
    fn intervals_and_bounds_hold_the_value(
        models in prop::collection::vec((prop::option::of(0..2_000_u32), 0..40_u32, 0.0..9.0_f64), 0..30),
    ) {
        for (average, estimate, _) in ask(&models, Weight::Measure) {
            let Some(value) = estimate.value else { continue };
            let slack = 1e-9 * value.abs().max(1.0);
            let ends = [(estimate.low, estimate.high), (estimate.bound_low, estimate.bound_high)];
            for (low, high) in ends {
                prop_assert!(low.unwrap() <= value + slack && value <= high.unwrap() + slack, "{} {:?}", average, estimate);
            }
        }
    }
}
