//! Names that a model had before, and models that had its name.

use maud::{Markup, html};
use why::{FoundBy, Why};

use crate::api::FormerName;
use crate::names::Kind;

/// What has to be said of the names of a model that was asked for by one of them.
pub(super) fn said(why: &Why, asked: &str) -> Markup {
    html! {
        @if why.found_by == FoundBy::FormerId {
            p.reason role="status" {
                "You asked for " code { (asked) } ". " strong { (why.model_id) }
                " is the name that this model has now; its series goes on."
            }
        }
        @if !why.former.is_empty() {
            p {
                "Names before: "
                @for (place, former) in why.former.iter().enumerate() {
                    @if place > 0 { ", " }
                    code { (former.id) } " (" (FormerName::from(former).said()) ")"
                }
                "."
            }
        }
        @for former in &why.namesakes {
            p {
                "Another model had this name before: "
                a href=(Kind::Model.address(&why.collection, &former.current)) { (former.current) }
                " (" (FormerName::from(former).said()) ")."
            }
        }
    }
}
