//! The family of a model on its page: how much flows through whom.

use maud::{Markup, html};
use why::{Kinship, Member, RoleSum};

use crate::parts::{address_of, counted, grouped, scrolled};

/// Models made from one that are listed; the tree has them all.
const MOST_MADE: usize = 12;

/// The section; nothing where no family is known.
pub(super) fn section(family: &Kinship) -> Markup {
    let Some(root) = &family.family else { return html! {} };
    html! {
        section aria-labelledby="family-sums" {
            h2 #family-sums { "Its family, by role" }
            p.subtitle {
                "The family of " a href=(of_family(family, root)) { (root) } ": "
                (counted(family.members.len() as u64, "model", "models")) " of this collection. "
                @if let Some(captured) = family.captured() {
                    (share(captured)) " of its downloads flow through others than who made it. "
                }
                a href=(format!("/api/v1/family?collection={}&model={}", family.collection, family.model_id)) { "JSON" }
            }
            (ancestry(family))
            (table(family))
            (made_from(family))
            p { a href=(of_family(family, &family.model_id)) { "Its place in the tree of the family" } }
        }
    }
}

/// The models that are made directly from the one that is shown, those used most first.
fn made_from(family: &Kinship) -> Markup {
    let is_made_from = |member: &&Member| member.base.as_ref() == Some(&family.model_id);
    let made: Vec<&Member> = family.members.iter().filter(is_made_from).collect();
    if made.is_empty() {
        return html! {};
    }
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Model" }
                    th scope="col" { "Role of the uploader" }
                    th scope="col" { "How it is made" }
                    th.number scope="col" { "Downloads in 30 days" }
                }
            }
            tbody {
                @for member in made.iter().take(MOST_MADE) {
                    tr {
                        th.long scope="row" {
                            a href=(address_of(&family.collection, None, "model", &member.model_id)) {
                                (member.model_id)
                            }
                        }
                        td { (member.role) }
                        td { (member.derivation.as_deref().unwrap_or("not known")) }
                        td.number {
                            @match member.downloads_30d {
                                Some(sum) => (grouped(sum.unsigned_abs())),
                                None => "not known",
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        h3 { "Who makes what from it" }
        p.subtitle {
            (counted(made.len() as u64, "model is", "models are")) " made directly from it"
            @if made.len() > MOST_MADE { "; these are used most" }
            "."
        }
        (scrolled("Table of models made from it", &table))
    }
}

/// The table of the family by role.
pub(in crate::pages) fn table(family: &Kinship) -> Markup {
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
    scrolled("Table of the family by role", &table)
}

/// From the root down to the model, each with a way to its page.
pub(in crate::pages) fn ancestry(family: &Kinship) -> Markup {
    if family.ancestry.len() < 2 {
        return html! {};
    }
    html! {
        nav aria-label="Lineage" {
            ol.ancestry {
                @for id in family.ancestry.iter().rev() {
                    li {
                        @if *id == family.model_id {
                            strong aria-current="page" { (id) }
                        } @else if family.members.iter().any(|member| member.model_id == *id) {
                            a href=(address_of(&family.collection, None, "model", id)) { (id) }
                        } @else {
                            (id) span.method { " (not in this collection)" }
                        }
                    }
                }
            }
        }
    }
}

/// The page of a family, with the tree below one of its models.
fn of_family(family: &Kinship, model: &str) -> String {
    address_of(&family.collection, None, "family", model)
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
