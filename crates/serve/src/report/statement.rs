//! What the data are, how far they reach, and what they do not say.

use analyze::{EventKind, Market, SnapshotInfo};
use maud::{Markup, html};

use super::Report;
use crate::bound;
use crate::parts::{day, grouped, scrolled};

/// Snapshots that are listed; a report of years would be a list of them.
const LISTED: usize = 20;

pub(super) fn section(report: &Report<'_>) -> Markup {
    let market = report.market;
    html! {
        section aria-labelledby="data" {
            h2 #data { "The data" }
            h3 { "Where they come from" }
            p { (bound::quoted(&market.collection.source, "collection/source")) }
            p.note { "The licence is the source's, as far as it is known. Every number here is made from these data alone." }
            (snapshots(market))
            h3 { "How far they reach" }
            (reach(market))
            h3 { "What happened to the counters" }
            (happened(market))
            h3 { "What the numbers do not say" }
            (limits())
        }
    }
}

fn snapshots(market: &Market) -> Markup {
    let mut newest: Vec<&SnapshotInfo> = market.snapshots.iter().collect();
    newest.sort_by(|a, b| b.read_at.cmp(&a.read_at).then(a.name.cmp(&b.name)));
    newest.truncate(LISTED);
    let sum = |of: fn(&SnapshotInfo) -> u64| market.snapshots.iter().map(of).sum::<u64>();
    let (rows, problems) = (sum(|one| one.row_count), sum(|one| one.problem_count));
    let table = html! {
        table {
            caption { "The newest " (newest.len()) " of " (market.snapshots.len()) " snapshots" }
            thead {
                tr {
                    th scope="col" { "Read" }
                    th scope="col" { "File" }
                    th.number scope="col" { "Rows" }
                    th.number scope="col" { "Problems" }
                }
            }
            tbody {
                @for one in &newest {
                    tr {
                        th.whole scope="row" { (day(one.read_at.day())) }
                        td.long { (one.file) }
                        td.number { (grouped(one.row_count)) }
                        td.number { (grouped(one.problem_count)) }
                    }
                }
            }
        }
    };
    html! {
        p {
            "They were read in " (bound::counted(market.snapshots.len() as u64, ("snapshot", "snapshots"), "market/snapshots"))
            " with " (bound::counted(rows, ("sound row", "sound rows"), "market/rows")) ". "
            (bound::counted(problems, ("problem", "problems"), "market/problems"))
            " were counted on the way: rows or fields that could not be read, which are in no number."
        }
        (scrolled("Table of snapshots", &table))
    }
}

fn reach(market: &Market) -> Markup {
    let [observed, estimated, missing] = market.state_counts();
    let ends = market.instants().first().zip(market.instants().last());
    html! {
        ul.plain {
            li {
                (bound::counted(market.model_count() as u64, ("model", "models"), "market/models")) ", of "
                (bound::count(market.unknown_age_count() as u64, "market/unknown_ages")) " of which the age is not known."
            }
            @if let Some((first, last)) = ends {
                li { "Readings from " (bound::day(first.day())) " to " (bound::day(last.day())) "." }
            }
            @if let Some((first, last)) = market.weeks() {
                li {
                    "Weekly flows from the week of " (bound::day(first.monday())) " to that of " (bound::day(last.monday())) ": "
                    (bound::count(observed, "market/observed")) " cells of a model and a week are observed, "
                    (bound::count(estimated, "market/estimated")) " estimated and "
                    (bound::count(missing, "market/missing")) " missing, which are in no sum; "
                    (bound::count(market.flagged_count(), "market/flagged")) " are odd, and counted all the same."
                }
            } @else {
                li { "No weekly flows: the readings do not say how many downloads a week had." }
            }
        }
    }
}

fn happened(market: &Market) -> Markup {
    let count = |kind| market.events.iter().filter(|event| event.kind == kind).count() as u64;
    let table = html! {
        table {
            caption { "Events by kind, with the newest of each" }
            thead {
                tr {
                    th scope="col" { "What" }
                    th.number scope="col" { "How often" }
                    th scope="col" { "The newest" }
                }
            }
            tbody {
                @for kind in EventKind::ALL {
                    @let newest = market.events.iter().rev().find(|event| event.kind == kind);
                    tr {
                        th scope="row" { (kind.title()) }
                        td.number { (grouped(count(kind))) }
                        td.long { @if let Some(event) = newest { (day(event.at.day())) ": " (event.text) } }
                    }
                }
            }
        }
    };
    html! {
        @if market.events.is_empty() {
            p { "Nothing is known to have happened to them." }
        } @else {
            p {
                (bound::counted(market.events.len() as u64, ("event", "events"), "market/events"))
                ". No number is corrected for them: what they make unknown is missing."
            }
            (scrolled("Table of what happened to the counters", &table))
        }
    }
}

fn limits() -> Markup {
    html! {
        ul.plain {
            li { "A download is a request for files that the Hub counts by rules of its own, which differ by kind of model and changed over time. It is not a user, and not a use: copies, caches and mirrors are not seen." }
            li { "A share is a share of this collection. Models that it does not cover, and models that are not on the Hub, are in no number." }
            li { "Countries and sectors are those of owners, from a reviewed registry. An owner that nobody reviewed is of no country and of no sector, and is never counted as unaffiliated." }
            li { "What a model is made of is told as its card, its tags and its files tell it; unknown is neither no nor zero." }
            li { "A change says that something changed, and not why." }
        }
    }
}
