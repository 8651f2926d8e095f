//! `GET /figure/{name}`, `/figure/robustness/{claim}` and `/figure/result/{name}`, and each with the
//! ending of a form.

use axum::extract::{Extension, Path};
use axum::http::Uri;
use axum::response::{Html, IntoResponse, Response};

use super::result::{PICTURE, picture_of};
use super::{Drawing, Name, draw_curve, draw_result, draw_sampled, export};
use crate::api::{Tabled, lines_response, robustness_response};
use crate::claims;
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts;
use crate::refusal::Refusal;
use crate::results::{Within, answered, of_name};
use crate::site;
use crate::takeaway::{Export, Format, Look, parted, send};
use crate::view::{KNOWN, Layout, View, attribution};

const KNOWN_OF_RESULTS: &[&str] =
    &["collection", "attribution", PICTURE, "layout", "hide", "theme", "size"];
const KNOWN_OF_CURVES: &[&str] = &["collection", "hide", "theme", "size"];

/// Answers with one figure.
pub(crate) async fn show(
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    answer(&state, &file, uri).await.unwrap_or_else(Refusal::into_problem)
}

async fn answer(state: &AppState, file: &str, uri: Uri) -> Result<Response, Refusal> {
    let (name, format) = parse(file)?;
    let drawn = compute(state.clone(), move |state| {
        let view = View::read(&state.app, Parameters::read(&uri, KNOWN)?)?;
        let look = Look::read(&view.given)?;
        let drawing = draw_sampled(state, name, &view)?;
        Ok::<_, Refusal>((drawing, view.layout, look))
    });
    let (drawing, layout, look) = drawn.await??;
    sent(state, &drawing, layout, format, look).await
}

/// Answers with the specification curve of a claim.
pub(crate) async fn show_robustness(
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    let answer = answer_robustness(&state, &file, &uri).await;
    answer.unwrap_or_else(Refusal::into_problem)
}

async fn answer_robustness(state: &AppState, file: &str, uri: &Uri) -> Result<Response, Refusal> {
    let (name, format) = parted(file)?;
    let claim = claims::with_curve(name)?;
    let given = Parameters::read(uri, KNOWN_OF_CURVES)?;
    let look = Look::read(&given)?;
    let shown = state.app.collection(given.get("collection"))?;
    let curve = claims::curve_of(state, &shown, claim).await?;
    let drawn = compute(state.clone(), move |_| {
        let hidden: Vec<&str> = given.all("hide").collect();
        let drawing = draw_curve(&shown, claim, &curve, &hidden);
        // The table says of each answer which definition gave it.
        let export = export(&drawing);
        let sheet = robustness_response(&shown.market, claim, &curve).sheet();
        (Export { sheet: sheet.from(&export.origin), ..export }, drawing)
    });
    let (export, drawing) = drawn.await?;
    match format {
        Some(format) => send(state, export, format, look).await,
        None => sent(state, &drawing, Layout::Wide, None, look).await,
    }
}

/// Answers with a picture of a result.
pub(crate) async fn show_result(
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    answer_result(&state, &file, &uri).await.unwrap_or_else(Refusal::into_problem)
}

async fn answer_result(state: &AppState, file: &str, uri: &Uri) -> Result<Response, Refusal> {
    let (name, format) = parted(file)?;
    let described = of_name(name)?;
    let given = Parameters::read(uri, KNOWN_OF_RESULTS)?;
    let (look, layout) = (Look::read(&given)?, Layout::read(given.get("layout"))?);
    let shown = state.app.collection(given.get("collection"))?;
    let attribution = attribution(&given)?;
    let found = answered(state, &shown, attribution, described).await?;
    let drawn = compute(state.clone(), move |_| {
        let hidden: Vec<String> = given.all("hide").map(str::to_owned).collect();
        let page = Within { shown: &shown, attribution, hidden: &hidden };
        let mut all = draw_result(page, &found, layout);
        let (drawing, lines) = all.swap_remove(picture_of(&given, described.name, all.len())?);
        let export = export(&drawing);
        // The table has also what there is no room for in the picture, and the tests.
        let sheet = lines_response(&shown.market, attribution, &found, &lines).sheet();
        Ok::<_, Refusal>((Export { sheet: sheet.from(&export.origin), ..export }, drawing))
    });
    let (export, drawing) = drawn.await??;
    match format {
        Some(format) => send(state, export, format, look).await,
        None => sent(state, &drawing, layout, None, look).await,
    }
}

/// Sends a figure: as the fragment of a page, or in a form to be taken away.
pub(crate) async fn sent(
    state: &AppState,
    drawing: &Drawing,
    layout: Layout,
    format: Option<Format>,
    look: Look,
) -> Result<Response, Refusal> {
    if let Some(format) = format {
        return send(state, export(drawing), format, look).await;
    }
    let html = site::told(&parts::figure(drawing, layout).into_string(), &state.site);
    let fragment = Html(html).into_response();
    Ok(mark(fragment, drawing.figure.simulated))
}

fn parse(file: &str) -> Result<(Name, Option<Format>), Refusal> {
    let (name, format) = parted(file)?;
    let found = Name::ALL.into_iter().find(|known| known.text() == name);
    let name = found.ok_or_else(|| {
        let known = Name::ALL.map(Name::text).join(", ");
        Refusal::not_found(format!("unknown figure '{name}'; known are: {known}"))
    })?;
    Ok((name, format))
}
