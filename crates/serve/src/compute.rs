//! What every handler holds, and the pool on which numbers are computed.

use std::sync::Arc;

use axum::http::{HeaderValue, Uri};
use schema::Instant;
use store::Store;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::app::App;
use crate::jobs::Jobs;
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::takeaway::Pictures;

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
    /// Names everything that is shown, and how the standing jobs keep their schedule.
    pub(crate) standing: Arc<str>,
    pub(crate) desk: Desk,
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

    /// Where to read more of a collection than is in memory; refused where its files are no longer
    /// those that were loaded, since their numbers would not be of the release.
    pub(crate) fn files_of(&self, shown: &Shown) -> Result<&Store, Refusal> {
        if shown.seal.is_unbroken() {
            return Ok(&self.store);
        }
        Err(Refusal::damaged(&shown.market.release.collection))
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

/// Who may compute: a few at the same time, and some who wait for their turn. Clones are the same.
#[derive(Debug, Clone)]
pub(crate) struct Desk {
    computing: Arc<Semaphore>,
    /// Of those who compute and those who wait.
    places: Arc<Semaphore>,
}

/// The turn of one; dropped, it is another's.
#[derive(Debug)]
struct Turn {
    _permit: OwnedSemaphorePermit,
    _place: OwnedSemaphorePermit,
}

impl Desk {
    /// So many compute at the same time, and so many more may wait.
    pub(crate) fn new(most_computing: usize, most_waiting: usize) -> Self {
        Self {
            computing: Arc::new(Semaphore::new(most_computing)),
            places: Arc::new(Semaphore::new(most_computing + most_waiting)),
        }
    }

    /// Waits for a turn; refused at once where as many wait as may, so that those who are
    /// answered are answered soon.
    async fn turn(&self) -> Result<Turn, Refusal> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Refusal::busy())?;
        let permit = Arc::clone(&self.computing).acquire_owned().await;
        let permit = permit.expect("the semaphore is never closed");
        Ok(Turn { _permit: permit, _place: place })
    }
}

/// Computes an answer off the request threads, a few at a time.
pub(crate) async fn compute<T: Send + 'static>(
    state: AppState,
    work: impl FnOnce(&AppState) -> T + Send + 'static,
) -> Result<T, Refusal> {
    let turn = state.desk.turn().await?;
    let work = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        work(&state)
    });
    // A bug in one answer must not end the others.
    work.await.map_err(|_| Refusal::internal())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_those_who_may_wait_one_is_refused_at_once() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let desk = Desk::new(1, 1);
            let first = desk.turn().await.unwrap();
            let waiting = tokio::spawn({
                let desk = desk.clone();
                async move { desk.turn().await.is_ok() }
            });
            while desk.places.available_permits() > 0 {
                tokio::task::yield_now().await;
            }
            let refused = desk.turn().await.unwrap_err();
            assert_eq!((refused.code, refused.retry_seconds), ("busy", Some(2)));
            drop(first);
            assert!(waiting.await.unwrap());
            assert!(desk.turn().await.is_ok());
        });
    }
}
