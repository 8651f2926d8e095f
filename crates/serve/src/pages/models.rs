//! `GET /models`: what the models are that people use.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};
use schema::Measure;

use super::{Page, respond};
use crate::compute::AppState;
use crate::figures::{ATTRIBUTES, Name, default_attribute, definition, draw, measured};
use crate::parts;
use crate::refusal::Refusal;
use crate::view::{Layout, View};

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/models",
    within: None,
    name: "Models",
    heading: "What the models are",
    lead: "Size, modality, architecture, quantization, experts, languages and libraries over time: any attribute, by download or by model.",
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &PAGE, body).await
}

fn body(_: &AppState, view: &View) -> Result<Markup, Refusal> {
    let large = view.group.as_deref().unwrap_or_else(|| default_attribute(view));
    let small = |attribute: &str| View {
        layout: Layout::Small,
        group: Some(attribute.to_owned()),
        ..view.clone()
    };
    let others = parts::others(view, &ATTRIBUTES, large).into_iter();
    let others: Vec<View> = others.map(small).collect();
    Ok(html! {
        (parts::models_filters(view))
        (counted_by(view))
        (parts::figure(&*draw(Name::AttributeShares, view)?, view.layout))
        section aria-labelledby="sizes" {
            h2 #sizes.visually-hidden { "Averages" }
            (parts::averages_filters(view))
            (parts::figure(&*draw(Name::Averages, view)?, view.layout))
        }
        section aria-labelledby="properties" {
            h2 #properties { "Other properties" }
            p.subtitle { "Shares of " (measured(view)) ". " (definition(view)) }
            div.grid {
                @for view in &others {
                    (parts::figure(&*draw(Name::AttributeShares, view)?, view.layout))
                }
            }
        }
        (parts::most_used(view)?)
    })
}

/// Whether each model counts as often as it is downloaded, or once.
fn counted_by(view: &View) -> Markup {
    let to = |measure: Measure| view.given.with("measure", measure.name()).address(PAGE.path);
    let by_model = view.measure == Measure::Models;
    let used = if by_model { view.shown.default_measure() } else { view.measure };
    if used == Measure::Models {
        return html! {};
    }
    let unit = used.unit();
    let by_use = format!("By {unit}");
    html! {
        div.switches {
            (parts::switch(
                "How often a model counts",
                &[
                    (by_use.as_str(), to(used), !by_model),
                    ("By model, each once", to(Measure::Models), by_model),
                ],
            ))
        }
    }
}
