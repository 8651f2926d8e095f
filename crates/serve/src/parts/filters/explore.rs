//! The form of *Explore*, and the units that are compared.

use maud::{Markup, html};
use schema::{Group, Statistic};

use super::{Choice, drawing_as, kept, measures, narrowing, select};
use crate::explore::{MOST_UNITS, units_of};
use crate::pages::explore::PAGE;
use crate::view::{Attribution, View};

/// The form. It shows what the address says, also where that contradicts itself.
///
/// `shown` are the units that the figure shows, `offered` those that are offered to be added.
pub(crate) fn explore_filters(view: &View, shown: &[String], offered: &[String]) -> Markup {
    let given = |name: &str, usual: &'static str| view.given.get(name).unwrap_or(usual).to_owned();
    let statistic = given("stat", "share");
    let is_of_units = statistic.parse().is_ok_and(Statistic::is_of_units);
    let scales = vec![("value", "Values".to_owned()), ("index", "Index, first = 100".to_owned())];
    let axes = vec![("date", "Date".to_owned()), ("age", "Age in weeks".to_owned())];
    html! {
        form.filters.explore action=(PAGE.path) method="get" data-instant aria-label="What is compared" {
            (kept(view))
            (measures(view))
            (select(&Choice { name: "stat", label: "Statistic", options: statistics(), chosen: &statistic }))
            (groups(view))
            (attributions(view))
            (select(&Choice { name: "by", label: "Over", options: axes, chosen: &given("by", "date") }))
            (select(&Choice { name: "scale", label: "Shown as", options: scales, chosen: &given("scale", "value") }))
            (drawing_as(&given("chart", "line")))
            @if is_of_units { (compared(view, shown, offered)) }
            (narrowing(view))
        }
    }
}

fn statistics() -> Vec<(&'static str, String)> {
    let asked = Statistic::ALL.into_iter().filter(|statistic| *statistic != Statistic::Top);
    let words = |statistic: Statistic| match statistic {
        Statistic::Sum => "Count".to_owned(),
        statistic => statistic.title().to_owned(),
    };
    asked.map(|statistic| (statistic.name(), words(statistic))).collect()
}

/// Every group there is: owners by the attribution, models, and what models can be grouped by.
fn groups(view: &View) -> Markup {
    let mut groups = vec![("owner", "Owner".to_owned()), ("model", "Model".to_owned())];
    let market = &view.shown.market;
    let known =
        market.attributes.iter().filter(|known| known.is_groupable && known.known_count > 0);
    groups.extend(known.map(|known| (known.name.as_str(), known.title.clone())));
    let chosen = view.group.as_deref().unwrap_or("owner");
    if !groups.iter().any(|(name, _)| *name == chosen) {
        groups.push((chosen, view.shown.title_of(&Group::named(chosen))));
    }
    select(&Choice { name: "group", label: "Units are", options: groups, chosen })
}

fn attributions(view: &View) -> Markup {
    let options = [Attribution::Uploader, Attribution::Developer];
    let options = options.map(|one| (one.name(), one.title().to_owned())).to_vec();
    let chosen = view.attribution.name();
    select(&Choice { name: "attribution", label: "Owners are", options, chosen })
}

/// The units that are compared, each to be taken away, and a field for one more.
fn compared(view: &View, shown: &[String], offered: &[String]) -> Markup {
    let named = units_of(&view.given);
    let without = |name: &str| {
        let mut given = view.given.without("unit").without("hide");
        let others = named.iter().filter(|other| *other != name);
        for other in others {
            given.push("unit", other);
        }
        given.address(PAGE.path)
    };
    let of_shown = || {
        let mut given = view.given.without("hide");
        for name in shown {
            given.push("unit", name);
        }
        given.address(PAGE.path)
    };
    // Of these there may be more than a page can offer; scripts ask for them by name.
    let kind = match view.group.as_deref().unwrap_or("owner") {
        "model" => Some("model"),
        "owner" | "uploader" => Some("owner"),
        _ => None,
    };
    html! {
        fieldset.compared {
            legend { "Compared" }
            @if named.is_empty() {
                p.hint {
                    "The largest, as none is named. "
                    @if !shown.is_empty() { a href=(of_shown()) { "Choose among these" } }
                }
            } @else {
                ul {
                    @for name in &named {
                        li {
                            input type="hidden" name="unit" value=(name);
                            span { (name) }
                            a href=(without(name)) aria-label={ "Remove " (name) } { "×" }
                        }
                    }
                    li { a href=(view.given.without("unit").without("hide").address(PAGE.path)) { "Remove all" } }
                }
            }
            @if named.len() < MOST_UNITS {
                div.add {
                    label for="unit" { "Add by name" }
                    input #unit name="unit" type="text" list="units" autocomplete="off"
                        autocapitalize="off" spellcheck="false" data-kind=[kind];
                    datalist #units {
                        @for name in offered { option value=(name) {} }
                    }
                    button type="submit" { "Add" }
                }
            } @else {
                p.hint { "These are as many as can be compared at once." }
            }
        }
    }
}
