//! `GET /figure/{name}` and `/figure/robustness/{claim}`, with `.svg`, `.csv` and `.json`.

use axum::extract::{Extension, Path};
use axum::http::{Uri, header};
use axum::response::{Html, IntoResponse, Response};
use chart::{Frame, Size, Theme};

use super::{Drawing, LINEAGE, Name, csv, draw, draw_curve, draw_lineage, json, mark_sampling};
use crate::api::{robustness_csv, robustness_response};
use crate::claims;
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts;
use crate::refusal::Refusal;
use crate::view::{FileTheme, KNOWN, Layout, View};

const KNOWN_OF_TREES: &[&str] = &["collection", "model", "hide", "theme"];
const KNOWN_OF_CURVES: &[&str] = &["collection", "hide", "theme"];
const CSV: &str = "text/csv; charset=utf-8";

/// What a figure is sent as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Html,
    Svg,
    Csv,
    Json,
}

/// Answers with one figure.
pub(crate) async fn show(
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    let answer = compute(state, move |state| {
        if let (LINEAGE, format) = parted(&file)? {
            return lineage(state, &uri, format);
        }
        let (name, format) = parse(&file)?;
        let view = View::read(&state.app, Parameters::read(&uri, KNOWN)?)?;
        let mut drawing = draw(name, &view)?;
        if name == Name::Explore {
            mark_sampling(state, &view, &mut drawing)?;
        }
        let response = response(&drawing, view.layout, view.theme, format);
        Ok::<_, Refusal>(mark(response, drawing.figure.simulated))
    });
    answer.await.flatten().unwrap_or_else(Refusal::into_problem)
}

/// The tree of a family below one of its models.
fn lineage(state: &AppState, uri: &Uri, format: Format) -> Result<Response, Refusal> {
    let given = Parameters::read(uri, KNOWN_OF_TREES)?;
    let theme = FileTheme::read(given.get("theme"))?;
    let shown = state.app.collection(given.get("collection"))?;
    let model = given.get("model").ok_or_else(|| {
        Refusal::missing_parameter("model", "the id of a model, as Qwen/Qwen3-8B")
    })?;
    let family = shown.kinship(model)?;
    let drawing = draw_lineage(&shown, &family, &given);
    let response = response(&drawing, Layout::Wide, theme, format);
    Ok(mark(response, drawing.figure.simulated))
}

/// Answers with the specification curve of a claim.
pub(crate) async fn show_robustness(
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    let answer = answer_robustness(state, &file, &uri).await;
    answer.unwrap_or_else(Refusal::into_problem)
}

async fn answer_robustness(state: AppState, file: &str, uri: &Uri) -> Result<Response, Refusal> {
    let (name, format) = parted(file)?;
    let claim = claims::with_curve(name)?;
    let given = Parameters::read(uri, KNOWN_OF_CURVES)?;
    let theme = FileTheme::read(given.get("theme"))?;
    let shown = state.app.collection(given.get("collection"))?;
    let curve = claims::curve_of(&state, &shown, claim).await?;
    compute(state, move |_| {
        let hidden: Vec<&str> = given.all("hide").collect();
        let drawing = draw_curve(&shown, claim, &curve, &hidden);
        let response = match format {
            Format::Csv => {
                let body = robustness_response(&shown.market, claim, &curve);
                file_of(&drawing, CSV, "csv", robustness_csv(&body))
            }
            _ => response(&drawing, Layout::Wide, theme, format),
        };
        mark(response, drawing.figure.simulated)
    })
    .await
}

fn file_of(drawing: &Drawing, kind: &'static str, extension: &str, body: String) -> Response {
    let file = format!("inline; filename=\"weighhouse-{}.{extension}\"", drawing.figure.id);
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, file)];
    (headers, body).into_response()
}

fn response(drawing: &Drawing, layout: Layout, theme: FileTheme, format: Format) -> Response {
    match format {
        Format::Html => Html(parts::figure(drawing, layout).into_string()).into_response(),
        Format::Svg => {
            let theme = match theme {
                FileTheme::Light => Theme::Light,
                FileTheme::Dark => Theme::Dark,
            };
            let svg = chart::draw(&drawing.figure, Frame { size: Size::File, theme });
            file_of(drawing, "image/svg+xml", "svg", svg)
        }
        Format::Csv => file_of(drawing, CSV, "csv", csv(drawing)),
        Format::Json => file_of(drawing, "application/json", "json", json(drawing)),
    }
}

fn parse(file: &str) -> Result<(Name, Format), Refusal> {
    let (name, format) = parted(file)?;
    let found = Name::ALL.into_iter().find(|known| known.text() == name);
    let name = found.ok_or_else(|| {
        let known = Name::ALL.map(Name::text).join(", ");
        Refusal::not_found(format!("unknown figure '{name}'; known are: {known}, {LINEAGE}"))
    })?;
    Ok((name, format))
}

/// The name of a figure, and what it is sent as.
fn parted(file: &str) -> Result<(&str, Format), Refusal> {
    Ok(match file.rsplit_once('.') {
        None => (file, Format::Html),
        Some((name, "svg")) => (name, Format::Svg),
        Some((name, "csv")) => (name, Format::Csv),
        Some((name, "json")) => (name, Format::Json),
        Some((_, extension)) => {
            let detail = format!("unknown form '{extension}'; known are: svg, csv, json");
            return Err(Refusal::not_found(detail));
        }
    })
}
