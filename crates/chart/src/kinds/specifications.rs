//! Specification curves: answers in the order of their size, and below them what each is made of.
//!
//! U. Simonsohn, J. P. Simmons and L. D. Nelson (2020), "Specification curve analysis", *Nature
//! Human Behaviour* 4, 1208–1214.

use crate::kinds;
use crate::look::{Drawn, Entry, Forms, Look, Plot};
use crate::scale::{self, Linear};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Mark, Track};
use crate::{Choice, Figure, axes, text};

/// Names of choices take at most this share of the width.
const MOST_FOR_NAMES: f64 = 0.36;
const PAD: f64 = 8.0;
/// The part of its step that a point is wide.
const FILL: f64 = 0.42;
/// From the curve to the choices.
const GAP: f64 = 14.0;

/// How wide the marks are, in px: the radius of a point, half a bar of bounds.
#[derive(Debug, Clone, Copy)]
struct Marks {
    point: f64,
    bar: f64,
}

/// Draws the figure from `top` down.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let visible = tracks::visible(&tracks);
    let (Some((from, to)), false) = (tracks::x_extent(figure), visible.is_empty()) else {
        return kinds::nothing(svg, &tracks, look, top);
    };
    let values = kinds::axis_values(&visible, figure);
    let axis = scale::axis(&figure.unit, values.into_iter(), if look.is_phone { 4 } else { 5 });
    let left = axes::margin(&axis, look).max(names_room(figure, look));
    let right = look.width - look.margin;
    let plot_top = top + look.small_line() + axes::TITLE_GAP;
    let plot = Plot { left, right, top: plot_top, bottom: plot_top + look.plot_height * 0.8 };
    let half_step = plot.width() / (to - from + 1.0) / 2.0;
    let x = Linear { v0: from, v1: to, px0: left + half_step, px1: right - half_step };
    let y = Linear { v0: axis.low, v1: axis.high, px0: plot.bottom, px1: plot.top };
    let point = (half_step * 2.0 * FILL).clamp(1.0, look.size * 0.3);
    let marks = Marks { point, bar: (half_step * 0.7).clamp(0.6, 5.0) };

    axes::title(svg, &figure.unit.axis_title(), top, look);
    kinds::open_plot(svg, &x.attribute("linear"), &y.attribute("linear"));
    axes::values(svg, &plot, &y, &axis, look);
    for track in &visible {
        answers(svg, track, (&x, &y), marks);
    }
    axes::references(svg, figure, &plot, &y, look);
    svg.close("g");
    let bottom = choices(svg, figure, (&plot, look), &x, &visible, marks.point);
    Drawn {
        bottom,
        legend: tracks.iter().map(Entry::of).collect(),
        left_out: 0,
        forms: Forms { estimated: None, ..kinds::forms(&visible) },
    }
}

/// One side's answers, each with its bounds and its interval.
fn answers(svg: &mut Svg, track: &Track<'_>, (x, y): (&Linear, &Linear), marks: Marks) {
    kinds::series_group(svg, track).open();
    for mark in track.marks() {
        let at = x.px(mark.x);
        let mut bar = |class: &str, ends: Option<(f64, f64)>, half: f64| {
            let Some((low, high)) = ends.filter(|(low, high)| high > low) else { return };
            let (top, bottom) = (y.px(high), y.px(low));
            svg.tag("rect")
                .class(class)
                .all_px([("x", at - half), ("y", top)])
                .all_px([("width", half * 2.0), ("height", bottom - top)])
                .empty();
        };
        bar("bounds", mark.bounds, marks.bar);
        bar("interval", mark.interval, marks.bar);
        kinds::marker(svg, track.class, (at, y.px(mark.value)), marks.point);
    }
    svg.close("g");
}

/// The choices, a row each, with a dot for every answer made of it; returns where they end.
fn choices(
    svg: &mut Svg,
    figure: &Figure,
    (plot, look): (&Plot, &Look),
    x: &Linear,
    visible: &[&Track<'_>],
    radius: f64,
) -> f64 {
    let height = row_height(look);
    let top = plot.bottom + GAP;
    let radius = radius.min(look.small * 0.3);
    let middle = |row: usize| top + height * (row as f64 + 1.0) - look.small_line() / 2.0;
    svg.tag("g").class("choices").open();
    for (row, choice) in figure.choices.iter().enumerate() {
        name(svg, choice, middle(row), plot, look);
        let mut rule = Path::default();
        rule.line_through([(plot.left, middle(row)), (plot.right, middle(row))]);
        svg.tag("path").class("grid").attr("d", rule.into_string()).empty();
    }
    for track in visible {
        kinds::series_group(svg, track).open();
        for (row, choice) in figure.choices.iter().enumerate() {
            // A mark of this kind lies at its place, a whole number.
            let is_made_of = |mark: &&Mark| choice.places.contains(&(mark.x as u32));
            for mark in track.marks().filter(is_made_of) {
                svg.tag("circle")
                    .class("chosen")
                    .all_px([("cx", x.px(mark.x)), ("cy", middle(row)), ("r", radius)])
                    .empty();
            }
        }
        svg.close("g");
    }
    svg.close("g");
    top + height * figure.choices.len() as f64 + PAD
}

/// The name of a choice: before its row, on phones above it.
fn name(svg: &mut Svg, choice: &Choice, middle: f64, plot: &Plot, look: &Look) {
    let (at, baseline, room, anchor) = if look.is_phone {
        (plot.left, middle - look.small * 0.75, plot.width(), "start")
    } else {
        (plot.left - PAD, middle + look.small * 0.35, plot.left - PAD - look.margin + 1.0, "end")
    };
    let shown = text::shorten(&choice.label, look.small, room);
    svg.tag("text")
        .class("muted")
        .all_px([("x", at), ("y", baseline), ("font-size", look.small)])
        .attr("text-anchor", anchor)
        .shortened_text(&shown, &choice.label);
}

/// The width that names before their rows need.
fn names_room(figure: &Figure, look: &Look) -> f64 {
    if look.is_phone {
        return 0.0;
    }
    let widths = figure.choices.iter().map(|choice| text::width(&choice.label, look.small));
    let widest = widths.fold(0.0, f64::max);
    look.margin + PAD + widest.min(look.width * MOST_FOR_NAMES)
}

fn row_height(look: &Look) -> f64 {
    look.small_line() * if look.is_phone { 2.0 } else { 1.25 }
}
