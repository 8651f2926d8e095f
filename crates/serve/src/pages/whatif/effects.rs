//! What becomes of each number: before, after, and by how much.

use analyze::{At, Change, Effect, Query};
use chart::Unit;
use maud::{Markup, html};
use schema::Statistic;

use super::asked::{Asked, told, written};
use crate::figures::lower_first;
use crate::parameters::Parameters;
use crate::parts::{day, scrolled, sure};
use crate::shown::Shown;

/// Differences below this are those of arithmetic.
const LEAST: f64 = 1e-12;

/// The sections of indices, countries and sectors, and how to ask the same elsewhere.
pub(super) fn section(
    shown: &Shown,
    query: &Query,
    asked: &Asked,
    at: At,
    effects: &[Effect],
) -> Markup {
    let changes: Vec<&Change> = asked.changes().collect();
    let of = |unit_is_known: bool| {
        effects.iter().filter(move |effect| effect.unit.is_some() == unit_is_known)
    };
    let shares: Vec<&Effect> = of(true).collect();
    html! {
        section aria-labelledby="effects" {
            h2 #effects { "What would be" }
            p.subtitle {
                "If " (changes.iter().map(|change| told(change)).collect::<Vec<_>>().join("; "))
                ". Of " (lower_first(query.measure.title())) " " (moment(at))
                ". Nobody is supposed to download anything else instead."
            }
            (scrolled("Table of indices before and after", &table("Index", of(false))))
        }
        @for group in shares.chunk_by(|a, b| a.group == b.group) {
            @let (id, title, one) = names(group.first().map_or("", |effect| effect.group.as_str()));
            section aria-labelledby=(id) {
                h2 id=(id) { "Shares of " (title) }
                p.subtitle { "Bounds: what mass that belongs to none of the " (title) " could do." }
                (scrolled(&format!("Table of shares of {title} before and after"), &table(one, group.iter().copied())))
            }
        }
        (elsewhere(shown, query, &changes))
    }
}

fn table<'a>(what: &str, effects: impl Iterator<Item = &'a Effect>) -> Markup {
    html! {
        table.effects {
            thead {
                tr {
                    th scope="col" { (what) }
                    th.number scope="col" { "Before" }
                    th.number scope="col" { "After" }
                    th.number scope="col" { "Difference" }
                }
            }
            tbody { @for effect in effects { (row(effect)) } }
        }
    }
}

fn row(effect: &Effect) -> Markup {
    let unit = unit(effect.statistic);
    let by = match unit {
        Unit::Share => Unit::Points,
        _ => Unit::Number(""),
    };
    let moved = effect.difference.value.filter(|value| value.abs() > LEAST);
    html! {
        tr {
            th scope="row" {
                (effect.unit.as_deref().unwrap_or_else(|| effect.statistic.title()))
            }
            td.number { (sure(&unit, &effect.before)) }
            td.number { (sure(&unit, &effect.after)) }
            td.number {
                @match moved {
                    Some(value) if value > 0.0 => { (arrow("▲")) "+" (sure(&by, &effect.difference)) }
                    Some(_) => { (arrow("▼")) (sure(&by, &effect.difference)) }
                    None if effect.difference.value.is_some() => { span.change { "no change" } }
                    None => { span.change { "not defined" } }
                }
            }
        }
    }
}

fn arrow(sign: &str) -> Markup {
    html! { span.change aria-hidden="true" { (sign) " " } }
}

/// What the numbers of a statistic are.
fn unit(statistic: Statistic) -> Unit {
    match statistic {
        Statistic::Hhi => Unit::Index { max: 10_000.0, name: "HHI" },
        Statistic::HhiNormalized | Statistic::Gini => {
            Unit::Index { max: 1.0, name: statistic.title() }
        }
        Statistic::Share | Statistic::Cr1 | Statistic::Cr4 | Statistic::Cr10 => Unit::Share,
        _ => Unit::Number(""),
    }
}

/// The id of a section, and what its units and one of them are called.
fn names(group: &str) -> (&'static str, &'static str, &'static str) {
    if group.ends_with("country") {
        ("countries", "countries", "Country")
    } else {
        ("sectors", "sectors", "Sector")
    }
}

fn moment(at: At) -> String {
    match at {
        At::Week(_) => format!("in the week of {}", day(at.day())),
        At::Instant(_) => format!("as of {}", day(at.day())),
    }
}

/// The same question at the command line and to the API.
fn elsewhere(shown: &Shown, query: &Query, changes: &[&Change]) -> Markup {
    let (command, address) = written_out(&shown.market.release.collection, query, changes);
    html! {
        section aria-labelledby="elsewhere" {
            h2 #elsewhere { "Ask it elsewhere" }
            pre tabindex="0" { code { (command) } }
            p.files { a href=(address) { "JSON" } }
        }
    }
}

/// The command and the address of the API.
fn written_out(collection: &str, query: &Query, changes: &[&Change]) -> (String, String) {
    let (measure, group) = (query.measure.name(), query.group.name());
    let mut command = vec!["weighhouse whatif".to_owned()];
    let mut asked = Parameters::default();
    for (name, value) in [("collection", collection), ("measure", measure), ("group", group)] {
        command.push(format!("--{name} {value}"));
        asked.push(name, value);
    }
    for name in ["merge", "reclassify", "remove"] {
        let written = changes.iter().map(|change| written(change));
        let of_kind = written.filter(|(kind, _)| *kind == name);
        let values: Vec<String> = of_kind.map(|(_, value)| value).collect();
        // As a shell takes a text that may hold a quote.
        let quoted = |value: &String| format!("--{name} '{}'", value.replace('\'', r"'\''"));
        command.extend(values.iter().map(quoted));
        if !values.is_empty() {
            asked.push(name, &values.join(";"));
        }
    }
    (command.join(" "), asked.address("/api/v1/whatif"))
}
