//! One module a kind of chart, and what they share.

pub(crate) mod area;
pub(crate) mod bars;
pub(crate) mod bump;
pub(crate) mod dots;
pub(crate) mod flow;
pub(crate) mod line;
pub(crate) mod lorenz;
pub(crate) mod parts;
pub(crate) mod specifications;
pub(crate) mod tiles;
pub(crate) mod tree;

use crate::Figure;
use crate::look::{Drawn, Entry, Form, Forms, Look};
use crate::scale::Linear;
use crate::svg::{Path, Svg, Tag};
use crate::theme;
use crate::tracks::{self, Mark, Track};

/// Opens the group that holds the plot and tells scripts its scales.
fn open_plot(svg: &mut Svg, x: &str, y: &str) {
    svg.tag("g").class("plot").attr("data-x", x).attr("data-y", y).open();
}

/// Opens a group of one series.
fn series_group<'s>(svg: &'s mut Svg, track: &Track<'_>) -> Tag<'s> {
    svg.tag("g").class(&format!("series {}", track.class)).attr("data-key", &track.series.key)
}

/// Says in the picture that there is nothing to show; hidden series stay in the legend.
fn nothing(svg: &mut Svg, tracks: &[Track<'_>], look: &Look, top: f64) -> Drawn {
    let bottom = top + look.plot_height * 0.6;
    svg.tag("rect")
        .class("gap")
        .all_px([("x", look.margin), ("y", top), ("width", look.width - 2.0 * look.margin)])
        .all_px([("height", bottom - top)])
        .empty();
    svg.tag("text")
        .class("muted")
        .all_px([("x", look.width / 2.0), ("y", f64::midpoint(top, bottom) + look.size * 0.35)])
        .attr("text-anchor", "middle")
        .text("No data for this question");
    let hidden = tracks.iter().filter(|track| track.series.is_hidden);
    Drawn { bottom: bottom + 8.0, legend: hidden.map(Entry::of).collect(), ..Drawn::default() }
}

/// The legend: everything on phones, else what is hidden or found no room for a label.
fn legend(tracks: &[Track<'_>], unlabelled: &[String], look: &Look) -> Vec<Entry> {
    let is_listed = |track: &&Track<'_>| {
        track.series.is_hidden
            || (track.last().is_some() && look.is_phone)
            || unlabelled.contains(&track.series.key)
    };
    tracks.iter().filter(is_listed).map(Entry::of).collect()
}

/// Every number of the tracks that the value axis must hold, reference lines included.
fn axis_values(tracks: &[&Track<'_>], figure: &Figure) -> Vec<f64> {
    let ends = |pair: Option<(f64, f64)>| pair.into_iter().flat_map(|(low, high)| [low, high]);
    let mut values: Vec<f64> = Vec::new();
    for mark in tracks.iter().flat_map(|track| track.marks()) {
        values.push(mark.value);
        values.extend(ends(mark.interval));
        values.extend(ends(mark.bounds));
    }
    values
        .extend(figure.reference_lines.iter().filter_map(|line| tracks::usable(Some(line.value))));
    values
}

/// Which forms lines with bands show, for the key below the drawing.
fn forms(tracks: &[&Track<'_>]) -> Forms {
    let has = |test: fn(&Mark) -> bool, form| {
        tracks.iter().flat_map(|track| track.marks()).any(test).then_some(form)
    };
    Forms {
        estimated: has(|mark| mark.is_estimated, Form::Dots),
        interval: has(|mark| is_wide(mark.interval), Form::Band("interval")),
        bounds: has(|mark| is_wide(mark.bounds), Form::Band("bounds")),
        sampling: None,
    }
}

fn is_wide(pair: Option<(f64, f64)>) -> bool {
    pair.is_some_and(|(low, high)| high > low)
}

/// Draws a band between the low and high ends of a stretch, where it has some width.
pub(crate) fn band(
    svg: &mut Svg,
    class: &str,
    stretch: &[Mark],
    (x, y): (&Linear, &Linear),
    ends: fn(&Mark) -> Option<(f64, f64)>,
) {
    for part in stretch.chunk_by(|one, other| ends(one).is_some() && ends(other).is_some()) {
        let edges: Vec<(f64, f64, f64)> = part
            .iter()
            .filter_map(|mark| ends(mark).map(|(low, high)| (x.px(mark.x), y.px(low), y.px(high))))
            .collect();
        if edges.iter().all(|(_, low, high)| (low - high).abs() < 0.5) {
            continue;
        }
        let mut path = Path::default();
        if let [(at, low, high)] = edges[..] {
            path.line_through([
                (at - 2.0, low),
                (at - 2.0, high),
                (at + 2.0, high),
                (at + 2.0, low),
            ]);
        } else {
            let above = edges.iter().map(|(at, _, high)| (*at, *high));
            let below = edges.iter().rev().map(|(at, low, _)| (*at, *low));
            path.line_through(above.chain(below));
        }
        path.close();
        svg.tag("path").class(class).attr("d", path.into_string()).empty();
    }
}

/// Draws the mark of a class around a point.
pub(crate) fn marker(svg: &mut Svg, class: &str, (x, y): (f64, f64), radius: f64) {
    let corners = theme::marker(class);
    if corners.is_empty() {
        svg.tag("circle").class("mark").all_px([("cx", x), ("cy", y), ("r", radius)]).empty();
        return;
    }
    let mut path = Path::default();
    path.line_through(corners.iter().map(|(dx, dy)| (x + dx * radius, y + dy * radius)));
    path.close();
    svg.tag("path").class("mark").attr("d", path.into_string()).empty();
}

/// Draws a measurement interval across a bar.
pub(crate) fn whisker(svg: &mut Svg, (low, high): (f64, f64), middle: f64) {
    let mut path = Path::default();
    path.line_through([(low, middle), (high, middle)]);
    path.line_through([(low, middle - 3.0), (low, middle + 3.0)]);
    path.line_through([(high, middle - 3.0), (high, middle + 3.0)]);
    let whisker = path.into_string();
    svg.tag("path").class("whisker-ground").attr("d", &whisker).empty();
    svg.tag("path").class("whisker").attr("d", whisker).empty();
}
