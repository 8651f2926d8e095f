//! Sampling intervals of queries against closed forms over plain sums.

use std::collections::BTreeMap;

use analyze::{Period, Query};
use schema::{Flagged, Group, Measure, Statistic, Window};
use simulate::Scenario;

use crate::histories::Known;

fn query(group: &str, statistics: Vec<Statistic>) -> Query {
    Query {
        statistics,
        measure: Measure::Downloads,
        group: Group::named(group),
        conditions: Vec::new(),
        flagged: Flagged::Include,
        period: Period::Newest,
        window: Window::Weeks(52),
        top: None,
    }
}

/// What each owner has over the last 52 weeks, by a plain loop over the history.
fn by_owner(known: &Known) -> Vec<f64> {
    let mut sums = vec![0.0; known.history.owners.len()];
    for model in &known.history.models {
        let weeks = model.downloads.iter().rev().take(52);
        // A model that has gone has no downloads in its last weeks, and its row ends there.
        let gone = known.history.options.weeks as usize
            - (model.first_week as usize + model.downloads.len());
        let of_year: f64 = weeks.take(52_usize.saturating_sub(gone)).map(|d| f64::from(*d)).sum();
        sums[model.owner as usize] += of_year;
    }
    sums
}

/// Half the width of the interval is 1.96 standard errors of the closed form, give or take a
/// fifth: draws are skewed, and 2,000 of them have an error of their own.
#[test]
fn intervals_of_shares_are_those_of_the_closed_form() {
    let known = Known::new(3, 1_000, Scenario::Null);
    let owners = by_owner(&known);
    let rows = known.sampled(&query("country", vec![Statistic::Share]), 2_000);
    let mut countries: BTreeMap<&str, Vec<bool>> = BTreeMap::new();
    for owner in &known.history.owners {
        let is_it = known.history.owners.iter().map(|other| other.country == owner.country);
        countries.entry(owner.country).or_insert_with(|| is_it.collect());
    }
    let mut compared = 0;
    for row in rows {
        let unit = row.unit.expect("a share is of a unit");
        let error = stats::share_standard_error(&owners, &countries[unit.as_str()]).unwrap();
        let value = row.estimate.value.unwrap();
        let (low, high) = row.estimate.sampling_low.zip(row.estimate.sampling_high).unwrap();
        // A share near 0 is skewed far more than a normal one.
        if value > 0.05 {
            let ratio = (high - low) / (2.0 * 1.96 * error);
            assert!((0.8..1.2).contains(&ratio), "{unit}: {low} … {high}, error {error}");
            compared += 1;
        }
        assert!((low..=high).contains(&value), "{unit}");
    }
    assert!(compared >= 3, "{compared} countries");
}

#[test]
fn intervals_of_the_index_are_those_of_the_closed_form() {
    let known = Known::new(5, 1_000, Scenario::Null);
    let owners = by_owner(&known);
    let rows = known.sampled(&query("uploader", vec![Statistic::Hhi, Statistic::Cr4]), 2_000);
    let index = &rows[0].estimate;
    let expected = stats::hhi(&owners).unwrap();
    assert!((index.value.unwrap() / expected - 1.0).abs() < 1e-9);
    if let Some(error) = stats::hhi_standard_error(&owners) {
        let width = index.sampling_high.unwrap() - index.sampling_low.unwrap();
        let ratio = width / (2.0 * 1.96 * error);
        assert!((0.7..1.4).contains(&ratio), "{index:?}, error {error}");
    }
    let four = &rows[1].estimate;
    assert!(four.sampling_low.unwrap() < four.value.unwrap());
    assert!(four.sampling_high.unwrap() > four.value.unwrap());
}

/// Half the width is 1.96 standard errors by Davidson's closed form, which `stats` holds against the
/// infinitesimal jackknife.
#[test]
fn the_interval_of_the_gini_index_is_that_of_the_closed_form() {
    let known = Known::new(5, 1_000, Scenario::Null);
    let owners = by_owner(&known);
    let rows = known.sampled(&query("uploader", vec![Statistic::Gini]), 100);
    let gini = &rows[0].estimate;
    let expected = stats::gini(&owners).unwrap();
    assert!((gini.value.unwrap() / expected - 1.0).abs() < 1e-9, "{gini:?} {expected}");
    let error = stats::gini_standard_error(&owners).unwrap();
    let width = gini.sampling_high.unwrap() - gini.sampling_low.unwrap();
    assert!((width / (2.0 * 1.959_964 * error) - 1.0).abs() < 1e-3, "{width} {error}");
    let of_countries = known.sampled(&query("country", vec![Statistic::Gini]), 100);
    assert!(of_countries[0].estimate.sampling_low.is_none());
}

/// Nothing of a model can be drawn again, and no sum of a census is a sample.
#[test]
fn what_has_no_sampling_is_refused_or_left_bare() {
    let known = Known::new(3, 100, Scenario::Null);
    assert!(known.try_sampled(&query("model", vec![Statistic::Share]), 100).is_err());
    let sums = known.sampled(&query("country", vec![Statistic::Sum]), 100);
    assert!(sums.iter().all(|row| row.estimate.sampling_low.is_none()));
}
