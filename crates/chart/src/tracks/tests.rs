use super::*;
use crate::Unit;
use crate::sample::{self, estimated, missing, observed, series};

fn stretch_lengths(points: Vec<Point>) -> Vec<usize> {
    let figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", points)]);
    tracks(&figure)[0].stretches.iter().map(Vec::len).collect()
}

#[test]
fn what_is_missing_cuts() {
    let points =
        vec![missing(0), observed(1, 1.0), estimated(2, 1.0), missing(3), observed(4, 1.0)];
    assert_eq!(stretch_lengths(points), [2, 1]);
    let mut undefined = observed(1, 1.0);
    undefined.estimate.value = Some(f64::NAN);
    assert_eq!(stretch_lengths(vec![observed(0, 1.0), undefined, observed(2, 1.0)]), [1, 1]);
}

#[test]
fn a_missing_state_outweighs_a_value() {
    let mut point = observed(1, 5.0);
    point.state = CellState::Missing;
    assert_eq!(stretch_lengths(vec![observed(0, 1.0), point]), [1]);
}

#[test]
fn readings_at_moments_are_joined() {
    let at = |day: i64| Point {
        x: X::Instant(schema::Instant::from_millis(day * 86_400_000)),
        ..observed(0, 1.0)
    };
    assert_eq!(stretch_lengths(vec![at(0), at(1), at(2), at(300)]), [4]);
}

#[test]
fn monthly_weeks_are_neighbours() {
    let points = [0, 4, 9, 13, 26].map(|after| observed(after, 1.0)).to_vec();
    assert_eq!(stretch_lengths(points), [4, 1]);
}

#[test]
fn estimated_pieces_join_their_neighbours() {
    let points = vec![
        observed(0, 1.0),
        observed(1, 2.0),
        estimated(2, 3.0),
        observed(3, 4.0),
        observed(4, 5.0),
    ];
    let figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", points)]);
    let tracks = tracks(&figure);
    let shape: Vec<(bool, usize)> =
        pieces(&tracks[0].stretches[0]).iter().map(|(kind, piece)| (*kind, piece.len())).collect();
    assert_eq!(shape, [(false, 2), (true, 3), (false, 2)]);
}

#[test]
fn thinning_keeps_the_extremes() {
    let value = |index: i32| if index == 500 { 99.0 } else { f64::from(index % 7) };
    let points = (0..1000).map(|index| observed(index, value(index))).collect();
    let figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", points)]);
    let stretch = tracks(&figure)[0].stretches[0].clone();
    let x = Linear { v0: stretch[0].x, v1: stretch[999].x, px0: 0.0, px1: 100.0 };
    let thin = thinned(&stretch, &x);
    assert_eq!((thin[0], thin[thin.len() - 1]), (stretch[0], stretch[999]));
    assert!(thin.len() <= 204, "{}", thin.len());
    assert!(thin.iter().any(|mark| mark.value > 98.0));
    assert!(thin.windows(2).all(|pair| pair[0].x < pair[1].x));
}

#[test]
fn gaps_that_all_have_in_common() {
    let one = series("a", vec![observed(0, 1.0), observed(1, 1.0), missing(2), observed(6, 1.0)]);
    let other = series("b", vec![observed(0, 1.0), observed(1, 1.0), observed(2, 1.0)]);
    let figure = sample::figure(Kind::Line, Unit::Share, vec![one, other]);
    let tracks = tracks(&figure);
    let from = |after| place(X::Week(sample::week(after)), Kind::Line).unwrap();
    let gaps = common_gaps(&visible(&tracks), from(0), from(6));
    assert_eq!(gaps, [(from(2), from(6))]);
}

/// The weeks, counted from the first, between which the ground is hatched.
fn hatched(all: Vec<Vec<Point>>) -> Vec<(i32, i32)> {
    let series =
        all.into_iter().enumerate().map(|(place, points)| series(&place.to_string(), points));
    let figure = sample::figure(Kind::Line, Unit::Share, series.collect());
    let tracks = tracks(&figure);
    let week = |x: f64| {
        let after = (x - sample::week(0).start().millis() as f64) / (7.0 * MS_PER_DAY);
        after.round() as i32
    };
    let stretches = common_estimates(&visible(&tracks));
    stretches.into_iter().map(|(from, to)| (week(from), week(to))).collect()
}

#[test]
fn what_touches_an_estimate_is_hatched() {
    let points = vec![
        observed(0, 1.0),
        observed(1, 1.0),
        estimated(2, 1.0),
        estimated(3, 1.0),
        observed(4, 1.0),
        observed(5, 1.0),
    ];
    assert_eq!(hatched(vec![points]), [(1, 4)]);
}

#[test]
fn a_gap_is_not_hatched() {
    let points = vec![
        estimated(0, 1.0),
        estimated(1, 1.0),
        missing(2),
        estimated(3, 1.0),
        estimated(4, 1.0),
    ];
    assert_eq!(hatched(vec![points]), [(0, 1), (3, 4)]);
}

#[test]
fn the_ground_is_not_hatched_where_any_line_is_observed() {
    let estimates =
        |weeks: std::ops::Range<i32>| weeks.map(|after| estimated(after, 1.0)).collect();
    let observations = (2..5).map(|after| observed(after, 2.0)).collect();
    assert_eq!(hatched(vec![estimates(0..9), observations, estimates(3..9)]), [(0, 2), (4, 8)]);
}
