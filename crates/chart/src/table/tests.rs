use super::*;
use crate::sample::{self, missing, observed, series};

#[test]
fn one_row_a_place_and_series() {
    let mut figure = sample::figure(
        Kind::Line,
        Unit::Count("downloads"),
        vec![
            series("b", vec![missing(1), observed(0, 839_913_650.0)]),
            series("a", vec![observed(0, 2.5)]),
            series("hidden", vec![observed(0, 1.0)]),
        ],
    );
    figure.series[2].is_hidden = true;
    figure.series[1].points[0].estimate.high = Some(3.0);
    figure.series[1].points[0].estimate.bound_low = None;
    figure.series[1].points[0].estimate.estimated_share = Some(0.4);
    figure.series[1].points[0].estimate.missing_cells = Some(1_200);
    let table = table(&figure);
    assert_eq!(table.header[..3], ["date", "series", "downloads"]);
    let rows: Vec<String> = table.rows.iter().map(|row| row.join("|")).collect();
    assert_eq!(
        rows,
        [
            "4 Mar 2024|B|839,913,650|839,913,650|839,913,650|839,913,650|839,913,650|||observed",
            "4 Mar 2024|A|2.5|2.5|3||2.5|40.00 %|1,200|observed",
            "11 Mar 2024|B||||||||missing",
        ]
    );
}

#[test]
fn an_undefined_value_is_not_empty() {
    let mut point = observed(0, 1.0);
    point.estimate = schema::Estimate::undefined(0);
    let figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", vec![point])]);
    assert_eq!(table(&figure).rows[0][2], "not defined");
}

#[test]
fn answers_are_told_with_their_definitions_and_sides() {
    let table = table(&crate::sample::specifications());
    assert_eq!(
        (&*table.header[0], &*table.header[1], &*table.header[9]),
        ("place", "definition", "side")
    );
    let told = |row: &Vec<String>| [row[0].clone(), row[1].clone(), row[2].clone(), row[9].clone()];
    assert_eq!(
        told(&table.rows[3]),
        ["4", "by first year + other weeks", "20.00 points", "AGREES"]
    );
    assert_eq!(table.rows.len(), 5);
}

#[test]
fn readings_of_one_day_are_told_apart_by_their_time() {
    let read = |at: &str, value: f64| {
        let mut point = observed(0, value);
        point.x = X::Instant(Instant::parse(at).unwrap());
        point
    };
    let first_cells = |points| {
        let figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", points)]);
        let table = table(&figure);
        let cells = table.rows.iter().map(|row| row[0].replace('\u{a0}', " ")).collect::<Vec<_>>();
        (table.header[0].clone(), cells)
    };
    let both = vec![read("2026-08-19T07:36:31Z", 0.1), read("2026-08-19T20:00:24Z", 0.2)];
    assert_eq!(
        first_cells(both),
        (
            "date and time (UTC)".to_owned(),
            vec!["19 Aug 2026 07:36".to_owned(), "19 Aug 2026 20:00".to_owned()]
        )
    );
    let apart = vec![read("2026-08-19T07:36:31Z", 0.1), read("2026-08-20T07:36:31Z", 0.2)];
    assert_eq!(first_cells(apart).0, "date");
}

#[test]
fn periods_are_called_as_they_are() {
    let at = |period: &str| crate::Point {
        x: crate::X::Period(period.parse().unwrap()),
        ..observed(0, 1.0)
    };
    let points = vec![at("2025-Q1"), at("2024-Q4")];
    let table = table(&sample::figure(Kind::Line, Unit::Share, vec![series("a", points)]));
    let first: Vec<&str> = table.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!((table.header[0].as_str(), first), ("period", vec!["2024-Q4", "2025-Q1"]));
}
