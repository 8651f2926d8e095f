//! What narrows a view: dates, conditions on models, the counting rule, and flagged weeks.

use analyze::Condition;
use maud::{Markup, html};
use schema::{Flagged, MeasureKind, Week, Window};

use super::{Choice, select};
use crate::parts::counted;
use crate::view::{COUNTING_RULE, View};

/// The last fields of a form, open where any of them is used, and its buttons.
pub(super) fn narrowing(view: &View) -> Markup {
    let is_narrowed = view.from.is_some()
        || view.to.is_some()
        || !view.conditions.is_empty()
        || view.flagged != Flagged::Include;
    let is_flow = view.measure.kind() == MeasureKind::Flow;
    html! {
        div.field.actions {
            button type="submit" { "Show" }
            @if is_narrowed {
                a href=(format!("?collection={}", view.shown.market.release.collection)) { "Reset" }
            }
        }
        details.more open[is_narrowed || view.window != Window::Week] {
            summary { "Dates and conditions" }
            div.fields {
                @if is_flow { (windows(view)) }
                (date("from", "From the week of", view.from))
                (date("to", "To the week of", view.to))
                @if is_flow { (flagged(view)) }
                @if has_rules(view) { (rules(view)) }
                (conditions(view))
            }
        }
    }
}

fn windows(view: &View) -> Markup {
    let windows = Window::ALL.map(|window| match window {
        Window::Week => ("1".to_owned(), "1 week".to_owned()),
        _ => (window.to_string(), format!("{window} weeks")),
    });
    select(&Choice {
        name: "window",
        label: "Summed over",
        options: windows.iter().map(|(value, text)| (value.as_str(), text.clone())).collect(),
        chosen: &view.window.to_string(),
    })
}

fn date(name: &'static str, label: &str, week: Option<Week>) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            input id=(name) name=(name) type="date" value=[week];
        }
    }
}

fn flagged(view: &View) -> Markup {
    let words = |flagged| match flagged {
        Flagged::Include => "Counted",
        Flagged::Exclude => "Left out",
        Flagged::Only => "Only these",
    };
    let options = Flagged::ALL.map(|flagged| (flagged.name(), words(flagged).to_owned()));
    select(&Choice {
        name: "flagged",
        label: "Flagged weeks",
        options: options.to_vec(),
        chosen: view.flagged.name(),
    })
}

/// Whether the counting rule has a field of its own; else it is among the conditions.
fn has_rules(view: &View) -> bool {
    view.counts_downloads() && !view.shown.counting_rules.is_empty()
}

/// The choice of a rule; several that the address holds fixed together are one more choice.
fn rules(view: &View) -> Markup {
    let chosen = view.counting_rules().join(",");
    let known = view.shown.counting_rules.iter();
    let mut options = vec![("", "All".to_owned())];
    options.extend(known.map(|(rule, models)| {
        (rule.as_str(), format!("{rule} ({})", counted(*models, "model", "models")))
    }));
    if !options.iter().any(|(rule, _)| *rule == chosen) {
        options.push((&chosen, view.counting_rules().join(" or ")));
    }
    select(&Choice { name: "rule", label: "Counting rule", options, chosen: &chosen })
}

fn conditions(view: &View) -> Markup {
    let mut conditions = view.conditions.clone();
    conditions.retain(|one| !has_rules(view) || one.attribute != COUNTING_RULE);
    html! {
        div.field.is-wide {
            label for="where" { "Only models with" }
            input #where name="where" type="text" value=(Condition::list_text(&conditions))
                autocomplete="off" spellcheck="false" placeholder="attribute=value, …";
        }
    }
}
