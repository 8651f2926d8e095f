//! The table of all numbers of a result, with the three uncertainties and the tests.

use analyze::results::{Line, Test};
use maud::{Markup, html};

use super::what::what;
use crate::parts::{grouped, scrolled};

/// The table; it scrolls inside its own box where it is wider than the page.
pub(super) fn table(title: &str, lines: &[Line]) -> Markup {
    let has_tests = lines.iter().any(|line| line.test.is_some());
    let has_units = lines.iter().any(|line| line.unit.is_some());
    let shows = Shows { has_tests, has_units };
    let table = html! {
        table.lines {
            caption { (caption(title, lines)) }
            (head(shows))
            tbody { @for line in lines { (row(line, shows)) } }
        }
    };
    scrolled(&format!("Numbers: {title}"), &table)
}

/// Which columns there are.
#[derive(Debug, Clone, Copy)]
struct Shows {
    has_tests: bool,
    has_units: bool,
}

fn caption(title: &str, lines: &[Line]) -> String {
    let mut methods: Vec<&str> =
        lines.iter().filter_map(|line| line.test.map(|test| test.method)).collect();
    methods.sort_unstable();
    methods.dedup();
    if methods.is_empty() {
        return format!("{title}: every number.");
    }
    format!("{title}: every number. Tests of no change: {}.", methods.join("; "))
}

fn head(shows: Shows) -> Markup {
    html! {
        thead {
            tr {
                @if shows.has_units { th scope="col" { "Of" } }
                th scope="col" { "What" }
                th scope="col" { "When" }
                th.number scope="col" { "Value" }
                th.number scope="col" { "Interval" }
                th.number scope="col" { "Bounds" }
                th.number scope="col" { "Sampling" }
                th.number scope="col" { "Joined" }
                @if shows.has_tests {
                    th.number scope="col" { "p" }
                    th.number scope="col" { "Adjusted p" }
                    th.number scope="col" { "Tests" }
                }
                th.number scope="col" { "n" }
            }
        }
    }
}

fn row(line: &Line, shows: Shows) -> Markup {
    let estimate = &line.estimate;
    let value = estimate.value.map_or_else(|| "unknown".to_owned(), |value| line.form.write(value));
    let p = |of: fn(Test) -> f64| line.test.map(of).map(p_value).unwrap_or_default();
    html! {
        tr {
            @if shows.has_units {
                th scope="row" { (line.unit.as_deref().unwrap_or("the market")) }
                td { (what(line.what)) }
            } @else {
                th scope="row" { (what(line.what)) }
            }
            td.whole { (line.when) }
            td.number { (value) }
            td.number { (range(line, estimate.low, estimate.high)) }
            td.number { (range(line, estimate.bound_low, estimate.bound_high)) }
            td.number { (sampling(line)) }
            td.number { (joined(line)) }
            @if shows.has_tests {
                td.number { (p(|test| test.p)) }
                td.number { (p(|test| test.adjusted)) }
                td.number { @if let Some(test) = line.test { (test.family) } }
            }
            td.number { (grouped(estimate.n)) }
        }
    }
}

/// From where to where; a number that nothing is unsure about is exact.
fn range(line: &Line, low: Option<f64>, high: Option<f64>) -> String {
    match (low, high) {
        (None, None) => String::new(),
        (low, high) if low == high => "exact".to_owned(),
        (low, high) => line.form.write_range(low, high),
    }
}

/// Bounds and sampling in one interval.
fn joined(line: &Line) -> String {
    let joined = line.joined();
    joined.map(|(low, high)| line.form.write_range(Some(low), Some(high))).unwrap_or_default()
}

/// From where to where comparable economies would be; one number where they all have the same.
fn sampling(line: &Line) -> String {
    let (low, high) = (line.estimate.sampling_low, line.estimate.sampling_high);
    match low {
        Some(only) if low == high => line.form.write(only),
        _ => range(line, low, high),
    }
}

fn p_value(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}
