//! `GET /intermediaries`: who stands between those who make models and those who use them.

mod dependence;

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};

use super::{Page, respond};
use crate::compute::AppState;
use crate::figures::{Name, draw};
use crate::parts::{self, Extent};
use crate::refusal::Refusal;
use crate::results::Within;
use crate::view::{Layout, View};

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/intermediaries",
    within: None,
    name: "Intermediaries",
    heading: "Who stands between makers and users",
    lead: "How much flows through those who quantize, adapt, merge, convert or copy the models of others; what they capture of each family; and how much hangs on single accounts.",
};

/// The attribute of the large figure when the view names none, and those that it can be of.
const USUAL: &str = "role";
const SHOWN: [&str; 3] = [USUAL, "derivation", "library"];
/// Results that are told on the page in full, in order.
const RESULTS: [&str; 3] = ["capture", "fragility", "adaptation"];

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
    let layers = View { layout: Layout::Small, group: None, ..view.clone() };
    Ok(html! {
        (parts::attribute_filters(view, PAGE.path, &SHOWN, &large))
        (parts::figure(&*draw(Name::AttributeShares, &of(&large, view.layout))?, view.layout))
        section aria-labelledby="steps" {
            h2 #steps { "By what way, and how concentrated each step is" }
            div.grid {
                (parts::figure(&*draw(Name::Layers, &layers)?, layers.layout))
                @for view in &others {
                    (parts::figure(&*draw(Name::AttributeShares, view)?, view.layout))
                }
            }
        }
        (dependence::section(view)?)
        @for name in RESULTS { (section(view, name)?) }
    })
}

/// A result with its numbers, or where it will be once it is worked out.
fn section(view: &View, name: &str) -> Result<Markup, Refusal> {
    let described = crate::results::of_name(name)?;
    let attribution = view.attribution.of_results();
    let asked = parts::asked(&view.shown, attribution);
    let page = Within { shown: &view.shown, attribution, hidden: &view.hidden };
    Ok(html! {
        section aria-labelledby=(format!("result-{name}")) {
            h2 id=(format!("result-{name}")) {
                a href=(format!("/results/{name}{asked}")) { (described.title) }
            }
            (parts::result(page, described, Extent::Whole))
        }
    })
}
