use super::*;
use crate::anomaly::THRESHOLDS;
use crate::anomaly::tests::Models;

const LIMITS: FloorThresholds = THRESHOLDS.floor;

/// A model in a block of 13 weeks.
fn stretch(model: u32, level: f64) -> Stretch {
    Stretch { block: 0, level, weeks: 13, is_constant: true, model, from: 0, to: 13 }
}

fn models_on_floor(mut block: Vec<Stretch>) -> Vec<u32> {
    let mut models: Vec<_> = on_floor(&mut block, &LIMITS).iter().map(|it| it.model).collect();
    models.sort_unstable();
    models
}

/// Thirty models between 8.0 and 8.6 downloads a week; the band above 8 reaches to
/// 8 · 1.2 + 3 · √(8 / 13) = 11.95, and holds a share of 0.4 · ln(11.95 / 8) = 0.16 by chance.
#[test]
fn many_models_at_one_level_lie_on_a_floor() {
    let mut block: Vec<_> =
        (0..30).map(|model| stretch(model, 8.0 + f64::from(model) / 50.0)).collect();
    // Twenty more have levels of their own, from a quarter of it to ten times it.
    block.extend((0..20).map(|place| stretch(100 + place, 2.0 * 1.2_f64.powi(place as i32))));
    let on_floor = models_on_floor(block.clone());
    assert!((0..30).all(|model| on_floor.contains(&model)), "{on_floor:?}");
    assert!(!on_floor.contains(&100) && !on_floor.contains(&119));
    // What swings about the same mean is in use.
    block[3].is_constant = false;
    assert!(!models_on_floor(block).contains(&3));
}

#[test]
fn levels_that_spread_as_those_of_unrelated_models_do_are_no_floor() {
    // From 1 to 98 in equal steps on the logarithm.
    let spread = (0..60).map(|model| stretch(model, 1.08_f64.powi(model as i32))).collect();
    assert!(models_on_floor(spread).is_empty());
}

#[test]
fn nine_models_are_too_few_and_models_without_downloads_lie_on_no_floor() {
    assert!(models_on_floor((0..9).map(|model| stretch(model, 8.0)).collect()).is_empty());
    assert!(models_on_floor((0..50).map(|model| stretch(model, 0.0)).collect()).is_empty());
    let fifty: Vec<_> = (0..50).map(|model| stretch(model, 8.0)).collect();
    assert_eq!(models_on_floor(fifty).len(), 50);
}

/// 25 models are used for a year and then get four to six downloads a week, all of them.
#[test]
fn old_models_of_one_owner_are_flagged_from_their_second_year_on() {
    let mut models = Models::default();
    for model in 0..25_u32 {
        let weeks = (0..91_u32).map(|at| {
            if at < 52 { 5_000 / (at + 1) * (model + 1) } else { 4 + (at * 7 + model * 3) % 3 }
        });
        models.add(1, weeks.collect());
        // The same models, each of an owner of its own.
        let alone = models.last_downloads();
        models.add(1_000 + model, alone);
    }
    let cells = floors(&models, &LIMITS);
    assert!(cells.iter().all(|(model, place)| model % 2 == 0 && *place >= 52), "{cells:?}");
    // The record begins with a block, so that blocks end after weeks 52, 65, 78 and 91.
    assert_eq!(cells.len(), 25 * 39);
}

/// Three weeks after the last whole block belong to it, so that a floor does not seem to end.
#[test]
fn the_last_weeks_are_judged_with_the_block_before() {
    let mut models = Models::default();
    for model in 0..25_u32 {
        models.add(1, (0..81_u32).map(|at| 4 + (at * 7 + model * 3) % 3).collect());
    }
    let cells = floors(&models, &LIMITS);
    assert_eq!(cells.len(), 25 * (81 - 52));
}

#[test]
fn counts_at_an_even_pace_are_constant_and_growth_is_not() {
    let is_constant = |flows: &[f64]| Counted::of(flows.iter().copied()).is_constant(&LIMITS);
    assert!(is_constant(&[7.0, 5.0, 9.0, 6.0, 8.0, 10.0, 4.0]));
    assert!(is_constant(&[0.0; 13]));
    // Mean 40, variance about 467 beyond 2 · 40 + 4².
    assert!(!is_constant(&[10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0]));
}
