//! Corrections for many tests, and what a change is made of.

use proptest::prelude::*;
use stats::{Presence, benjamini_hochberg, foster_haltiwanger_krizan, holm};

/// Values of statsmodels 0.15.0, `multipletests` with `fdr_bh` and `holm`.
#[test]
fn corrections_agree_with_statsmodels() {
    let p = [0.01, 0.04, 0.03, 0.005, 0.5];
    let near = |own: Vec<f64>, other: [f64; 5]| {
        for (own, other) in own.iter().zip(other) {
            assert!((own - other).abs() < 1e-12, "{own} is not {other}");
        }
    };
    near(benjamini_hochberg(&p), BH);
    near(holm(&p), HOLM);
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
}

const BH: [f64; 5] = [0.025, 0.05, 0.05, 0.025, 0.5];

const HOLM: [f64; 5] = [0.04, 0.09, 0.09, 0.025, 0.5];
