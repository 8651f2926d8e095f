//! The forms that change a view: plain forms of the address, which scripts make instant.

mod explore;
mod narrowing;
mod unit;

use maud::{Markup, html};
use schema::{Group, MeasureKind};

pub(crate) use self::explore::explore_filters;
use self::narrowing::narrowing;
pub(crate) use self::unit::{UnitForm, unit_filters};
use crate::figures;
use crate::parts::grouped;
use crate::view::{Attribution, COUNTING_RULE, View};

/// What means something for flows only.
const OF_FLOWS: [&str; 2] = ["window", "flagged"];

/// One choice of a form.
pub(crate) struct Choice<'a> {
    pub(crate) name: &'static str,
    pub(crate) label: &'a str,
    /// Values with their words.
    pub(crate) options: Vec<(&'a str, String)>,
    pub(crate) chosen: &'a str,
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
    let union = View { group: Some("european_union".to_owned()), ..view.clone() }.group("");
    if view.shown.is_known(union.name()) {
        groups.insert(2, ("european_union", "European Union".to_owned()));
    }
    let further = view.shown.is_known(COUNTING_RULE).then_some(COUNTING_RULE);
    for name in further.into_iter().chain([chosen]) {
        if !groups.iter().any(|(known, _)| *known == name) {
            groups.push((name, view.shown.title_of(&Group::named(name))));
        }
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
            (narrowing(view))
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
            @for name in ["of", "weight"] {
                @if let Some(value) = view.given.get(name) { input type="hidden" name=(name) value=(value); }
            }
            (measures(view))
            (select(&Choice { name: "group", label: "Large figure", options: groups, chosen }))
            (drawing(view))
            (narrowing(view))
        }
    }
}

/// The form of a page about some attributes, of which one is large.
pub(crate) fn attribute_filters(view: &View, path: &str, shown: &[&str], large: &str) -> Markup {
    let mut names: Vec<&str> =
        shown.iter().copied().filter(|name| view.shown.is_known(name)).collect();
    if !names.contains(&large) {
        names.push(large);
    }
    let title = |name: &str| view.shown.title_of(&Group::named(name));
    let groups = names.iter().map(|name| (*name, title(name))).collect();
    html! {
        form.filters action=(path) method="get" data-instant aria-label="What is shown" {
            (kept(view))
            (measures(view))
            (select(&Choice { name: "group", label: "Large figure", options: groups, chosen: large }))
            (drawing(view))
            (narrowing(view))
        }
    }
}

/// The attribute of the large figure: the view's, else the usual one, else the first that is known.
pub(crate) fn chosen(view: &View, shown: &[&str], usual: &str) -> String {
    let first = || shown.iter().copied().find(|name| view.shown.is_known(name));
    let is_usual = view.shown.is_known(usual).then_some(usual);
    view.group.as_deref().or(is_usual).or_else(first).unwrap_or("uploader").to_owned()
}

/// The attributes of a page that are known, but for the large one.
pub(crate) fn others<'a>(view: &View, shown: &[&'a str], large: &str) -> Vec<&'a str> {
    let is_other = |name: &&str| *name != large && view.shown.is_known(name);
    shown.iter().copied().filter(is_other).collect()
}

/// The form of the averages: of which number, and how often each model counts. The rest of the
/// view stays as it is.
pub(crate) fn averages_filters(view: &View) -> Markup {
    let chosen = figures::averaged(view).unwrap_or_default();
    let numbers = view.shown.numeric().map(|known| {
        let count = grouped(known.known_count);
        (known.name.as_str(), format!("{} (known for {count})", known.title))
    });
    let weights = vec![
        ("measure", format!("As often as it has {}", view.measure.unit())),
        ("model", "Once".to_owned()),
    ];
    let weight = view.weight.to_string();
    let others = view.given.without("of").without("weight");
    html! {
        form.filters action="/models" method="get" data-instant aria-label="Which averages are shown" {
            @for (name, value) in others.pairs() { input type="hidden" name=(name) value=(value); }
            (select(&Choice { name: "of", label: "Averages of", options: numbers.collect(), chosen }))
            (select(&Choice { name: "weight", label: "Each model counts", options: weights, chosen: &weight }))
            div.field.actions { button type="submit" { "Show" } }
        }
    }
}

/// What no field of the form says. Choices that mean nothing for the present measure wait for one
/// for which they do.
fn kept(view: &View) -> Markup {
    let is_flow = view.measure.kind() == MeasureKind::Flow;
    let waiting = OF_FLOWS.into_iter().filter_map(|name| Some((name, view.given.get(name)?)));
    html! {
        input type="hidden" name="collection" value=(view.shown.market.release.collection);
        @for key in &view.hidden { input type="hidden" name="hide" value=(key); }
        @if !is_flow {
            @for (name, value) in waiting { input type="hidden" name=(name) value=(value); }
        }
    }
}

fn drawing(view: &View) -> Markup {
    drawing_as(view.form.name())
}

/// How it is drawn.
fn drawing_as(chosen: &str) -> Markup {
    select(&Choice {
        name: "chart",
        label: "Drawn as",
        options: vec![
            ("area", "Stacked areas".to_owned()),
            ("line", "Lines".to_owned()),
            ("dots", "Dots, newest date".to_owned()),
        ],
        chosen,
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

/// A field that is chosen from a list.
pub(crate) fn select(choice: &Choice<'_>) -> Markup {
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
