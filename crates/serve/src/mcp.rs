//! The Model Context Protocol: the questions of the API as tools, so that assistants answer with the
//! query, its numbers and their uncertainty, and a link.
//!
//! A tool asks what its address of the API asks, of the same handler, and takes the same parameters,
//! read from the API's own description: no number is computed here. Messages are JSON-RPC 2.0. Both
//! ways of the protocol are spoken: requests that carry their version (from 2026-07-28 on), and those
//! that follow an `initialize`. There are no sessions: nothing is remembered from one message to the
//! next.

mod call;
mod http;
mod message;
mod methods;
mod tools;
mod version;

pub(crate) use http::show;

use crate::Live;
use message::Message;

/// Answers messages of the protocol, however they come.
#[derive(Clone)]
pub struct Mcp {
    live: Live,
    /// Where pages and the API are reached, without a slash at its end; `None` where nobody serves
    /// them, and links have no host.
    site: Option<String>,
}

impl Mcp {
    /// Answers from what is shown; `site` is where that is served, as `https://example.org`.
    #[must_use]
    pub fn new(live: &Live, site: Option<&str>) -> Self {
        let site = site.map(|site| site.trim_end_matches('/').to_owned());
        Self { live: live.clone(), site }
    }

    /// The answer to one message; `None` where it wants none.
    pub async fn answer(&self, text: &str) -> Option<String> {
        let message = match Message::parse(text) {
            Ok(message) => message,
            Err(fault) => return Some(fault.reply(None)),
        };
        let id = message.id.clone()?;
        let outcome = methods::answer(self, &message).await;
        Some(match outcome {
            Ok(result) => message::reply(&id, &result),
            Err(fault) => fault.reply(Some(&id)),
        })
    }
}
