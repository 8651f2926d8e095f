//! The family of a model on its page: how much flows through whom.

use maud::{Markup, html};
use why::{Kinship, RoleSum};

use crate::parts::{grouped, scrolled};

/// The section; nothing where no family is known.
pub(super) fn section(family: &Kinship) -> Markup {
    let Some(root) = &family.family else { return html! {} };
    let roles = family.roles.iter().filter(|role| role.models > 0);
    let all = family.downloads_30d();
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Role of the uploader" }
                    th.number scope="col" { "Models" }
                    th.number scope="col" { "Downloads in 30 days" }
                    th.number scope="col" { "Share" }
                }
            }
            tbody {
                @for role in roles { (row(role, all)) }
            }
        }
    };
    html! {
        section aria-labelledby="family-sums" {
            h2 #family-sums { "Its family, by role" }
            p.subtitle {
                "The family of " (root) ": " (grouped(family.members.len() as u64)) " models of this collection. "
                @if let Some(captured) = family.captured() {
                    (share(captured)) " of its downloads flow through others than who made it. "
                }
                a href=(format!("/api/v1/family?collection={}&model={}", family.collection, family.model_id)) { "JSON" }
            }
            (scrolled("Table of the family by role", &table))
        }
    }
}

fn row(role: &RoleSum, all: i64) -> Markup {
    html! {
        tr {
            th scope="row" { (role.role) }
            td.number { (grouped(role.models)) }
            td.number {
                @if role.counted > 0 { (grouped(role.downloads_30d.unsigned_abs())) } @else { "not known" }
            }
            td.number {
                @if all > 0 && role.counted > 0 { (share(role.downloads_30d as f64 / all as f64)) }
            }
        }
    }
}

fn share(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}
