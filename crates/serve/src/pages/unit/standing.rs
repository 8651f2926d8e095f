//! Where a unit stands now: rank, share and sum, each with how sure it is.

use analyze::Place;
use chart::Unit;
use maud::{Markup, html};
use schema::Estimate;

use crate::figures::{left_out, measured};
use crate::parts::{self, counted, grouped, moment_of, sure};
use crate::view::View;

/// The section; in place of numbers the reason why there are none.
pub(in crate::pages) fn section(view: &View, placed: &Result<Place, String>) -> Markup {
    html! {
        section.stands aria-labelledby="stands" {
            h2 #stands { "Where it stands" }
            @match placed {
                Ok(place) if place.share.value.is_some() => { (facts(view, place)) }
                Ok(place) => {
                    p.reason {
                        strong { "No data for this question: " }
                        "nothing is known of it " (moment_of(place.at)) ", which is not the same as none."
                    }
                }
                Err(reason) => {
                    p.reason { strong { "No data for this question: " } (reason) "." }
                }
            }
        }
    }
}

fn facts(view: &View, place: &Place) -> Markup {
    let noun = view.measure.unit();
    let numbers = [(Unit::Share, &place.share), (Unit::Count(noun), &place.sum)];
    let is_exact = numbers.iter().all(|(unit, known)| {
        parts::range(unit, known.low, known.high).is_none()
            && parts::range(unit, known.bound_low, known.bound_high).is_none()
    });
    html! {
        p.subtitle {
            "By " (measured(view)) ", " (moment_of(place.at)) "."
            @for sentence in left_out(view) { " " (sentence) }
        }
        dl.standing-facts {
            @if place.is_attributed {
                div { dt { "Rank" } dd { (rank(place)) } }
            }
            div { dt { "Share" } dd { (sure(&Unit::Share, &place.share)) } }
            div { dt { (upper_first(noun)) } dd { (sure(&Unit::Count(noun), &place.sum)) } }
            @if place.sum.n > 1 {
                div { dt { "Models" } dd { (grouped(place.sum.n)) } }
            }
        }
        @if !place.is_attributed {
            p.note {
                "This is mass that belongs to none: it has no rank, and enters the bounds of all others."
            }
        }
        p.note {
            @if is_exact {
                "Read exactly: no gap and no estimated week is in these numbers, and no mass that belongs to none could change them. "
            } @else {
                "Interval: what gaps and estimated weeks leave open. "
                "Bounds: what it could be, wherever mass that belongs to none belongs. "
            }
            a href="/data#definitions" { "How to read a number" } "."
        }
    }
}

/// The rank of how many, what it could be, and what it was.
pub(in crate::pages) fn rank(place: &Place) -> Markup {
    let whole = |number: Option<f64>| number.map(|number| number.round() as u64);
    let rank = &place.rank;
    html! {
        @if let Some(value) = whole(rank.value) {
            (grouped(value)) span.of { " of " (grouped(rank.n)) }
        }
        @if let Some(range) = range("could be", rank, rank.low, rank.high) { span.range { (range) } }
        @if let Some(range) = range("bounds", rank, rank.bound_low, rank.bound_high) {
            span.range { (range) }
        }
        @if place.earlier_at != place.at {
            span.range {
                @match place.earlier_rank {
                    Some(earlier) if whole(rank.value) == Some(earlier) => { "the same" }
                    Some(earlier) => { "was " (grouped(earlier)) }
                    None => { "not there" }
                }
                " " (moment_of(place.earlier_at))
            }
        }
    }
}

/// From which to which rank; `None` where both are the rank.
fn range(word: &str, rank: &Estimate, low: Option<f64>, high: Option<f64>) -> Option<String> {
    let low = low?;
    if rank.value == Some(low) && high == Some(low) {
        return None;
    }
    let low = grouped(low.round() as u64);
    Some(match high {
        Some(high) => format!("{word} {low} to {}", grouped(high.round() as u64)),
        None => format!("{word} {low} to any"),
    })
}

fn upper_first(noun: &str) -> String {
    let mut letters = noun.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// How many models, in words that can begin a sentence.
pub(in crate::pages) fn models(count: u64) -> String {
    counted(count, "model", "models")
}
