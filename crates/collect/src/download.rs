//! One file.

use std::time::Duration;

use ureq::Agent;

use crate::clock::Clock;
use crate::error::{Error, Failure, Result};
use crate::http::{self, Patience, Reply, Request};
use crate::listing::endpoint_origin;
use crate::options::Token;
use crate::origin::{Origin, resolve};
use crate::retry::{Attempt, Failed, Retries};

/// How often one file may be somewhere else.
const REDIRECTS_MAX: usize = 10;

/// Which file to fetch, and how patiently.
#[derive(Debug, Clone)]
pub struct Download {
    /// The Hub, as `https://huggingface.co`.
    pub endpoint: String,
    /// The path of the file there, as `datasets/{owner}/{name}/resolve/main/{file}`.
    pub path: String,
    /// Who asks, where that is not to be anonymous. No other host is told.
    pub token: Option<Token>,
    /// The largest file that is accepted, in bytes.
    pub max_bytes: u64,
    /// The longest time for each step, and without any progress.
    pub timeout: Duration,
    /// How often the request is repeated.
    pub max_retries: u32,
    /// The name under which the request is made.
    pub user_agent: String,
}

/// Fetches a file, wherever the Hub says that it lies, and checks its length against the Hub's.
pub fn download(download: &Download, clock: &dyn Clock) -> Result<Vec<u8>> {
    let home = endpoint_origin(&download.endpoint)?;
    let endpoint = download.endpoint.trim_end_matches('/');
    let url = format!("{endpoint}/{}", download.path.trim_start_matches('/'));
    let agent = http::agent(Patience::EachStep(download.timeout), &download.user_agent);
    // Each repetition begins at the Hub again: the address that it leads to is good for an hour.
    Retries::new(clock, download.max_retries)
        .run(|| attempt(&agent, download, &home, &url))
        .map_err(|gave_up| Error::Request {
            url: url.clone(),
            attempts: gave_up.attempts,
            pages: 0,
            failure: gave_up.failure,
        })
}

fn attempt(agent: &Agent, download: &Download, home: &Origin, url: &str) -> Attempt<Vec<u8>> {
    let mut url = url.to_owned();
    let mut expected = None;
    for _ in 0..=REDIRECTS_MAX {
        let origin = Origin::of(&url);
        let is_home = origin.as_ref() == Some(home);
        let request = Request {
            url: &url,
            token: download.token.as_ref().filter(|_| is_home),
            max_bytes: download.max_bytes,
            is_plain: true,
        };
        let reply = http::get(agent, &request)?;
        if is_home {
            expected = expected.or_else(|| linked_size(&reply));
        }
        match reply.status {
            200 => return whole(reply, expected),
            301 | 302 | 303 | 307 | 308 => {
                let location = reply.header("location").unwrap_or("").to_owned();
                let was_encrypted = origin.is_some_and(|origin| origin.is_encrypted());
                match target(&url, &location, was_encrypted) {
                    Some(target) => url = target,
                    None => return Err(Failure::Redirect { location }.into()),
                }
            }
            // An address that is signed for an hour says 403 after it.
            403 if !is_home => {
                return Err(Failure::Expired { said: reply.said() }.into());
            }
            _ => return Err(Failed::with(reply.to_failure(), reply)),
        }
    }
    Err(Failure::Redirect { location: url }.into())
}

/// Where a redirect leads; `None` where it cannot be read or would give up encryption.
fn target(url: &str, location: &str, was_encrypted: bool) -> Option<String> {
    let target = resolve(url, location)?;
    let is_encrypted = Origin::of(&target)?.is_encrypted();
    (is_encrypted || !was_encrypted).then_some(target)
}

/// The size of the real file, as the Hub names it on the way there.
fn linked_size(reply: &Reply) -> Option<u64> {
    reply.header("x-linked-size")?.trim().parse().ok()
}

fn whole(reply: Reply, expected: Option<u64>) -> Attempt<Vec<u8>> {
    let received = reply.body.len() as u64;
    match expected {
        Some(expected) if expected != received => {
            Err(Failure::Truncated { expected, received }.into())
        }
        _ => Ok(reply.body),
    }
}
