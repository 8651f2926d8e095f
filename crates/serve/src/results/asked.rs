//! Results of a release, worked out when they are first wanted, and kept with it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use analyze::results::{Answered, Attribution, Context, Described, Options, RESULTS};
use axum::http::StatusCode;
use store::Store;

use crate::compute::AppState;
use crate::kept::{Kept, PATIENCE, once, worked_out};
use crate::refusal::Refusal;
use crate::shown::Shown;

/// What has been asked of a release as results, by attribution and name.
#[derive(Debug)]
pub(crate) struct Results {
    kept: BTreeMap<(Attribution, &'static str), Kept<Answered>>,
    /// Whether all of an attribution's have been asked for.
    is_begun: [AtomicBool; 2],
}

impl Default for Results {
    fn default() -> Self {
        let attributions = [Attribution::Uploader, Attribution::Developer];
        let keys = attributions.into_iter().flat_map(|attribution| {
            RESULTS.iter().map(move |described| (attribution, described.name))
        });
        let kept = keys.map(|key| (key, Kept::default())).collect();
        Self { kept, is_begun: Default::default() }
    }
}

impl Results {
    /// What a result came to, where that is worked out already.
    pub(crate) fn known(
        &self,
        attribution: Attribution,
        described: &Described,
    ) -> Option<Arc<Answered>> {
        self.of(attribution, described).get().cloned()
    }

    fn of(&self, attribution: Attribution, described: &Described) -> &Kept<Answered> {
        &self.kept[&(attribution, described.name)]
    }
}

/// The result of a name in an address.
pub(crate) fn of_name(name: &str) -> Result<&'static Described, Refusal> {
    // The address names what is not there.
    let named = Described::named(name);
    named.map_err(|error| Refusal { status: StatusCode::NOT_FOUND, ..error.into() })
}

/// What a result came to.
pub(crate) async fn answered(
    state: &AppState,
    shown: &Arc<Shown>,
    attribution: Attribution,
    described: &'static Described,
) -> Result<Arc<Answered>, Refusal> {
    let kept = shown.results.of(attribution, described);
    once(state, shown, kept, answer(attribution, described)).await
}

/// What every result came to, as far as a reader waits; of those that take longer nothing yet.
pub(crate) async fn all_kept(
    state: &AppState,
    shown: &Arc<Shown>,
    attribution: Attribution,
) -> Result<Vec<(&'static Described, Option<Arc<Answered>>)>, Refusal> {
    if !shown.results.is_begun[attribution as usize].swap(true, Ordering::Relaxed) {
        // All of them are wanted, also when the one who asked has gone.
        let (state, shown) = (state.clone(), Arc::clone(shown));
        tokio::spawn(async move { every_one(&state, &shown, attribution).await });
    }
    let waited = tokio::time::timeout(PATIENCE, every_one(state, shown, attribution)).await;
    waited.unwrap_or(Ok(()))?;
    let known = |described: &'static Described| {
        (described, shown.results.of(attribution, described).get().cloned())
    };
    Ok(RESULTS.iter().map(known).collect())
}

async fn every_one(
    state: &AppState,
    shown: &Arc<Shown>,
    attribution: Attribution,
) -> Result<(), Refusal> {
    for described in RESULTS {
        let kept = shown.results.of(attribution, described);
        worked_out(state, shown, kept, answer(attribution, described)).await?;
    }
    Ok(())
}

/// How a result is worked out.
fn answer(
    attribution: Attribution,
    described: &'static Described,
) -> impl FnOnce(&Store, &Shown) -> analyze::Result<Answered> + Send + 'static {
    move |store, shown| {
        let options = Options { attribution, ..Options::default() };
        described.answer(&Context::new(store, &shown.market, options))
    }
}
