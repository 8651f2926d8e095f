//! `GET /`: what a collection says first, how fresh that is, and where to go on.

mod glance;
mod said;
mod ways;

use std::sync::Arc;

use analyze::headlines::{Headline, HeadlineSpan, Topic};
use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use maud::{Markup, PreEscaped, html};

use super::{Page, empty, refused, whole};
use crate::compute::{AppState, compute};
use crate::headers::mark;
use crate::headlines::{Told, place, question, sign, told, topic_id};
use crate::parameters::Parameters;
use crate::parts::{self, Extent, Follows, Shell, day};
use crate::refusal::Refusal;
use crate::results::{Within, of_name};
use crate::shown::Shown;
use crate::view::Attribution;

/// The page.
pub(crate) const PAGE: Page = Page {
    path: "/",
    within: None,
    name: "Overview",
    heading: "The open-model economy at a glance",
    lead: "Who makes the models that are used, how concentrated that is, what the models are and how open, and how sure each of these numbers is.",
};

const KNOWN: &[&str] = &["collection", "attribution"];

/// What the parts of the page are about.
struct About<'a> {
    shown: &'a Arc<Shown>,
    attribution: Attribution,
    told: &'a Told,
}

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let fallback = state.clone();
    let answer = compute(state, move |state| answer(state, &uri)).await.flatten();
    answer.unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

fn answer(state: &AppState, uri: &Uri) -> Result<Response, Refusal> {
    let given = Parameters::read(uri, KNOWN)?;
    if state.app.default_collection().is_none() && given.get("collection").is_none() {
        return Ok(empty::page(state, &PAGE));
    }
    let shown = state.app.collection(given.get("collection"))?;
    let attribution = Attribution::read(given.get("attribution"))?;
    let told = told(&shown, attribution)?;
    let about = About { shown: &shown, attribution, told: &told };
    let body = html! {
        (switch(&about))
        (headlines(&about)?)
        (glance::section(state, &about))
        (ways::section(&about))
    };
    let around = Shell {
        page: Some(&PAGE),
        address: None,
        heading: PAGE.heading,
        lead: PAGE.lead,
        shown: Some(&shown),
        kept: match attribution {
            Attribution::Uploader => &[],
            Attribution::Developer => &[("attribution", "developer")],
        },
        follows: Follows::Shown,
        state,
    };
    let response = whole(StatusCode::OK, &around, &body);
    Ok(mark(response, shown.market.release.is_simulated))
}

/// Whose a model is, to be chosen.
fn switch(about: &About<'_>) -> Markup {
    let to = |attribution: Attribution| parts::asked(about.shown, attribution.of_results());
    let choices =
        [(Attribution::Uploader, "Uploader"), (Attribution::Developer, "Original developer")];
    html! {
        div.switches {
            nav.switch aria-label="Whose a model is" {
                @for (choice, name) in choices {
                    a href={ "/" (to(choice)) } aria-current=[(choice == about.attribution).then_some("true")] { (name) }
                }
            }
        }
    }
}

fn headlines(about: &About<'_>) -> Result<Markup, Refusal> {
    let found = &about.told.found;
    let list = match &found.span {
        None => html! {},
        Some(span) => {
            let all = found.told.iter().zip(&about.told.sparks);
            let cards: Result<Vec<Markup>, Refusal> = all
                .map(|(headline, spark)| card(about, span, headline, spark.as_deref()))
                .collect();
            html! {
                ol.headlines { @for card in cards? { (card) } }
            }
        }
    };
    Ok(html! {
        section.first aria-labelledby="headlines" {
            h2 #headlines { (counted_title(found.told.len())) }
            p.subtitle { (said::basis(about)) }
            (list)
            (untold(about))
            details.rule {
                summary { "How these were chosen" }
                p.note {
                    "By a rule, the same for every collection. Of each topic (" (topics()) ") the number \
                     that changed most, among those whose direction holds wherever gaps and downloads \
                     that belong to nobody known would put it. Topics whose direction is sure come first; \
                     five are shown, in this order. Whether a change is more than the luck of a few owners \
                     is the test below each, from its result."
                }
            }
        }
    })
}

fn counted_title(count: usize) -> &'static str {
    match count {
        0 => "Nothing can be said yet",
        1 => "One headline",
        2 => "Two headlines",
        3 => "Three headlines",
        4 => "Four headlines",
        _ => "Five headlines",
    }
}

fn topics() -> String {
    Topic::ALL.map(|topic| topic.title().to_lowercase()).join(", ")
}

/// One headline: what is said, its picture, how sure it is, its test, and where it leads.
fn card(
    about: &About<'_>,
    span: &HeadlineSpan,
    headline: &Headline,
    spark: Option<&str>,
) -> Result<Markup, Refusal> {
    let place = place(headline);
    let given = question(about.shown, about.attribution, span, &place);
    let of_figure = match place.figure {
        crate::figures::Name::Averages => given.with("of", said::attribute(headline)),
        _ => given.clone(),
    };
    let result = of_name(place.result)?;
    let attribution = about.attribution.of_results();
    let (symbol, class, word) = sign(headline.direction());
    // What is further down on its page is led to.
    let part = match place.figure {
        crate::figures::Name::ConcentrationHhi => "#concentration",
        crate::figures::Name::Averages => "#sizes",
        _ => "",
    };
    let page = format!("{}{part}", of_figure.address(place.page));
    let id = topic_id(headline.topic);
    let within = Within { shown: about.shown, attribution, hidden: &[] };
    Ok(html! {
        li.headline data-topic=(id) {
            h3 #(format!("headline-{id}")) { a href=(page) { (headline.topic.title()) } }
            p.said { (said::sentence(about, span, headline)) }
            @if let Some(spark) = spark { div.spark { (PreEscaped(spark)) } }
            @if let Some(change) = &headline.change {
                p.moved {
                    span.direction.(class) {
                        span aria-hidden="true" { (symbol) } " "
                        @if class == "is-open" { "Direction " (word) } @else { "It " (word) }
                    }
                    ": change " (said::change(headline, change))
                }
            } @else {
                p.moved { "There is no earlier time to compare it with." }
            }
            (parts::result(within, result, Extent::Sentence))
            p.files {
                span { "Data through " (day(about.shown.market.data_through.day())) }
                a href=(page) { "Chart" }
                a href=(format!("/results/{}{}", result.name, parts::asked(about.shown, attribution))) { "Result and test" }
                a href=(said::query(about, span, headline)) { "JSON" }
            }
        }
    })
}

/// The topics of which nothing is known, each with why.
fn untold(about: &About<'_>) -> Markup {
    let untold = &about.told.found.untold;
    html! {
        @if !untold.is_empty() {
            div.reason.untold {
                p { strong { "What this collection cannot say" } }
                ul {
                    @for one in untold {
                        li { (one.topic.title()) ": " (one.reason) "." }
                    }
                }
                p {
                    "Another collection may know it: choose one above, or see "
                    a href=(format!("/data?collection={}", about.shown.market.release.collection)) { "what each rests on" }
                    "."
                }
            }
        }
    }
}
