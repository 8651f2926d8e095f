//! Asking again.

use std::time::Duration;

use crate::clock::Clock;
use crate::error::Failure;
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

    /// What went wrong.
    pub(crate) fn into_failure(self) -> Failure {
        self.failure
    }
}

impl From<Failure> for Failed {
    fn from(failure: Failure) -> Self {
        Self { failure, reply: None }
    }
}

impl<'a> Retries<'a> {
    pub(crate) const fn new(clock: &'a dyn Clock, max: u32) -> Self {
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
            self.wait(rate::backoff(reply.as_deref(), repeated, self.clock.now()));
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
