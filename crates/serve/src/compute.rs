//! What every handler holds, and the pool on which numbers are computed.

use std::sync::Arc;

use axum::http::{HeaderValue, Uri};
use schema::Instant;
use store::Store;
use tokio::sync::Semaphore;

use crate::app::App;
use crate::jobs::Jobs;
use crate::refusal::Refusal;
use crate::takeaway::Pictures;

/// Requests that compute at the same time; others wait their turn, or run into the time limit.
pub(crate) const MOST_AT_ONCE: usize = 8;
/// Hexadecimal digits of a digest: 64 bits tell releases apart.
const DIGEST_DIGITS: usize = 16;

/// What every handler holds: the state of things when its request came, which does not change
/// until it is answered.
#[derive(Debug, Clone)]
pub(crate) struct AppState {
    pub(crate) app: App,
    pub(crate) jobs: Jobs,
    /// When the request came.
    pub(crate) now: Instant,
    pub(crate) code_version: Arc<str>,
    /// The entity tag of everything that is made from the releases alone.
    pub(crate) tag: HeaderValue,
    pub(crate) permits: Arc<Semaphore>,
    /// Of what is asked once a release and may take long; see [`crate::kept`].
    pub(crate) long: Arc<Semaphore>,
    /// Where the releases are, for what is not held in memory.
    pub(crate) store: Store,
    /// Where drawings become pictures.
    pub(crate) pictures: Pictures,
    /// Where the server is reached, as the one who asked knows it: `https://example.org`.
    pub(crate) site: Arc<str>,
    /// What was asked for.
    pub(crate) asked: Uri,
}

impl AppState {
    /// The whole address of one of the server's, from the scheme on.
    pub(crate) fn url(&self, address: &str) -> String {
        format!("{}{address}", self.site)
    }

    /// The entity tag of an answer that is made from more than the releases, by what it says.
    pub(crate) fn tag_of(&self, body: &str) -> HeaderValue {
        entity_tag([&self.code_version, "\n", body].concat().as_bytes())
    }
}

/// The first digits of a checksum, to tell one state of things from another.
pub(crate) fn digest(bytes: &[u8]) -> String {
    let mut checksum = store::checksum(bytes);
    checksum.truncate(DIGEST_DIGITS);
    checksum
}

/// The entity tag of some bytes. It is weak: compressed answers carry it too.
pub(crate) fn entity_tag(bytes: &[u8]) -> HeaderValue {
    let tag = format!("W/\"{}\"", digest(bytes));
    HeaderValue::from_str(&tag).expect("hexadecimal digits are visible ASCII")
}

/// Computes an answer off the request threads, a few at a time.
pub(crate) async fn compute<T: Send + 'static>(
    state: AppState,
    work: impl FnOnce(&AppState) -> T + Send + 'static,
) -> Result<T, Refusal> {
    let permits = Arc::clone(&state.permits);
    let permit = permits.acquire_owned().await.expect("the semaphore is never closed");
    let work = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work(&state)
    });
    // A bug in one answer must not end the others.
    work.await.map_err(|_| Refusal::internal())
}
