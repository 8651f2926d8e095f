//! What happened to the counters of a collection, as marks on its series.

use std::collections::{BTreeMap, HashMap};

use analyze::{Disagreement, Event, EventKind, panel_columns};
use enrich::counting::{self, Library};
use panel::stale::{StaleEvent, StaleKind};
use panel::{Cells, Restatement};
use schema::Week;
use store::{Layer, Store};

use crate::output::grouped;
use crate::pipeline::tables::MODELS;

/// What was found while flows were made.
pub(super) struct Happened<'a> {
    pub(super) stale: Vec<StaleEvent>,
    pub(super) restatements: &'a [(u32, Restatement)],
    /// Models with a cumulative counter.
    pub(super) counted_models: u64,
}

/// All events, by time.
pub(super) fn by_time(happened: &Happened<'_>, rule_changes: Vec<Event>) -> Vec<Event> {
    let mut events = restated(happened);
    events.extend(happened.stale.iter().map(stale));
    events.extend(rule_changes);
    events.sort_by(|a, b| (a.at, a.kind, &a.subject).cmp(&(b.at, b.kind, &b.subject)));
    events
}

/// One event for each week in which counters fell.
fn restated(happened: &Happened<'_>) -> Vec<Event> {
    let mut weeks: BTreeMap<Week, Vec<&Restatement>> = BTreeMap::new();
    for (_, fall) in happened.restatements {
        weeks.entry(fall.after_at.week()).or_default().push(fall);
    }
    let event = |(_, falls): (Week, Vec<&Restatement>)| {
        let models = falls.len() as u64;
        let lost: u64 = falls.iter().map(|fall| fall.before.abs_diff(fall.after)).sum();
        let at = falls.iter().map(|fall| fall.after_at).min().expect("a week is of some fall");
        Event {
            at,
            kind: EventKind::Restatement,
            subject: None,
            models: Some(models),
            of: Some(happened.counted_models),
            text: format!(
                "The cumulative counter of {} fell, by {} downloads in all; their flow over that \
                 time is missing.",
                counted(models, "model"),
                grouped(lost)
            ),
        }
    };
    weeks.into_iter().map(event).collect()
}

fn stale(event: &StaleEvent) -> Event {
    let StaleEvent { at, kind, models, of, .. } = *event;
    let some = format!("{} of {}", grouped(models), counted(of, "model"));
    let (kind, text) = match kind {
        StaleKind::Stale => (
            EventKind::Stale,
            format!("The source repeated older readings of {some}; they are left out."),
        ),
        StaleKind::Rollback => (
            EventKind::Rollback,
            format!("The source went back to an older state, with {some}; it is left out."),
        ),
        StaleKind::Partial => (
            EventKind::Partial,
            format!("The source showed only {some}; the others are not gone, and not zero."),
        ),
    };
    Event { at, kind, subject: None, models: Some(models), of: Some(of), text }
}

/// The changes of counting rules within a record, as far as they concern its models.
pub(super) fn rule_changes(
    store: &Store,
    collection: &str,
    from: &str,
    cells: &Cells,
) -> anyhow::Result<Vec<Event>> {
    let Some((first, last)) = cells.weeks() else { return Ok(Vec::new()) };
    let libraries = store.read_columns(Layer::Tables, collection, from, MODELS, &["library"])?;
    let mut models: HashMap<&'static str, u64> = HashMap::new();
    panel_columns::each_text(&libraries, |library| {
        // A library that is not known is not none.
        if library.is_empty() {
            return;
        }
        if let Some(class) = counting::rule_class(Library::Named(library), Some(false)) {
            *models.entry(class).or_default() += 1;
        }
    })?;
    let of = cells.order().len() as u64;
    let is_within = |change: &&counting::Change| (first..=last).contains(&change.on.week());
    let event = |change: &counting::Change| {
        let models = models.get(change.class).copied();
        // Of a library that no model names, no model is counted otherwise.
        if change.class.starts_with("library:") && models.is_none() {
            return None;
        }
        Some(Event {
            at: change.on.start(),
            kind: EventKind::RuleChange,
            subject: Some(change.class.to_owned()),
            models,
            of: models.map(|_| of),
            text: change.what.to_owned(),
        })
    };
    Ok(counting::changes().iter().filter(is_within).filter_map(event).collect())
}

/// How far the two counters are apart.
pub(super) fn disagreement(found: panel::flow::Disagreement) -> Disagreement {
    Disagreement {
        compared: found.compared,
        model_count: found.model_count,
        median_ratio: Some(found.median_ratio),
        low_ratio: Some(found.low_ratio),
        high_ratio: Some(found.high_ratio),
        tolerance: Some(found.tolerance),
        share_beyond_tolerance: Some(found.share_beyond_tolerance),
    }
}

fn counted(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}
