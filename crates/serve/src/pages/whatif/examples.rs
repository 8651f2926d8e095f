//! Examples of changes, made of the largest owners and countries of the collection.

use analyze::{Period, Query};
use maud::{Markup, html};
use schema::{Group, Statistic};

use super::PAGE;
use crate::parameters::Parameters;
use crate::shown::Shown;

/// Countries that examples are made of.
const COUNTRIES: usize = 2;

/// The section; nothing where the collection has nothing to change.
pub(super) fn section(shown: &Shown, query: &Query) -> Markup {
    let examples = examples(shown, query);
    html! {
        @if !examples.is_empty() {
            section aria-labelledby="examples" {
                h2 #examples { "Examples" }
                ul {
                    @for (words, changes) in &examples {
                        li { a href=(address(shown, query, changes)) { (words) } }
                    }
                }
            }
        }
    }
}

/// Words, and the fields that say the same.
type Example = (String, Vec<(&'static str, String)>);

fn examples(shown: &Shown, query: &Query) -> Vec<Example> {
    let found = analyze::leaderboard(&shown.market, query, 2);
    let owners: Vec<String> = found
        .map(|(_, _, standings)| standings.into_iter().map(|standing| standing.unit).collect())
        .unwrap_or_default();
    let countries = countries(shown, query);
    let mut examples = Vec::new();
    // Names with the signs that changes are written with cannot be examples.
    let is_plain = |name: &&String| !name.contains([',', ';', '=']);
    let plain: Vec<&String> = owners.iter().filter(is_plain).collect();
    if let [first, second] = plain[..] {
        let words = format!("{first} and {second} become one");
        examples.push((words, vec![("merge", format!("{first},{second}"))]));
    }
    if let Some(first) = plain.first() {
        let words = format!("{first} leaves");
        examples.push((words, vec![("remove", (*first).clone())]));
    }
    if let Some(country) = countries.first() {
        let words = format!("all owners of {country} leave");
        examples.push((words, vec![("remove_country", country.clone())]));
    }
    if let (Some(first), Some(country)) = (plain.first(), countries.last()) {
        let words = format!("{first} is of {country}");
        let fields = vec![("reclassify", (*first).clone()), ("to_country", country.clone())];
        examples.push((words, fields));
    }
    examples
}

/// The largest countries, the largest first.
fn countries(shown: &Shown, query: &Query) -> Vec<String> {
    let prefix = if query.group.name() == "developer" { "developer_" } else { "" };
    let asked = Query {
        statistics: vec![Statistic::Share],
        group: Group::named(&format!("{prefix}country")),
        period: Period::Newest,
        top: Some(COUNTRIES),
        ..query.clone()
    };
    let rows = analyze::answer(&shown.market, &asked).map(|answer| answer.rows).unwrap_or_default();
    let known = rows.into_iter().filter(|row| row.is_attributed && row.estimate.value.is_some());
    known.filter_map(|row| row.unit).take(COUNTRIES).collect()
}

fn address(shown: &Shown, query: &Query, changes: &[(&str, String)]) -> String {
    let mut asked = Parameters::default();
    asked.push("collection", &shown.market.release.collection);
    asked.push("measure", query.measure.name());
    asked.push("group", query.group.name());
    for (name, value) in changes {
        asked.push(name, value);
    }
    asked.address(PAGE.path)
}
