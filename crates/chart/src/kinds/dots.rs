//! Numbers side by side, a row a series, each with its three uncertainties: the bounds as the
//! widest band, the measurement interval within it, the sampling interval as a whisker.
//!
//! W. S. Cleveland and R. McGill (1984), "Graphical Perception", *Journal of the American
//! Statistical Association* 79, 531–554: places on a common scale are read best.

use crate::kinds;
use crate::look::{Drawn, Entry, Form, Forms, Look, Plot};
use crate::scale::{self, Axis, Linear};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Mark, Track};
use crate::{Figure, format, text};

/// More rows than this nobody reads; the rest is counted below.
const MOST_ROWS: usize = 60;
/// Names take at most this share of the width.
const MOST_FOR_NAMES: f64 = 0.34;
const PAD: f64 = 8.0;

/// Draws the figure from `top` down, in the order of its series.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let mut rows: Vec<&Track<'_>> = tracks::visible(&tracks);
    if rows.is_empty() {
        return kinds::nothing(svg, &tracks, look, top);
    }
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    rows.truncate(MOST_ROWS);
    let axis = scale::axis(&figure.unit, values(&rows), if look.is_phone { 3 } else { 6 });
    let numbers: Vec<String> = rows.iter().map(|row| number(row, figure)).collect();
    let plot = plot(&rows, &numbers, look, top);
    let x = Linear { v0: axis.low, v1: axis.high, px0: plot.left, px1: plot.right };
    let height = row_height(look);
    let bands = format!("band:{}:{}:{height}", rows.len(), plot.top);
    kinds::open_plot(svg, &x.attribute("linear"), &bands);
    let bottom = ticks(svg, &plot, &x, &axis, look);
    for (index, (row, number)) in rows.iter().zip(&numbers).enumerate() {
        draw_row(svg, row, number, (plot.top + height * (index as f64 + 0.5), &x), look);
    }
    svg.close("g");
    let hidden = tracks.iter().filter(|track| track.series.is_hidden);
    Drawn { bottom, legend: hidden.map(Entry::of).collect(), left_out, forms: forms(&rows) }
}

fn plot(rows: &[&Track<'_>], numbers: &[String], look: &Look, top: f64) -> Plot {
    let names = rows.iter().map(|row| text::width(&row.series.label, look.size));
    let numbers = numbers.iter().map(|number| text::width(number, look.size));
    Plot {
        left: look.margin + names.fold(0.0, f64::max).min(look.width * MOST_FOR_NAMES) + PAD,
        right: look.width - look.margin - numbers.fold(0.0, f64::max) - PAD,
        top,
        bottom: top + row_height(look) * rows.len() as f64,
    }
}

/// Every number that the axis must hold.
fn values(rows: &[&Track<'_>]) -> impl Iterator<Item = f64> {
    let ends = |pair: Option<(f64, f64)>| pair.into_iter().flat_map(|(low, high)| [low, high]);
    let marks = rows.iter().filter_map(|row| row.last());
    marks.flat_map(move |mark| {
        let pairs = [mark.interval, mark.bounds, mark.sampling];
        pairs.into_iter().flat_map(ends).chain([mark.value])
    })
}

fn number(row: &Track<'_>, figure: &Figure) -> String {
    row.last().map(|mark| format::format_value(&figure.unit, mark.value)).unwrap_or_default()
}

/// Draws gridlines with their values below, the line at zero darker; returns where they end.
fn ticks(svg: &mut Svg, plot: &Plot, x: &Linear, axis: &Axis, look: &Look) -> f64 {
    svg.tag("g").class("x-axis").open();
    for (tick, label) in axis.ticks.iter().zip(&axis.labels) {
        let at = x.px(*tick);
        let mut line = Path::default();
        line.line_through([(at, plot.top), (at, plot.bottom)]);
        let class = if *tick == 0.0 { "axis" } else { "grid" };
        svg.tag("path").class(class).attr("d", line.into_string()).empty();
        svg.tag("text")
            .class("muted")
            .all_px([("x", at), ("y", plot.bottom + look.small * 1.3), ("font-size", look.small)])
            .attr("text-anchor", "middle")
            .text(label);
    }
    svg.close("g");
    plot.bottom + look.small * 1.3 + PAD
}

fn draw_row(
    svg: &mut Svg,
    row: &Track<'_>,
    number: &str,
    (middle, x): (f64, &Linear),
    look: &Look,
) {
    let Some(mark) = row.last() else { return };
    let baseline = middle + look.size * 0.35;
    kinds::series_group(svg, row).open();
    let label = &row.series.label;
    let shown = text::shorten(label, look.size, x.px0 - PAD - look.margin + 1.0);
    svg.tag("text")
        .class("value")
        .all_px([("x", x.px0 - PAD), ("y", baseline)])
        .attr("text-anchor", "end")
        .shortened_text(&shown, label);
    let mut band = |class: &str, ends: Option<(f64, f64)>, part: f64| {
        let Some((low, high)) = ends.filter(|(low, high)| high > low) else { return };
        let thickness = (row_height(look) * part).round();
        svg.tag("rect")
            .class(class)
            .all_px([("x", x.px(low)), ("y", middle - thickness / 2.0)])
            .all_px([("width", x.px(high) - x.px(low)), ("height", thickness)])
            .empty();
    };
    band("bounds", mark.bounds, 0.66);
    band("interval", mark.interval, 0.4);
    if let Some((low, high)) = mark.sampling.filter(|(low, high)| high > low) {
        kinds::whisker(svg, (x.px(low), x.px(high)), middle);
    }
    kinds::marker(svg, row.class, (x.px(mark.value), middle), look.size * 0.33);
    svg.tag("text")
        .class("value")
        .all_px([("x", look.width - look.margin), ("y", baseline)])
        .attr("text-anchor", "end")
        .text(number);
    svg.close("g");
}

fn forms(rows: &[&Track<'_>]) -> Forms {
    let has = |of: fn(&Mark) -> Option<(f64, f64)>, form| {
        let mut marks = rows.iter().filter_map(|row| row.last());
        marks.any(|mark| kinds::is_wide(of(mark))).then_some(form)
    };
    Forms {
        estimated: None,
        interval: has(|mark| mark.interval, Form::Band("interval")),
        bounds: has(|mark| mark.bounds, Form::Band("bounds")),
        sampling: has(|mark| mark.sampling, Form::Whisker),
    }
}

fn row_height(look: &Look) -> f64 {
    (look.size * 1.9).round()
}
