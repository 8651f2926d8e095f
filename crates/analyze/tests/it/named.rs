//! Few units by name against all of them.

use std::collections::BTreeMap;

use analyze::{At, Query, Row};
use schema::{Flagged, Group, Measure, Statistic, Window};
use simulate::Scenario;

use crate::histories::Known;

/// Week by week the named units have the numbers that they have among all, and the row without a
/// name what all other units come to.
#[test]
fn named_units_and_all_others_are_those_of_the_whole() {
    let known = Known::new(7, 60, Scenario::Null);
    let query = Query {
        statistics: vec![Statistic::Share],
        measure: Measure::Downloads,
        group: Group::named("uploader"),
        conditions: Vec::new(),
        flagged: Flagged::Include,
        period: analyze::Period::Weeks { from: None, to: None },
        window: Window::Weeks(4),
        top: None,
    };
    let names: Vec<String> =
        known.history.owners.iter().take(3).map(|owner| owner.name.clone()).collect();
    let keep = |at: At, rows: Vec<Row>| (at, rows);
    let whole = analyze::answer_each(known.market(), &query, keep).unwrap();
    let few = analyze::answer_named(known.market(), &query, &names, keep).unwrap();
    assert_eq!(whole.len(), few.len());
    assert!(whole.len() > 100);
    for ((at, whole), (same_at, few)) in whole.into_iter().zip(few) {
        assert_eq!(at, same_at);
        let all: BTreeMap<String, Row> =
            whole.into_iter().filter_map(|row| Some((row.unit.clone()?, row))).collect();
        let mut others: f64 = all.values().filter_map(|row| row.estimate.value).sum();
        for row in few.iter().filter(|row| row.unit.is_some()) {
            let expected = &all[row.unit.as_ref().unwrap()];
            assert_eq!(row.estimate, expected.estimate, "{at}");
            others -= row.estimate.value.unwrap_or_default();
        }
        let nameless = few.iter().find(|row| row.unit.is_none()).expect("there are others");
        let value = nameless.estimate.value.unwrap();
        assert!((value - others).abs() < 1e-9, "{at}: {value}, not {others}");
    }
}
