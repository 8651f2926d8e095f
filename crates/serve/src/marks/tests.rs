use analyze::{Event, EventKind};
use chart::{Point, Series, X};
use schema::{CellState, Estimate, Instant, Week};

use super::*;

fn week(after: i32) -> Week {
    "2024-03-04".parse::<Week>().unwrap().plus(after)
}

fn event(kind: EventKind, at: Instant, models: Option<u64>) -> Event {
    Event { at, kind, subject: None, models, of: models.map(|_| 2_000), text: String::new() }
}

fn series(places: impl IntoIterator<Item = X>) -> Series {
    let point = |x| Point { x, estimate: Estimate::undefined(0), state: CellState::Missing };
    Series {
        key: "one".to_owned(),
        label: "One".to_owned(),
        points: places.into_iter().map(point).collect(),
        is_residual: false,
        is_hidden: false,
    }
}

#[test]
fn of_each_kind_the_largest_are_drawn_by_time() {
    let fall = |after, models| event(EventKind::Restatement, week(after).start(), Some(models));
    let events = [
        fall(0, 7),
        fall(1, 9),
        event(EventKind::Stale, week(2).start(), Some(1)),
        fall(3, 7),
        fall(4, 2),
    ];
    let drawn: Vec<Instant> = largest(&events, 2).iter().map(|event| event.at).collect();
    // Of the two falls of seven models the later; the smallest of another kind has a mark.
    assert_eq!(drawn, [week(1), week(2), week(3)].map(Week::start));
}

#[test]
fn one_mark_of_a_kind_is_enough_for_a_day() {
    let noon = Instant::from_millis(week(0).start().millis() + 12 * 3_600_000);
    let of = |kind, subject: Option<&str>, at, models| Event {
        subject: subject.map(str::to_owned),
        ..event(kind, at, Some(models))
    };
    let events = [
        of(EventKind::Stale, None, week(0).start(), 9),
        of(EventKind::Stale, None, noon, 8),
        of(EventKind::RuleChange, Some("gguf"), noon, 1),
        of(EventKind::RuleChange, Some("default"), noon, 1),
    ];
    let drawn = largest(&events, 3);
    let said: Vec<_> = drawn.iter().map(|event| (event.subject.as_deref(), event.models)).collect();
    // The larger of one kind; rules of two classes are two things.
    assert_eq!(said.len(), 3);
    assert_eq!(said[0], (None, Some(9)));
}

#[test]
fn what_is_not_drawn_is_counted_by_kind() {
    let fall = |after| event(EventKind::Restatement, week(after).start(), Some(1));
    let all = [fall(0), fall(1), fall(2), event(EventKind::Stale, week(1).start(), Some(1))];
    assert_eq!(
        rest_note(&all, &largest(&all, 1)).unwrap(),
        "Without a mark, beside larger ones: 2 × counters fell."
    );
    assert_eq!(rest_note(&all, &largest(&all, 3)), None);
}

#[test]
fn a_mark_is_named_with_what_is_known() {
    let mut event = event(EventKind::Restatement, week(0).start(), Some(1_234));
    assert_eq!(label(&event), "Counters fell (1,234 of 2,000 models)");
    event.of = None;
    event.models = Some(1);
    assert_eq!(label(&event), "Counters fell (1 model)");
    event.kind = EventKind::RuleChange;
    event.subject = Some("library:timm".to_owned());
    event.models = None;
    assert_eq!(label(&event), "Counting changed: library:timm");
}

#[test]
fn an_event_shows_in_its_week_or_else_in_the_next_that_there_is() {
    let lines = [series([0, 1, 4].map(|after| X::Week(week(after))))];
    let shows = |at: Instant| moment(&lines, &event(EventKind::Stale, at, None));
    let sunday = Instant::from_millis(week(1).end().millis() - 1);
    assert_eq!(shows(week(1).start()), Some(X::Week(week(1))));
    assert_eq!(shows(sunday), Some(X::Week(week(1))));
    assert_eq!(shows(week(2).start()), Some(X::Week(week(4))), "two weeks are not there");
    assert_eq!(shows(week(5).start()), None);
}

#[test]
fn an_event_between_readings_shows_at_the_later_one() {
    let at = |after: i32| week(after).start();
    let lines = [series([X::Instant(at(4))]), series([X::Instant(at(2)), X::Instant(at(0))])];
    let shows = |at: Instant| moment(&lines, &event(EventKind::RuleChange, at, None));
    assert_eq!(shows(at(2)), Some(X::Instant(at(2))), "what a reading brings, it shows");
    assert_eq!(shows(Instant::from_millis(at(2).millis() + 1)), Some(X::Instant(at(4))));
    assert_eq!(moment(&[series([X::Share(0.5)])], &event(EventKind::Stale, at(0), None)), None);
}

#[test]
fn the_last_week_is_within_reach_to_its_end() {
    let lines = [series([0, 2].map(|after| X::Week(week(after))))];
    assert_eq!(reach(&lines), Some((week(0).start(), week(3).start())));
    assert_eq!(reach(&[series([])]), None);
}
