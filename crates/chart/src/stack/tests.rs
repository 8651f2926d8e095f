use super::*;
use crate::Kind;
use crate::sample::{self, missing, observed, series};

/// The upper edges of each column in per cent, stretches parted by `|`.
fn edges(figure: &Figure) -> String {
    let tracks = tracks::tracks(figure);
    let visible = tracks::visible(&tracks);
    let layers = order(figure, &visible);
    let written = |column: &Column| {
        let tops = (0..layers.len()).map(|layer| format!("{:.0}", column.edges(layer).1 * 100.0));
        tops.collect::<Vec<_>>().join(",")
    };
    let stretches = stretches(figure, &tracks, &layers);
    let parts =
        stretches.iter().map(|stretch| stretch.iter().map(written).collect::<Vec<_>>().join(" "));
    parts.collect::<Vec<_>>().join(" | ")
}

fn counts(series: Vec<crate::Series>) -> Figure {
    sample::figure(Kind::Area, Unit::Count("downloads"), series)
}

#[test]
fn the_largest_lies_at_the_bottom_and_the_rest_on_top() {
    let mut rest = series("rest", vec![observed(0, 90.0)]);
    rest.is_residual = true;
    let figure = counts(vec![
        series("a", vec![observed(0, 2.0)]),
        rest,
        series("b", vec![observed(0, 8.0)]),
    ]);
    assert_eq!(edges(&figure), "8,10,100");
}

#[test]
fn a_hidden_series_leaves_its_share_open() {
    let mut figure =
        counts(vec![series("a", vec![observed(0, 1.0)]), series("b", vec![observed(0, 3.0)])]);
    figure.series[1].is_hidden = true;
    assert_eq!(edges(&figure), "25");
}

#[test]
fn shares_are_taken_as_they_are() {
    let shares = vec![series("a", vec![observed(0, 0.2)]), series("b", vec![observed(0, 0.5)])];
    assert_eq!(edges(&sample::figure(Kind::Area, Unit::Share, shares)), "50,70");
}

#[test]
fn a_missing_layer_is_a_gap_and_an_absent_one_adds_nothing() {
    let a = series("a", (0..5).map(|after| observed(after, 1.0)).collect());
    let b = series("b", vec![observed(1, 1.0), missing(2), observed(3, 3.0), observed(4, 3.0)]);
    assert_eq!(edges(&counts(vec![a, b])), "0,100 50,100 | 75,100 75,100");
}

#[test]
fn nothing_of_nothing_is_a_gap() {
    let a = series("a", vec![observed(0, 1.0), observed(1, 0.0), observed(2, -1.0)]);
    assert_eq!(edges(&counts(vec![a])), "100");
}
