//! `GET /figure/{name}` with `.svg`, `.csv` and `.json`.

use axum::extract::{Extension, Path};
use axum::http::{Uri, header};
use axum::response::{Html, IntoResponse, Response};
use chart::{Frame, Size, Theme};

use super::{Drawing, Name, csv, draw, json};
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::parameters::Parameters;
use crate::parts;
use crate::refusal::Refusal;
use crate::view::{FileTheme, KNOWN, View};

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
        let (name, format) = parse(&file)?;
        let view = View::read(&state.app, Parameters::read(&uri, KNOWN)?)?;
        let drawing = draw(name, &view)?;
        let response = response(&drawing, &view, format);
        Ok::<_, Refusal>(mark(response, drawing.figure.simulated))
    });
    answer.await.flatten().unwrap_or_else(Refusal::into_problem)
}

fn response(drawing: &Drawing, view: &View, format: Format) -> Response {
    let named = |kind: &'static str, extension: &str, body: String| {
        let name = drawing.name.text();
        let file = format!("inline; filename=\"weighhouse-{name}.{extension}\"");
        let headers =
            [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, file)];
        (headers, body).into_response()
    };
    match format {
        Format::Html => Html(parts::figure(drawing, view).into_string()).into_response(),
        Format::Svg => {
            let theme = match view.theme {
                FileTheme::Light => Theme::Light,
                FileTheme::Dark => Theme::Dark,
            };
            let svg = chart::draw(&drawing.figure, Frame { size: Size::File, theme });
            named("image/svg+xml", "svg", svg)
        }
        Format::Csv => named("text/csv; charset=utf-8", "csv", csv(drawing)),
        Format::Json => named("application/json", "json", json(drawing)),
    }
}

fn parse(file: &str) -> Result<(Name, Format), Refusal> {
    let (name, format) = match file.rsplit_once('.') {
        None => (file, Format::Html),
        Some((name, "svg")) => (name, Format::Svg),
        Some((name, "csv")) => (name, Format::Csv),
        Some((name, "json")) => (name, Format::Json),
        Some((_, extension)) => {
            let detail = format!("unknown form '{extension}'; known are: svg, csv, json");
            return Err(Refusal::not_found(detail));
        }
    };
    let found = Name::ALL.into_iter().find(|known| known.text() == name);
    let name = found.ok_or_else(|| {
        let known = Name::ALL.map(Name::text).join(", ");
        Refusal::not_found(format!("unknown figure '{name}'; known are: {known}"))
    })?;
    Ok((name, format))
}
