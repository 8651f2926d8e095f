//! The stylesheet, the scripts and the picture of the tab, embedded as they are.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::compute::entity_tag;
use crate::refusal::Refusal;

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Files by name, with their type; `chart.css` comes from the charts themselves.
const FILES: [(&str, &str, &str); 18] = [
    ("api.css", CSS, include_str!("../../../web/api.css")),
    ("api.js", SCRIPT, include_str!("../../../web/api.js")),
    ("app.css", CSS, include_str!("../../../web/app.css")),
    ("copy.js", SCRIPT, include_str!("../../../web/copy.js")),
    ("favicon.svg", "image/svg+xml", include_str!("../../../web/favicon.svg")),
    ("figure.js", SCRIPT, include_str!("../../../web/figure.js")),
    ("filters.js", SCRIPT, include_str!("../../../web/filters.js")),
    ("later.js", SCRIPT, include_str!("../../../web/later.js")),
    ("lazy.js", SCRIPT, include_str!("../../../web/lazy.js")),
    ("live.js", SCRIPT, include_str!("../../../web/live.js")),
    ("morph.js", SCRIPT, include_str!("../../../web/morph.js")),
    ("offer.js", SCRIPT, include_str!("../../../web/offer.js")),
    ("scale.js", SCRIPT, include_str!("../../../web/scale.js")),
    ("search.js", SCRIPT, include_str!("../../../web/search.js")),
    ("slider.js", SCRIPT, include_str!("../../../web/slider.js")),
    ("theme.js", SCRIPT, include_str!("../../../web/theme.js")),
    ("tiles.js", SCRIPT, include_str!("../../../web/tiles.js")),
    ("visit.js", SCRIPT, include_str!("../../../web/visit.js")),
];

/// Answers with one file, tagged by its contents.
pub(crate) async fn show(Path(name): Path<String>) -> Response {
    if name == "chart.css" {
        return file(CSS, chart::stylesheet());
    }
    match FILES.iter().find(|(known, _, _)| *known == name) {
        Some((_, kind, text)) => file(kind, (*text).to_owned()),
        None => Refusal::not_found(format!("there is no file '{name}'")).into_problem(),
    }
}

fn file(kind: &'static str, text: String) -> Response {
    let tag = entity_tag(text.as_bytes());
    let mut response = ([(header::CONTENT_TYPE, kind)], text).into_response();
    response.headers_mut().insert(header::ETAG, tag);
    response
}
