//! What a feed says of one release.

use analyze::Event;
use maud::{Markup, html};
use schema::{Day, Instant};
use serde_json::Value as Json;

use crate::issues::Issue;
use crate::marks;
use crate::shown::Shown;

const MS_PER_WEEK: i64 = 7 * 86_400_000;
/// So many events of a kind are told, the largest.
const MOST_EVENTS: usize = 3;

/// What is told of a view.
pub(super) struct Told {
    pub(super) title: String,
    definition: String,
    /// Its numbers over time.
    series: Vec<Json>,
    /// What the numbers bear out, a line each.
    sentences: Vec<String>,
}

impl Told {
    /// What a page's JSON says: a figure its newest numbers, a result its sentences.
    pub(super) fn of(numbers: &Json) -> Self {
        let text = |name: &str| numbers[name].as_str().unwrap_or_default().to_owned();
        let list = |name: &str| numbers[name].as_array().map_or(&[][..], Vec::as_slice);
        let counts = list("counts").iter().filter_map(|count| {
            Some(format!("{} {}", count["claims"].as_u64()?, count["status"].as_str()?))
        });
        let sentences = list("sentences").iter().filter_map(|one| one["text"].as_str());
        let title = if text("title").is_empty() { text("text") } else { text("title") };
        Self {
            title: if title.is_empty() { "what is counted".to_owned() } else { title },
            definition: if text("definition").is_empty() {
                text("question")
            } else {
                text("definition")
            },
            series: list("series").to_vec(),
            sentences: sentences.map(str::to_owned).chain(counts).collect(),
        }
    }

    /// What changed, a line each; of an earlier release until its newest reading.
    fn changes(&self, until: Option<Instant>) -> Vec<String> {
        let is_of = |point: &Json| until.is_none_or(|until| is_until(point, until));
        self.series.iter().filter_map(|series| change(series, is_of)).collect()
    }
}

/// The content of the entry of a release.
pub(super) fn content(told: &Told, shown: &Shown, issue: &Issue, before: Option<&Issue>) -> Markup {
    let release = &shown.market.release;
    let is_shown = issue.release == release.id;
    let changes = told.changes((!is_shown).then_some(issue.data_through));
    let events = before.map(|before| events(shown, before, issue)).unwrap_or_default();
    html! {
        @if release.is_simulated { p { strong { "Simulated data: these numbers are invented." } } }
        @if is_shown && !told.definition.is_empty() { p { (told.definition) } }
        @if is_shown && !told.sentences.is_empty() {
            ul { @for sentence in &told.sentences { li { (sentence) } } }
        }
        @if !changes.is_empty() {
            @if is_shown {
                p { "The newest numbers, and those of the moment before:" }
            } @else {
                p { "The numbers until then, as the newest release has them now:" }
            }
            ul { @for change in &changes { li { (change) } } }
        }
        p { (issue.news(before).join(" ")) }
        @if !events.is_empty() {
            p { "What happened to the counters since the release before:" }
            ul { @for event in &events { li { (event.at.day()) ": " (event.text) } } }
        }
        p {
            "Collection " (release.collection) ", release " (issue.release) ". Source: "
            (shown.market.collection.source)
        }
    }
}

/// What happened between the newest readings of two releases: of each kind the largest.
fn events(shown: &Shown, before: &Issue, issue: &Issue) -> Vec<Event> {
    let after = |at: Instant| Instant::from_millis(at.millis() + 1);
    let (from, to) = (after(before.data_through), after(issue.data_through));
    let all: Vec<Event> = marks::within(&shown.market, from, to).cloned().collect();
    marks::largest(&all, MOST_EVENTS).into_iter().cloned().collect()
}

/// Whether a point's time was over at an instant: of a week that is its end.
fn is_until(point: &Json, until: Instant) -> bool {
    let at = point["at"].as_str().unwrap_or_default();
    if let Ok(monday) = at.parse::<Day>() {
        return monday.start().millis() + MS_PER_WEEK <= until.millis();
    }
    Instant::parse(at).is_ok_and(|at| at <= until)
}

/// The last two numbers of a series; nothing of one that was never known.
fn change(series: &Json, is_of: impl Fn(&Json) -> bool) -> Option<String> {
    let label = series["label"].as_str()?;
    let points = series["points"].as_array()?;
    let mut known = points.iter().rev().filter(|point| !point["value"].is_null() && is_of(point));
    let newest = known.next()?;
    let said = |point: &Json| {
        let at = point["at"].as_str().unwrap_or_default();
        format!("{} ({})", point["text"].as_str().unwrap_or_default(), at.get(..10).unwrap_or(at))
    };
    let before = known.next().map(|before| format!("; {} {}", way(before, newest), said(before)));
    Some(format!("{label}: {}{}", said(newest), before.unwrap_or_default()))
}

/// How a number went, as far as people are shown of it.
fn way(before: &Json, newest: &Json) -> &'static str {
    let value = |point: &Json| point["value"].as_f64();
    match (value(before), value(newest)) {
        _ if before["text"] == newest["text"] => "as before:",
        (Some(before), Some(newest)) if newest > before => "up from",
        (Some(before), Some(newest)) if newest < before => "down from",
        _ => "before",
    }
}
