//! `GET /openness`: how open the models are that are used, and what becomes of their terms.

use analyze::results::Described;
use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};

use super::{Page, respond};
use crate::compute::AppState;
use crate::figures::{Name, definition, draw, measured};
use crate::parts::{self, Extent};
use crate::refusal::Refusal;
use crate::results::Within;
use crate::view::{Layout, View};

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/openness",
    within: None,
    name: "Openness",
    heading: "How open the models are",
    lead: "Open source, open weights or restricted; whether the training data can be looked at; under which terms; and what becomes of the terms down the lineage.",
};

/// The attribute of the large figure when the view names none, and those that it can be of.
const USUAL: &str = "openness_class";
const SHOWN: [&str; 4] = [USUAL, "training_data", "license_family", "is_license_commercial"];
/// Results that are told on the page, in order.
const RESULTS: [&str; 5] =
    ["openness", "openness-crossing", "training-data", "licenses", "license-flow"];

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &PAGE, body).await
}

fn body(_: &AppState, view: &View) -> Result<Markup, Refusal> {
    let large = parts::chosen(view, &SHOWN, USUAL);
    let of = |attribute: &str, layout| View {
        layout,
        group: Some(attribute.to_owned()),
        ..view.clone()
    };
    let others = parts::others(view, &SHOWN, &large).into_iter();
    let others: Vec<View> = others.map(|name| of(name, Layout::Small)).collect();
    let flow = View { group: Some("license_family".to_owned()), ..view.clone() };
    Ok(html! {
        (parts::attribute_filters(view, PAGE.path, &SHOWN, &large))
        (parts::figure(&*draw(Name::AttributeShares, &of(&large, view.layout))?, view.layout))
        @if !others.is_empty() {
            section aria-labelledby="parts" {
                h2 #parts { "Terms and data" }
                p.subtitle { "Shares of " (measured(view)) ". " (definition(view)) }
                div.grid {
                    @for view in &others {
                        (parts::figure(&*draw(Name::AttributeShares, view)?, view.layout))
                    }
                }
            }
        }
        section {
            (parts::figure(&*draw(Name::Transitions, &flow)?, view.layout))
        }
        (said(view)?)
    })
}

/// What the results about openness say, each as it is worked out.
fn said(view: &View) -> Result<Markup, Refusal> {
    let attribution = view.attribution.of_results();
    let asked = parts::asked(&view.shown, attribution);
    let page = Within { shown: &view.shown, attribution, hidden: &view.hidden };
    let results: Result<Vec<&'static Described>, Refusal> =
        RESULTS.into_iter().map(crate::results::of_name).collect();
    Ok(html! {
        section aria-labelledby="said" {
            h2 #said { "What can be said of it" }
            p.subtitle { "With bounds, sampling intervals and tests, as far as the data bear them out." }
            dl.results {
                @for described in results? {
                    dt { a href=(format!("/results/{}{asked}", described.name)) { (described.title) } }
                    dd { (parts::result(page, described, Extent::Sentence)) }
                }
            }
        }
    })
}
