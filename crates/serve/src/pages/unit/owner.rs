//! `GET /owner`: the page of one owner of repositories: who it is, what it holds, and what it is made
//! of.

use axum::extract::Extension;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};
use schema::Group;
use why::Reviewed;

use super::asked::Asked;
use super::{Kind, Page, respond};
use crate::compute::AppState;
use crate::parts::{counted, day, unit_address};
use crate::view::View;

/// What these pages have of their own.
pub(crate) const KIND: Kind = Kind {
    page: Page {
        path: "/owner",
        within: Some("/power"),
        name: "Owner",
        heading: "Owners",
        lead: "Who it is, its share over time, where it stands and how sure that is, and what it is made of.",
    },
    parameter: "owner",
    group: Some("owner"),
    names: ("owner", "owners"),
    is_of_owners: true,
    made_of: &["task", "license_family", "size_band", "library"],
    known_by: &["country", "country_group", "sector"],
    about: Some(about),
    further: None,
    stands_for: None,
};

/// Answers with the page.
pub(crate) async fn show(Extension(state): Extension<AppState>, uri: Uri) -> Response {
    respond(state, uri, &KIND).await
}

/// What the registry says of it, or that nobody has looked.
fn about(asked: &Asked) -> Markup {
    if asked.view.shown.market.release.is_simulated {
        return html! {
            p { "The owners of the simulated Hub are invented, and known by design; the registry does not speak of them." }
        };
    }
    html! {
        @match why::review(&asked.unit) {
            Some(row) => (reviewed(asked, &row)),
            None => (unreviewed(&asked.unit)),
        }
        (moved(&asked.view, &asked.unit))
    }
}

/// Models that came from another owner's name or went to one; nothing where none did.
pub(super) fn moved(view: &View, owner: &str) -> Markup {
    let is_it = |name: &str| name.eq_ignore_ascii_case(owner);
    let all = why::moves();
    let moved = all.iter().filter(|moved| is_it(&moved.from) || is_it(&moved.to));
    let link = |name: &str| {
        html! { a href=(unit_address(view, &Group::named("uploader"), name)) { (name) } }
    };
    html! {
        @for one in moved {
            p.moved-owner {
                strong { (counted(one.models, "model", "models")) }
                @if is_it(&one.from) {
                    " went from " (owner) " to " (link(&one.to))
                } @else {
                    " came from " (one.from) " to " (owner)
                }
                ", the last by " (day(one.last))
                ". Each keeps its series over the change, and all its downloads, those from before too, are counted with "
                (one.to) "."
            }
        }
    }
}

fn reviewed(asked: &Asked, row: &Reviewed) -> Markup {
    let owner = |name: &str| unit_address(&asked.view, &Group::named("uploader"), name);
    let texts = [("Name", &row.name), ("Kind", &row.kind)];
    let links = [("Account of", &row.account_of), ("Owned by", &row.parent)];
    let [from, to] = &row.valid;
    html! {
        dl.facts {
            @for (title, text) in texts { dt { (title) } dd { (text) } }
            @for (title, name) in links.iter().filter(|(_, name)| !name.is_empty()) {
                dt { (title) }
                dd { a href=(owner(name)) { (name) } }
            }
            @if !from.is_empty() || !to.is_empty() {
                dt { "Valid" }
                dd {
                    @if !from.is_empty() { "from " (from) " " }
                    @if !to.is_empty() { "to " (to) }
                }
            }
            dt { "Review" }
            dd {
                (row.confidence) " confidence, on " (row.reviewed_on) ": " (row.evidence) "."
                @if !row.alternatives.is_empty() {
                    " Can be defended as well: " (row.alternatives.join(", ")) "."
                }
                @if let Some((file, line)) = &row.place {
                    span.method { br; code { (file) } ", line " (line) }
                }
            }
        }
        details {
            summary { "Correct this row" }
            p { "Change the line named above in the repository of weighhouse, say in " code { "evidence" } " what you saw and where, and set " code { "reviewed_on" } "; " code { "weighhouse registry check" } " names every fault. What the country means: the seat; where owners or people sit elsewhere, that is an alternative." }
        }
    }
}

fn unreviewed(owner: &str) -> Markup {
    let columns = "owner,name,other_names,kind,country,sector,account_of,parent,valid_from,valid_to,\
                   alternatives,evidence,confidence,reviewed_on";
    html! {
        p {
            strong { "Unreviewed: " }
            "nobody has looked at this owner, so its country and its sector are not known. \
             It is in the bounds of every country and sector, and in the value of none."
        }
        details {
            summary { "Propose a row" }
            p {
                "Add a line to " code { (why::row_file(owner)) }
                " in the repository of weighhouse, sorted without regard to case. \
                 What cannot be told stays " code { "ZZ" } " or " code { "unknown" }
                "; about a person, write only what the person has made public under that account."
            }
            pre {
                code { (columns) "\n" (owner) ",NAME,,KIND,COUNTRY,SECTOR,,,,,,\"WHAT YOU SAW AND WHERE\",low,DATE" }
            }
            p { code { "weighhouse registry check" } " names every fault with file and line." }
        }
    }
}
