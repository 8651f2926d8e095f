//! Headlines and transitions of a known history, held against plain loops over its models.

use std::collections::BTreeMap;

use analyze::headlines::{Direction, Headline, Number, TOLD, Topic, headlines};
use analyze::results::Attribution;
use analyze::{At, Period, Query, transitions};
use schema::{Flagged, Group, Measure, Statistic, Window};
use simulate::{HistoryModel, Scenario};

use crate::histories::Known;

/// What some models were downloaded in the 13 weeks that end with a week, counted from 0.
fn flow(known: &Known, end: usize, is_one: impl Fn(&HistoryModel) -> bool) -> f64 {
    let of_model = |model: &HistoryModel| -> f64 {
        let begin = model.first_week as usize;
        let within = |place: &usize| (end - 12..=end).contains(&(begin + place));
        let weeks = model.downloads.iter().enumerate().filter(|(place, _)| within(place));
        weeks.map(|(_, downloads)| f64::from(*downloads)).sum()
    };
    known.history.models.iter().filter(|model| is_one(model)).map(of_model).sum()
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.expect("it is defined");
    assert!((found - expected).abs() < 1e-9 * expected.abs().max(1.0), "{found}, not {expected}");
}

#[test]
fn headlines_are_those_of_a_plain_loop() {
    let known = Known::new(5, 120, Scenario::Planted);
    let sizes = known.number("parameters");
    let found =
        headlines(known.market(), Measure::Downloads, Attribution::Uploader, Some(sizes)).unwrap();
    assert_eq!(found.told.len(), TOLD);
    let topics: Vec<Topic> = found.told.iter().map(|one| one.topic).collect();
    assert!(topics.is_sorted() && topics[0] == Topic::Leader, "{topics:?}");
    let last = known.history.options.weeks as usize - 1;
    let all = |end| flow(&known, end, |_| true);
    for one in &found.told {
        let Number::Share { group, unit } = &one.number else { continue };
        let is_one = |model: &HistoryModel| known.unit(model, group.name()) == *unit;
        close(one.now.value, flow(&known, last, is_one) / all(last));
        let before = flow(&known, last - 52, is_one) / all(last - 52);
        close(one.earlier.as_ref().unwrap().value, before);
        close(one.change.as_ref().unwrap().value, one.now.value.unwrap() - before);
    }
    let classes =
        ["open source", "open weights", "restricted"].map(|class| ("openness_class", class));
    let data = ["available", "disclosed", "neither"].map(|data| ("training_data", data));
    let change = |(group, unit): &(&str, &str)| {
        let is_one = |model: &HistoryModel| known.unit(model, group) == *unit;
        let share = |end| flow(&known, end, is_one) / all(end);
        (share(last) - share(last - 52)).abs()
    };
    let largest = classes.iter().chain(&data).map(change).fold(0.0, f64::max);
    let openness = found.told.iter().find(|one| one.topic == Topic::Openness).expect("it is told");
    close(openness.change.as_ref().unwrap().value.map(f64::abs), largest);
}

#[test]
fn a_direction_is_told_only_where_nothing_could_undo_it() {
    let change = |bound_low: f64, bound_high: f64| Headline {
        topic: Topic::Countries,
        number: Number::Hhi(Group::named("country")),
        now: schema::Estimate::exact(0.5, 1),
        earlier: None,
        change: Some(schema::Estimate {
            bound_low: Some(bound_low),
            bound_high: Some(bound_high),
            ..schema::Estimate::exact(0.1, 1)
        }),
        next: None,
    };
    assert_eq!(change(0.05, 0.2).direction(), Direction::Up);
    assert_eq!(change(-0.05, 0.2).direction(), Direction::Open);
    assert_eq!(Headline { change: None, ..change(0.0, 0.0) }.direction(), Direction::Open);
}

#[test]
fn transitions_add_up_and_are_those_of_a_plain_loop() {
    let known = Known::new(7, 80, Scenario::Planted);
    let query = Query {
        statistics: vec![Statistic::Share],
        measure: Measure::Downloads,
        group: Group::named("license_family"),
        conditions: Vec::new(),
        flagged: Flagged::Include,
        period: Period::Newest,
        window: Window::Quarter,
        top: None,
    };
    let found = transitions(known.market(), &query).unwrap();
    let last = known.history.options.weeks as usize - 1;
    assert!(matches!(found.at, At::Week(_)));
    let of_derivatives = flow(&known, last, |model| model.root.is_some());
    close(found.derivatives.value, of_derivatives / flow(&known, last, |_| true));
    let mut pairs: BTreeMap<(String, String), f64> = BTreeMap::new();
    for model in known.history.models.iter().filter(|model| model.root.is_some()) {
        let root = &known.history.models[model.root.unwrap() as usize];
        let pair = (root.license_family.to_owned(), model.license_family.to_owned());
        *pairs.entry(pair).or_default() += flow(&known, last, |other| std::ptr::eq(other, model));
    }
    pairs.retain(|_, sum| *sum > 0.0);
    assert_eq!(found.rows.len(), pairs.len());
    for row in &found.rows {
        let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "unknown".to_owned());
        close(row.estimate.value, pairs[&(end(&row.from), end(&row.to))] / of_derivatives);
        let bounds = row.estimate.bound_low.zip(row.estimate.bound_high).expect("they are told");
        let value = row.estimate.value.unwrap();
        assert!(bounds.0 <= value && value <= bounds.1, "{row:?}");
    }
    let sum: f64 = found.rows.iter().filter_map(|row| row.estimate.value).sum();
    close(Some(sum), 1.0);
}
