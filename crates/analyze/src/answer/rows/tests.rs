use panel::{Grouping, UnitSum};
use schema::{Flagged, Group, Measure, Week, Window};

use super::*;
use crate::Period;

/// Of 100: a 40, b 30, c 10, d nothing known, 20 with nobody.
#[test]
fn rows_of_named_units_add_up_with_all_others_in_one() {
    let owners = ["a", "b", "c", "d"].map(|owner| Some(owner.to_owned()));
    let values: Vec<Option<String>> = owners.into_iter().chain([None]).collect();
    let units = Grouping::by_value(&values, "unreviewed", "unknown");
    let unit = |value: f64| UnitSum { value, model_count: 2, ..UnitSum::default() };
    let sums = Sums::of(&[unit(40.0), unit(30.0), unit(10.0), UnitSum::default(), unit(20.0)]);
    let query = Query {
        statistics: vec![Statistic::Sum, Statistic::Share],
        measure: Measure::Downloads,
        group: Group::named("developer"),
        conditions: Vec::new(),
        flagged: Flagged::Include,
        period: Period::Newest,
        window: Window::Week,
        top: None,
    };
    let shown = |names: Option<&[String]>| -> Vec<String> {
        let rows = Wanted { query: &query, units: &Units::new(&units, names) }
            .rows(At::Week(Week::from_number(2_800)), &sums);
        let show = |row: &Row| {
            let unit = row.unit.as_deref().unwrap_or("-");
            format!("{unit} {}", row.estimate.value.unwrap_or(f64::NAN))
        };
        rows.iter().map(show).collect()
    };
    let all = ["- 100", "a 40", "b 30", "c 10", "unreviewed 20"];
    let shares = ["a 0.4", "b 0.3", "c 0.1", "unreviewed 0.2"];
    assert_eq!(shown(None), [&all[..], &shares[..]].concat());
    // Those that nobody knows, or nothing is known of, have no row.
    let names = ["b", "d", "nobody", "a"].map(str::to_owned);
    let sum_rows = ["- 100", "a 40", "b 30", "unreviewed 20", "- 10"];
    let shares = ["a 0.4", "b 0.3", "unreviewed 0.2", "- 0.1"];
    assert_eq!(shown(Some(&names)), [&sum_rows[..], &shares[..]].concat());
    let names = ["a", "b", "c"].map(str::to_owned);
    assert_eq!(shown(Some(&names)), shown(None), "there are no others");
}
