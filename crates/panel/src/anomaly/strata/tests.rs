use super::*;
use crate::anomaly::THRESHOLDS;
use crate::anomaly::tests::Models;

const SERIES: SeriesThresholds = THRESHOLDS.series;

#[test]
fn a_scale_is_never_below_the_least_nor_below_that_of_counting() {
    let scales = Scales::unmeasured(&SERIES);
    // Of a million downloads counting varies by a thousandth.
    assert!((scales.least(1e6_f32.ln(), 100) - 0.15).abs() < 1e-4);
    // Of 99 downloads and one it varies by a tenth: √(0.15² + 0.1²).
    assert!((scales.least(100_f32.ln(), 100) - 0.180_28).abs() < 1e-4);
}

/// Five flows in turn about 2,000, by a factor of e^±0.6 and e^±0.3 and not at all, have a median
/// distance of 0.3: a scale of 0.44, which is 0.45 in whole steps.
#[test]
fn the_scale_of_a_stratum_is_the_median_of_its_histories() {
    let turn = [1_098, 1_482, 2_000, 2_700, 3_644];
    let mut models = Models::default();
    for model in 0..60 {
        models.add(model, (0..53).map(|at| turn[(at as usize * 2 + 1) % 5]).collect());
    }
    let all: Vec<u32> = (0..60).collect();
    let scales = measured(&models, &all, &SERIES);
    let scale = scales.least(2_000_f32.ln(), 30);
    assert!((scale - (0.45_f32 * 0.45 + 0.0005).sqrt()).abs() < 1e-3, "{scale}");
    assert!((scales.least(1e6_f32.ln(), 30) - 0.15).abs() < 1e-3, "no history has that level");
    // Each model has three histories that end before week 52, and one that ends in it.
    assert!((scales.least(2_000_f32.ln(), 60) - 0.15).abs() < 2e-3, "sixty are too few");
}
