//! What is known of a collection as a whole, and how sure its weekly flows are.

use analyze::{Disagreement, Market};
use chart::{Unit, format_value};
use maud::{Markup, html};
use panel::Birth;
use panel::anomaly::Flag;
use schema::CellState;

use super::problem_count;
use crate::pages::methods;
use crate::parts::{counted, day, grouped};
use crate::shown::Shown;

/// The section about the chosen collection.
pub(super) fn section(shown: &Shown) -> Markup {
    let market = &shown.market;
    html! {
        section aria-labelledby="facts" {
            h2 #facts { "This collection: " (market.collection.title) }
            dl.facts {
                dt { "Source and licence" } dd { (market.collection.source) }
                dt { "Covers" } dd { (market.collection.covers) }
                dt { "Newest reading" } dd { (market.data_through) }
                dt { "Readings" }
                dd { "at " (counted(market.instants().len() as u64, "instant", "instants")) }
                dt { "Weekly flows" } dd { (flows(market)) }
                @if market.weeks().is_some() {
                    dt { "Flagged" } dd { (flagged(shown)) }
                }
                dt { "Two counters" } dd { (disagreement(market.disagreement.as_ref())) }
                dt { "Age of models" } dd { (ages(market)) }
                dt { "Problems met" }
                dd {
                    (counted(problem_count(market), "row or field", "rows or fields"))
                    " left out, each named in the problems table"
                }
                dt { "Release" } dd { code { (market.release.id) } }
            }
        }
    }
}

/// How many cells are in each state.
fn flows(market: &Market) -> Markup {
    let counts = market.state_counts();
    let total: u64 = counts.iter().sum();
    html! {
        @if let Some((first, last)) = market.weeks() {
            "weeks of " (first) " to " (last) "; a cell is one model in one week: "
            @for (state, count) in CellState::ALL.into_iter().zip(counts) {
                (counted(count, "cell", "cells")) " " (state.name()) " (" (share(count, total)) ")"
                @if state != CellState::Missing { ", " }
            }
        } @else {
            "none: too few readings lie a week apart"
        }
    }
}

/// How many cells have a flag, and which.
fn flagged(shown: &Shown) -> Markup {
    let market = &shown.market;
    let weeks = market.weeks().map(|(first, last)| first.number()..=last.number());
    let weeks = weeks.into_iter().flatten().map(schema::Week::from_number);
    let flagged: u64 =
        weeks.filter_map(|week| market.week_states(week)).map(|week| week.flagged).sum();
    let total: u64 = market.state_counts().iter().sum();
    let without = format!("/power?collection={}&flagged=exclude", market.release.collection);
    html! {
        @if flagged == 0 {
            "no cell"
        } @else {
            (counted(flagged, "cell", "cells")) " (" (share(flagged, total)) ") in which something is \
             odd; they are counted all the same, and can be "
            a href=(without) { "left out" } ". "
            (methods::link("anomalies"))
            ul.reasons {
                @for (flag, count) in shown.flag_counts.into_iter().filter(|(_, count)| *count > 0) {
                    li { (grouped(count)) " × " (words(flag)) }
                }
            }
        }
    }
}

/// What a flag says.
const fn words(flag: Flag) -> &'static str {
    match flag {
        Flag::Spike => "spike: far from the model's own history, and the level comes back",
        Flag::Shift => "shift: the first week of a level that stays",
        Flag::Synchronous => "synchronous: many of an owner's models jump in the same week",
        Flag::Floor => "floor: many old models of one owner have the same small constant flow",
    }
}

/// How far the two counters of the same downloads are apart.
fn disagreement(found: Option<&Disagreement>) -> Markup {
    let Some(found) = found else {
        return html! { "not compared: no model has both counters, read closely enough" };
    };
    let number = |ratio: f64| format!("{ratio:.2}");
    html! {
        "The rolling 30-day sum was held against what the cumulative counter gained in its 30 days, "
        (counted(found.compared, "time", "times")) ", of "
        (counted(found.model_count, "model", "models")) "."
        @if let Some(median) = found.median_ratio {
            " It is " (number(median)) " times as large in the middle"
            @if let (Some(low), Some(high)) = (found.low_ratio, found.high_ratio) {
                ", and " (number(low)) " to " (number(high)) " times in nine cases of ten"
            }
            "; 1 is agreement."
        }
        @if let (Some(tolerance), Some(beyond)) = (found.tolerance, found.share_beyond_tolerance) {
            " In " (format_value(&Unit::Share, beyond)) " of the cases they are more than "
            (format_value(&Unit::Share, tolerance)) " apart."
        }
    }
}

/// Of how many models the age is not known, and why.
fn ages(market: &Market) -> Markup {
    let (unknown, models) = (market.unknown_age_count() as u64, market.model_count() as u64);
    html! {
        @if unknown == 0 {
            "known for all models"
        } @else {
            "not known for " (counted(unknown, "model", "models")) " (" (share(unknown, models))
            "): the source does not say when they were created, or they are older than the Hub's record \
             of it, which begins on " (day(Birth::floor().day()))
        }
    }
}

fn share(count: u64, total: u64) -> String {
    format_value(&Unit::Share, count as f64 / total as f64)
}
