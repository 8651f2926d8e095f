//! `GET /methods` and `/methods/{name}`: how each number is computed, as `docs/methods` says it.

mod markdown;

use axum::extract::{Extension, Path};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use self::markdown::rendered;
use super::{Page, data, refused, whole};
use crate::compute::AppState;
use crate::parts::{Follows, Shell};
use crate::refusal::Refusal;

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/methods",
    within: Some(data::PAGE.path),
    name: "Methods",
    heading: "Methods",
    lead: "",
};

/// The overview of the methods.
const OVERVIEW: &str = include_str!("../../../../docs/methods/README.md");

macro_rules! methods {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../../docs/methods/", $name, ".md")))),*]
    };
}

/// Each method by its name.
const METHODS: &[(&str, &str)] = methods![
    "anomalies" "averages" "block-bootstrap" "bounds" "broken-line" "change-points"
    "cluster-permutation" "concentration-ratio" "counting-rules" "crossing" "decomposition"
    "effective-number" "entropy" "flows" "further-indices" "gini" "headlines" "hhi"
    "intermediaries" "lineage" "lorenz" "mean-ratio" "multiplicity" "quantiles" "rank"
    "relative-adoption" "replication" "resampling" "results" "robustness" "seasons" "series"
    "shapley" "share" "standing" "theil" "trends" "uncertainty" "what-if"
];

/// Answers with the overview.
pub(crate) async fn list(Extension(state): Extension<AppState>) -> Response {
    page(&state, PAGE.path, OVERVIEW)
}

/// Answers with one method.
pub(crate) async fn show(
    Extension(state): Extension<AppState>,
    Path(name): Path<String>,
) -> Response {
    if let Some((_, text)) = METHODS.iter().find(|(known, _)| *known == name) {
        return page(&state, &address(&name), text);
    }
    let near = schema::near(&name, METHODS.iter().map(|(known, _)| *known)).join(", ");
    let hint = if near.is_empty() { String::new() } else { format!("; near it: {near}") };
    refused::page(&state, &Refusal::not_found(format!("there is no method '{name}'{hint}")))
}

/// The address of a method's page.
fn address(name: &str) -> String {
    format!("{}/{name}", PAGE.path)
}

/// A link to a method's page.
pub(crate) fn link(name: &str) -> Markup {
    html! { a href=(address(name)) { "Method: " (name.replace('-', " ")) } }
}

/// The same where it is said already that these are methods.
pub(crate) fn named(name: &str) -> Markup {
    html! { a href=(address(name)) { (name.replace('-', " ")) } }
}

fn page(state: &AppState, path: &str, text: &str) -> Response {
    let (heading, text) = titled(text);
    let around = Shell {
        page: Some(&PAGE),
        address: Some(path),
        heading,
        lead: PAGE.lead,
        shown: None,
        kept: &[],
        follows: Follows::Nothing,
        state,
    };
    let body = html! {
        article.method-text { (rendered(text)) }
        @if path != PAGE.path { p { a href=(PAGE.path) { "All methods" } } }
    };
    whole(StatusCode::OK, &around, &body)
}

/// The title of a text, and what follows it.
fn titled(text: &str) -> (&str, &str) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    (first.trim_start_matches('#').trim(), rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The overview names every page, and each page leads only to pages there are.
    #[test]
    fn every_link_between_methods_leads_somewhere() {
        let linked =
            |text: &'static str| text.split("](").skip(1).filter_map(|rest| rest.split_once(".md"));
        let known = |name: &str| METHODS.iter().any(|(known, _)| *known == name);
        for (page, text) in METHODS.iter().chain([&("README", OVERVIEW)]) {
            for (name, _) in linked(text).filter(|(name, _)| !name.contains('/')) {
                assert!(known(name) || name == "README", "{page} leads to {name}");
            }
        }
        for (name, _) in METHODS {
            assert!(linked(OVERVIEW).any(|(listed, _)| listed == *name), "{name} is not listed");
        }
    }

    #[test]
    fn no_sign_of_markdown_is_left_in_any_text() {
        for (page, text) in METHODS {
            let (title, text) = titled(text);
            assert!(!title.is_empty(), "{page}");
            let html = rendered(text).into_string();
            let mut said = String::new();
            // What stands in code stays as it is.
            for (place, part) in html.split("<code>").enumerate() {
                said.push_str(if place == 0 {
                    part
                } else {
                    part.split_once("</code>").unwrap().1
                });
            }
            for sign in ["**", "](", "```", "## ", "| ", "`"] {
                assert!(!said.contains(sign), "{page} has {sign:?} left");
            }
        }
    }
}
