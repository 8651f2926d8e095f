//! The forms that change a view: plain forms of the address, which scripts make instant.

use analyze::Condition;
use maud::{Markup, html};
use schema::{MeasureKind, Week, Window};

use crate::figures;
use crate::parts::grouped;
use crate::view::{Attribution, Form, View};

/// One choice of a form.
struct Choice<'a> {
    name: &'static str,
    label: &'static str,
    /// Values with their words.
    options: Vec<(&'a str, String)>,
    chosen: &'a str,
}

/// The form of the page on power.
pub(crate) fn power_filters(view: &View) -> Markup {
    let chosen = view.group.as_deref().unwrap_or_else(|| figures::default_group(view));
    let mut groups = vec![
        ("country_group", "Country group".to_owned()),
        ("country", "Country".to_owned()),
        ("sector", "Sector".to_owned()),
        ("owner", "Owner".to_owned()),
    ];
    if !groups.iter().any(|(name, _)| *name == chosen) {
        groups.push((chosen, view.shown.title_of(&schema::Group::named(chosen))));
    }
    let attributions =
        vec![("uploader", "Uploader".to_owned()), ("developer", "Original developer".to_owned())];
    html! {
        form.filters action="/power" method="get" data-instant aria-label="What is shown" {
            (kept(view))
            (measures(view))
            (select(&Choice { name: "group", label: "Shares by", options: groups, chosen }))
            (select(&Choice {
                name: "attribution",
                label: "Owners are",
                options: attributions,
                chosen: view.attribution.name(),
            }))
            (drawing(view))
            (times(view))
        }
    }
}

/// The form of the page on models.
pub(crate) fn models_filters(view: &View) -> Markup {
    let chosen = view.group.as_deref().unwrap_or_else(|| figures::default_attribute(view));
    let attributes = view.shown.market.attributes.iter().filter(|attribute| attribute.is_groupable);
    let words = |attribute: &analyze::Description| {
        let count = grouped(attribute.known_count);
        format!("{} (known for {count})", attribute.title)
    };
    let groups = attributes.map(|known| (known.name.as_str(), words(known))).collect();
    html! {
        form.filters action="/models" method="get" data-instant aria-label="What is shown" {
            (kept(view))
            (measures(view))
            (select(&Choice { name: "group", label: "Large figure", options: groups, chosen }))
            (drawing(view))
            (times(view))
        }
    }
}

fn kept(view: &View) -> Markup {
    html! {
        input type="hidden" name="collection" value=(view.shown.market.release.collection);
        @for key in &view.hidden { input type="hidden" name="hide" value=(key); }
    }
}

fn drawing(view: &View) -> Markup {
    select(&Choice {
        name: "chart",
        label: "Drawn as",
        options: vec![("area", "Stacked areas".to_owned()), ("line", "Lines".to_owned())],
        chosen: if view.form == Form::Line { "line" } else { "area" },
    })
}

fn measures(view: &View) -> Markup {
    let mut measures = view.shown.measures.clone();
    if !measures.contains(&view.measure) {
        measures.push(view.measure);
    }
    let options = measures.iter().map(|known| (known.name(), known.title().to_owned())).collect();
    let chosen = view.measure.name();
    select(&Choice { name: "measure", label: "What is counted", options, chosen })
}

fn times(view: &View) -> Markup {
    let windows: Vec<(String, String)> = Window::ALL
        .map(|window| match window {
            Window::Week => ("1".to_owned(), "1 week".to_owned()),
            _ => (window.to_string(), format!("{window} weeks")),
        })
        .to_vec();
    let chosen = view.window.to_string();
    let date = |name: &'static str, label: &str, week: Option<Week>| {
        html! {
            div.field {
                label for=(name) { (label) }
                input id=(name) name=(name) type="date" value=[week];
            }
        }
    };
    let conditions = Condition::list_text(&view.conditions);
    let is_narrowed = view.from.is_some() || view.to.is_some() || !view.conditions.is_empty();
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
                @if view.measure.kind() == MeasureKind::Flow {
                    (select(&Choice {
                        name: "window",
                        label: "Summed over",
                        options: windows.iter().map(|(value, text)| (value.as_str(), text.clone())).collect(),
                        chosen: &chosen,
                    }))
                }
                (date("from", "From the week of", view.from))
                (date("to", "To the week of", view.to))
                div.field.is-wide {
                    label for="where" { "Only models with" }
                    input #where name="where" type="text" value=(conditions) autocomplete="off" spellcheck="false"
                        placeholder="attribute=value, …";
                }
            }
        }
    }
}

fn select(choice: &Choice<'_>) -> Markup {
    html! {
        div.field {
            label for=(choice.name) { (choice.label) }
            select id=(choice.name) name=(choice.name) {
                @for (value, text) in &choice.options {
                    option value=(value) selected[*value == choice.chosen] { (text) }
                }
            }
        }
    }
}

/// Links between two ways of looking, the present one marked.
pub(crate) fn switch(label: &str, options: &[(&str, String, bool)]) -> Markup {
    html! {
        nav.switch aria-label=(label) {
            @for (text, address, is_here) in options {
                a href=(address) aria-current=[is_here.then_some("true")] { (text) }
            }
        }
    }
}

/// The switch between uploaders and original developers.
pub(crate) fn attribution_switch(view: &View, path: &str) -> Markup {
    let to = |attribution: Attribution| {
        view.given.without("hide").with("attribution", attribution.name()).address(path)
    };
    let is_developer = view.attribution == Attribution::Developer;
    switch(
        "Whom models are counted with",
        &[
            ("Uploaders", to(Attribution::Uploader), !is_developer),
            ("Original developers", to(Attribution::Developer), is_developer),
        ],
    )
}
