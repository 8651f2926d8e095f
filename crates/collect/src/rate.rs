//! How long the Hub asks us to wait.

use std::time::Duration;

use schema::Instant;

use crate::http::Reply;

/// The longest wait that is granted, whatever a header asks for.
const WAIT_MAX: Duration = Duration::from_hours(1);
/// The longest wait without a header that asks for one.
const BACKOFF_MAX: Duration = Duration::from_mins(1);

/// The wait before the next request after a success: none unless the budget is spent.
pub(crate) fn pause(reply: &Reply) -> Duration {
    window_left(reply).map_or(Duration::ZERO, |wait| wait.min(WAIT_MAX))
}

/// The wait before a request is repeated; `repeated` counts the repetitions before it.
///
/// The window's end where the budget is spent, else what the Hub asks for, else 1 s, doubled
/// with each repetition.
pub(crate) fn backoff(reply: Option<&Reply>, repeated: u32, now: Instant) -> Duration {
    let asked = reply.and_then(|reply| window_left(reply).or_else(|| retry_after(reply, now)));
    asked.map_or_else(
        || Duration::from_secs(1_u64 << repeated.min(16)).min(BACKOFF_MAX),
        |wait| wait.min(WAIT_MAX),
    )
}

/// Time to the end of the window, and a second more, where no request is left in it.
fn window_left(reply: &Reply) -> Option<Duration> {
    let header = reply.header("ratelimit")?;
    let (mut remaining, mut left) = (None, None);
    for parameter in header.split(';') {
        match parameter.trim().split_once('=') {
            Some(("r", value)) => remaining = value.trim().parse::<u64>().ok(),
            Some(("t", value)) => left = value.trim().parse::<u64>().ok(),
            _ => {}
        }
    }
    (remaining? == 0).then_some(Duration::from_secs(left?.saturating_add(1)))
}

/// `Retry-After`: seconds, or a date.
fn retry_after(reply: &Reply, now: Instant) -> Option<Duration> {
    let header = reply.header("retry-after")?.trim();
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = Instant::parse_http_date(header).ok()?;
    // The Hub's clock, where it shows one, is the one that its date is on.
    let now = reply.sent_at().unwrap_or(now);
    let wait = until.millis() - now.millis();
    Some(Duration::from_millis(u64::try_from(wait).unwrap_or(0)))
}

#[cfg(test)]
mod tests;
