//! The choice of one date of a view: a list, which scripts make a slider.

use maud::{Markup, html};
use schema::{Day, MeasureKind};

use crate::moments::days;
use crate::parts::day;
use crate::view::View;

/// What a slider is about.
pub(crate) struct Slider<'a> {
    /// What the figure is called in a label, as "Curve".
    pub(crate) what: &'static str,
    /// The figure's id.
    pub(crate) figure: &'a str,
    /// The id of the list, which is its own in a page.
    pub(crate) id: &'static str,
    /// Whether the figure is not in the page as it arrives; scripts show the form with it.
    pub(crate) is_later: bool,
}

/// The form that chooses the date of a figure; nothing where there is one date only.
pub(crate) fn moment_slider(view: &View, path: &str, slider: &Slider<'_>) -> Markup {
    let Slider { what, figure, id, is_later } = slider;
    let days = days(view);
    let label = match view.measure.kind() {
        MeasureKind::Flow => "in the week of",
        MeasureKind::AsOf => "as of",
    };
    let chosen = chosen(view, &days);
    html! {
        @if days.len() > 1 {
            form.moment action=(path) method="get" data-instant data-slides=(figure)
                aria-label={ "Date of the " (what.to_lowercase()) } hidden[*is_later] {
                @for (name, value) in view.given.pairs().filter(|(name, _)| *name != "at") {
                    input type="hidden" name=(name) value=(value);
                }
                label for=(id) { (what) " " (label) }
                select id=(id) name="at" {
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
