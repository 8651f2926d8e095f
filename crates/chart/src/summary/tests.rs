use super::*;
use crate::sample::{self, estimated, missing, observed, series};

#[test]
fn one_line_says_where_it_begins_and_ends() {
    let points = vec![observed(0, 1e6), estimated(1, 3e6), missing(2), observed(3, 2e6)];
    let mut figure =
        sample::figure(Kind::Line, Unit::Count("downloads"), vec![series("all", points)]);
    assert_eq!(
        summary(&figure),
        "ALL: 1 M downloads on 4 Mar 2024, 2 M downloads on 25 Mar 2024; \
         the highest is 3 M downloads on 11 Mar 2024. \
         1 of 3 points estimated and 1 point without data."
    );
    figure.series[0].points.truncate(1);
    figure.simulated = true;
    assert_eq!(
        summary(&figure),
        "ALL: 1 M downloads on 4 Mar 2024, the only point. The data are simulated."
    );
}

#[test]
fn many_lines_name_the_highest() {
    assert_eq!(
        summary(&sample::lines(4, 3)),
        "4 lines, 4 Mar 2024 to 18 Mar 2024; highest at the end: D (42), C (32) and B (22)."
    );
}

#[test]
fn shares_are_of_the_whole() {
    let mut figure = Figure { kind: Kind::Area, ..sample::lines(3, 1) };
    figure.series[0].is_residual = true;
    assert_eq!(
        summary(&figure),
        "Shares of 3 parts on 4 Mar 2024: C 50.0 %, B 33.3 % and A 16.7 %."
    );
}

#[test]
fn bars_name_the_largest() {
    let figure = Figure { kind: Kind::Bars, ..sample::lines(2, 2) };
    assert_eq!(
        summary(&figure),
        "2 bars, 11 Mar 2024; largest: B 21 downloads and A 11 downloads."
    );
}

#[test]
fn concentration_is_read_off_the_curve() {
    // Between (0.8, 0.2) and (1, 1), 0.9 lies at 0.6: the largest tenth has 0.4.
    let point = crate::Point { x: crate::X::Share(0.8), ..observed(0, 0.2) };
    let figure = sample::figure(Kind::Lorenz, Unit::Share, vec![series("m", vec![point])]);
    assert_eq!(
        summary(&figure),
        "Share of the total that the largest 10 % of units have – M: 40.0 %."
    );
}

#[test]
fn ranks_count_from_the_highest() {
    let figure = Figure { kind: Kind::Bump, ..sample::lines(2, 2) };
    assert_eq!(
        summary(&figure),
        "Ranks, 4 Mar 2024 to 11 Mar 2024; at the end: B 1 (at first 1) and A 2 (at first 2)."
    );
}

#[test]
fn nothing_is_said_of_nothing() {
    let figure = sample::figure(Kind::Area, Unit::Share, Vec::new());
    assert_eq!(summary(&figure), "No data for this question.");
}

#[test]
fn marks_within_the_time_are_named_and_the_rest_counted() {
    let event = |after: i32| crate::Event {
        at: sample::week(after).start(),
        label: format!("mark {after}"),
        detail: String::new(),
    };
    let mut figure = sample::lines(1, 3);
    figure.events = vec![event(2), event(0), event(7)];
    assert!(summary(&figure).ends_with("Marked: mark 0 on 4 Mar 2024 and mark 2 on 18 Mar 2024."));
    figure.events = (0..7).map(|_| event(1)).collect();
    assert!(summary(&figure).ends_with("mark 1 on 11 Mar 2024 and 2 more."));
}

#[test]
fn answers_are_counted_by_side() {
    assert_eq!(
        summary(&crate::sample::specifications()),
        "5 answers by size, −20.0 points to 40.0 points. AGREES: 3; DISAGREES: 2."
    );
}

#[test]
fn flows_name_the_largest_with_both_ends() {
    assert_eq!(
        summary(&crate::sample::flow()),
        "6 flows; largest: A → A 40.0 %, B → B 20.0 % and UNKNOWN → Unknown 15.0 %."
    );
}

#[test]
fn numbers_with_a_sampling_interval_say_it() {
    let mut change = sample::observed(0, -0.1);
    change.estimate.sampling_low = Some(-0.2);
    change.estimate.sampling_high = Some(0.05);
    let rows = vec![
        sample::series("a", vec![change]),
        sample::series("b", vec![sample::observed(0, 0.5)]),
    ];
    let figure = sample::figure(Kind::Dots, Unit::Points, rows);
    assert_eq!(
        summary(&figure),
        "2 numbers; they are: A −10.0 points (sampling interval −20.0 points to 5.0 points) and B 50.0 points."
    );
}

#[test]
fn an_age_is_told_in_weeks() {
    let points = [(1, 5.0), (12, 2.0)]
        .map(|(weeks, value)| crate::Point { x: crate::X::Age(weeks), ..observed(0, value) });
    let figure = sample::figure(Kind::Line, Unit::Count("x"), vec![series("m", points.to_vec())]);
    assert_eq!(summary(&figure), "M: 5 x at 1 week, 2 x at 12 weeks.");
}

/// By hand: of 52.0 % and 12.8 % the second has bounds 30 points wide, the first too, but is wider.
#[test]
fn a_map_says_who_has_the_most_and_how_much_nobody_known_has() {
    let mut figure = crate::sample::tiles();
    assert_eq!(
        summary(&figure),
        "On 4 Mar 2024, United States has 52.0 %, the most of 3 countries; \
         then Côte d'Ivoire 12.8 % and Chile 0 %. \
         30.0 % belong to no country that is known (Unreviewed 30.0 %). \
         5.2 % belong to no single country (International / Online 5.2 %). \
         Of 1 country the interval or the bounds are wider than the share."
    );
    figure.series.retain(|series| series.is_residual);
    figure.simulated = true;
    assert_eq!(
        summary(&figure),
        "No country is known to hold anything. \
         30.0 % belong to no country that is known (Unreviewed 30.0 %). The data are simulated."
    );
}

/// By hand: 40 and 5 come to 45.
#[test]
fn parts_of_the_last_change_are_told() {
    assert_eq!(
        summary(&sample::parts()),
        "2 changes; the last, into 2024-Q2: 45 points, of which STAYED 40 and ENTERED 5."
    );
}

#[test]
fn periods_are_named_and_not_their_middles() {
    let at = |period: &str, value| crate::Point {
        x: crate::X::Period(period.parse().unwrap()),
        ..observed(0, value)
    };
    let points = vec![at("..2022", 10.0), at("2023", 30.0), at("2024", 20.0)];
    let figure = sample::figure(Kind::Line, Unit::Count("models"), vec![series("a", points)]);
    assert_eq!(
        summary(&figure),
        "A: 10 models up to 2022, 20 models in 2024; the highest is 30 models in 2023."
    );
    let twice = vec![figure.series[0].clone(), figure.series[0].clone()];
    let figure = Figure { series: twice, ..figure };
    assert_eq!(summary(&figure), "2 lines, ..2022 to 2024; highest at the end: A (20) and A (20).");
}
