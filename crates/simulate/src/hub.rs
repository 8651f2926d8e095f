//! The Hub at its simulated date: which request gets which answer.

mod routes;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use schema::Instant;

use crate::accounts::Accounts;
use crate::answer::Answer;
use crate::budget::{Budget, Limits, Timer};
use crate::clock::Clock;
use crate::faults::{self, Fault, Faults, Reply, Switch};
use crate::files::{File, Files};
use crate::listing::{self, Order, Sort};
use crate::request::Request;
use crate::world::World;

/// A synthetic Hub: an economy, a date, and what a server remembers between requests.
#[derive(Debug)]
pub struct Hub {
    world: World,
    clock: Clock,
    limits: Limits,
    timer: Option<Timer>,
    latency: Duration,
    faults: Mutex<Switch>,
    files: Files,
    orders: Mutex<Vec<(Instant, Sort, Arc<Order>)>>,
    accounts: Mutex<Option<(Instant, Arc<Accounts>)>>,
}

impl Hub {
    /// Opens a Hub that shows `world` at `at`.
    ///
    /// Without a budget no request is refused for haste, and the headers tell the Hub's own
    /// limits for anonymous callers, of which nothing is ever spent.
    #[must_use]
    pub fn new(world: World, at: Instant, budget: Option<Budget>) -> Self {
        Self {
            world,
            clock: Clock::new(at),
            limits: Limits::new(budget),
            timer: None,
            latency: Duration::ZERO,
            faults: Mutex::default(),
            files: BTreeMap::new(),
            orders: Mutex::default(),
            accounts: Mutex::default(),
        }
    }

    /// Keeps no limits and tells none: a client that paces itself by the headers has none to
    /// go by.
    #[must_use]
    pub fn without_limits(mut self) -> Self {
        self.limits = Limits::off();
        self
    }

    /// Measures the windows of the budget by a timer instead of the simulated clock.
    #[must_use]
    pub fn with_timer(mut self, timer: Timer) -> Self {
        self.timer = Some(timer);
        self
    }

    /// Lets every answer wait for so long.
    #[must_use]
    pub fn with_latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    /// Puts a file into a data set, as `datasets/NAMESPACE/NAME/resolve/REVISION/PATH`.
    ///
    /// It is kept in memory, and served the way large files are.
    /// A path of another form is found by nobody.
    #[must_use]
    pub fn with_file(mut self, path: &str, bytes: impl Into<Bytes>) -> Self {
        self.files.insert(path.trim_start_matches('/').to_owned(), File::new(bytes.into()));
        self
    }

    /// Switches faults on, or off with [`Faults::none`]; requests are counted anew from 1.
    pub fn set_faults(&self, faults: Faults) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).set(faults);
    }

    /// The clock that says at which date the Hub is shown.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.clock.clone()
    }

    /// The economy that is shown.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// How long every answer waits.
    pub(crate) fn latency(&self) -> Duration {
        self.latency
    }

    /// The files of data sets, by path.
    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    /// Answers a request, in one of the ways in which the faults have it.
    pub(crate) fn reply(&self, request: &Request) -> Reply {
        let at = self.clock.now();
        let (fault, hold) = {
            let mut switch = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
            (switch.next(request), switch.hold())
        };
        let mut reply = if request.is_signed() {
            self.signed_reply(at, request, fault, hold)
        } else {
            self.limited_reply(at, request, fault, hold)
        };
        reply.answer.headers.extend([
            ("date", at.to_http_date()),
            ("x-request-id", request.id()),
            ("x-weighhouse-simulated", "true".to_owned()),
        ]);
        reply
    }

    /// What the Hub itself says, within its limits.
    fn limited_reply(
        &self,
        at: Instant,
        request: &Request,
        fault: Option<Fault>,
        hold: Duration,
    ) -> Reply {
        let elapsed = match &self.timer {
            Some(timer) => timer.elapsed(),
            None => Duration::from_millis(at.millis().max(0).cast_unsigned()),
        };
        let allowance = self.limits.allow(&request.path, elapsed);
        if allowance.is_spent {
            let mut answer = Answer::refusal(429, &allowance.refusal());
            answer.headers.extend(allowance.headers());
            return Reply::whole(answer);
        }
        if let Some(reply) =
            fault.and_then(|fault| faults::instead(fault, request, &allowance, hold))
        {
            return reply;
        }
        let previous = (fault == Some(Fault::Repeat))
            .then(|| listing::previous(self, at, &request.query))
            .flatten();
        let mut answer = match previous {
            Some(query) => self.route(at, &Request { query, ..request.clone() }),
            None => self.route(at, request),
        };
        if request.path.starts_with("/api/") {
            answer.seal();
        }
        answer.headers.extend(allowance.headers());
        faults::turn(fault, answer)
    }

    /// The listing in an order, at a date; kept until the date moves.
    pub(crate) fn order(&self, at: Instant, sort: Sort) -> Arc<Order> {
        let mut orders = self.orders.lock().unwrap_or_else(PoisonError::into_inner);
        orders.retain(|(date, _, _)| *date == at);
        if let Some((_, _, order)) = orders.iter().find(|(_, known, _)| *known == sort) {
            return Arc::clone(order);
        }
        let order = Arc::new(listing::order(&self.world, at, sort));
        orders.push((at, sort, Arc::clone(&order)));
        order
    }

    /// The accounts at a date; kept until the date moves.
    pub(crate) fn accounts(&self, at: Instant) -> Arc<Accounts> {
        let mut kept = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((date, accounts)) = &*kept
            && *date == at
        {
            return Arc::clone(accounts);
        }
        let accounts = Arc::new(Accounts::new(&self.world, at));
        *kept = Some((at, Arc::clone(&accounts)));
        accounts
    }

    /// Answers `GET path?query` when nothing goes wrong.
    #[cfg(test)]
    pub(crate) fn answer(&self, base: &str, path: &str, query: &str) -> Answer {
        self.reply(&Request::get(base, path, query)).answer
    }
}

#[cfg(test)]
mod tests;
