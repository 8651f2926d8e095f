use schema::Instant;

use super::*;
use crate::sample::{self, observed, series};
use crate::{Kind, Point, Size, Unit, X};

fn event(millis: i64, label: &str) -> Event {
    Event { at: Instant::from_millis(millis), label: label.to_owned(), detail: String::new() }
}

fn planned(names: &[(i64, &str)], size: Size) -> (Vec<usize>, bool) {
    let point = Point { x: X::Instant(Instant::from_millis(0)), ..observed(0, 1.0) };
    let mut figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", vec![point])]);
    figure.events = names.iter().map(|(millis, label)| event(*millis, label)).collect();
    let x = Linear { v0: 0.0, v1: 600.0, px0: 50.0, px1: 650.0 };
    let plan = plan(&figure, &x, &Look::new(size, "x"));
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
fn a_name_at_the_edge_stands_left_of_its_mark_where_nothing_is_in_the_way() {
    // The scale ends at 650 px of 860: beside a mark there 200 px are free.
    let long = "a name of so many letters that it needs half of the drawing";
    let sides = |names: &[(i64, &str)]| {
        let point = Point { x: X::Instant(Instant::from_millis(0)), ..observed(0, 1.0) };
        let mut figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", vec![point])]);
        figure.events = names.iter().map(|(millis, label)| event(*millis, label)).collect();
        let x = Linear { v0: 0.0, v1: 600.0, px0: 50.0, px1: 650.0 };
        let plan = plan(&figure, &x, &Look::new(Size::Page, "x"));
        plan.marks.iter().map(|mark| (mark.shown.clone(), mark.is_left)).collect::<Vec<_>>()
    };
    let named = |name: &str, is_left| (name.to_owned(), is_left);
    assert_eq!(sides(&[(0, "one"), (600, long)]), [named("one", false), named(long, true)]);
    // A mark where the name would stand: numbers, and no name is cut.
    let numbers = [named("1", false), named("2", false)];
    assert_eq!(sides(&[(500, "one"), (600, long)]), numbers);
    // A name that reaches there, from a mark that does not.
    assert_eq!(sides(&[(0, long), (600, long)]), numbers);
    let longer = format!("{long} and {long}");
    assert_eq!(sides(&[(300, &longer)]), [named("1", false)], "room on neither side");
}

#[test]
fn events_outside_are_left_out() {
    assert_eq!(planned(&[(-1, "before"), (601, "after")], Size::Page), (Vec::new(), false));
}

#[test]
fn what_happens_in_the_last_week_is_marked_at_its_end() {
    let points = vec![observed(0, 1.0), observed(1, 1.0)];
    let mut figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", points)]);
    let (from, to) = tracks::x_extent(&figure).expect("two weeks");
    let week = 7 * 86_400_000;
    figure.events = vec![
        event(from as i64 - 1, "before"),
        event(to as i64 + week - 1, "on its Sunday"),
        event(to as i64 + week, "after"),
    ];
    let x = Linear { v0: from, v1: to, px0: 50.0, px1: 650.0 };
    let plan = plan(&figure, &x, &Look::new(Size::Page, "x"));
    let marks: Vec<_> = plan.marks.iter().map(|mark| (mark.shown.as_str(), mark.x)).collect();
    assert_eq!(marks, [("on its Sunday", 650.0)]);
}

/// Where a text element stands and how large it is written: the baseline and the font's size.
fn texts(svg: &str, class: &str) -> Vec<(f64, Option<f64>)> {
    let number = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        rest.split('"').next()?.parse::<f64>().ok()
    };
    let tags = svg.split("<text ").skip(1).filter_map(|rest| rest.split('>').next());
    let tags = tags.filter(|tag| tag.contains(&format!("class=\"{class}\"")));
    tags.filter_map(|tag| Some((number(tag, "y")?, number(tag, "font-size")))).collect()
}

#[test]
fn names_stand_above_the_label_of_the_top_layer() {
    for size in [Size::Page, Size::File] {
        let points = vec![observed(0, 1.0), observed(1, 100.0)];
        let mut figure = sample::figure(Kind::Line, Unit::Share, vec![series("a", points)]);
        let (_, to) = tracks::x_extent(&figure).expect("two weeks");
        figure.events = vec![event(to as i64, "a name over the labels")];
        let frame = crate::Frame { size, theme: crate::Theme::Page };
        let svg = crate::draw(&figure, frame);
        let look = Look::new(size, "x");
        let events = svg.split_once("class=\"events\"").expect("a mark").1;
        let events = events.split("class=\"series").next().unwrap_or_default();
        let (name, _) = texts(events, "muted")[0];
        let (label, _) = texts(&svg, "end-label strong")[0];
        // Letters reach a quarter of their size below the baseline, and three quarters above.
        let (below, above) = (name + look.small * 0.25, label - look.size * 0.75);
        assert!(below <= above, "{size:?}: the name ends at {below}, the label begins at {above}");
    }
}
