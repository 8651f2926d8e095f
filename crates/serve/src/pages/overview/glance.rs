//! How fresh the data are, of how much the attributes are known, and what the newest reading brought.

use chart::Unit;
use maud::{Markup, html};
use schema::Instant;

use super::About;
use crate::compute::AppState;
use crate::marks;
use crate::parts::{counted, day, duration};

/// Events that are told one by one.
const TOLD: usize = 3;

/// The section.
pub(super) fn section(state: &AppState, about: &About<'_>) -> Markup {
    let market = &about.shown.market;
    let collection = &market.release.collection;
    html! {
        section aria-labelledby="glance" {
            h2 #glance { "What this rests on" }
            dl.facts {
                dt { "Fresh" }
                dd { (fresh(state.now, market.data_through)) }
                dt { "Record" }
                dd { (record(about)) }
                dt { "Known" }
                dd { (coverage(about)) }
                @if let Some(news) = news(about) {
                    dt { "Since the reading before" }
                    dd { (news) }
                }
                dt { "Release" }
                dd { code { (market.release.id) } }
            }
            p.note {
                a href=(format!("/data?collection={collection}")) { "All about the data" }
                ": what is counted, what is missing, and what happened to the counters."
            }
        }
    }
}

fn fresh(now: Instant, data_through: Instant) -> Markup {
    let seconds = (now.millis() - data_through.millis()).max(0) / 1_000;
    html! {
        "The newest reading is of " strong { (day(data_through.day())) } ", "
        (duration(seconds.unsigned_abs())) " before this page was made."
    }
}

fn record(about: &About<'_>) -> Markup {
    let market = &about.shown.market;
    let first = market.instants().first();
    let weeks = market.weeks().map(|(first, last)| (last.number() - first.number() + 1).max(0));
    html! {
        (counted(market.snapshots.len() as u64, "snapshot", "snapshots"))
        @if let Some(first) = first { " since " (day(first.day())) }
        @match weeks {
            Some(weeks) => { ", and " (counted(weeks.unsigned_abs().into(), "week", "weeks")) " of downloads." }
            None => { "; no week of downloads is complete yet." }
        }
    }
}

fn coverage(about: &About<'_>) -> Markup {
    let known = &about.told.coverage;
    let noun = about.told.found.measure.unit();
    html! {
        @if known.is_empty() {
            "Of no attribute it can be told for how much it is known."
        } @else {
            "Of " (noun) " at the newest time: "
            @for (place, (title, share)) in known.iter().enumerate() {
                @if place > 0 { ", " }
                (title) " for " (chart::format_value(&Unit::Share, *share))
            }
            ". What is not known is in no share, and widens every bound."
        }
    }
}

/// What the newest reading has that the one before had not; nothing where there is only one.
fn news(about: &About<'_>) -> Option<Markup> {
    let market = &about.shown.market;
    let [.., before, newest] = market.instants() else { return None };
    let grown = match about.told.models {
        [Some(now), Some(before)] => Some(now - before),
        _ => None,
    };
    let after = Instant::from_millis(newest.millis() + 1);
    let events: Vec<String> = marks::within(market, *before, after).map(marks::label).collect();
    Some(html! {
        "That was on " (day(before.day())) ". "
        @match grown {
            Some(new) if new > 0.0 => { (counted(new as u64, "model is", "models are")) " new. " }
            Some(_) => { "No model is new. " }
            None => {}
        }
        @if events.is_empty() {
            "Nothing odd happened to the counters."
        } @else {
            (counted(events.len() as u64, "event", "events")) " of the counters: "
            (events.iter().take(TOLD).cloned().collect::<Vec<_>>().join("; "))
            @if events.len() > TOLD { "; and more" }
            "."
        }
    })
}
