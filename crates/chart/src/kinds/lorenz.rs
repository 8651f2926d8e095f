//! Lorenz curves: how much of the total the smallest share of units has.

use crate::kinds;
use crate::look::{Drawn, Entry, Look, Plot};
use crate::scale::{self, Linear};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Mark, Track};
use crate::{Figure, Unit, axes, text};

/// The side of the square at most, in px per px of text.
const SIDE: f64 = 30.0;

/// Draws the figure from `top` down: curves from (0, 0) to (1, 1) and the line of equal shares.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let visible = tracks::visible(&tracks);
    if visible.is_empty() {
        return kinds::nothing(svg, &tracks, look, top);
    }
    let axis = scale::axis(&Unit::Share, [1.0].into_iter(), if look.is_phone { 4 } else { 5 });
    let left = axes::margin(&axis, look);
    let edge = text::width("100 %", look.small) / 2.0 + look.margin;
    let side = (look.size * SIDE).min(look.width - left - edge);
    let plot_top = top + look.small_line() + axes::TITLE_GAP;
    let plot = Plot { left, right: left + side, top: plot_top, bottom: plot_top + side };
    let x = Linear { v0: 0.0, v1: 1.0, px0: plot.left, px1: plot.right };
    let y = Linear { v0: 0.0, v1: 1.0, px0: plot.bottom, px1: plot.top };

    axes::title(svg, "share of the total", top, look);
    kinds::open_plot(svg, &x.attribute("linear"), &y.attribute("linear"));
    axes::values(svg, &plot, &y, &axis, look);
    let mut equal = Path::default();
    equal.line_through([(plot.left, plot.bottom), (plot.right, plot.top)]);
    svg.tag("path").class("reference").attr("d", equal.into_string()).empty();
    let bottom = share_axis(svg, &plot, &x, look);
    for track in &visible {
        curve(svg, track, (&x, &y), visible.len() == 1);
    }
    svg.close("g");
    let mut legend: Vec<Entry> = Vec::new();
    if look.is_phone {
        legend = kinds::legend(&tracks, &[], look);
    } else {
        name_beside(svg, &visible, &plot, look);
        legend.extend(tracks.iter().filter(|track| track.series.is_hidden).map(Entry::of));
    }
    Drawn { bottom, legend, left_out: 0, forms: kinds::forms(&visible) }
}

fn share_axis(svg: &mut Svg, plot: &Plot, x: &Linear, look: &Look) -> f64 {
    svg.tag("g").class("x-axis").open();
    for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
        svg.tag("text")
            .class("muted")
            .all_px([("x", x.px(tick)), ("y", plot.bottom + look.small + 6.0)])
            .all_px([("font-size", look.small)])
            .attr("text-anchor", "middle")
            .text(&if tick == 0.0 { "0".to_owned() } else { format!("{} %", tick * 100.0) });
    }
    let below = plot.bottom + look.small + 8.0 + look.small_line();
    svg.tag("text")
        .class("muted")
        .all_px([("x", plot.right), ("y", below), ("font-size", look.small)])
        .attr("text-anchor", "end")
        .text("share of units, smallest first");
    svg.close("g");
    below + look.small
}

fn curve(svg: &mut Svg, track: &Track<'_>, (x, y): (&Linear, &Linear), is_only: bool) {
    kinds::series_group(svg, track).open();
    let mut stretches = track.stretches.clone();
    complete(&mut stretches);
    for stretch in &stretches {
        let stretch = tracks::thinned(stretch, x);
        kinds::band(svg, "bounds", &stretch, (x, y), |mark| mark.bounds);
        kinds::band(svg, "interval", &stretch, (x, y), |mark| mark.interval);
        for (is_estimated, piece) in tracks::pieces(&stretch) {
            let mut path = Path::default();
            path.line_through(piece.iter().map(|mark| (x.px(mark.x), y.px(mark.value))));
            let line = path.into_string();
            if is_only && stretches.len() == 1 && piece.len() == stretch.len() {
                let area = format!("{line}z");
                svg.tag("path").class("bounds").attr("d", area).empty();
            }
            let class = if is_estimated { "line is-estimated" } else { "line" };
            svg.tag("path").class(class).attr("d", line).empty();
        }
    }
    svg.close("g");
}

/// Adds the corners that every Lorenz curve has, and keeps values within 0 to 1.
fn complete(stretches: &mut [Vec<Mark>]) {
    let corner = |at: f64| Mark {
        x: at,
        value: at,
        interval: None,
        bounds: None,
        sampling: None,
        is_estimated: false,
    };
    let within = |(low, high): (f64, f64)| (low.clamp(0.0, 1.0), high.clamp(0.0, 1.0));
    for mark in stretches.iter_mut().flatten() {
        mark.value = mark.value.clamp(0.0, 1.0);
        mark.interval = mark.interval.map(within);
        mark.bounds = mark.bounds.map(within);
    }
    if let Some(first) = stretches.first_mut()
        && first[0].x > 0.0
    {
        first.insert(0, corner(0.0));
    }
    if let Some(last) = stretches.last_mut()
        && last[last.len() - 1].x < 1.0
    {
        last.push(corner(1.0));
    }
}

/// Names the curves beside the square, the most equal first, as the curves lie.
fn name_beside(svg: &mut Svg, visible: &[&Track<'_>], plot: &Plot, look: &Look) {
    let mut named = visible.to_vec();
    named.sort_by(|one, other| middle_height(other).total_cmp(&middle_height(one)));
    let left = plot.right + look.size * 3.0;
    let room = look.width - look.margin - left - look.size * 1.4;
    let mut y = plot.top + look.size;
    svg.tag("g").class("key").open();
    let mut dash = Path::default();
    dash.line_through([(left, y), (left + look.size * 1.6, y)]);
    svg.tag("path").class("reference").attr("d", dash.into_string()).empty();
    svg.tag("text")
        .class("muted")
        .all_px([("x", left + look.size * 2.2), ("y", y + look.size * 0.35)])
        .text("every unit has the same share");
    svg.close("g");
    let most = ((plot.height() - look.line()) / look.line()) as usize;
    for track in named.iter().take(most) {
        y += look.line();
        kinds::series_group(svg, track).open();
        let mut line = Path::default();
        line.line_through([(left, y), (left + look.size * 1.6, y)]);
        svg.tag("path").class("line").attr("d", line.into_string()).empty();
        let label = &track.series.label;
        let shown = text::shorten_strong(label, look.size, room);
        svg.tag("text")
            .class("end-label strong")
            .all_px([("x", left + look.size * 2.2), ("y", y + look.size * 0.35)])
            .shortened_text(&shown, label);
        svg.close("g");
    }
}

/// The mean height of a curve's marks, which orders curves that do not cross.
fn middle_height(track: &Track<'_>) -> f64 {
    let count = track.marks().count().max(1) as f64;
    track.marks().map(|mark| mark.value - mark.x).sum::<f64>() / count
}
