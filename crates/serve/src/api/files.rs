//! `GET /api/v1/{name}.{form}`: the rows of an answer as CSV, Parquet or Arrow, each typed and with
//! its citation, and all of them in one archive.

use axum::extract::{Extension, Path};
use axum::http::Uri;
use axum::response::Response;
use serde::Serialize;

use super::{
    Answered, Problem, Tabled, attributes, averages, judged, leaderboard, query, replication,
    results, robustness, unanswered, whatif, why,
};
use crate::compute::{AppState, compute};
use crate::parameters::Parameters;
use crate::quality::Quality;
use crate::refusal::Refusal;
use crate::shown::Shown;
use crate::takeaway::{Export, Format, Look, Origin, PLAIN, parted, send};

/// How the parameters of an address are answered.
type Ask<T> = fn(&AppState, &Parameters) -> Result<Answered<T>, Refusal>;

/// The answers that have files, by the last part of their address.
const NAMES: [&str; 7] =
    ["query", "averages", "leaderboard", "attributes", "whatif", "why", "replication"];

/// The rows of an answer as a file.
#[utoipa::path(
    get,
    path = "/api/v1/{name}.{form}",
    params(
        ("name" = String, Path, description = "The answer: query, averages, leaderboard, attributes, whatif, why or replication; the parameters are those of its own address, `/api/v1/{name}`"),
        ("form" = String, Path, description = "csv, json, parquet, arrow, or zip for all of them with licence and citation"),
    ),
    responses(
        (status = 200, description = "The file; parts of it can be asked for with `Range`", content(
            (String = "text/csv"),
            (serde_json::Value = "application/json"),
            (Vec<u8> = "application/vnd.apache.parquet"),
            (Vec<u8> = "application/vnd.apache.arrow.file"),
            (Vec<u8> = "application/zip"),
        )),
        (status = 206, description = "The part that was asked for with `Range`"),
        (status = 400, description = "A question that means nothing", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "An unknown answer, form or collection, or no data for the question", body = Problem, content_type = "application/problem+json"),
        (status = 416, description = "A part beyond the end of the file"),
        (status = 503, description = "Asked for the first time since the release, and still being computed", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show(
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    answer(&state, &file, &uri).await.unwrap_or_else(unanswered)
}

async fn answer(state: &AppState, file: &str, uri: &Uri) -> Result<Response, Refusal> {
    let nothing = || {
        let known = NAMES.join(", ");
        Refusal::not_found(format!("there is nothing at '{}'; files are of: {known}", uri.path()))
    };
    let (name, Some(format)) = parted(file)? else { return Err(nothing()) };
    match name {
        "query" => of(state, uri, format, query::KNOWN, query::ask).await,
        "averages" => of(state, uri, format, averages::KNOWN, averages::ask).await,
        "leaderboard" => of(state, uri, format, leaderboard::KNOWN, leaderboard::ask).await,
        "attributes" => {
            of(state, uri, format, &["collection", "limit", "cursor"], attributes::list).await
        }
        "whatif" => of(state, uri, format, whatif::KNOWN, whatif::ask).await,
        "why" => of_why(state, uri, format).await,
        "replication" => of_replication(state, uri, format).await,
        _ => Err(nothing()),
    }
}

/// What is known of a model, as a file.
pub(crate) async fn of_why(
    state: &AppState,
    uri: &Uri,
    format: Format,
) -> Result<Response, Refusal> {
    of(state, uri, format, why::KNOWN, why::tell).await
}

/// The paper's claims, as a file.
pub(crate) async fn of_replication(
    state: &AppState,
    uri: &Uri,
    format: Format,
) -> Result<Response, Refusal> {
    let body = replication::answer(state, uri).await?;
    let shown = state.app.collection(Some(&body.collection))?;
    send(state, export(state, "replication", &body, &shown, uri), format, PLAIN).await
}

/// A result, as a file, with its first picture.
pub(crate) async fn of_result(
    state: &AppState,
    name: &str,
    uri: &Uri,
    (format, look): (Format, Look),
    figure: Option<chart::Figure>,
) -> Result<Response, Refusal> {
    let body = results::answer(state, name, uri).await?;
    let shown = state.app.collection(Some(&body.collection))?;
    let table = export(state, name, &body, &shown, uri);
    send(state, Export { figure, ..table }, format, look).await
}

/// A claim under many definitions, as a file, with its picture.
pub(crate) async fn of_robustness(
    state: &AppState,
    name: &str,
    uri: &Uri,
    (format, look): (Format, Look),
    figure: chart::Figure,
) -> Result<Response, Refusal> {
    let body = robustness::answer(state, name, uri).await?;
    let shown = state.app.collection(Some(&body.collection))?;
    let table = export(state, &format!("robustness-{name}"), &body, &shown, uri);
    send(state, Export { figure: Some(figure), ..table }, format, look).await
}

async fn of<T: Tabled + Serialize + Send + 'static>(
    state: &AppState,
    uri: &Uri,
    format: Format,
    known: &'static [&'static str],
    ask: Ask<T>,
) -> Result<Response, Refusal> {
    let asked = uri.clone();
    let export = compute(state.clone(), move |state| {
        let given = Parameters::read(&asked, known)?;
        let shown = state.app.collection(given.get("collection"))?;
        let body = ask(state, &given)?.body;
        let (name, _) = parted(asked.path().rsplit('/').next().unwrap_or_default())?;
        Ok::<_, Refusal>(export(state, name, &body, &shown, &asked))
    });
    send(state, export.await??, format, PLAIN).await
}

/// An answer to be taken away, as it was asked.
pub(crate) fn export<T: Tabled + Serialize>(
    state: &AppState,
    name: &str,
    body: &T,
    shown: &Shown,
    uri: &Uri,
) -> Export {
    let collection = &shown.market.release.collection;
    let quality = Quality::about(state, Some(collection), body.reasons());
    let origin = Origin::of(&shown.market);
    let is_safe = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' };
    Export {
        name: name.chars().map(is_safe).collect(),
        title: body.title(),
        definition: format!("Of {}", shown.market.collection.covers),
        address: without_form(uri),
        sheet: body.sheet().from(&origin),
        json: judged(body, quality),
        origin,
        figure: None,
    }
}

/// The address of the view that a file is of.
fn without_form(uri: &Uri) -> String {
    let path = uri.path();
    let path = match path.rsplit_once('.') {
        Some((path, extension)) if !extension.contains('/') => path,
        _ => path,
    };
    uri.query().map_or_else(|| path.to_owned(), |query| format!("{path}?{query}"))
}
