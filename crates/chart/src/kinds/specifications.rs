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
/// How far beyond the answers the axis goes for the sake of what they may be, in the answers' own
/// range; a bar that goes further is cut, and says so.
const MOST_BEYOND: f64 = 2.0;
/// How high the sign of a cut bar is.
const CUT: f64 = 7.0;
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
    let values = within_reach(kinds::axis_values(&visible, figure), &visible, figure);
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
        answers(svg, track, (&x, &y), (marks, &plot));
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

/// The values that the axis has to show: a few bounds that are wider by far would leave no room for
/// the answers.
fn within_reach(values: Vec<f64>, visible: &[&Track<'_>], figure: &Figure) -> Vec<f64> {
    let answers = visible.iter().flat_map(|track| track.marks()).map(|mark| mark.value);
    let lines = figure.reference_lines.iter().filter_map(|line| tracks::usable(Some(line.value)));
    let Some((least, most)) = scale::extent(answers.chain(lines)) else { return values };
    let beyond = MOST_BEYOND * (most - least);
    values.into_iter().map(|value| value.clamp(least - beyond, most + beyond)).collect()
}

/// One side's answers, each with its bounds and its interval.
fn answers(
    svg: &mut Svg,
    track: &Track<'_>,
    (x, y): (&Linear, &Linear),
    (marks, plot): (Marks, &Plot),
) {
    kinds::series_group(svg, track).open();
    for mark in track.marks() {
        let at = x.px(mark.x);
        let mut bar = |class: &str, ends: Option<(f64, f64)>, half: f64| {
            let Some((low, high)) = ends.filter(|(low, high)| high > low) else { return };
            let (top, bottom) = (y.px(high).max(plot.top), y.px(low).min(plot.bottom));
            if y.px(high) < plot.top - 1.0 {
                cut(svg, class, (at, plot.top), half, -CUT);
            }
            if y.px(low) > plot.bottom + 1.0 {
                cut(svg, class, (at, plot.bottom), half, CUT);
            }
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

/// The sign that a bar goes on beyond the axis.
fn cut(svg: &mut Svg, class: &str, (x, y): (f64, f64), half: f64, by: f64) {
    let mut path = Path::default();
    path.line_through([(x - half - 2.0, y), (x + half + 2.0, y), (x, y + by)]);
    path.close();
    svg.tag("path").class(class).attr("d", path.into_string()).empty();
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

#[cfg(test)]
mod tests {
    use crate::{Frame, Size, Theme, sample};

    #[test]
    fn a_bound_far_beyond_the_answers_is_cut_and_says_so() {
        let drawn = |figure: &crate::Figure| {
            crate::draw(figure, Frame { size: Size::Page, theme: Theme::Page })
        };
        let tips = |svg: &str| svg.matches("<path class=\"bounds\"").count();
        let mut figure = sample::specifications();
        assert_eq!(tips(&drawn(&figure)), 0);
        // Answers go from −0.2 to 0.4.
        figure.series[0].points[0].estimate.bound_high = Some(90.0);
        let svg = drawn(&figure);
        assert_eq!(tips(&svg), 1);
        assert!(!svg.contains("9,000"), "the axis does not reach as far");
    }
}
