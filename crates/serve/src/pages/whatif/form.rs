//! The form of the changes: a plain form of the address.

use analyze::Query;
use maud::{Markup, html};
use schema::Group;

use super::PAGE;
use super::asked::{Field, Mistake};
use crate::parameters::Parameters;
use crate::parts::{Choice, select};
use crate::shown::Shown;

/// Owners that are offered while a name is typed.
const OFFERED: usize = 200;

/// One field that is typed in.
struct Text<'a> {
    name: Field,
    label: &'a str,
    hint: &'a str,
    has_list: bool,
}

/// The form, with what is mistaken below the field that it is about.
pub(super) fn form(
    shown: &Shown,
    query: &Query,
    given: &Parameters,
    mistake: Option<&Mistake>,
) -> Markup {
    let text =
        |name, label, hint, has_list| typed(&Text { name, label, hint, has_list }, given, mistake);
    let place = |name, label, values, none| {
        let of = |problem: &&Mistake| problem.field == name;
        html! {
            (chosen(name, label, values, (none, given)))
            @if let Some(problem) = mistake.filter(of) { (told(name, problem)) }
        }
    };
    let countries = values(shown, query, "country");
    html! {
        form.whatif action=(PAGE.path) method="get" aria-label="What is changed" {
            input type="hidden" name="collection" value=(shown.market.release.collection);
            div.filters.is-plain {
                (measures(shown, query))
                (owners(query))
            }
            fieldset {
                legend { "Owners become one" }
                (text("merge", "Owners", "Names with commas, as google,google-bert. The first names the one; =name behind them does so instead.", false))
            }
            fieldset {
                legend { "Owners leave" }
                (text("remove", "An owner", "All of its models are gone.", true))
                (place("remove_country", "All owners of a country", &countries, "None"))
            }
            fieldset {
                legend { "An owner moves" }
                (text("reclassify", "An owner", "All of its models go along.", true))
                (place("to_country", "To the country", &countries, "As it is"))
                (place("to_sector", "To the sector", &values(shown, query, "sector"), "As it is"))
            }
            datalist #owners {
                @for owner in offered(shown, query) { option value=(owner) {} }
            }
            div.field.actions {
                button type="submit" { "Show what would be" }
                a href=(format!("{}?collection={}", PAGE.path, shown.market.release.collection)) { "Reset" }
            }
        }
    }
}

fn typed(text: &Text<'_>, given: &Parameters, mistake: Option<&Mistake>) -> Markup {
    let name = text.name;
    let problem = mistake.filter(|mistake| mistake.field == name);
    let hint = format!("{name}-hint");
    let described = if problem.is_some() { format!("{name}-problem {hint}") } else { hint.clone() };
    html! {
        div.field.is-wide {
            label for=(name) { (text.label) }
            input id=(name) name=(name) type="text" value=(given.get(name).unwrap_or_default())
                autocomplete="off" autocapitalize="off" spellcheck="false"
                list=[text.has_list.then_some("owners")]
                aria-describedby=(described) aria-invalid=[problem.map(|_| "true")];
            p.hint id=(hint) { (text.hint) }
            @if let Some(problem) = problem { (told(name, problem)) }
        }
    }
}

fn told(name: Field, mistake: &Mistake) -> Markup {
    html! {
        p.problem id=(format!("{name}-problem")) role="alert" {
            span aria-hidden="true" { "▲ " } (mistake.refusal.detail) "."
        }
    }
}

fn chosen(
    name: Field,
    label: &str,
    values: &[String],
    (none, given): (&str, &Parameters),
) -> Markup {
    let chosen = given.get(name).unwrap_or_default();
    let mut options = vec![("", none.to_owned())];
    options.extend(values.iter().map(|value| (value.as_str(), value.clone())));
    if !options.iter().any(|(value, _)| *value == chosen) {
        options.push((chosen, chosen.to_owned()));
    }
    select(&Choice { name, label, options, chosen })
}

fn measures(shown: &Shown, query: &Query) -> Markup {
    let mut measures = shown.measures.clone();
    if !measures.contains(&query.measure) {
        measures.push(query.measure);
    }
    let options = measures.iter().map(|known| (known.name(), known.title().to_owned())).collect();
    let chosen = query.measure.name();
    select(&Choice { name: "measure", label: "What is counted", options, chosen })
}

fn owners(query: &Query) -> Markup {
    let options =
        vec![("uploader", "Uploader".to_owned()), ("developer", "Original developer".to_owned())];
    let chosen = query.group.name();
    select(&Choice { name: "group", label: "Owners are", options, chosen })
}

/// The countries or sectors that the collection has, in the order of their names.
fn values(shown: &Shown, query: &Query, label: &str) -> Vec<String> {
    let prefix = if query.group.name() == "developer" { "developer_" } else { "" };
    let group = Group::named(&format!("{prefix}{label}"));
    let Ok(units) = shown.market.grouping(&group) else { return Vec::new() };
    let codes = (0..units.unit_count() as u32).filter(|code| units.is_attributed(*code));
    let mut values: Vec<String> = codes.map(|code| units.label(code).to_owned()).collect();
    values.sort_unstable();
    values
}

/// The largest owners; none where the collection has no data for the question.
fn offered(shown: &Shown, query: &Query) -> Vec<String> {
    let found = analyze::leaderboard(&shown.market, query, OFFERED);
    let standings = found.map(|(_, _, standings)| standings).unwrap_or_default();
    standings.into_iter().map(|standing| standing.unit).collect()
}
