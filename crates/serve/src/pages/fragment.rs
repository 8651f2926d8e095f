//! `GET /fragment/result/{name}`: a result as a part of a page that was sent before it was there.

use axum::extract::{Extension, Path};
use axum::http::Uri;
use axum::response::{Html, IntoResponse, Response};

use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts::{Extent, filled};
use crate::refusal::Refusal;
use crate::results::{Within, answered, of_name};
use crate::view::attribution;

const KNOWN: &[&str] = &["collection", "attribution", "extent", "hide"];

/// Answers with the part, or with 503 while it is being computed.
pub(crate) async fn show(
    Extension(state): Extension<AppState>,
    Path(name): Path<String>,
    uri: Uri,
) -> Response {
    answer(state, &name, &uri).await.unwrap_or_else(Refusal::into_problem)
}

async fn answer(state: AppState, name: &str, uri: &Uri) -> Result<Response, Refusal> {
    let described = of_name(name)?;
    let given = Parameters::read(uri, KNOWN)?;
    let shown = state.app.collection(given.get("collection"))?;
    let attribution = attribution(&given)?;
    let extent = extent(&given)?;
    let found = answered(&state, &shown, attribution, described).await?;
    compute(state, move |_| {
        let hidden: Vec<String> = given.all("hide").map(str::to_owned).collect();
        let page = Within { shown: &shown, attribution, hidden: &hidden };
        let html = filled(page, &found, extent).into_string();
        mark(Html(html).into_response(), shown.market.release.is_simulated)
    })
    .await
}

fn extent(given: &Parameters) -> Result<Extent, Refusal> {
    let known = [Extent::Sentence, Extent::Whole];
    let Some(text) = given.get("extent") else { return Ok(Extent::Whole) };
    known.into_iter().find(|extent| extent.name() == text).ok_or_else(|| {
        let known = known.map(|extent| extent.name().to_owned()).to_vec();
        schema::Error::UnknownName { what: "extent", given: text.to_owned(), known }.into()
    })
}
