//! Asking again.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Duration;

use schema::Instant;

use crate::clock::Clock;
use crate::error::{Error, Failure};
use crate::http::Reply;
use crate::rate;

/// How patiently requests are repeated, and how often they were.
pub(crate) struct Retries<'a> {
    clock: &'a dyn Clock,
    max: u32,
    /// Requests that were repeated.
    pub(crate) count: u32,
    /// Time spent waiting, for repetitions and for the budget.
    pub(crate) waited: Duration,
}

/// A request that failed for good.
#[derive(Debug)]
pub(crate) struct GaveUp {
    pub(crate) attempts: u32,
    pub(crate) failure: Failure,
}

impl GaveUp {
    /// The error of a listing or a detail that is given up after so many pages.
    pub(crate) fn into_error(self, url: &str, pages: u32) -> Error {
        Error::Request {
            url: url.to_owned(),
            attempts: self.attempts,
            pages,
            failure: self.failure,
        }
    }

    /// Whether the Hub refuses what was asked for, as an unknown field.
    pub(crate) fn is_refused(&self) -> bool {
        matches!(self.failure, Failure::Status { status: 400, .. })
    }

    /// Whether the Hub does not know the address, as that of a page whose cursor has expired.
    pub(crate) fn is_unknown_address(&self) -> bool {
        matches!(self.failure, Failure::Status { status: 400 | 404 | 410, .. })
    }
}

/// What one attempt came to.
pub(crate) type Attempt<T> = Result<T, Failed>;

/// A request that failed once.
#[derive(Debug)]
pub(crate) struct Failed {
    failure: Failure,
    /// The answer, where there was one: it may say how long to wait.
    reply: Option<Box<Reply>>,
}

impl Failed {
    /// A failure with the answer that it was.
    pub(crate) fn with(failure: Failure, reply: Reply) -> Self {
        Self { failure, reply: Some(Box::new(reply)) }
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self { failure, reply: None }
    }
}

impl<'a> Retries<'a> {
    pub(crate) fn new(clock: &'a dyn Clock, max: u32) -> Self {
        Self { clock, max, count: 0, waited: Duration::ZERO }
    }

    /// Attempts until it succeeds, fails for good, or has been repeated as often as is allowed.
    pub(crate) fn run<T>(&mut self, mut attempt: impl FnMut() -> Attempt<T>) -> Result<T, GaveUp> {
        let mut repeated = 0;
        loop {
            let Failed { failure, reply } = match attempt() {
                Ok(done) => return Ok(done),
                Err(failed) => failed,
            };
            if !failure.is_transient() || repeated >= self.max {
                return Err(GaveUp { attempts: repeated + 1, failure });
            }
            let now = self.clock.now();
            self.wait(rate::backoff(reply.as_deref(), repeated, jitter(now, self.count), now));
            repeated += 1;
            self.count += 1;
        }
    }

    /// Lets time pass.
    pub(crate) fn wait(&mut self, duration: Duration) {
        if !duration.is_zero() {
            self.clock.sleep(duration);
            self.waited += duration;
        }
    }
}

/// A number from 0 to 1 that two clients are unlikely to share.
fn jitter(now: Instant, count: u32) -> f64 {
    let mut hasher = DefaultHasher::new();
    (now, count).hash(&mut hasher);
    f64::from(hasher.finish() as u32) / f64::from(u32::MAX)
}
