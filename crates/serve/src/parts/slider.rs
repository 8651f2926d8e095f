//! The choice of one date of a view: a list, which scripts make a slider.

use maud::{Markup, html};
use schema::{Day, MeasureKind};

use crate::moments::days;
use crate::parts::day;
use crate::view::View;

/// The form that chooses the date of the figure with an id; nothing where there is one date only.
pub(crate) fn moment_slider(view: &View, path: &str, figure: &str) -> Markup {
    let days = days(view);
    let label = match view.measure.kind() {
        MeasureKind::Flow => "Curve in the week of",
        MeasureKind::AsOf => "Curve as of",
    };
    let chosen = chosen(view, &days);
    html! {
        @if days.len() > 1 {
            form.moment action=(path) method="get" data-instant data-slides=(figure) aria-label="Date of the curve" {
                @for (name, value) in view.given.pairs().filter(|(name, _)| *name != "at") {
                    input type="hidden" name=(name) value=(value);
                }
                label for="at" { (label) }
                select #at name="at" {
                    @for one in &days {
                        option value=(one) selected[chosen == Some(*one)] { (day(*one)) }
                    }
                }
                button type="submit" { "Show" }
            }
        }
    }
}

/// The last day that the view's date has reached; of none the newest.
fn chosen(view: &View, days: &[Day]) -> Option<Day> {
    let Some(at) = view.at else { return days.last().copied() };
    days.iter().rev().find(|day| **day <= at.day()).or(days.first()).copied()
}
