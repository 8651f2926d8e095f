//! The document around a report: its title and its styles.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Report;

const STYLE: &str = include_str!("../../../../web/report.css");

pub(super) fn document(report: &Report<'_>, body: &Markup) -> Markup {
    let market = report.market;
    // What is between the tags of a stylesheet is not escaped; ours has no `<`.
    let style = [chart::stylesheet(), STYLE.to_owned()].concat();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content=(format!("weighhouse {}", report.code_version));
                title { (market.collection.title) " · weighhouse report" }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    }
}
