//! What a release says of the paper's claims: asked when it is first wanted, and kept with it.
//!
//! Of many models an answer takes longer than a request may. So it is worked out beside the
//! requests, one at a time, and goes on when the one who asked has gone.

mod address;
mod words;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use analyze::claims::{Asker, CLAIMS, Claim, Curve, Finding, check, curve, named, with_curves};
use axum::http::StatusCode;

use crate::compute::AppState;
use crate::refusal::Refusal;
use crate::shown::Shown;

pub(crate) use address::address;
pub(crate) use words::{expected, number, symbol, unit};

/// How many of these answers are worked out at the same time; others wait their turn.
pub(crate) const MOST_LONG_AT_ONCE: usize = 1;
/// Who asks waits so long at most, which is less than the server's time limit.
const PATIENCE: Duration = Duration::from_secs(8);

/// An answer that is worked out once; clones share it.
type Kept<T> = Arc<OnceLock<Arc<T>>>;

/// A claim, and what the collection says of it.
pub(crate) type Held = (&'static Claim, Finding);

/// What has been asked of a release about the claims.
#[derive(Debug)]
pub(crate) struct Claims {
    findings: Kept<Vec<Held>>,
    /// By the name of the claim.
    curves: BTreeMap<&'static str, Kept<Curve>>,
}

impl Default for Claims {
    fn default() -> Self {
        let curves = with_curves().map(|claim| (claim.name, Kept::default())).collect();
        Self { findings: Kept::default(), curves }
    }
}

/// The claim of a name in an address, which has a specification curve.
pub(crate) fn with_curve(name: &str) -> Result<&'static Claim, Refusal> {
    // The address names what is not there, or what has no other definition.
    named(name).map_err(|error| Refusal { status: StatusCode::NOT_FOUND, ..error.into() })
}

/// What a collection says of every claim, in the order of the paper.
pub(crate) async fn findings(
    state: &AppState,
    shown: &Arc<Shown>,
) -> Result<Arc<Vec<Held>>, Refusal> {
    let ask = |asker: &Asker<'_>| {
        let held = |claim: &'static Claim| Ok((claim, check(asker, claim)?));
        CLAIMS.iter().map(held).collect()
    };
    once(state, shown, &shown.claims.findings, ask).await
}

/// A claim's question under many definitions; the claim is one [`with_curves`].
pub(crate) async fn curve_of(
    state: &AppState,
    shown: &Arc<Shown>,
    claim: &'static Claim,
) -> Result<Arc<Curve>, Refusal> {
    let kept = &shown.claims.curves[claim.name];
    once(state, shown, kept, move |asker| curve(asker, claim)).await
}

/// The answer that is kept, or that is worked out now.
async fn once<T: Send + Sync + 'static>(
    state: &AppState,
    shown: &Arc<Shown>,
    kept: &Kept<T>,
    ask: impl FnOnce(&Asker<'_>) -> analyze::Result<T> + Send + 'static,
) -> Result<Arc<T>, Refusal> {
    if let Some(known) = kept.get() {
        return Ok(Arc::clone(known));
    }
    let (kept, shown) = (Arc::clone(kept), Arc::clone(shown));
    let (long, store) = (Arc::clone(&state.long), state.store.clone());
    let work = async move {
        let permit = long.acquire_owned().await.expect("the semaphore is never closed");
        let work = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            // Who had the permit before may have asked the same.
            if let Some(known) = kept.get() {
                return Ok(Arc::clone(known));
            }
            let found = Arc::new(ask(&Asker::new(&store, &shown.market))?);
            Ok::<_, Refusal>(Arc::clone(kept.get_or_init(|| found)))
        });
        // A bug in one answer must not end the others.
        work.await.map_err(|_| Refusal::internal()).flatten()
    };
    tokio::time::timeout(PATIENCE, work).await.unwrap_or_else(|_| Err(Refusal::computing()))
}
