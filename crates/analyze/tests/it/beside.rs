//! Units set beside each other, against plain loops over a history.

use std::collections::BTreeMap;

use analyze::results::{index_changes, share_changes};
use analyze::{At, Period, Query};
use schema::{CalendarPeriod, Flagged, Group, Measure, Statistic, Window};
use simulate::Scenario;

use crate::histories::Known;

thread_local! {
    /// One history for all tests of a thread; a market stays on its own.
    static KNOWN: Known = Known::new(5, 60, Scenario::Planted);
}

fn query(group: &str, statistics: Vec<Statistic>) -> Query {
    Query {
        statistics,
        measure: Measure::Downloads,
        group: Group::named(group),
        conditions: Vec::new(),
        flagged: Flagged::Include,
        period: Period::Weeks { from: None, to: None },
        window: Window::Week,
        top: None,
    }
}

/// What each owner has in each week of the history, by its name.
fn by_owner(known: &Known) -> BTreeMap<String, Vec<f64>> {
    let mut sums = BTreeMap::new();
    let weeks = known.history.options.weeks as usize;
    for model in &known.history.models {
        let name = known.history.owners[model.owner as usize].name.clone();
        let sum = sums.entry(name).or_insert_with(|| vec![0.0; weeks]);
        for (place, downloads) in model.downloads.iter().enumerate() {
            sum[model.first_week as usize + place] += f64::from(*downloads);
        }
    }
    sums
}

#[test]
fn a_unit_begins_with_its_first_download() {
    KNOWN.with(check_beginnings);
}

fn check_beginnings(known: &Known) {
    let market = known.market();
    let sums = by_owner(known);
    let names: Vec<String> = sums.keys().cloned().collect();
    let query = query("uploader", vec![Statistic::Share]);
    let found = analyze::first_moments(market, &query, &names).expect("it is known");
    let first = known.history.options.first_week;
    let expected: Vec<Option<At>> = (sums.values())
        .map(|weeks| weeks.iter().position(|sum| *sum > 0.0))
        .map(|place| place.map(|place| At::Week(first.plus(place as i32))))
        .collect();
    assert_eq!(found, expected);
    assert!(expected.iter().any(|first| *first != expected[0]), "not all begin at once");
    assert_eq!(analyze::begin(market, &query).expect("it is known"), Some(At::Week(first)));
}

#[test]
fn ranks_over_time_are_those_of_a_plain_loop() {
    KNOWN.with(check_ranks);
}

fn check_ranks(known: &Known) {
    let market = known.market();
    let sums = by_owner(known);
    let names: Vec<String> = sums.keys().take(3).cloned().collect();
    let query = query("uploader", vec![Statistic::Rank]);
    let rows = analyze::answer_units(market, &query, &names).expect("it is known").rows;
    assert!(rows.len() > 300, "{} ranks over four years", rows.len());
    let first = known.history.options.first_week.number();
    for row in rows {
        let At::Week(week) = row.at else { panic!("a flow has weeks") };
        let at = (week.number() - first) as usize;
        let own = sums[row.unit.as_ref().expect("it is known")][at];
        let larger = sums.values().filter(|weeks| weeks[at] > own).count();
        assert_eq!(row.estimate.value, Some(larger as f64 + 1.0), "{:?} at {at}", row.unit);
    }
}

/// The index of each period is asked for by itself.
#[test]
fn the_parts_of_a_change_add_up_to_the_change_of_the_index() {
    KNOWN.with(check_parts);
}

fn check_parts(known: &Known) {
    let market = known.market();
    let asked = query("uploader", vec![Statistic::Hhi]);
    let changes = index_changes(market, &asked).expect("it is known");
    assert!(changes.len() >= 2, "{changes:?}");
    let hhi = |period: CalendarPeriod| {
        let within = asked.in_period(market, period).expect("it is known");
        analyze::answer(market, &within.query).expect("it is known").rows[0]
            .estimate
            .value
            .expect("it is known")
    };
    for change in changes {
        let parts = [&change.continuing, &change.entry, &change.exit];
        let sum: f64 = parts.iter().filter_map(|part| part.value).sum();
        let expected = hhi(change.to) - hhi(change.from);
        assert!((sum - expected).abs() < 1e-6, "{sum}, not {expected}: {change:?}");
        assert!(change.entry.value >= Some(0.0) && change.exit.value <= Some(0.0));
    }
}

#[test]
fn the_parts_of_a_change_add_up_to_the_change_of_the_share() {
    KNOWN.with(check_shares);
}

/// The share of each period is asked for by itself. A country's owners do not change, so that
/// nothing is within; the mixtures of experts are of owners whose models do.
fn check_shares(known: &Known) {
    let market = known.market();
    let owners = query("uploader", vec![Statistic::Sum]);
    for (group, unit) in [("country", "CN"), ("is_moe", "yes")] {
        let asked = query(group, vec![Statistic::Share]);
        let share = |period: CalendarPeriod| {
            let within = asked.in_period(market, period).expect("it is reached");
            let rows = analyze::answer(market, &within.query).expect("it is asked").rows;
            let row = rows.into_iter().find(|row| row.unit.as_deref() == Some(unit));
            row.and_then(|row| row.estimate.value).unwrap_or_default()
        };
        let found = share_changes(market, &owners, &Group::named(group), unit);
        let changes = found.expect("it is asked");
        assert!(changes.len() >= 2, "{group}: {changes:?}");
        for change in &changes {
            let parts =
                [&change.within, &change.between, &change.cross, &change.entry, &change.exit];
            let sum: f64 = parts.iter().filter_map(|part| part.value).sum();
            let expected = share(change.to) - share(change.from);
            assert!((sum - expected).abs() < 1e-9, "{sum}, not {expected}: {change:?}");
        }
        let is_within = changes.iter().any(|change| change.within.value != Some(0.0));
        assert_eq!(is_within, group == "is_moe", "{changes:?}");
    }
    let refused = share_changes(market, &owners, &Group::named("country"), "Mars");
    assert!(
        refused.expect_err("no such country").to_string().contains("no model has country 'Mars'")
    );
}
