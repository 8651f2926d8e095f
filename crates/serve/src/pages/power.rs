//! `GET /power`: who holds how much.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};

use super::{Page, respond};
use crate::compute::AppState;
use crate::figures::{Name, default_group, definition, draw, measured};
use crate::parts::{self, Later};
use crate::refusal::Refusal;
use crate::view::{Form, Layout, View};

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

fn body(state: &AppState, view: &View) -> Result<Markup, Refusal> {
    let small = View { layout: Layout::Small, ..view.clone() };
    let shares = draw(Name::Shares, view)?;
    let indices = [Name::ConcentrationHhi, Name::ConcentrationGini];
    let indices = indices.map(|name| draw(name, &small));
    let lorenz = draw(Name::Lorenz, &small)?;
    Ok(html! {
        (parts::power_filters(view))
        (parts::figure(&shares, view.layout))
        section aria-labelledby="concentration" {
            h2 #concentration { "How concentrated it is" }
            p.subtitle { "Over " (view.attribution.plural()) ", of " (measured(view)) ". " (definition(view)) }
            div.grid {
                @for drawing in indices {
                    (parts::figure(&*drawing?, small.layout))
                }
                div {
                    (parts::figure(&lorenz, small.layout))
                    (parts::moment_slider(view, PAGE.path, &lorenz.figure.id))
                }
            }
        }
        (parts::leaderboard(view, PAGE.path)?)
        (later(state, view)?)
    })
}

/// The figures below, which few readers want and which would be half of the page.
fn later(state: &AppState, view: &View) -> Result<Markup, Refusal> {
    let mut given = view.given.clone();
    for of_others in ["stat", "scale", "by", "unit", "hide"] {
        given = given.without(of_others);
    }
    // One row a country, with all that is known of how sure it is.
    let world = View {
        group: Some("country".to_owned()),
        form: Form::Dots,
        hidden: Vec::new(),
        given: given.with("chart", Form::Dots.name()),
        ..view.clone()
    };
    let mut sections = vec![
        Later {
            id: "ranks",
            heading: "How places changed",
            words: "The places of the largest owners over time.",
            name: Name::Ranks,
            view,
        },
        Later {
            id: "changes",
            heading: "What changed the concentration",
            words: "The change of the HHI from each period to the next, by owners that stayed, entered and left.",
            name: Name::Changes,
            view,
        },
    ];
    // What an owner's share is made of is that owner.
    let group = view.group(default_group(view));
    if group != view.owner() && view.shown.is_known(group.name()) {
        sections.push(Later {
            id: "share-changes",
            heading: "What changed the largest share",
            words: "The change of the share of the largest from each period to the next, by owners that gained, entered and left.",
            name: Name::ShareChanges,
            view,
        });
    }
    if view.shown.is_known(world.group("country").name()) {
        sections.push(Later {
            id: "world",
            heading: "Where owners are",
            words: "The shares of the largest countries at the newest date, with interval, bounds and sampling interval.",
            name: Name::Explore,
            view: &world,
        });
    }
    let sections: Vec<Markup> = (sections.iter())
        .map(|section| parts::later(state, view, PAGE.path, section))
        .collect::<Result<_, _>>()?;
    Ok(html! { @for section in sections { (section) } })
}
