//! What every handler holds, and the pool on which numbers are computed.

use std::sync::Arc;

use axum::http::HeaderValue;
use tokio::sync::Semaphore;

use crate::App;
use crate::refusal::Refusal;

/// Requests that compute at the same time; others wait their turn, or run into the time limit.
const MOST_AT_ONCE: usize = 8;
/// Hexadecimal digits of an entity tag: 64 bits tell releases apart.
const TAG_DIGITS: usize = 16;

/// What every handler holds.
#[derive(Debug, Clone)]
pub(crate) struct AppState {
    pub(crate) app: App,
    pub(crate) code_version: Arc<str>,
    /// The entity tag of everything that is made from the data.
    pub(crate) tag: HeaderValue,
    permits: Arc<Semaphore>,
}

impl AppState {
    pub(crate) fn new(app: App, code_version: String) -> Self {
        let releases = app.ready().map(|shown| shown.market.release.id.as_str());
        let failures = app.failures().map(|(name, _)| name);
        let parts: Vec<&str> =
            [code_version.as_str()].into_iter().chain(releases).chain(failures).collect();
        let tag = entity_tag(parts.join("\n").as_bytes());
        Self {
            app,
            code_version: code_version.into(),
            tag,
            permits: Arc::new(Semaphore::new(MOST_AT_ONCE)),
        }
    }
}

/// The entity tag of some bytes. It is weak: compressed answers carry it too.
pub(crate) fn entity_tag(bytes: &[u8]) -> HeaderValue {
    let checksum = store::checksum(bytes);
    let tag = format!("W/\"{}\"", &checksum[..TAG_DIGITS.min(checksum.len())]);
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
