//! Reference values: `fixtures/stats/generate.py` says whose they are and how they were made.

use std::collections::BTreeMap;

use stats::{
    Bounds, concentration_ratio, effective_number, entropy, entropy_bounds, gini, gini_bounds, hhi,
    hhi_normalized, hhi_normalized_bounds, theil, theil_bounds,
};

const MARKETS: &str = include_str!("../../../../fixtures/stats/concentration.csv");
const BOUNDS: &str = include_str!("../../../../fixtures/stats/bounds.csv");

/// Relative difference allowed from values that were computed exactly and rounded once.
const EXACT: f64 = 1e-12;
/// Relative difference allowed from other authors' code, which loses digits of its own.
const LIBRARY: f64 = 1e-10;
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
    }
}

#[test]
fn indices_agree_with_other_authors_code() {
    let mut compared = 0;
    for row in rows(MARKETS) {
        let x = values(row["values"]);
        let ours =
            [("gini_pysal", gini(&x)), ("theil_pysal", theil(&x)), ("entropy_scipy", entropy(&x))];
        for (column, ours) in ours {
            if !row[column].is_empty() {
                check(&row, column, ours, LIBRARY);
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 32, "how many values the libraries could give");
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

/// Asserts that `actual` is the row's value of `column`, or undefined where that is empty.
///
/// Values below the tolerance squared are zeros that an optimiser or a library has only neared.
fn check(row: &BTreeMap<&str, &str>, column: &str, actual: Option<f64>, tolerance: f64) {
    let name = row.get("market").or(row.get("case")).expect("a row has a name");
    match (number(row[column]), actual) {
        (None, None) => {}
        (Some(expected), Some(actual)) => {
            let allowed = tolerance * expected.abs() + tolerance * tolerance;
            let gap = (actual - expected).abs();
            assert!(gap <= allowed, "{name}: {column} is {actual}, reference {expected}");
        }
        (expected, actual) => panic!("{name}: {column} is {actual:?}, reference {expected:?}"),
    }
}

/// The rows of a table without quoting, by column.
fn rows(table: &'static str) -> Vec<BTreeMap<&'static str, &'static str>> {
    let mut lines = table.lines();
    let header: Vec<_> = lines.next().expect("the table has a header").split(',').collect();
    let row = |line: &'static str| {
        let cells: Vec<_> = line.split(',').collect();
        assert_eq!(cells.len(), header.len(), "a line has a cell for each column: {line}");
        header.iter().copied().zip(cells).collect()
    };
    lines.map(row).collect()
}

fn number(cell: &str) -> Option<f64> {
    (!cell.is_empty()).then(|| cell.parse().expect("a cell is a number or empty"))
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
