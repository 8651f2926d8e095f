//! What there is at an endpoint, before anything is asked of it in earnest.

use std::time::Duration;

use schema::Instant;

use crate::client::{Client, Manner};
use crate::clock::Clock;
use crate::error::Result;
use crate::listing::judge;
use crate::options::USER_AGENT;

/// How often a Hub that is there and in trouble is asked again.
const MAX_RETRIES: u32 = 4;

/// What a Hub says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probe {
    /// The time by its clock; by ours where it does not say.
    pub at: Instant,
    /// Whether it is a simulated one.
    pub is_simulated: bool,
}

/// Asks for one model, to see whether there is a Hub that answers, and what kind of one.
///
/// Where nobody listens at all it is asked once; one that is in trouble is asked a few times.
pub fn probe(endpoint: &str, timeout: Duration, clock: &dyn Clock) -> Result<Probe> {
    let manner = |max_retries| Manner {
        endpoint,
        token: None,
        timeout,
        max_retries,
        user_agent: USER_AGENT,
    };
    let url = format!("{}/api/models?limit=1", endpoint.trim_end_matches('/'));
    let ask = |max_retries| {
        let mut client = Client::new(manner(max_retries), clock)?;
        let answer = client.ask(&url, None, |reply| judge(reply, None, None, ""));
        answer.map_err(|gave_up| gave_up.into_error(&url, 0))
    };
    let answer = match ask(0) {
        Err(error) if !error.is_nobody_there() => ask(MAX_RETRIES)?,
        answer => answer?,
    };
    let page = answer.into_page(1, url.clone(), 1, clock);
    Ok(Probe { at: page.received_at, is_simulated: page.is_simulated })
}
