//! Reference values: `fixtures/stats/generate.py` says whose they are and how they were made.

use stats::{
    Bounds, atkinson, concentration_ratio, effective_number, entropy, entropy_bounds, gini,
    gini_bounds, hall_tideman, hhi, hhi_normalized, hhi_normalized_bounds, hill_number, theil,
    theil_bounds,
};

use crate::tables::{EXACT, LIBRARY, check, number, rows};

const MARKETS: &str = include_str!("../../../../fixtures/stats/concentration.csv");
const BOUNDS: &str = include_str!("../../../../fixtures/stats/bounds.csv");

/// Relative difference allowed from a numeric optimiser that stops at 1e-12 of the objective,
/// so at about 1e-6 of each unit.
const OPTIMISER: f64 = 1e-6;

#[test]
fn indices_agree_with_exact_arithmetic() {
    for row in rows(MARKETS) {
        let x = values(row["values"]);
        check(&row, "hhi", hhi(&x), EXACT);
        check(&row, "hhi_normalized", hhi_normalized(&x), EXACT);
        check(&row, "effective_number", effective_number(&x), EXACT);
        check(&row, "cr1", concentration_ratio(&x, 1), EXACT);
        check(&row, "cr4", concentration_ratio(&x, 4), EXACT);
        check(&row, "cr10", concentration_ratio(&x, 10), EXACT);
        check(&row, "gini", gini(&x), EXACT);
        check(&row, "theil", theil(&x), EXACT);
        check(&row, "entropy", entropy(&x), EXACT);
        check(&row, "hall_tideman", hall_tideman(&x), EXACT);
        check(&row, "atkinson_half", atkinson(&x, 0.5), EXACT);
        check(&row, "atkinson_1", atkinson(&x, 1.0), EXACT);
        check(&row, "atkinson_2", atkinson(&x, 2.0), EXACT);
        check(&row, "hill_0", hill_number(&x, 0.0), EXACT);
        check(&row, "hill_half", hill_number(&x, 0.5), EXACT);
        check(&row, "hill_1", hill_number(&x, 1.0), EXACT);
        check(&row, "hill_3", hill_number(&x, 3.0), EXACT);
    }
}

#[test]
fn indices_agree_with_other_authors_code() {
    let mut compared = 0;
    for row in rows(MARKETS) {
        let x = values(row["values"]);
        let ours = [
            ("gini_pysal", gini(&x)),
            ("theil_pysal", theil(&x)),
            ("entropy_scipy", entropy(&x)),
            ("atkinson_half_pysal", atkinson(&x, 0.5)),
        ];
        for (column, ours) in ours {
            if !row[column].is_empty() {
                check(&row, column, ours, LIBRARY);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 37, "how many values the libraries could give");
}

#[test]
fn bounds_agree_with_an_optimiser_and_with_every_vertex() {
    for row in rows(BOUNDS) {
        let known = values(row["known"]);
        let mass = number(row["unattributed"]).expect("every case has a mass");
        let n = known.len() as f64;
        let raw = |normalized: f64| 10_000.0 * (normalized * (1.0 - 1.0 / n) + 1.0 / n);
        let hhi = hhi_normalized_bounds(&known, mass).expect("there is mass");
        check(&row, "best_hhi", Some(raw(hhi.low)), OPTIMISER);
        check(&row, "worst_hhi", Some(raw(hhi.high)), EXACT);
        let high = |bounds: Option<Bounds>| bounds.map(|bounds| bounds.high);
        let low = |bounds: Option<Bounds>| bounds.map(|bounds| bounds.low);
        check(&row, "worst_gini", high(gini_bounds(&known, mass)), EXACT);
        check(&row, "best_theil", low(theil_bounds(&known, mass)), OPTIMISER);
        check(&row, "worst_theil", high(theil_bounds(&known, mass)), EXACT);
        check(&row, "best_entropy", high(entropy_bounds(&known, mass)), OPTIMISER);
        check(&row, "worst_entropy", low(entropy_bounds(&known, mass)), EXACT);
    }
}

/// The values of a market: listed, or drawn as `lcg:seed:count:numerator:less`.
fn values(cell: &str) -> Vec<f64> {
    let Some(recipe) = cell.strip_prefix("lcg:") else {
        return cell.split_whitespace().filter_map(number).collect();
    };
    let parts: Vec<u64> =
        recipe.split(':').map(|part| part.parse().expect("a recipe is of integers")).collect();
    let &[seed, count, numerator, less] = &parts[..] else {
        panic!("a recipe has four numbers: {recipe}");
    };
    let mut state = seed;
    let draw = |_| {
        // Knuth's MMIX generator, as in the script.
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (numerator / ((state >> 33) + 1) - less) as f64
    };
    (0..count).map(draw).collect()
}
