#![expect(clippy::float_cmp, reason = "pixels and ticks are exact by construction")]

use super::*;

fn ticks_of(unit: Unit, values: &[f64]) -> Vec<String> {
    axis(&unit, values.iter().copied(), 5).labels
}

#[test]
fn counts_begin_at_zero() {
    assert_eq!(ticks_of(Unit::Count("x"), &[70.0, 93.0]), ["0", "20", "40", "60", "80", "100"]);
    assert_eq!(ticks_of(Unit::Count("x"), &[-10.0, 30.0]), ["−10", "0", "10", "20", "30"]);
}

#[test]
fn other_numbers_need_not() {
    assert_eq!(ticks_of(Unit::Number("days"), &[70.0, 93.0]), ["70", "75", "80", "85", "90", "95"]);
}

#[test]
fn an_index_stays_below_its_maximum() {
    let gini = axis(&Unit::Index { max: 1.0, name: "Gini" }, [0.97].into_iter(), 5);
    assert_eq!(gini.high, 1.0);
    let share = axis(&Unit::Share, [0.99, 1.0].into_iter(), 4);
    assert_eq!(share.high, 1.0);
}

#[test]
fn degenerate_domains_have_width() {
    for values in [&[][..], &[0.0], &[0.0, 0.0], &[7.0, 7.0], &[-7.0], &[1e100], &[-1e100, 1e100]] {
        for unit in [Unit::Count("x"), Unit::Share, Unit::Number("x")] {
            let axis = axis(&unit, values.iter().copied(), 5);
            assert!(axis.high > axis.low, "{values:?} {unit:?}");
            assert!(axis.ticks.iter().all(|tick| tick.is_finite()));
            let inside = values.iter().all(|value| (axis.low..=axis.high).contains(value));
            assert!(inside, "{values:?} {unit:?} {axis:?}");
        }
    }
}

#[test]
fn a_domain_without_width_maps_to_the_middle() {
    let scale = Linear { v0: 3.0, v1: 3.0, px0: 10.0, px1: 20.0 };
    assert_eq!(scale.px(3.0), 15.0);
    assert_eq!(scale.attribute("time"), "time:3:3:10:20");
}

#[test]
fn ticks_of_ages_are_whole() {
    assert_eq!(whole_ticks(0.0, 3.0, 8), [0.0, 1.0, 2.0, 3.0]);
    assert_eq!(whole_ticks(0.0, 270.0, 8), [0.0, 50.0, 100.0, 150.0, 200.0, 250.0]);
    assert_eq!(whole_ticks(7.0, 7.0, 8), [7.0]);
    assert_eq!(whole_ticks(0.0, 12.0, 5), [0.0, 3.0, 6.0, 9.0, 12.0], "a step is whole, too");
}
