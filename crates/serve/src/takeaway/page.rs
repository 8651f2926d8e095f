//! `GET` of any page's address with the ending of a form: the numbers and the picture of the view.
//!
//! A page that is a table has its own files; the files of every other page are those of the figure
//! that stands first in it, so that a page that gets a figure gets its files. The page of a model has
//! its own numbers and, as its picture, its first figure.

use axum::extract::{Extension, Path, State};
use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::{Format, LOOK, Look, known_part};
use crate::Live;
use crate::api::files;
use crate::compute::AppState;
use crate::figures::{draw_curve, draw_result};
use crate::inside;
use crate::pages::{attributes, results, whatif};
use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::results::{Within, answered, of_name};
use crate::view::{Layout, attribution};
use crate::{claims, router};

/// Answers with a file of a page at the top.
pub(crate) async fn show(
    State(live): State<Live>,
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    match known_part(&file) {
        (page, Some(format)) => {
            let answer = answer(&live, &state, page, &uri, format).await;
            answer.unwrap_or_else(Refusal::into_problem)
        }
        (_, None) => router::nothing_here(Extension(state), uri).await,
    }
}

/// Says of a file that it is read and no more, and of anything else that it is not there.
pub(crate) async fn other_method(
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    if let (_, Some(_)) = known_part(&file) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET,HEAD")]).into_response();
    }
    router::nothing_here(Extension(state), uri).await
}

async fn answer(
    live: &Live,
    state: &AppState,
    page: &str,
    uri: &Uri,
    format: Format,
) -> Result<Response, Refusal> {
    match page {
        "attributes" => attributes::file(state, uri, format).await,
        "model" if !format.is_picture() => files::of_why(state, uri, format).await,
        "replication" => files::of_replication(state, uri, format).await,
        "results" => results::file(state, uri, format).await,
        "whatif" => whatif::file(state, uri, format).await,
        _ => of_first_figure(live, state, page, uri, format).await,
    }
}

/// A file of the specification curve on a claim's page.
pub(crate) async fn of_claim(
    state: &AppState,
    name: &str,
    uri: &Uri,
    format: Format,
) -> Result<Response, Refusal> {
    let claim = claims::with_curve(name)?;
    let given = Parameters::read(uri, &["collection", "hide", "size", "theme"])?;
    let look = Look::read(&given)?;
    let shown = state.app.collection(given.get("collection"))?;
    let curve = claims::curve_of(state, &shown, claim).await?;
    let hidden: Vec<&str> = given.all("hide").collect();
    let figure = draw_curve(&shown, claim, &curve, &hidden).figure;
    files::of_robustness(state, name, &numbers_alone(&given, uri)?, (format, look), figure).await
}

/// A file of a result's page: every number of it, and its first picture.
pub(crate) async fn of_result(
    state: &AppState,
    name: &str,
    uri: &Uri,
    format: Format,
) -> Result<Response, Refusal> {
    let described = of_name(name)?;
    let given = Parameters::read(uri, &["collection", "attribution", "hide", "size", "theme"])?;
    let look = Look::read(&given)?;
    let shown = state.app.collection(given.get("collection"))?;
    let attribution = attribution(&given)?;
    let found = answered(state, &shown, attribution, described).await?;
    let hidden: Vec<String> = given.all("hide").map(str::to_owned).collect();
    let page = Within { shown: &shown, attribution, hidden: &hidden };
    let drawn = draw_result(page, &found, Layout::Wide).into_iter().next();
    let figure = drawn.filter(|(drawing, _)| drawing.reason.is_none());
    let figure = figure.map(|(drawing, _)| drawing.figure);
    files::of_result(state, name, &numbers_alone(&given, uri)?, (format, look), figure).await
}

/// The address of the numbers, without what says how they are drawn.
fn numbers_alone(given: &Parameters, uri: &Uri) -> Result<Uri, Refusal> {
    let of_page = LOOK.iter().fold(given.without("hide"), |given, name| given.without(name));
    of_page.address(uri.path()).parse().map_err(|_| Refusal::internal())
}

async fn of_first_figure(
    live: &Live,
    state: &AppState,
    page: &str,
    uri: &Uri,
    format: Format,
) -> Result<Response, Refusal> {
    let given = Parameters::all_of(uri)?;
    let asked = LOOK.iter().fold(given.clone(), |given, name| given.without(name));
    let html = inside::html(live, state, &asked.address(&format!("/{page}"))).await?;
    let figure = inside::first_figure(&html).ok_or_else(|| nothing_to_take(page))?;
    let (path, query) = figure.split_once('?').unwrap_or((&figure, ""));
    let look = LOOK.iter().filter_map(|name| Some(format!("&{name}={}", given.get(name)?)));
    let look: String = look.collect();
    inside::ask(live, state, &format!("{path}.{}?{query}{look}", format.extension())).await
}

fn nothing_to_take(page: &str) -> Refusal {
    let detail = format!(
        "the page '/{page}' has neither a figure nor a table of its own to take away; the pages \
         that it leads to have"
    );
    Refusal::not_found(detail)
}
