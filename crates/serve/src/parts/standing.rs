//! How the standing jobs keep their schedule, in a mark on every page.

use maud::{Markup, html};
use schema::{Health, Instant};

use crate::jobs::Jobs;
use crate::parts::day;

/// A small mark that leads to the jobs; it is not seen while they are on time, or nobody watches.
pub(crate) fn mark(jobs: &Jobs, now: Instant) -> Markup {
    let worst = jobs.worst(now);
    let health = worst.map(|job| job.health(now));
    let words = match (health, worst) {
        (Some(Health::Late), _) => Some("Data late".to_owned()),
        (Some(Health::Stalled), Some(job)) => {
            let since = job.due_at.unwrap_or(now);
            Some(format!("Data stalled since {}", day(since.day())))
        }
        _ => None,
    };
    html! {
        p.standing data-health=(health.map_or("", Health::name)) hidden[words.is_none()] {
            @if let (Some(health), Some(words)) = (health, words) {
                a.health.(class(health)) href="/data#collecting" { (symbol(health)) " " span data-words { (words) } }
            }
        }
    }
}

/// The sign of a health, which differs in shape and not by its colour alone.
pub(crate) fn symbol(health: Health) -> Markup {
    let sign = match health {
        Health::OnTime => "●",
        Health::Late => "▲",
        Health::Stalled => "■",
    };
    html! { span aria-hidden="true" { (sign) } }
}

/// The class that colours a health.
pub(crate) const fn class(health: Health) -> &'static str {
    match health {
        Health::OnTime => "is-on-time",
        Health::Late => "is-late",
        Health::Stalled => "is-stalled",
    }
}
