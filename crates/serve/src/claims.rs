//! What a release says of the paper's claims: asked when it is first wanted, and kept with it.

mod address;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use analyze::claims::{Asker, CLAIMS, Claim, Curve, Finding, check, curve, named, with_curves};
use axum::http::StatusCode;
use store::Store;

use crate::compute::AppState;
use crate::kept::{Kept, once};
use crate::refusal::Refusal;
use crate::shown::Shown;

pub(crate) use address::address;
pub(crate) use words::{expected, number, symbol, unit};

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
    let kept = &shown.claims.findings;
    let ask = |store: &Store, shown: &Shown| {
        let asker = Asker::new(store, &shown.market);
        let held = |claim: &'static Claim| Ok((claim, check(&asker, claim)?));
        CLAIMS.iter().map(held).collect()
    };
    once(state, shown, kept, ask).await
}

/// A claim's question under many definitions; the claim is one [`with_curves`].
pub(crate) async fn curve_of(
    state: &AppState,
    shown: &Arc<Shown>,
    claim: &'static Claim,
) -> Result<Arc<Curve>, Refusal> {
    let kept = &shown.claims.curves[claim.name];
    let ask = move |store: &Store, shown: &Shown| curve(&Asker::new(store, &shown.market), claim);
    once(state, shown, kept, ask).await
}
