//! `GET /models`: what the models are that people use.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};

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
    lead: "Size, modality, licence, quantization and experts of the models that are used, over time.",
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &PAGE, body).await
}

fn body(_: &AppState, view: &View) -> Result<Markup, Refusal> {
    let large = view.group.as_deref().unwrap_or_else(|| default_attribute(view));
    let groupable: Vec<String> = view.shown.market.groupable().collect();
    let others = ATTRIBUTES.iter().filter(|attribute| {
        **attribute != large && groupable.iter().any(|known| known == *attribute)
    });
    let small = |attribute: &str| View {
        layout: Layout::Small,
        group: Some(attribute.to_owned()),
        ..view.clone()
    };
    let others: Vec<View> = others.map(|attribute| small(attribute)).collect();
    Ok(html! {
        (parts::models_filters(view))
        (parts::figure(&draw(Name::AttributeShares, view)?, view.layout))
        section aria-labelledby="properties" {
            h2 #properties { "Other properties" }
            p.subtitle { "Shares of " (measured(view)) ". " (definition(view)) }
            div.grid {
                @for view in &others {
                    (parts::figure(&draw(Name::AttributeShares, view)?, view.layout))
                }
            }
        }
        (parts::most_used(view)?)
    })
}
