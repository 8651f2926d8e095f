//! The largest owners, with who they are and how their places changed.

use std::collections::BTreeMap;

use analyze::{At, Standing, leaderboard as standings};
use chart::Unit;
use maud::{Markup, html};
use schema::{Estimate, Flagged, Group, Measure, MeasureKind};

use super::filters::{attribution_switch, switch};
use crate::figures::{left_out, measured};
use crate::parts::{day, scrolled, unit_address};
use crate::refusal::Refusal;
use crate::view::{Attribution, View};

/// Owners that are listed.
const LISTED: usize = 20;

/// The section with the table of the largest owners.
pub(crate) fn leaderboard(view: &View, path: &str) -> Result<Markup, Refusal> {
    let query = view.query(view.owner(), &[], view.newest());
    let (now, earlier, listed) = match standings(&view.shown.market, &query, LISTED) {
        Ok(answer) => answer,
        Err(error @ analyze::Error::OutOfReach { .. }) => {
            let reason = html! {
                p.reason { strong { "No data for this question: " } (error) "." }
            };
            return Ok(section(view, path, None, &reason));
        }
        Err(error) => return Err(error.into()),
    };
    if listed.is_empty() {
        let reason = html! {
            p.reason { strong { "No data for this question: " } "nothing is known " (moment(now)) "." }
        };
        return Ok(section(view, path, Some(now), &reason));
    }
    let profiles = Profiles::of(view);
    let largest = listed.first().and_then(|first| first.share.value).unwrap_or(1.0);
    let has_change = earlier != now;
    let table = html! {
        table.leaderboard {
            thead {
                tr {
                    th scope="col" { "Rank" }
                    @if has_change { th scope="col" { "Change" } }
                    th scope="col" { (if view.attribution == Attribution::Uploader { "Uploader" } else { "Developer" }) }
                    th.number scope="col" { "Share" }
                    th.bar-cell scope="col" { span.visually-hidden { "Share as a bar" } }
                    th.number scope="col" { "Bounds" }
                    th.number scope="col" { (upper_first(view.measure.unit())) }
                    th scope="col" { "Country" }
                    th scope="col" { "Sector" }
                }
            }
            tbody {
                @for standing in &listed {
                    (row(standing, view, &profiles, has_change, largest))
                }
            }
        }
    };
    let body = html! {
        (scrolled("Table of the largest owners", &table))
        p.note {
            "Bounds: what the share could be, wherever mass that belongs to no known owner belongs."
            @if has_change { " Change is against the places " (moment(earlier)) "." }
        }
    };
    Ok(section(view, path, Some(now), &body))
}

fn section(view: &View, path: &str, now: Option<At>, body: &Markup) -> Markup {
    html! {
        section.leaders aria-labelledby="leaders" {
            h2 #leaders { "Who leads" }
            p.subtitle {
                "The largest " (view.attribution.plural()) " by " (measured(view))
                @if let Some(now) = now { ", " (moment(now)) }
                "."
                @for sentence in left_out(view) { " " (sentence) }
            }
            div.switches {
                (attribution_switch(view, path))
                @if view.measure.kind() == MeasureKind::Flow {
                    (ages(view, path))
                    (flags(view, path))
                }
            }
            (body)
        }
    }
}

/// The switch between downloads of all models and of those in their first year.
fn ages(view: &View, path: &str) -> Markup {
    let to = |measure: Measure| view.given.with("measure", measure.name()).address(path);
    let is_first_year = view.measure == Measure::FirstYear;
    switch(
        "Age of models",
        &[
            ("All ages", to(Measure::Downloads), !is_first_year),
            ("First year", to(Measure::FirstYear), is_first_year),
        ],
    )
}

/// The switch between all weeks and those without a flag.
fn flags(view: &View, path: &str) -> Markup {
    let to = |flagged: Flagged| view.given.with("flagged", flagged.name()).address(path);
    let is_here = |flagged| view.flagged == flagged;
    let mut options = vec![
        ("All weeks", view.given.without("flagged").address(path), is_here(Flagged::Include)),
        ("Without flagged weeks", to(Flagged::Exclude), is_here(Flagged::Exclude)),
    ];
    if is_here(Flagged::Only) {
        options.push(("Flagged weeks only", to(Flagged::Only), true));
    }
    switch("Flagged weeks", &options)
}

fn row(
    standing: &Standing,
    view: &View,
    profiles: &Profiles,
    has_change: bool,
    largest: f64,
) -> Markup {
    let unit = Unit::Count(view.measure.unit());
    let (country, sector) = profiles.get(&standing.unit);
    let sum = standing.sum.value;
    html! {
        tr {
            td.number { (standing.rank) }
            @if has_change { td { (change(standing)) } }
            th scope="row" {
                a href=(unit_address(view, &view.owner(), &standing.unit)) { (standing.unit) }
            }
            td.number { (share(standing.share.value)) }
            td.bar-cell { (bar(standing.share.value, largest)) }
            td.number { (bounds(&standing.share)) }
            td.number title=[sum.map(|sum| chart::format_exact(&unit, sum))] {
                (sum.map(|sum| chart::format_value(&unit, sum)).unwrap_or_default())
            }
            td { (country) }
            td { (sector) }
        }
    }
}

pub(super) fn change(standing: &Standing) -> Markup {
    let Some(earlier) = standing.earlier_rank else {
        return html! { span.change.is-new { "new" } };
    };
    let moved = earlier.abs_diff(standing.rank);
    match standing.rank.cmp(&earlier) {
        std::cmp::Ordering::Less => html! { span.change.is-up { "▲ up " (moved) } },
        std::cmp::Ordering::Greater => html! { span.change.is-down { "▼ down " (moved) } },
        std::cmp::Ordering::Equal => {
            html! { span.change { "–" span.visually-hidden { " the same" } } }
        }
    }
}

pub(super) fn share(value: Option<f64>) -> String {
    value.map(|value| chart::format_value(&Unit::Share, value)).unwrap_or_default()
}

pub(super) fn bounds(estimate: &Estimate) -> String {
    match (estimate.bound_low, estimate.bound_high) {
        (Some(low), Some(high)) if high - low < 5e-5 => "exact".to_owned(),
        (Some(low), Some(high)) => format!("{} to {}", share(Some(low)), share(Some(high))),
        _ => "not bounded".to_owned(),
    }
}

pub(super) fn bar(value: Option<f64>, largest: f64) -> Markup {
    const WIDTH: f64 = 100.0;
    let width =
        value.map_or(0.0, |value| if largest > 0.0 { value / largest * WIDTH } else { 0.0 });
    html! {
        svg.bar viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" {
            rect width=(format!("{width:.1}")) height="8" {}
        }
    }
}

/// A word with a capital letter.
pub(crate) fn upper_first(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// When something is read, in words.
pub(crate) fn moment(at: At) -> String {
    match at {
        At::Week(_) => format!("in the week of {}", day(at.day())),
        At::Instant(_) => format!("as of {}", day(at.day())),
    }
}

/// Country and sector by owner.
struct Profiles {
    by_owner: BTreeMap<String, (String, String)>,
}

impl Profiles {
    /// Reads them off the models: every model of an owner has the owner's.
    fn of(view: &View) -> Self {
        let market = &view.shown.market;
        let group = |name: &str| {
            let name = match view.attribution {
                Attribution::Uploader => name.to_owned(),
                Attribution::Developer => format!("developer_{name}"),
            };
            market.grouping(&Group::named(&name))
        };
        let mut by_owner = BTreeMap::new();
        if let (Ok(owners), Ok(countries), Ok(sectors)) =
            (market.grouping(&view.owner()), group("country"), group("sector"))
        {
            let mut is_seen = vec![false; owners.unit_count()];
            for model in 0..market.model_count() {
                let owner = owners.code(model);
                if !std::mem::replace(&mut is_seen[owner as usize], true) {
                    let country = countries.label(countries.code(model)).to_owned();
                    let sector = sectors.label(sectors.code(model)).to_owned();
                    by_owner.insert(owners.label(owner).to_owned(), (country, sector));
                }
            }
        }
        Self { by_owner }
    }

    fn get(&self, owner: &str) -> (&str, &str) {
        let known = self.by_owner.get(owner);
        known.map_or(("", ""), |(country, sector)| (country.as_str(), sector.as_str()))
    }
}
