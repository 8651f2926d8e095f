//! The API: every address with its parameters, to read and to try.

mod operation;

use axum::extract::Extension;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::{Page, refused, whole};
use crate::api::openapi::described;
use crate::compute::{AppState, compute};
use crate::parameters::Parameters;
use crate::parts::{Follows, Shell, scrolled};
use crate::quality::{LEVELS, REASONS};
use crate::refusal::{CODES, Refusal};

pub(crate) const PAGE: Page = Page {
    path: "/api",
    within: None,
    name: "API",
    heading: "The API",
    lead: "Every number of these pages, for programs: with its interval, its bounds, its release and \
           how far it can be relied on.",
};

/// The field of a form that says which address it asks.
const ADDRESS: &str = "_address";

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    let fallback = state.clone();
    let answer = compute(state, move |state| {
        Parameters::read(&uri, &["collection"])?;
        let around = Shell {
            page: Some(&PAGE),
            address: None,
            heading: PAGE.heading,
            lead: PAGE.lead,
            shown: None,
            kept: &[],
            follows: Follows::Nothing,
            state,
        };
        Ok::<_, Refusal>(whole(StatusCode::OK, &around, &body()))
    });
    answer.await.flatten().unwrap_or_else(|refusal| refused::page(&fallback, &refusal))
}

/// Sends a form on to the address that it asks, without what was left empty.
pub(crate) async fn try_it(uri: Uri) -> Response {
    asked(&uri).map_or_else(Refusal::into_problem, |address| Redirect::to(&address).into_response())
}

fn asked(uri: &Uri) -> Result<String, Refusal> {
    let known = operation::names();
    let given = Parameters::read(uri, &known)?;
    let meaning = "the address to ask, as /api/v1/query";
    let path = given.get(ADDRESS).ok_or_else(|| Refusal::missing_parameter(ADDRESS, meaning))?;
    if !described().paths.paths.contains_key(path) {
        return Err(Refusal::not_found(format!("the API has no address '{path}'")));
    }
    let mut given = given.without(ADDRESS);
    let mut address = path.to_owned();
    while let Some((before, rest)) = address.split_once('{') {
        let (name, after) = rest.split_once('}').unwrap_or((rest, ""));
        let value = given
            .get(name)
            .ok_or_else(|| Refusal::missing_parameter(name, "it is a part of the address"))?;
        let value = value.replace(['/', '?', '#', '{', '}', '\\'], "");
        let name = name.to_owned();
        address = format!("{before}{}{after}", crate::parameters::encoded(&value));
        given = given.without(&name);
    }
    Ok(given.address(&address))
}

fn body() -> Markup {
    let paths = &described().paths.paths;
    html! {
        link rel="stylesheet" href="/assets/api.css";
        script type="module" src="/assets/api.js" {}
        p {
            "Each address answers GET and HEAD, without a key, from any other site. "
            a href="/api/v1/openapi.json" { "The same in OpenAPI 3.1" }
            " for programs that read it. What is promised to stay is told below."
        }
        nav aria-label="Addresses" {
            ul.addresses {
                @for path in paths.keys() {
                    li { a href={ "#" (operation::id(path)) } { code { (path) } } }
                }
            }
        }
        @for (path, item) in paths {
            @if let Some(operation) = &item.get { (operation::section(path, operation)) }
        }
        (quality())
        (codes())
        (promise())
    }
}

fn quality() -> Markup {
    let table = html! {
        table {
            thead { tr { th scope="col" { "Level or reason" } th scope="col" { "Meaning" } } }
            tbody {
                @for (name, meaning) in LEVELS.into_iter().chain(REASONS) {
                    tr { th scope="row" { code { (name) } } td.long { (meaning) } }
                }
            }
        }
    };
    html! {
        section aria-labelledby="quality" {
            h2 #quality { "Quality" }
            p {
                "Every answer says in " code { "quality" } " how far it can be relied on, and in the \
                 header " code { "x-weighhouse-quality" } ". An answer that is blocked is an answer: \
                 its status is 200."
            }
            (scrolled("Table of quality levels", &table))
        }
    }
}

fn codes() -> Markup {
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Code" }
                    th scope="col" { "Status" }
                    th scope="col" { "When, and what to do" }
                }
            }
            tbody {
                @for code in CODES {
                    tr {
                        th scope="row" { code { (code.name) } }
                        td.whole { @for status in code.statuses { (status) " " } }
                        td.long { (code.meaning) }
                    }
                }
            }
        }
    };
    html! {
        section aria-labelledby="codes" {
            h2 #codes { "Refusals" }
            p {
                "What is not answered is a problem (RFC 9457) with a code that stays the same. \
                 Every 503 says in " code { "Retry-After" } " when to ask again."
            }
            (scrolled("Table of codes", &table))
        }
    }
}

fn promise() -> Markup {
    html! {
        section aria-labelledby="promise" {
            h2 #promise { "What stays" }
            ul {
                li { "Names and meanings of addresses, parameters, fields, codes and reasons, for as long as /api/v1 is served." }
                li { "New fields, parameters, codes and addresses may come; a program passes over what it does not know." }
                li { "A number may change with the release that it names; the same question to the same release and version gives the same answer." }
                li { "A cursor holds for one question and one release; it has no meaning of its own." }
                li { "An entity tag holds until the answer changes: sent back as If-None-Match it saves sending the answer again." }
            }
        }
    }
}
