//! Corrections for many tests, and what a change is made of.

use proptest::prelude::*;
use stats::{
    Presence, UnitSums, benjamini_hochberg, foster_haltiwanger_krizan, hhi, hhi_change, holm,
};

use crate::markets::assert_near;
use crate::tables::{EXACT, check, numbers, rows};

const FAMILIES: &str = include_str!("../../../../fixtures/stats/multiplicity.csv");
const HHI_CHANGES: &str = include_str!("../../../../fixtures/stats/hhi_change.csv");

/// Values of statsmodels: `multipletests` with `fdr_bh` and `holm`.
#[test]
fn corrections_agree_with_statsmodels() {
    for row in rows(FAMILIES) {
        let p = numbers(row["p_values"]);
        for (column, own) in [("benjamini_hochberg", benjamini_hochberg(&p)), ("holm", holm(&p))] {
            let expected = numbers(row[column]);
            assert_eq!(own.len(), expected.len());
            for (own, expected) in own.iter().zip(expected) {
                assert!((own - expected).abs() <= EXACT * expected, "{column}: {own}, {expected}");
            }
        }
    }
}

#[test]
fn changes_of_the_hhi_agree_with_exact_arithmetic() {
    for row in rows(HHI_CHANGES) {
        let sums = |column: &str| -> Vec<Option<f64>> {
            let cells = row[column].split_whitespace();
            cells.map(|cell| (cell != "-").then(|| cell.parse().expect("a number"))).collect()
        };
        let pairs = sums("before").into_iter().zip(sums("after"));
        let units: Vec<UnitSums> =
            pairs.map(|(before, after)| UnitSums { before, after }).collect();
        let own = hhi_change(&units).expect("both periods have mass");
        check(&row, "continuing", Some(own.continuing), EXACT);
        check(&row, "entry", Some(own.entry), EXACT);
        check(&row, "exit", Some(own.exit), EXACT);
    }
    assert_eq!(hhi_change(&[UnitSums { before: None, after: Some(1.0) }]), None);
}

proptest! {
    #[test]
    fn the_parts_add_up_to_the_change(
        raw in prop::collection::vec((0.0..1.0_f64, -9.0..9.0_f64, 0.0..1.0_f64, -9.0..9.0_f64, 0..3_u8), 3..20),
    ) {
        let mut raw = raw;
        (raw[0].0, raw[0].2, raw[0].4) = (1.0, 1.0, 0);
        let before: f64 = raw.iter().filter(|unit| unit.4 != 1).map(|unit| unit.0).sum();
        let after: f64 = raw.iter().filter(|unit| unit.4 != 2).map(|unit| unit.2).sum();
        let units: Vec<Presence> = raw
            .iter()
            .map(|&(s0, m0, s1, m1, kind)| Presence {
                before: (kind != 1).then_some((s0 / before, m0)),
                after: (kind != 2).then_some((s1 / after, m1)),
            })
            .collect();
        let mean = |side: fn(&Presence) -> Option<(f64, f64)>| -> f64 {
            units.iter().filter_map(side).map(|(s, m)| s * m).sum()
        };
        let change = mean(|unit| unit.after) - mean(|unit| unit.before);
        prop_assert!((foster_haltiwanger_krizan(&units).change() - change).abs() < 1e-12);
    }
    #[test]
    fn the_parts_add_up_to_the_change_of_the_hhi(
        raw in prop::collection::vec((0.0..1e6_f64, 0.0..1e6_f64, 0..3_u8), 1..20),
    ) {
        let mut units: Vec<UnitSums> = raw
            .iter()
            .map(|&(before, after, kind)| UnitSums {
                before: (kind != 1).then_some(before),
                after: (kind != 2).then_some(after),
            })
            .collect();
        units.push(UnitSums { before: Some(1.0), after: Some(2.0) });
        let market = |side: fn(&UnitSums) -> Option<f64>| -> f64 {
            hhi(&units.iter().filter_map(side).collect::<Vec<_>>()).expect("there is mass")
        };
        let parts = hhi_change(&units).expect("both periods have mass");
        let change = market(|unit| unit.after) - market(|unit| unit.before);
        prop_assert!((parts.change() - change).abs() < 1e-8);
        prop_assert!(parts.entry >= 0.0 && parts.exit <= 0.0);
        // The way back: entrants leave, and each part changes its sign.
        let back: Vec<UnitSums> = units
            .iter()
            .map(|unit| UnitSums { before: unit.after, after: unit.before })
            .collect();
        let back = hhi_change(&back).expect("both periods have mass");
        prop_assert!((back.continuing + parts.continuing).abs() < 1e-8);
        assert_near(back.exit, -parts.entry);
    }
}
