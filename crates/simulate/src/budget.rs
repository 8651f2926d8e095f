//! How many requests are allowed in how much time.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// A limit of requests, as the Hub sets it for the API.
///
/// The other two buckets follow from it as they do for the Hub's anonymous callers: six times as
/// much for files, a fifth for pages.
/// Its windows are measured on the simulated clock, unless the Hub is given a [`Timer`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Requests of the API allowed in a window.
    pub quota: u32,
    /// The length of a window, in seconds.
    pub window_seconds: u32,
}

/// What the headers say when no budget is kept: the Hub's own for anonymous callers.
const SHOWN: Budget = Budget { quota: 500, window_seconds: 300 };

/// A monotone clock, handed in because this crate reads none: the time since some beginning.
pub struct Timer(Box<dyn Fn() -> Duration + Send + Sync>);

impl Timer {
    /// Makes a timer from a function that says how much time has passed.
    pub fn new(elapsed: impl Fn() -> Duration + Send + Sync + 'static) -> Self {
        Self(Box::new(elapsed))
    }

    /// The time since the beginning.
    pub(crate) fn elapsed(&self) -> Duration {
        (self.0)()
    }
}

impl fmt::Debug for Timer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timer(…)")
    }
}

/// What requests are counted under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bucket {
    /// Routes of the API.
    Api,
    /// Files of repositories.
    Resolvers,
    /// Everything else.
    Pages,
}

impl Bucket {
    /// The bucket of a path.
    pub(crate) fn of(path: &str) -> Self {
        if path.contains("/resolve/") || path.starts_with("/api/resolve-cache/") {
            Self::Resolvers
        } else if path.starts_with("/api/") {
            Self::Api
        } else {
            Self::Pages
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Resolvers => "resolvers",
            Self::Pages => "pages",
        }
    }

    /// Requests allowed in a window, where the API allows `api`.
    fn quota(self, api: u32) -> u32 {
        match self {
            Self::Api => api,
            Self::Resolvers => api.saturating_mul(6),
            Self::Pages => (api / 5).max(1),
        }
    }
}

/// What is counted, and what is said about it.
#[derive(Debug)]
pub(crate) struct Limits {
    budget: Option<Budget>,
    is_said: bool,
    windows: [Mutex<Window>; 3],
}

/// One window of a bucket.
#[derive(Debug, Clone, Copy, Default)]
struct Window {
    number: u64,
    requests: u32,
}

/// What the limits say to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// Whether the request is one too many.
    pub(crate) is_spent: bool,
    bucket: Bucket,
    quota: u32,
    remaining: u32,
    seconds_left: u64,
    window_seconds: u32,
    is_said: bool,
}

impl Limits {
    /// Keeps a budget; without one, the Hub's own is told and never spent.
    pub(crate) fn new(budget: Option<Budget>) -> Self {
        Self { budget, is_said: true, windows: Default::default() }
    }

    /// Keeps no budget and tells none.
    pub(crate) fn off() -> Self {
        Self { budget: None, is_said: false, windows: Default::default() }
    }

    /// Counts a request for `path` at `elapsed`, the time since any fixed beginning.
    pub(crate) fn allow(&self, path: &str, elapsed: Duration) -> Allowance {
        let bucket = Bucket::of(path);
        let budget = self.budget.unwrap_or(SHOWN);
        let quota = bucket.quota(budget.quota);
        let length = u128::from(budget.window_seconds.max(1)) * 1_000;
        let passed = elapsed.as_millis() % length;
        let number = (elapsed.as_millis() / length) as u64;
        let mut window =
            self.windows[bucket as usize].lock().unwrap_or_else(PoisonError::into_inner);
        if self.budget.is_none() || window.number != number {
            *window = Window { number, requests: 0 };
        }
        window.requests = window.requests.saturating_add(1);
        Allowance {
            is_spent: window.requests > quota,
            bucket,
            quota,
            remaining: quota.saturating_sub(window.requests),
            seconds_left: (length - passed).div_ceil(1_000) as u64,
            window_seconds: budget.window_seconds,
            is_said: self.is_said,
        }
    }
}

impl Allowance {
    /// The two headers that say how much is left; none where limits are off.
    pub(crate) fn headers(&self) -> Vec<(&'static str, String)> {
        if self.is_said { self.headers_for(self.remaining, self.seconds_left) } else { Vec::new() }
    }

    /// The two headers of a window that is spent for so many seconds more.
    pub(crate) fn headers_when_spent(&self, seconds_left: u64) -> Vec<(&'static str, String)> {
        self.headers_for(0, seconds_left)
    }

    fn headers_for(&self, remaining: u32, left: u64) -> Vec<(&'static str, String)> {
        let (name, quota, window) = (self.bucket.name(), self.quota, self.window_seconds);
        vec![
            ("ratelimit", format!("\"{name}\";r={remaining};t={left}")),
            ("ratelimit-policy", format!("\"fixed window\";\"{name}\";q={quota};w={window}")),
        ]
    }

    /// What a refused caller is told.
    pub(crate) fn refusal(&self) -> String {
        format!(
            "you have exceeded the simulated limit of {} {} requests in {} seconds",
            self.quota,
            self.bucket.name(),
            self.window_seconds
        )
    }
}

#[cfg(test)]
mod tests;
