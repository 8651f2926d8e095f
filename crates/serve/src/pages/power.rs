//! `GET /power`: who holds how much.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};

use super::{Page, respond};
use crate::compute::AppState;
use crate::figures::{Name, countries, default_group, definition, draw, measured};
use crate::parts::{self, Later, Slider};
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
                    (parts::moment_slider(view, PAGE.path, &Slider {
                        what: "Curve",
                        figure: &lorenz.figure.id,
                        id: "at",
                        is_later: false,
                    }))
                }
            }
        }
        (parts::leaderboard(view, PAGE.path)?)
        (later(state, view)?)
    })
}

/// The figures below, which few readers want and which would be half of the page.
fn later(state: &AppState, view: &View) -> Result<Markup, Refusal> {
    let section = |id, heading, words, name| Later { id, heading, words, name, view, slides: None };
    let mut sections = vec![
        section(
            "ranks",
            "How places changed",
            "The places of the largest owners over time.",
            Name::Ranks,
        ),
        section(
            "changes",
            "What changed the concentration",
            "The change of the HHI from each period to the next, by owners that stayed, entered and left.",
            Name::Changes,
        ),
    ];
    // What an owner's share is made of is that owner.
    let group = view.group(default_group(view));
    if group != view.owner() && view.shown.is_known(group.name()) {
        sections.push(section(
            "share-changes",
            "What changed the largest share",
            "The change of the share of the largest from each period to the next, by owners that gained, entered and left.",
            Name::ShareChanges,
        ));
    }
    let (map, rows) = (map(view), rows(view));
    if view.shown.is_known(countries(view).name()) {
        sections.push(Later {
            view: &map,
            slides: Some("Map"),
            ..section(
                "world",
                "Where owners are",
                "A map of the shares of all countries, and of what belongs to no country that is known.",
                Name::World,
            )
        });
        sections.push(Later {
            view: &rows,
            ..section(
                "countries",
                "How sure the shares of countries are",
                "The shares of the largest countries at the newest date, with interval, bounds and sampling interval.",
                Name::Explore,
            )
        });
    }
    let sections: Vec<Markup> = (sections.iter())
        .map(|section| parts::later(state, view, PAGE.path, section))
        .collect::<Result<_, _>>()?;
    Ok(html! { @for section in sections { (section) } })
}

/// The map of all countries, which is one way to draw them whatever else is chosen.
fn map(view: &View) -> View {
    View { group: None, form: Form::Area, hidden: Vec::new(), ..view.clone() }
}

/// One row a country, with all that is known of how sure it is.
fn rows(view: &View) -> View {
    let mut given = view.given.clone();
    for of_others in ["stat", "scale", "by", "unit", "hide"] {
        given = given.without(of_others);
    }
    View {
        group: Some("country".to_owned()),
        form: Form::Dots,
        hidden: Vec::new(),
        given: given.with("chart", Form::Dots.name()),
        ..view.clone()
    }
}
