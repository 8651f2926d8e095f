//! How the standing jobs stand that keep the data up to date.

use maud::{Markup, html};
use schema::Instant;

use crate::compute::AppState;
use crate::jobs::Job;
use crate::parts::{class, counted, duration, moment, scrolled, symbol};

/// The section with every standing job; empty where nobody watches.
pub(crate) fn section(state: &AppState) -> Markup {
    let jobs = state.jobs.all();
    let table = html! {
        table.jobs {
            thead {
                tr {
                    th scope="col" { "Job" }
                    th scope="col" { "State" }
                    th scope="col" { "Lag" }
                    th scope="col" { "Due" }
                    th scope="col" { "Last done" }
                    th scope="col" { "Last outcome" }
                }
            }
            tbody {
                @for job in jobs { (row(job, state.now)) }
            }
        }
    };
    html! {
        @if !jobs.is_empty() {
            section aria-labelledby="collecting" {
                h2 #collecting { "Collecting" }
                p.subtitle {
                    "The jobs that keep the data up to date, by schedule. A job is late a twentieth of its \
                     period after it was due, and an hour at least; it has stalled after a fifth of \
                     it, and three hours at least. Times are UTC."
                }
                (scrolled("Table of standing jobs", &table))
            }
        }
    }
}

fn row(job: &Job, now: Instant) -> Markup {
    let health = job.health(now);
    let lag = job.lag_seconds(now);
    html! {
        tr {
            th scope="row" {
                (job.title)
                span.method {
                    @if job.is_on_demand { "when there is something to do" }
                    @else { (every(job.period_seconds)) }
                }
            }
            td {
                span.health.(class(health)) { (symbol(health)) " " (said(health.name())) }
                @if job.is_running {
                    span.method {
                        "under way"
                        @if let Some(at) = job.started_at { " since " (moment(at)) }
                    }
                }
            }
            td.whole { @if lag == 0 { "none" } @else { (duration(lag)) } }
            td.whole { @if let Some(at) = job.due_at { (moment(at)) } @else { "nothing to do" } }
            td.whole { @if let Some(at) = job.succeeded_at { (moment(at)) } @else { "never" } }
            td.long {
                @if let Some(outcome) = &job.outcome { (outcome) } @else { "none yet" }
                @if job.failure_count > 0 {
                    span.method {
                        (counted(u64::from(job.failure_count), "failure", "failures"))
                        " since it was last done"
                    }
                }
            }
        }
    }
}

/// How often something is due.
fn every(seconds: u64) -> String {
    match seconds {
        3_600 => "every hour".to_owned(),
        86_400 => "every day".to_owned(),
        604_800 => "every week".to_owned(),
        _ => format!("every {}", duration(seconds)),
    }
}

/// A word at the beginning of a cell.
fn said(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
