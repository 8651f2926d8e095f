//! The models that are used most, each with a way to what is known of it.

use analyze::answer;
use chart::Unit;
use maud::{Markup, html};
use schema::{Group, Statistic};

use super::leaderboard::{bar, bounds, moment, share, upper_first};
use super::{scrolled, unit_address};
use crate::figures::{left_out, measured};
use crate::refusal::Refusal;
use crate::view::View;

/// Models that are listed.
const LISTED: usize = 20;

/// The section with the table of the models that are used most.
pub(crate) fn most_used(view: &View) -> Result<Markup, Refusal> {
    let mut query =
        view.query(Group::named("model"), &[Statistic::Top, Statistic::Share], view.newest());
    query.top = Some(LISTED);
    let rows = match answer(&view.shown.market, &query) {
        Ok(answer) => answer.rows,
        Err(analyze::Error::OutOfReach { .. }) => Vec::new(),
        Err(error) => return Err(error.into()),
    };
    let of = |statistic: Statistic| {
        rows.iter().filter(move |row| row.statistic == statistic && row.unit.is_some())
    };
    let shares: Vec<_> = of(Statistic::Share).collect();
    let largest = shares.first().and_then(|row| row.estimate.value).unwrap_or(1.0);
    let unit = Unit::Count(view.measure.unit());
    let table = html! {
        table {
            thead {
                tr {
                    th scope="col" { "Rank" }
                    th scope="col" { "Model" }
                    th.number scope="col" { "Share" }
                    th.bar-cell scope="col" { span.visually-hidden { "Share as a bar" } }
                    th.number scope="col" { "Bounds" }
                    th.number scope="col" { (upper_first(view.measure.unit())) }
                }
            }
            tbody {
                @for (place, row) in of(Statistic::Top).enumerate() {
                    @let model = row.unit.as_deref().unwrap_or_default();
                    @let of_all = shares.iter().find(|share| share.unit == row.unit);
                    @let value = of_all.and_then(|share| share.estimate.value);
                    tr {
                        td.number { (place + 1) }
                        th scope="row" { a href=(unit_address(view, &Group::Model, model)) { (model) } }
                        td.number { (share(value)) }
                        td.bar-cell { (bar(value, largest)) }
                        td.number { @if let Some(row) = of_all { (bounds(&row.estimate)) } }
                        td.number title=[row.estimate.value.map(|sum| chart::format_exact(&unit, sum))] {
                            (row.estimate.value.map(|sum| chart::format_value(&unit, sum)).unwrap_or_default())
                        }
                    }
                }
            }
        }
    };
    Ok(html! {
        section aria-labelledby="most-used" {
            h2 #most-used { "The models that are used most" }
            p.subtitle {
                "By " (measured(view))
                @if let Some(row) = rows.first() { ", " (moment(row.at)) }
                ". "
                @for sentence in left_out(view) { (sentence) " " }
                "A name leads to all that is known of the model, and why."
            }
            @if rows.is_empty() {
                p.reason { strong { "No data for this question: " } "nothing is known at the time asked for." }
            } @else {
                (scrolled("Table of the most used models", &table))
            }
        }
    })
}
