//! Answers that are worked out once a release: when they are first wanted, and kept with it.
//!
//! Of many models an answer takes longer than a request may. So it is worked out beside the
//! requests, one at a time, and goes on when the one who asked has gone.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use store::Store;

use crate::compute::AppState;
use crate::refusal::Refusal;
use crate::shown::Shown;

/// How many of these answers are worked out at the same time; others wait their turn.
pub(crate) const MOST_LONG_AT_ONCE: usize = 1;
/// Who asks waits so long at most, which is less than the server's time limit.
pub(crate) const PATIENCE: Duration = Duration::from_secs(8);

/// An answer that is worked out once; clones share it.
pub(crate) type Kept<T> = Arc<OnceLock<Arc<T>>>;

/// The answer that is kept, or that is worked out now; refused where that takes too long.
pub(crate) async fn once<T: Send + Sync + 'static>(
    state: &AppState,
    shown: &Arc<Shown>,
    kept: &Kept<T>,
    ask: impl FnOnce(&Store, &Shown) -> analyze::Result<T> + Send + 'static,
) -> Result<Arc<T>, Refusal> {
    let work = worked_out(state, shown, kept, ask);
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(Refusal::computing()))
}

/// The same, however long it takes.
pub(crate) async fn worked_out<T: Send + Sync + 'static>(
    state: &AppState,
    shown: &Arc<Shown>,
    kept: &Kept<T>,
    ask: impl FnOnce(&Store, &Shown) -> analyze::Result<T> + Send + 'static,
) -> Result<Arc<T>, Refusal> {
    if let Some(known) = kept.get() {
        return Ok(Arc::clone(known));
    }
    let (kept, shown) = (Arc::clone(kept), Arc::clone(shown));
    let (long, store) = (Arc::clone(&state.long), state.files_of(&shown)?.clone());
    let permit = long.acquire_owned().await.expect("the semaphore is never closed");
    let work = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        // Who had the permit before may have asked the same.
        if let Some(known) = kept.get() {
            return Ok(Arc::clone(known));
        }
        let found = ask(&store, &shown);
        if !shown.seal.is_unbroken() {
            return Err(Refusal::damaged(&shown.market.release.collection));
        }
        let found = Arc::new(found?);
        Ok::<_, Refusal>(Arc::clone(kept.get_or_init(|| found)))
    });
    // A bug in one answer must not end the others.
    work.await.map_err(|_| Refusal::internal()).flatten()
}
