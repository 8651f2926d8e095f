//! Requests to the Hub's API: paced, repeated where that may help, and told to no other host.

use std::time::Duration;

use ureq::Agent;

use crate::clock::Clock;
use crate::error::{Error, Failure, Result};
use crate::http::{self, Patience, Reply, Request};
use crate::options::Token;
use crate::origin::{Origin, resolve};
use crate::rate::{Allowance, Pacer};
use crate::retry::{Failed, GaveUp, Retries};

/// The largest answer that is accepted, in bytes: 16 times what 1,000 expanded entries weigh.
const BYTES_MAX: u64 = 64 << 20;
/// How often one address may be another on the same host.
const REDIRECTS_MAX: usize = 5;

/// Who asks, and how patiently.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Manner<'a> {
    pub(crate) endpoint: &'a str,
    pub(crate) token: Option<&'a Token>,
    pub(crate) timeout: Duration,
    pub(crate) max_retries: u32,
    pub(crate) user_agent: &'a str,
}

/// A client of one Hub.
pub(crate) struct Client<'a> {
    agent: Agent,
    token: Option<&'a Token>,
    origin: Origin,
    clock: &'a dyn Clock,
    pacer: Pacer,
    retries: Retries<'a>,
}

impl<'a> Client<'a> {
    /// A client that has asked nothing yet; fails for an endpoint that is none.
    pub(crate) fn new(manner: Manner<'a>, clock: &'a dyn Clock) -> Result<Self> {
        Ok(Self {
            agent: http::agent(Patience::InAll(manner.timeout), manner.user_agent),
            token: manner.token,
            origin: endpoint_origin(manner.endpoint)?,
            clock,
            pacer: Pacer::default(),
            retries: Retries::new(clock, manner.max_retries),
        })
    }

    /// The origin that is trusted.
    pub(crate) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Requests that were repeated.
    pub(crate) fn retry_count(&self) -> u32 {
        self.retries.count
    }

    /// Time spent waiting.
    pub(crate) fn waited(&self) -> Duration {
        self.retries.waited
    }

    /// What is left of the budget.
    pub(crate) fn allowance(&self) -> Option<Allowance> {
        self.pacer.allowance()
    }

    /// Asks until `judge` finds the answer good, the failure is one that does not pass, or the
    /// retries are spent. `to_come` is about how many requests follow, this one among them.
    pub(crate) fn ask<T>(
        &mut self,
        url: &str,
        to_come: Option<u64>,
        judge: impl Fn(Reply) -> std::result::Result<T, Failed>,
    ) -> std::result::Result<T, GaveUp> {
        let Self { agent, token, origin, clock, pacer, retries } = self;
        retries.wait(pacer.pause(to_come, clock.now()));
        retries.run(|| {
            let mut url = url.to_owned();
            for _ in 0..=REDIRECTS_MAX {
                let request =
                    Request { url: &url, token: *token, max_bytes: BYTES_MAX, is_plain: false };
                pacer.ask(clock.now());
                let reply = http::get(agent, &request)?;
                pacer.hear(&reply, clock.now());
                if !matches!(reply.status, 301 | 302 | 303 | 307 | 308) {
                    return judge(reply);
                }
                // A renamed repository leads to its new name, and each step costs a request.
                let location = reply.header("location").unwrap_or("").to_owned();
                match resolve(&url, &location).filter(|to| Origin::of(to).as_ref() == Some(origin))
                {
                    Some(target) => url = target,
                    None => return Err(Failure::Redirect { location }.into()),
                }
            }
            Err(Failure::Redirect { location: url }.into())
        })
    }
}

/// The origin of an endpoint, which may have a path but nothing after it.
pub(crate) fn endpoint_origin(endpoint: &str) -> Result<Origin> {
    let origin = if endpoint.contains(['?', '#']) { None } else { Origin::of(endpoint) };
    origin.ok_or_else(|| Error::Endpoint { endpoint: endpoint.to_owned() })
}

#[cfg(test)]
mod tests;
