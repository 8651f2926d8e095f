//! Which events of a collection a series is marked with, and what is said of them.

use std::collections::BTreeSet;

use analyze::{Event, EventKind, Market};
use chart::{Series, X};
use schema::Instant;

use crate::parts::{counted, grouped};
use crate::view::{Layout, View};

/// Marks of one kind that are drawn where there is room; the others are counted.
const DRAWN: usize = 3;

/// The events that a figure is marked with.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    /// Those that are drawn, by time: of each kind the largest few.
    pub(crate) drawn: Vec<Event>,
    /// What has to be said of the others, and of counting rules.
    pub(crate) notes: Vec<String>,
}

/// The marks of some series of a view, within the time that they show.
pub(crate) fn of_series(view: &View, series: &[Series]) -> Marks {
    let Some((from, to)) = reach(series) else { return Marks::default() };
    let is_asked = |event: &&Event| concerns(view, event);
    let events = within(&view.shown.market, from, to).filter(is_asked);
    let all: Vec<Event> = events.cloned().collect();
    let most = if view.layout == Layout::Small { 1 } else { DRAWN };
    let drawn = largest(&all, most);
    let mut notes: Vec<String> = rest_note(&all, &drawn).into_iter().collect();
    notes.extend(rule_note(view, &all));
    Marks { drawn: drawn.into_iter().cloned().collect(), notes }
}

/// The moment of some series at which an event shows first: the first that ends after it.
pub(crate) fn moment(series: &[Series], event: &Event) -> Option<X> {
    let points = series.iter().flat_map(|series| &series.points);
    let after = points.filter(|point| end(point.x).is_some_and(|end| end > event.at));
    after.map(|point| point.x).min_by_key(|x| end(*x))
}

/// An event as it is drawn.
pub(crate) fn drawing(event: &Event) -> chart::Event {
    chart::Event { at: event.at, label: label(event), detail: event.text.clone() }
}

/// The events of a collection from one instant to before another.
pub(crate) fn within(market: &Market, from: Instant, to: Instant) -> impl Iterator<Item = &Event> {
    market.events.iter().filter(move |event| (from..to).contains(&event.at))
}

/// What an event is called beside its mark.
pub(crate) fn label(event: &Event) -> String {
    let mut label = event.kind.title().to_owned();
    if let Some(subject) = &event.subject {
        label = format!("{label}: {subject}");
    }
    match (event.models, event.of) {
        (Some(models), Some(of)) => {
            format!("{label} ({} of {})", grouped(models), counted(of, "model", "models"))
        }
        (Some(models), None) => format!("{label} ({})", counted(models, "model", "models")),
        _ => label,
    }
}

/// The time from the first to the end of the last moment of some series.
fn reach(series: &[Series]) -> Option<(Instant, Instant)> {
    let points = || series.iter().flat_map(|series| &series.points);
    let from = points().filter_map(|point| begin(point.x)).min()?;
    Some((from, points().filter_map(|point| end(point.x)).max()?))
}

fn begin(x: X) -> Option<Instant> {
    match x {
        X::Week(week) => Some(week.start()),
        X::Instant(at) => Some(at),
        X::Age(_) | X::Period(_) | X::Share(_) | X::Place(_) => None,
    }
}

/// The first instant that is no longer within a moment.
fn end(x: X) -> Option<Instant> {
    match x {
        X::Week(week) => Some(week.end()),
        X::Instant(at) => Some(Instant::from_millis(at.millis() + 1)),
        X::Age(_) | X::Period(_) | X::Share(_) | X::Place(_) => None,
    }
}

/// Whether an event can move the numbers of a view.
fn concerns(view: &View, event: &Event) -> bool {
    let rules = view.counting_rules();
    event.concerns(view.measure, (!rules.is_empty()).then_some(rules))
}

/// Of each kind the events that touch the most models, by time; of equal ones the latest, and of
/// those that say the same of one day one.
pub(crate) fn largest(events: &[Event], most: usize) -> Vec<&Event> {
    let mut kept: Vec<&Event> = Vec::new();
    for kind in EventKind::ALL {
        let mut of_kind: Vec<&Event> = events.iter().filter(|event| event.kind == kind).collect();
        of_kind.sort_by_key(|event| std::cmp::Reverse((event.models, event.at)));
        let mut said = BTreeSet::new();
        of_kind.retain(|event| said.insert((event.at.day(), &event.subject)));
        of_kind.truncate(most);
        kept.extend(of_kind);
    }
    kept.sort_by_key(|event| (event.at, event.kind));
    kept
}

/// How many events of which kinds have no mark of their own.
fn rest_note(all: &[Event], drawn: &[&Event]) -> Option<String> {
    let count = |kind: EventKind| {
        let is_kind = |event: &&Event| event.kind == kind;
        let rest = all.iter().filter(is_kind).count()
            - drawn.iter().filter(|event| event.kind == kind).count();
        (rest > 0).then(|| format!("{} × {}", grouped(rest as u64), kind.title().to_lowercase()))
    };
    let rest: Vec<String> = EventKind::ALL.into_iter().filter_map(count).collect();
    (!rest.is_empty()).then(|| format!("Without a mark, beside larger ones: {}.", rest.join(", ")))
}

/// What changes of counting rules mean for what is shown.
fn rule_note(view: &View, all: &[Event]) -> Option<String> {
    if !view.counts_downloads() {
        return None;
    }
    let changes = all.iter().filter(|event| event.kind == EventKind::RuleChange).count() as u64;
    let rules = view.counting_rules().join(", ");
    match (changes, rules.is_empty()) {
        (0, true) => None,
        (0, false) => Some(format!(
            "The counting rule is held fixed ({rules}) and did not change in the time shown."
        )),
        (_, true) => Some(format!(
            "What counts as a download changed {} in the time shown: hold the counting rule fixed \
             before taking a step for a change of use.",
            times(changes)
        )),
        (_, false) => Some(format!(
            "The counting rule is held fixed ({rules}), and changed {} in the time shown.",
            times(changes)
        )),
    }
}

fn times(count: u64) -> String {
    if count == 1 { "once".to_owned() } else { format!("{} times", grouped(count)) }
}

#[cfg(test)]
mod tests;
