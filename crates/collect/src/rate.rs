//! How fast the Hub lets us go, and how long it asks us to wait.

use std::time::Duration;

use schema::Instant;

use crate::http::Reply;

/// The longest wait that is granted, whatever a header asks for.
const WAIT_MAX: Duration = Duration::from_hours(1);
/// The longest wait without a header that asks for one.
const BACKOFF_MAX: Duration = Duration::from_mins(1);

/// What the Hub still allows in its present window, by its `RateLimit` and `RateLimit-Policy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Requests left.
    pub remaining: u64,
    /// Time to the window's end.
    pub left: Duration,
    /// Requests in a whole window; `None` where the Hub does not say.
    pub quota: Option<u64>,
}

/// Spreads requests over the time for which they are allowed, so that none is ever refused.
#[derive(Debug, Default)]
pub(crate) struct Pacer {
    /// What the last answer allowed, and when it came.
    allowed: Option<(Allowance, Instant)>,
    /// When the last request was made.
    asked_at: Option<Instant>,
}

impl Pacer {
    /// Notes that a request is made.
    pub(crate) fn ask(&mut self, now: Instant) {
        self.asked_at = Some(now);
    }

    /// Notes what an answer allows, of whatever status.
    pub(crate) fn hear(&mut self, reply: &Reply, now: Instant) {
        if let Some(allowance) = allowance(reply) {
            self.allowed = Some((allowance, now));
        }
    }

    /// What is left of the budget, as the last answer said.
    pub(crate) fn allowance(&self) -> Option<Allowance> {
        self.allowed.map(|(allowance, _)| allowance)
    }

    /// The wait before the next request, of which about `to_come` are still to be made.
    ///
    /// None where the window holds them all. Else what is left of the window is divided evenly
    /// among the requests left in it, from one request's beginning to the next one's.
    pub(crate) fn pause(&self, to_come: Option<u64>, now: Instant) -> Duration {
        let Some((allowance, told_at)) = self.allowed else { return Duration::ZERO };
        let since = |earlier: Instant| {
            Duration::from_millis(u64::try_from(now.millis() - earlier.millis()).unwrap_or(0))
        };
        let left = allowance.left.min(WAIT_MAX);
        if allowance.remaining == 0 {
            // Seconds are cut somewhere; one more is sure to lie in the next window.
            return (left + Duration::from_secs(1)).saturating_sub(since(told_at));
        }
        if to_come.is_some_and(|to_come| to_come <= allowance.remaining) {
            return Duration::ZERO;
        }
        // The request that was just made had its share of the window as well.
        let shares = u32::try_from(allowance.remaining.saturating_add(1)).unwrap_or(u32::MAX);
        (left / shares).saturating_sub(since(self.asked_at.unwrap_or(told_at)))
    }
}

/// The wait before a request is repeated; `repeated` counts the repetitions before it, and
/// `jitter`, 0 to 1, keeps clients that failed together from coming back together.
///
/// The window's end where the budget is spent, else what the Hub asks for, else 1 s, doubled
/// with each repetition, and up to half as much again.
pub(crate) fn backoff(reply: Option<&Reply>, repeated: u32, jitter: f64, now: Instant) -> Duration {
    let asked = reply.and_then(|reply| window_left(reply).or_else(|| retry_after(reply, now)));
    let unasked = || {
        let doubled = Duration::from_secs(1_u64 << repeated.min(16)).min(BACKOFF_MAX);
        doubled.mul_f64(1.0 + jitter / 2.0)
    };
    asked.map_or_else(unasked, |wait| wait.min(WAIT_MAX))
}

/// Reads `RateLimit: "api";r=499;t=295` and `RateLimit-Policy: "fixed window";"api";q=500;w=300`.
fn allowance(reply: &Reply) -> Option<Allowance> {
    let limit = reply.header("ratelimit")?;
    Some(Allowance {
        remaining: parameter(limit, "r")?,
        left: Duration::from_secs(parameter(limit, "t")?),
        quota: reply.header("ratelimit-policy").and_then(|policy| parameter(policy, "q")),
    })
}

/// A whole number among the parameters of a header.
fn parameter(header: &str, name: &str) -> Option<u64> {
    let pairs = header.split(';').filter_map(|parameter| parameter.trim().split_once('='));
    let mut named = pairs.filter(|(known, _)| *known == name);
    named.next()?.1.trim().parse().ok()
}

/// Time to the end of the window, and a second more, where no request is left in it.
fn window_left(reply: &Reply) -> Option<Duration> {
    let allowance = allowance(reply).filter(|allowance| allowance.remaining == 0)?;
    Some(allowance.left.saturating_add(Duration::from_secs(1)))
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
