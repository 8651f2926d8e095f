//! How good the numbers of a unit are: gaps, estimates, flags, and what happened to the counters.

use chart::{Point, Series, Unit, X};
use maud::{Markup, html};
use schema::{CellState, Flagged, MeasureKind};

use crate::figures::{Drawing, Name, draw};
use crate::parts::{counted, day, grouped};
use crate::refusal::Refusal;
use crate::view::{Layout, View};

/// The section about the unit that a view's address names.
pub(in crate::pages) fn section(view: &View) -> Result<Markup, Refusal> {
    let drawing = draw(Name::UnitSum, &View { layout: Layout::Wide, ..view.clone() })?;
    let Some(series) = drawing.figure.series.first() else { return Ok(html! {}) };
    let known: Vec<&Point> =
        series.points.iter().filter(|point| point.estimate.value.is_some()).collect();
    let (Some(first), Some(last)) = (known.first(), known.last()) else { return Ok(html! {}) };
    let is_flow = view.measure.kind() == MeasureKind::Flow;
    let flagged = if is_flow && view.flagged == Flagged::Include {
        flagged_share(view, series)?
    } else {
        None
    };
    Ok(html! {
        section aria-labelledby="quality" {
            h2 #quality { "How good these numbers are" }
            dl.facts {
                dt { (if is_flow { "Weeks" } else { "Readings" }) }
                dd {
                    (grouped(known.len() as u64)) " known, from " (at(first.x)) " to " (at(last.x))
                    @if let Some(gap) = gaps(first.x, last.x, known.len()) {
                        "; in " (counted(gap, "week", "weeks")) " between nothing is known, which is not zero"
                    }
                }
                @if is_flow {
                    dt { "Estimated" }
                    dd { (estimated(&known)) }
                    dt { "Missing" }
                    dd { (missing(series)) }
                }
                @if let Some(share) = flagged {
                    dt { "Flagged" }
                    dd {
                        (chart::format_value(&Unit::Share, share))
                        " of what is counted here is in weeks with a flag, in which something is odd"
                    }
                }
                dt { "Events" }
                dd { (events(&drawing)) }
            }
        }
    })
}

/// Weeks between the first and the last known one of which nothing is known; `None` for readings,
/// and where there are none.
fn gaps(first: X, last: X, known: usize) -> Option<u64> {
    let (X::Week(first), X::Week(last)) = (first, last) else { return None };
    let all = u64::from((last.number() - first.number()).unsigned_abs()) + 1;
    all.checked_sub(known as u64).filter(|gap| *gap > 0)
}

fn estimated(known: &[&Point]) -> String {
    let weeks = known.iter().filter(|point| point.state == CellState::Estimated).count() as u64;
    let (mut estimated, mut all) = (0.0, 0.0);
    for point in known {
        let value = point.estimate.value.unwrap_or_default();
        all += value;
        estimated += value * point.estimate.estimated_share.unwrap_or_default();
    }
    let share = if all > 0.0 { estimated / all } else { 0.0 };
    format!(
        "{} of all that is counted here; {} mostly so",
        chart::format_value(&Unit::Share, share),
        counted(weeks, "week is", "weeks are")
    )
}

/// Cells that are known not to be known, and in no sum.
fn missing(series: &Series) -> String {
    let cells = series.points.iter().filter_map(|point| point.estimate.missing_cells);
    let cells: u64 = cells.sum();
    format!("{} of one model in one week, in no sum", counted(cells, "cell", "cells"))
}

/// Which part of what is counted over all weeks is in weeks with a flag.
fn flagged_share(view: &View, series: &Series) -> Result<Option<f64>, Refusal> {
    let only = View { flagged: Flagged::Only, ..view.clone() };
    let flagged = draw(Name::UnitSum, &only)?;
    let total = |series: &Series| {
        series.points.iter().filter_map(|point| point.estimate.value).sum::<f64>()
    };
    let all = total(series);
    Ok((all > 0.0).then(|| flagged.figure.series.first().map_or(0.0, total) / all))
}

fn events(drawing: &Drawing) -> Markup {
    html! {
        @if drawing.marks.is_empty() {
            "nothing that happened to the counters in this time is known"
        } @else {
            "marks in the picture say what happened to the counters of the collection; "
            a href=(format!("/data?collection={}#events", drawing.collection)) { "all of them" }
        }
    }
}

fn at(x: X) -> String {
    match x {
        X::Week(week) => format!("the week of {}", day(week.monday())),
        X::Instant(at) => day(at.day()),
        X::Age(_) | X::Period(_) | X::Share(_) | X::Place(_) => String::new(),
    }
}
