//! Parts of a change: against every order tried exactly, and against the axioms that define them.

use proptest::prelude::*;
use stats::{Refusal, UnitSums, gini, hhi, shapley, shapley_of_groups};

use crate::markets::{assert_near, market_of_two};
use crate::tables::{numbers, rows};

const CASES: &str = include_str!("../../../../fixtures/stats/shapley.csv");

/// Exact rational numbers, averaged over every order (`fixtures/stats/shapley.py`).
#[test]
fn parts_agree_with_every_order() {
    let sums = |cell: &'static str| {
        let units = cell.split(' ');
        units.map(|sum| if sum == "-" { None } else { Some(numbers(sum)[0]) }).collect()
    };
    for row in rows(CASES) {
        let (before, after): (Vec<_>, Vec<_>) = (sums(row["before"]), sums(row["after"]));
        let units: Vec<UnitSums> = before
            .into_iter()
            .zip(after)
            .map(|(before, after)| UnitSums { before, after })
            .collect();
        let groups: Vec<usize> =
            numbers(row["groups"]).iter().map(|&group| group as usize).collect();
        let index = if row["index"] == "hhi" { hhi } else { gini };
        let own = shapley_of_groups(&units, &groups, index).expect("the index is defined");
        let expected = numbers(row["parts"]);
        assert_eq!(own.parts.len(), expected.len());
        let scale = own.before.max(own.after);
        for (own, expected) in own.parts.iter().zip(&expected) {
            assert!((own - expected).abs() < 1e-12 * scale, "{}: {own}, {expected}", row["case"]);
        }
    }
}

#[test]
fn what_cannot_be_shared_out_is_refused() {
    let many = shapley(13, |_| Some(0.0));
    assert_eq!(many, Err(Refusal::TooManyFactors { have: 13, most: 12 }));
    // Without the first unit, and before the second came, there is no market.
    let units =
        [UnitSums { before: Some(1.0), after: None }, UnitSums { before: None, after: Some(2.0) }];
    let refusal = shapley_of_groups(&units, &[0, 1], hhi);
    assert_eq!(refusal, Err(Refusal::Undefined { changed: 0b01 }));
    let none = shapley(0, |_| Some(3.0)).expect("the index is defined");
    assert_eq!((none.change().to_bits(), none.parts.len()), (0.0_f64.to_bits(), 0));
}

/// Units that stay, enter and leave, with a group each, beside one that is always there.
fn units() -> impl Strategy<Value = (Vec<UnitSums>, Vec<usize>)> {
    let sum = || prop_oneof![1 => Just(None), 4 => (0.0..1e6_f64).prop_map(Some)];
    let unit = (sum(), sum()).prop_map(|(before, after)| UnitSums { before, after });
    prop::collection::vec((unit, 0_usize..7), 0..20).prop_map(|drawn| {
        let always = UnitSums { before: Some(1e3), after: Some(2e3) };
        drawn.into_iter().chain([(always, 0)]).unzip()
    })
}

proptest! {
    #[test]
    fn parts_add_up_to_the_change((units, groups) in units()) {
        for index in [hhi, gini] {
            let own = shapley_of_groups(&units, &groups, index).expect("the index is defined");
            let unit = 1e-12 * if own.before > 1.0 { 10_000.0 } else { 1.0 };
            prop_assert!((own.parts.iter().sum::<f64>() - own.change()).abs() < unit);
            let back: Vec<UnitSums> = units
                .iter()
                .map(|unit| UnitSums { before: unit.after, after: unit.before })
                .collect();
            let back = shapley_of_groups(&back, &groups, index).expect("the index is defined");
            for (there, back) in own.parts.iter().zip(&back.parts) {
                prop_assert!((there + back).abs() < unit);
            }
        }
    }

    /// One group is the whole change; a group that did not change has no part.
    #[test]
    fn who_did_not_change_has_no_part(units in market_of_two(), factor in 0.1..9.0_f64) {
        let changes = |at: usize| at.is_multiple_of(2);
        let sums = units.iter().enumerate().map(|(at, &sum)| UnitSums {
            before: Some(sum + 1.0),
            after: Some(if changes(at) { factor * (sum + 1.0) } else { sum + 1.0 }),
        });
        let sums: Vec<UnitSums> = sums.collect();
        let groups: Vec<usize> = (0..sums.len()).map(|at| usize::from(changes(at))).collect();
        let own = shapley_of_groups(&sums, &groups, hhi).expect("there is mass");
        assert_near(own.parts[0], 0.0);
        assert_near(own.before + own.parts[1], own.after);
    }

    /// A sum of factors gives each its own change; a product gives equal parts to equal factors.
    #[test]
    fn sums_and_products(changes in prop::collection::vec(-5.0..5.0_f64, 1..9), factor in 0.5..2.0_f64) {
        let count = changes.len();
        let of = |changed: usize| (0..count).filter(move |&at| changed >> at & 1 == 1);
        let sum = shapley(count, |changed| Some(of(changed).map(|at| changes[at]).sum()))
            .expect("it is defined");
        for (part, change) in sum.parts.iter().zip(&changes) {
            prop_assert!((part - change).abs() < 1e-12);
        }
        let product = shapley(count, |changed| Some(factor.powi(changed.count_ones() as i32)))
            .expect("it is defined");
        for part in product.parts {
            let equal = (factor.powi(count as i32) - 1.0) / count as f64;
            prop_assert!((part - equal).abs() < 1e-11 * factor.max(1.0).powi(count as i32));
        }
    }
}
