//! The table of attributes: what is known of each model, and of how many.

use analyze::{Description, Market};
use chart::Unit;
use maud::{Markup, html};

use crate::parts::{grouped, scrolled};

/// The section with every attribute of the collection.
pub(super) fn section(market: &Market) -> Markup {
    let model_count = market.model_count();
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Attribute" }
                    th scope="col" { "Type" }
                    th scope="col" { "Meaning" }
                    th.number scope="col" { "Known for" }
                    th.bar-cell scope="col" { span.visually-hidden { "Coverage as a bar" } }
                    th scope="col" { "Example" }
                }
            }
            tbody {
                @for attribute in &market.attributes { (row(attribute, model_count)) }
            }
        }
    };
    html! {
        section aria-labelledby="attributes" {
            h2 #attributes { "Attributes of models" }
            p.subtitle {
                "What is derived of each model. Attributes marked • can be grouped and filtered by."
            }
            (scrolled("Table of attributes", &table))
        }
    }
}

fn row(attribute: &Description, model_count: usize) -> Markup {
    let share = attribute.known_count as f64 / (model_count as f64).max(1.0);
    html! {
        tr {
            th scope="row" {
                code { (attribute.name) }
                @if attribute.is_groupable { " •" span.visually-hidden { " can be grouped by" } }
            }
            td {
                (attribute.value_type)
                @if !attribute.unit.is_empty() { ", " (attribute.unit) }
            }
            td.long {
                (attribute.meaning)
                span.method { " From " (attribute.source) ": " (attribute.method) "." }
            }
            td.number title=(format!("{} models", grouped(attribute.known_count))) {
                (chart::format_value(&Unit::Share, share))
            }
            td.bar-cell {
                svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
                    rect.ground width="100" height="8" {}
                    rect width=(format!("{:.1}", share.clamp(0.0, 1.0) * 100.0)) height="8" {}
                }
            }
            td.example { (attribute.example) }
        }
    }
}
