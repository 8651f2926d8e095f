use super::classes::{Class, short};
use super::*;
use crate::{Unit, sample};

/// The ends of classes, by the legend: 0.1, 1, 3, 10 and 30 %.
#[test]
fn classes_begin_where_the_legend_says() {
    let class = |share: f64| (0..=6).find(|place| Class::ALL[*place] == Class::of(share)).unwrap();
    let expected = [
        (0.0, 0),
        (1e-9, 1),
        (0.000_99, 1),
        (0.001, 2),
        (0.009_9, 2),
        (0.01, 3),
        (0.03, 4),
        (0.099, 4),
        (0.1, 5),
        (0.3, 6),
        (1.0, 6),
    ];
    for (share, place) in expected {
        assert_eq!(class(share), place, "{share}");
    }
    let words = Class::ALL.map(Class::words);
    assert_eq!(
        words,
        ["0", "under 0.1 %", "0.1 to 1 %", "1 to 3 %", "3 to 10 %", "10 to 30 %", "30 % and more"]
    );
}

#[test]
fn numbers_in_squares_are_short_and_never_round_to_nothing() {
    let written = [0.0, 0.000_4, 0.001, 0.0123, 0.0994, 0.0996, 0.415, 1.0]
        .map(|share| short(&Unit::Share, share));
    assert_eq!(written, ["0", "<0.1", "0.1", "1.2", "9.9", "10", "42", "100"]);
}

#[test]
fn of_two_series_of_one_country_the_first_has_the_square() {
    let point = || vec![sample::observed(0, 0.5)];
    let series = vec![sample::series("us", point()), sample::series("USA", point())];
    let figure = sample::figure(crate::Kind::Tiles, Unit::Share, series);
    let tracks = tracks::tracks(&figure);
    let codes: Vec<_> = tiles(&tracks).iter().map(|tile| tile.spot.map(|spot| spot.code)).collect();
    assert_eq!(codes, [Some("US"), None]);
    assert_eq!(country_code("USA"), Some("US"));
    assert_eq!(country_code("International / Online"), None);
}

#[test]
fn a_residual_series_has_no_square_whatever_it_is_called() {
    let mut all = vec![sample::series("na", vec![sample::observed(0, 0.5)])];
    all[0].is_residual = true;
    let figure = sample::figure(crate::Kind::Tiles, Unit::Share, all);
    assert!(tiles(&tracks::tracks(&figure))[0].spot.is_none());
}
