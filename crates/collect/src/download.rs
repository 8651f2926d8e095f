//! One file, however large, to a place on disk that outlives us.

mod attempt;
mod content_range;

use std::time::Duration;

use store::Partial;

use self::attempt::{Arrival, Way};
use crate::client::endpoint_origin;
use crate::clock::Clock;
use crate::error::{Error, Failure, Result};
use crate::options::Token;
use crate::origin::{Origin, on_another_host};
use crate::retry::Retries;

/// The pause before a transfer that broke off is gone on with.
const BREATH: Duration = Duration::from_secs(1);
/// The Hub's own addresses, for which a mirror may stand in.
const HUB_HOSTS: [&str; 2] = ["https://huggingface.co", "https://hf.co"];

/// Which file to fetch, and how patiently.
#[derive(Debug, Clone)]
pub struct Download {
    /// The file, as `https://huggingface.co/datasets/{owner}/{name}/resolve/main/{file}`.
    pub url: String,
    /// The Hub, as `https://huggingface.co`, or a mirror of it.
    pub endpoint: String,
    /// Who asks, where that is not to be anonymous. No host but the endpoint's is told.
    pub token: Option<Token>,
    /// SHA-256 of the file in lower-case hex, where it is known; what the Hub says itself on the
    /// way to the file goes before it.
    pub sha256: Option<String>,
    /// The largest file that is accepted, in bytes.
    pub max_bytes: u64,
    /// The longest time for each step, and for each wait for more of the file.
    pub timeout: Duration,
    /// How often the request is repeated without any progress in between.
    pub max_retries: u32,
    /// The name under which the request is made.
    pub user_agent: String,
}

/// How far a download has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transfer {
    /// Bytes received, those of earlier processes among them.
    pub bytes: u64,
    /// Bytes of the whole file, where they are known.
    pub bytes_total: Option<u64>,
}

/// What a download tells and asks while it is under way.
pub struct Listener<'a> {
    /// Told of every piece that was received.
    pub on_progress: &'a mut dyn FnMut(Transfer),
    /// Asked whether the file of a SHA-256, which the Hub names on the way to it, is there
    /// already and need not be received.
    pub is_known: &'a dyn Fn(&str) -> bool,
}

/// What a download came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Downloaded {
    /// The file was received whole.
    Whole,
    /// The file was not received, because it is there already.
    Known {
        /// SHA-256 of the file, in lower-case hex.
        sha256: String,
    },
}

/// Fetches a file, wherever its address leads, and goes on with what was received of it before.
///
/// A file on the Hub is fetched from the endpoint, so that a mirror stands in for the Hub where
/// one is named. What breaks off is gone on with at the same byte, from the address given: one
/// that is signed for an hour may have expired. What changed meanwhile, and what cannot be gone on
/// with, begins anew. Retries are counted anew with each progress. At the end length and SHA-256
/// are held against what the Hub says; a file that fails is fetched once more from the beginning.
pub fn download(
    download: &Download,
    into: &mut Partial,
    clock: &dyn Clock,
    listener: &mut Listener<'_>,
) -> Result<Downloaded> {
    let home = endpoint_origin(&download.endpoint)?;
    let url = address(download);
    let first = Origin::of(&url).ok_or_else(|| Error::Url { url: url.clone() })?;
    let mut way = Way::new(download, url.clone(), home, first);
    let mut retries = Retries::new(clock, download.max_retries);
    let gave_up = |attempts, received, failure| Error::Download {
        url: url.clone(),
        attempts,
        received,
        failure,
    };
    let mut is_repeated = false;
    loop {
        let announced = match retries.run(|| way.attempt(into, listener)) {
            Ok(Arrival::Whole { sha256 }) => sha256.or_else(|| download.sha256.clone()),
            Ok(Arrival::Known { sha256 }) => return Ok(Downloaded::Known { sha256 }),
            Ok(Arrival::BrokenOff) => {
                retries.wait(BREATH);
                continue;
            }
            Err(failed) => {
                return Err(gave_up(failed.attempts, into.received(), failed.failure));
            }
        };
        let received = into.sha256();
        match announced {
            Some(expected) if expected != received => {
                let bytes = into.received();
                into.restart().map_err(|source| gave_up(1, bytes, Failure::Keep(source)))?;
                if is_repeated {
                    return Err(gave_up(2, bytes, Failure::Checksum { expected, received }));
                }
                is_repeated = true;
            }
            _ => return Ok(Downloaded::Whole),
        }
    }
}

/// The address of the file at the endpoint, if it is one of the Hub's, else as it is.
fn address(download: &Download) -> String {
    let origin = Origin::of(&download.url);
    let is_hub = HUB_HOSTS.iter().any(|host| Origin::of(host) == origin);
    let moved = is_hub.then(|| on_another_host(&download.url, &download.endpoint)).flatten();
    moved.unwrap_or_else(|| download.url.clone())
}

#[cfg(test)]
mod tests;
