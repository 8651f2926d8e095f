//! `GET /badge/{figure}.svg`: the newest number of one series of a figure, small enough for a README.

use axum::extract::{Extension, Path, State};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};
use chart::Badge;
use serde_json::Value as Json;

use super::{Format, Look, parted};
use crate::Live;
use crate::compute::AppState;
use crate::headers::mark;
use crate::inside;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

/// What belongs to the badge rather than to the figure.
const OWN: [&str; 4] = ["series", "label", "theme", "size"];
/// A badge is for a line of text; longer labels are cut in drawing, and nobody writes longer ones.
const MOST_LABEL_CHARS: usize = 80;

/// The address of a figure's badge, by that of its fragment.
pub(crate) fn path(figure: &str) -> String {
    format!("/badge/{}.svg", figure.trim_start_matches("/figure/"))
}

/// Answers with the badge.
pub(crate) async fn show(
    State(live): State<Live>,
    Extension(state): Extension<AppState>,
    Path(file): Path<String>,
    uri: Uri,
) -> Response {
    answer(&live, &state, &file, &uri).await.unwrap_or_else(Refusal::into_problem)
}

async fn answer(live: &Live, state: &AppState, file: &str, uri: &Uri) -> Result<Response, Refusal> {
    let (figure, Some(Format::Svg)) = parted(file)? else {
        return Err(Refusal::not_found(
            "a badge is an SVG: let its address end with .svg".to_owned(),
        ));
    };
    let given = Parameters::all_of(uri)?;
    let look = Look::read(&given)?;
    let asked = OWN.iter().fold(given.clone(), |given, name| given.without(name));
    let numbers = asked.address(&format!("/figure/{figure}.json"));
    let numbers = inside::json(live, state, &numbers).await?;
    let series = series(&numbers, given.get("series"))?;
    let badge = badge(&numbers, series, given.get("label"));
    let kind = [(header::CONTENT_TYPE, Format::Svg.media_type())];
    let response = (kind, chart::badge(&badge, look.theme)).into_response();
    Ok(mark(response, badge.simulated))
}

/// The series of a key, or the first.
fn series<'a>(numbers: &'a Json, key: Option<&str>) -> Result<&'a Json, Refusal> {
    let all = numbers["series"].as_array().map_or(&[][..], Vec::as_slice);
    let found = match key {
        None => all.first(),
        Some(key) => all.iter().find(|one| one["key"] == key),
    };
    found.ok_or_else(|| {
        let known: Vec<&str> = all.iter().filter_map(|one| one["key"].as_str()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        let asked = key.unwrap_or_default();
        Refusal::not_found(format!("unknown series '{asked}'; this figure has: {known}"))
    })
}

fn badge(numbers: &Json, series: &Json, label: Option<&str>) -> Badge {
    let points = series["points"].as_array().map_or(&[][..], Vec::as_slice);
    let newest = points.last();
    let text =
        |name: &str| newest.and_then(|point| point[name].as_str()).unwrap_or_default().to_owned();
    let value = Some(text("text")).filter(|text| !text.is_empty());
    let name = match label {
        Some(label) => label.chars().take(MOST_LABEL_CHARS).collect(),
        None => label_of(numbers, series),
    };
    Badge {
        label: name,
        value: value.unwrap_or_else(|| "not known".to_owned()),
        interval: text("interval"),
        data_through: numbers["data_through"].as_str().unwrap_or_default().to_owned(),
        simulated: numbers["simulated"] == true,
        values: points.iter().map(|point| point["value"].as_f64()).collect(),
    }
}

/// The series' name, and what its figure is about.
fn label_of(numbers: &Json, series: &Json) -> String {
    let title = numbers["title"].as_str().unwrap_or_default();
    let is_alone = numbers["series"].as_array().is_some_and(|all| all.len() == 1);
    match series["label"].as_str().filter(|label| !is_alone && !label.is_empty()) {
        Some(label) => format!("{label}, {}", crate::figures::lower_first(title)),
        None => title.to_owned(),
    }
}
