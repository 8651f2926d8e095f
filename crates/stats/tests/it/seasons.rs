//! Seasons against statsmodels, and on series with a planted season and without.

use std::f64::consts::TAU;

use proptest::prelude::*;
use stats::{Refusal, Seasons, seasons};

use crate::series::correlated;
use crate::tables::{LIBRARY, check, numbers, rows};

const CASES: &str = include_str!("../../../../fixtures/stats/seasons.csv");
const YEAR: f64 = 365.2425 / 7.0;

fn apart(series: &[f64]) -> Seasons {
    seasons(series).expect("the series has three years")
}

/// statsmodels: `GLSAR` with the correlation given, the waves by its `bic`.
#[test]
fn parts_agree_with_statsmodels() {
    let mut waves = 0;
    for row in rows(CASES) {
        let series = numbers(row["values"]);
        let own = apart(&series);
        check(&row, "correlation", Some(own.correlation), 1e-9);
        check(&row, "waves", Some(own.waves as f64), LIBRARY);
        check(&row, "strength", Some(own.strength), 1e-9);
        let scale = series.iter().fold(0.0, |scale: f64, x| scale.max(x.abs()));
        for (column, part) in [("trend", &own.trend), ("season", &own.seasonal)] {
            for (expected, own) in numbers(row[column]).iter().zip(part.iter().step_by(13)) {
                assert!((own - expected).abs() < LIBRARY * scale, "{}: {column}", row["case"]);
            }
        }
        waves += own.waves;
    }
    assert!(waves > 5, "the series have waves to find: {waves}");
}

/// A season of a wave a year and another of half a year, at its week.
fn planted(week: usize) -> f64 {
    let angle = TAU * week as f64 / YEAR;
    angle.cos() + 0.8 * (2.0 * angle).sin()
}

fn world(seed: u64, with_season: bool) -> Vec<f64> {
    let noise = correlated(seed, 210, 0.4);
    let season = |week: usize| if with_season { planted(week) } else { 0.0 };
    noise.iter().enumerate().map(|(week, x)| x + season(week) + 0.02 * week as f64).collect()
}

/// 400 series of 210 weeks that carry 0.4 of the week before.
#[test]
fn seasons_are_found_and_noise_has_none() {
    let false_alarms = (0..400).filter(|&seed| apart(&world(seed, false)).waves > 0).count();
    assert!(false_alarms <= 16, "{false_alarms} of 400 series without a season");
    let found: Vec<Seasons> = (0..400).map(|seed| apart(&world(seed, true))).collect();
    let right = found.iter().filter(|found| found.waves == 2).count();
    assert!(right >= 370, "{right} of 400 seasons of two waves");
    // The season found lies about the planted one: on average over the series it is that.
    for week in [0, 20, 47, 130] {
        let mean = found.iter().map(|found| found.seasonal[week]).sum::<f64>() / 400.0;
        assert!((mean - planted(week)).abs() < 0.05, "{week}: {mean} is not {}", planted(week));
    }
    // The season's variance is 0.82, that of the noise 1/(1 − 0.4²).
    let strength = found.iter().map(|found| found.strength).sum::<f64>() / 400.0;
    let expected = 0.82 / (0.82 + 1.0 / 0.84);
    assert!((strength - expected).abs() < 0.05, "{strength} is not {expected}");
}

#[test]
fn a_season_without_noise_is_found_whole() {
    let line = |week: usize| 3.0 + 0.5 * week as f64;
    let series: Vec<f64> = (0..200).map(|week| line(week) + planted(week)).collect();
    let own = apart(&series);
    assert_eq!(own.waves, 2);
    assert!(own.strength > 1.0 - 1e-9);
    for (week, adjusted) in own.adjusted().iter().enumerate() {
        assert!((adjusted - line(week)).abs() < 1e-8 && own.remainder[week].abs() < 1e-8);
    }
    let level = apart(&[5.0; 157]);
    assert_eq!((level.waves, level.strength.to_bits()), (0, 0.0_f64.to_bits()));
    assert!(level.trend.iter().all(|x| (x - 5.0).abs() < 1e-9));
}

#[test]
fn less_than_three_years_are_refused() {
    assert_eq!(seasons(&[1.0; 156]), Err(Refusal::TooShort { have: 156, needed: 157 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn parts_add_up_and_follow_the_scale(seed in 0..500_u64, factor in 0.1..50.0_f64) {
        let series = world(seed, true);
        let one = apart(&series);
        let moved: Vec<f64> = series.iter().map(|x| factor * x - 20.0).collect();
        let other = apart(&moved);
        prop_assert_eq!(one.waves, other.waves);
        prop_assert!((one.strength - other.strength).abs() < 1e-9);
        for (week, x) in series.iter().enumerate() {
            let parts = one.trend[week] + one.seasonal[week] + one.remainder[week];
            prop_assert!((parts - x).abs() < 1e-12 * (1.0 + x.abs()));
            prop_assert!((factor * one.seasonal[week] - other.seasonal[week]).abs() < 1e-8 * factor);
        }
    }
}
