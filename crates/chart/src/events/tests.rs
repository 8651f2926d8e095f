use schema::Instant;

use super::*;
use crate::Size;

fn planned(names: &[(i64, &str)], size: Size) -> (Vec<usize>, bool) {
    let events: Vec<Event> = names
        .iter()
        .map(|(millis, label)| Event {
            at: Instant::from_millis(*millis),
            label: (*label).to_owned(),
            detail: String::new(),
        })
        .collect();
    let x = Linear { v0: 0.0, v1: 600.0, px0: 50.0, px1: 650.0 };
    let plan = plan(&events, &x, &Look::new(size, "x"));
    (plan.marks.iter().map(|mark| mark.lane).collect(), plan.is_numbered)
}

#[test]
fn names_with_room_share_the_lowest_lane() {
    assert_eq!(planned(&[(0, "one"), (300, "two")], Size::Page), (vec![0, 0], false));
}

#[test]
fn a_name_goes_above_what_it_reaches_over() {
    let names = [(0, "a name that is long"), (50, "another long name"), (100, "short")];
    assert_eq!(planned(&names, Size::Page), (vec![2, 1, 0], false));
}

#[test]
fn phones_and_crowds_have_numbers() {
    assert!(planned(&[(0, "one")], Size::Phone).1);
    let crowd: Vec<(i64, &str)> = (0..9).map(|at| (at * 10, "a name that is long")).collect();
    let (lanes, is_numbered) = planned(&crowd, Size::Page);
    assert!(is_numbered && lanes.iter().all(|lane| *lane < MOST_LANES), "{lanes:?}");
}

#[test]
fn events_outside_are_left_out() {
    assert_eq!(planned(&[(-1, "before"), (601, "after")], Size::Page), (Vec::new(), false));
}
