//! `GET /power`: who holds how much.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};

use super::{Page, respond};
use crate::compute::AppState;
use crate::figures::{Name, definition, draw, measured};
use crate::parts;
use crate::refusal::Refusal;
use crate::view::{Layout, View};

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/power",
    within: None,
    name: "Power",
    heading: "Who holds the open-model economy",
    lead: "Shares of countries, sectors and owners, how concentrated they are, and how sure we can be of it.",
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &PAGE, body).await
}

fn body(_: &AppState, view: &View) -> Result<Markup, Refusal> {
    let small = View { layout: Layout::Small, ..view.clone() };
    let shares = draw(Name::Shares, view)?;
    let indices = [Name::ConcentrationHhi, Name::ConcentrationGini, Name::Lorenz];
    let indices = indices.map(|name| draw(name, &small));
    Ok(html! {
        (parts::power_filters(view))
        (parts::figure(&shares, view.layout))
        section aria-labelledby="concentration" {
            h2 #concentration { "How concentrated it is" }
            p.subtitle { "Over " (view.attribution.plural()) ", of " (measured(view)) ". " (definition(view)) }
            div.grid {
                @for drawing in indices {
                    (parts::figure(&drawing?, small.layout))
                }
            }
        }
        (parts::leaderboard(view, PAGE.path)?)
    })
}
