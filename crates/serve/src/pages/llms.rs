//! `GET /llms.txt`: what is here and how to ask, for assistants that read rather than look.

use std::fmt::Write as _;

use axum::extract::Extension;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::Page;
use crate::compute::{AppState, entity_tag};
use crate::figures::Name;
use crate::shown::Shown;
use crate::takeaway::Format;

const ABOUT: &str = "\
> An observatory of the open AI model economy: who makes the models that the world downloads, how
> concentrated that is, how the models change, and how sure each number is.

Rules for using the numbers:

- `low` to `high` is the 95 % measurement interval; `bound_low` to `bound_high` is what mass without
  a known unit could do; `sampling_low` to `sampling_high` is what a comparable economy would show.
- Null is not known, which is neither zero nor no. A gap is not a zero.
- Collections cover different populations and never mix; a share is of its collection alone.
- Cite collection, release and data-through date; each answer names them.
- Numbers of a collection marked simulated are invented.
";

/// Answers with the text.
pub(crate) async fn show(Extension(state): Extension<AppState>) -> Response {
    let text = text(&state);
    let tag = entity_tag(text.as_bytes());
    let mut response =
        ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response();
    response.headers_mut().insert(header::ETAG, tag);
    response
}

fn text(state: &AppState) -> String {
    let mut text = format!("# weighhouse\n\n{ABOUT}");
    text.push_str("\n## Collections\n\n");
    for shown in state.app.ready() {
        text.push_str(&collection(shown));
    }
    if state.app.default_collection().is_none() {
        text.push_str("- None is built yet.\n");
    }
    text.push_str("\n## API\n\n");
    let mut line = |address: &str, name: &str, said: &str| {
        writeln!(text, "- [{name}]({}): {said}", state.url(address)).expect("a string takes it");
    };
    line("/api/v1/openapi.json", "OpenAPI", "every question, its parameters and answers");
    line("/api/v1/query?stat=share,hhi&group=uploader", "Query", "statistics of a market");
    line("/api/v1/leaderboard?group=uploader", "Leaderboard", "the largest units and their places");
    line(
        "/api/v1/results",
        "Results",
        "what the data bear out, in sentences whose numbers are bound",
    );
    line("/api/v1/replication", "Claims", "the paper's claims, held against a collection");
    line("/api/v1/search?q=qwen", "Search", "exact names of models, owners and all else");
    line(
        "/api/v1/counted?model=Qwen/Qwen3-8B",
        "Counted",
        "whether and as what a model is counted",
    );
    line("/mcp", "MCP", "the same questions as tools, by POST: the Model Context Protocol");
    text.push_str("\n## Pages\n\n");
    for page in Page::FIRST.iter().chain(Page::MORE) {
        let address = state.url(page.path);
        writeln!(text, "- [{}]({address}): {}", page.name, page.lead).expect("a string takes it");
    }
    let forms = Format::ALL.map(Format::extension).join(", .");
    let figures = Name::ALL.map(Name::text).join(", ");
    text.push_str("\n## Files\n\n");
    writeln!(
        text,
        "The address of a page or figure with .{forms} before its parameters gives the same numbers \
         and picture. Figures are at /figure/NAME: {figures}. `/feed/PAGE.atom` follows a page, \
         `/badge/NAME.svg?series=KEY` is its newest number, `/embed/NAME` stands in other pages."
    )
    .expect("a string takes it");
    text
}

fn collection(shown: &Shown) -> String {
    let market = &shown.market;
    let release = &market.release;
    let simulated = if release.is_simulated { " SIMULATED." } else { "" };
    format!(
        "- `{}`: {}.{simulated} {} Data through {}, {} models. Source: {}\n",
        release.collection,
        market.collection.title,
        market.collection.covers,
        market.data_through,
        market.model_count(),
        market.collection.source,
    )
}
