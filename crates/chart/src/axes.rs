//! Axes, gridlines, reference lines, the shading of gaps and the hatching of estimates.

use crate::look::{Look, Plot};
use crate::scale::{self, Axis, Linear};
use crate::svg::{Path, Svg};
use crate::{Figure, format, place, text, time, tracks};

/// The distance from the plot to the labels of its axes.
const PAD: f64 = 8.0;
/// The distance from the name of the value axis to what lies below it.
pub(crate) const TITLE_GAP: f64 = 12.0;

/// The width that the labels of a value axis need on the left, in px.
pub(crate) fn margin(axis: &Axis, look: &Look) -> f64 {
    let widest = axis.labels.iter().map(|label| text::width(label, look.small)).fold(0.0, f64::max);
    widest + PAD + look.margin
}

/// Draws gridlines with their values on the left; the line at zero is darker.
pub(crate) fn values(svg: &mut Svg, plot: &Plot, y: &Linear, axis: &Axis, look: &Look) {
    svg.tag("g").class("y-axis").open();
    for (tick, label) in axis.ticks.iter().zip(&axis.labels) {
        let at = y.px(*tick);
        let class = if *tick == 0.0 { "axis" } else { "grid" };
        horizontal(svg, class, plot, at);
        svg.tag("text")
            .class("muted")
            .all_px([("x", plot.left - PAD), ("y", at + look.small * 0.35)])
            .all_px([("font-size", look.small)])
            .attr("text-anchor", "end")
            .text(label);
    }
    svg.close("g");
}

/// Draws the name of the value axis above it.
pub(crate) fn title(svg: &mut Svg, name: &str, top: f64, look: &Look) {
    svg.tag("text")
        .class("muted")
        .all_px([("x", look.margin), ("y", top + look.small), ("font-size", look.small)])
        .text(name);
}

/// The name of an axis of ages.
const AGE: &str = "weeks since the first in the record";

/// Draws the axis of times, or of ages, below the plot and returns where it ends.
pub(crate) fn times(svg: &mut Svg, figure: &Figure, plot: &Plot, x: &Linear, look: &Look) -> f64 {
    if tracks::is_by_age(figure) {
        return ages(svg, plot, x, look);
    }
    let room = plot.width() / look.small;
    svg.tag("g").class("x-axis").open();
    horizontal(svg, "axis", plot, plot.bottom);
    let mut row_count = 1.0_f64;
    for tick in time::ticks(x.v0, x.v1, room, tracks::is_weekly(figure)) {
        let at = x.px(tick.millis);
        let mut mark = Path::default();
        mark.line_through([(at, plot.bottom), (at, plot.bottom + 5.0)]);
        svg.tag("path").class("axis").attr("d", mark.into_string()).empty();
        if tick.year.is_some() {
            row_count = 2.0;
        }
        let rows = [Some(tick.label), tick.year];
        for (row, label) in rows.into_iter().flatten().enumerate() {
            let half = text::width(&label, look.small) / 2.0;
            let centre = at.min(look.width - look.margin - half).max(look.margin + half);
            let below = plot.bottom + 6.0 + look.small + row as f64 * look.small_line();
            svg.tag("text")
                .class("muted")
                .all_px([("x", centre), ("y", below), ("font-size", look.small)])
                .attr("text-anchor", "middle")
                .text(&label);
        }
    }
    svg.close("g");
    plot.bottom + 10.0 + row_count * look.small_line()
}

/// Draws an axis of ages in whole weeks.
fn ages(svg: &mut Svg, plot: &Plot, x: &Linear, look: &Look) -> f64 {
    let axis = scale::whole_ticks(x.v0, x.v1, if look.is_phone { 4 } else { 8 });
    svg.tag("g").class("x-axis").open();
    horizontal(svg, "axis", plot, plot.bottom);
    let baseline = plot.bottom + 6.0 + look.small;
    let mut below = |at: f64, y: f64, anchor: &str, label: &str| {
        svg.tag("text")
            .class("muted")
            .all_px([("x", at), ("y", y), ("font-size", look.small)])
            .attr("text-anchor", anchor)
            .text(label);
    };
    for tick in &axis {
        below(x.px(*tick), baseline, "middle", &format!("{tick:.0}"));
    }
    let middle = f64::midpoint(plot.left, plot.right);
    below(middle, baseline + look.small_line(), "middle", AGE);
    for tick in axis {
        let mut mark = Path::default();
        mark.line_through([(x.px(tick), plot.bottom), (x.px(tick), plot.bottom + 5.0)]);
        svg.tag("path").class("axis").attr("d", mark.into_string()).empty();
    }
    svg.close("g");
    plot.bottom + 10.0 + 2.0 * look.small_line()
}

/// Shades what no series covers, named where there is room.
pub(crate) fn gaps(svg: &mut Svg, plot: &Plot, x: &Linear, gaps: &[(f64, f64)], look: &Look) {
    for (from, to) in gaps {
        let (left, right) = (x.px(*from), x.px(*to));
        if right - left < 1.0 {
            continue;
        }
        svg.tag("rect")
            .class("gap")
            .all_px([("x", left), ("y", plot.top)])
            .all_px([("width", right - left), ("height", plot.height())])
            .empty();
        let label = "no data";
        if right - left > text::width(label, look.small) + 8.0 {
            svg.tag("text")
                .class("muted")
                .all_px([("x", f64::midpoint(left, right)), ("y", plot.top + look.small + 4.0)])
                .all_px([("font-size", look.small)])
                .attr("text-anchor", "middle")
                .text(label);
        }
    }
}

/// Hatches what is known of no series but by estimate.
pub(crate) fn estimates(
    svg: &mut Svg,
    plot: &Plot,
    x: &Linear,
    stretches: &[(f64, f64)],
    look: &Look,
) {
    for (from, to) in stretches {
        let (left, right) = (x.px(*from), x.px(*to));
        svg.tag("rect")
            .class("estimate")
            .attr("fill", format!("url(#{}-ground)", look.id))
            .all_px([("x", left), ("y", plot.top)])
            .all_px([("width", right - left), ("height", plot.height())])
            .empty();
    }
}

/// Draws the reference lines of a value axis, with their names above them on the left.
pub(crate) fn references(svg: &mut Svg, figure: &Figure, plot: &Plot, y: &Linear, look: &Look) {
    let mut lines: Vec<(f64, &str)> = figure
        .reference_lines
        .iter()
        .filter(|line| tracks::usable(Some(line.value)).is_some())
        .map(|line| (y.px(line.value), &*line.label))
        .collect();
    lines.sort_by(|one, other| one.0.total_cmp(&other.0));
    let wanted: Vec<f64> = lines.iter().map(|(at, _)| at - look.small * 0.7).collect();
    let centres = place::apart(&wanted, look.small_line(), plot.top, plot.bottom);
    for ((at, label), centre) in lines.into_iter().zip(centres) {
        horizontal(svg, "reference", plot, at);
        let shown = text::shorten(label, look.small, plot.width() - 8.0);
        svg.tag("text")
            .class("muted halo")
            .all_px([("x", plot.left + 4.0), ("y", centre + look.small * 0.35)])
            .all_px([("font-size", look.small)])
            .shortened_text(&shown, label);
    }
}

/// The attribute by which scripts read the scale of times, or of ages, of a figure.
pub(crate) fn time_attribute(figure: &Figure, x: &Linear) -> String {
    let whole = Linear { v0: x.v0.round(), v1: x.v1.round(), ..*x };
    whole.attribute(if tracks::is_by_age(figure) { "age" } else { "time" })
}

/// A share of the whole as an axis of layers or of a Lorenz curve shows it.
pub(crate) fn share_text(share: f64) -> String {
    format::format_value(&crate::Unit::Share, share)
}

fn horizontal(svg: &mut Svg, class: &str, plot: &Plot, at: f64) {
    let mut line = Path::default();
    line.line_through([(plot.left, at), (plot.right, at)]);
    svg.tag("path").class(class).attr("d", line.into_string()).empty();
}
