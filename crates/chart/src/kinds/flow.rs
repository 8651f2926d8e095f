//! A flow from the values of one side to those of another: a Sankey diagram of two columns.
//!
//! Each series is a node on the left; its points stand at the places of nodes on the right, which
//! the figure's choices name. What is left over (unknown) is hatched and comes last on both sides.

use crate::format::format_value;
use crate::kinds;
use crate::labels::{self, Label, Side};
use crate::look::{Drawn, Entry, Forms, Look, Plot};
use crate::place::flow::{self, Band, Link};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Track};
use crate::{Choice, Figure, axes, text, theme};

/// How wide a node is, in px per px of text.
const NODE_WIDTH: f64 = 0.9;
/// The least distance between nodes, in px.
const GAP: f64 = 10.0;
/// What arrives from what is not known has this key on the left, where that is a series.
pub(crate) const UNKNOWN: &str = "unknown";

/// A node of the right side.
struct Target<'a> {
    choice: &'a Choice,
    class: &'static str,
    is_residual: bool,
    sum: f64,
}

/// Draws the figure from `top` down.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let mut sources: Vec<&Track<'_>> = tracks::visible(&tracks);
    sources.sort_by(|one, other| {
        let by_kind = one.series.is_residual.cmp(&other.series.is_residual);
        by_kind.then(sum(other).total_cmp(&sum(one)))
    });
    let (targets, links, names) = links(figure, &sources);
    if links.is_empty() {
        return kinds::nothing(svg, &tracks, look, top);
    }
    let top = top + look.small_line() + axes::TITLE_GAP;
    let value = |value: f64| {
        if look.is_phone { String::new() } else { format_value(&figure.unit, value) }
    };
    let left = sources.iter().map(|track| Label::of(track, value(sum(track)), sum(track)));
    let right = targets.iter().map(|target| target.label(value(target.sum)));
    let (mut left, without_left) = labels::fitting(left.collect(), look.plot_height, look);
    let (mut right, _) = labels::fitting(right.collect(), look.plot_height, look);
    let plot = Plot {
        left: labels::margin(&left, look),
        right: look.width - labels::margin(&right, look),
        top,
        bottom: top + look.plot_height,
    };
    let is_last = |target: usize| targets[target].is_residual;
    let room = (look.plot_height, GAP);
    let placed = flow::layout(&links, (sources.len(), targets.len()), is_last, room);

    column_names(svg, &plot, look);
    kinds::open_plot(svg, "names", "names");
    let width = look.size * NODE_WIDTH;
    for (source, track) in sources.iter().enumerate() {
        kinds::series_group(svg, track).open();
        for ((link, band), name) in links.iter().zip(&placed.bands).zip(&names) {
            if link.from == source {
                draw_band(svg, (band, name), (&plot, width), track.series.is_residual, look);
            }
        }
        let node = placed.left[source];
        draw_node(svg, (plot.left, plot.top + node.top), (width, node.height));
        svg.close("g");
    }
    for (target, node) in targets.iter().zip(&placed.right) {
        svg.tag("g").class(&format!("series {}", target.class)).open();
        draw_node(svg, (plot.right - width, plot.top + node.top), (width, node.height));
        svg.close("g");
    }
    svg.close("g");
    for label in &mut left {
        let at = sources.iter().position(|track| track.series.key == label.key).unwrap_or(0);
        label.at = (plot.left, plot.top + placed.left[at].top + placed.left[at].height / 2.0);
    }
    for label in &mut right {
        let at = targets.iter().position(|target| target.key() == label.key).unwrap_or(0);
        label.at = (plot.right, plot.top + placed.right[at].top + placed.right[at].height / 2.0);
    }
    let room = (plot.top, plot.bottom);
    labels::draw(svg, left, (plot.left, Side::Left), room, look);
    labels::draw(svg, right, (plot.right, Side::Right), room, look);
    let is_listed =
        |track: &&Track<'_>| track.series.is_hidden || without_left.contains(&track.series.key);
    Drawn {
        bottom: plot.bottom + 8.0,
        legend: tracks.iter().filter(is_listed).map(Entry::of).collect(),
        left_out: 0,
        forms: Forms::default(),
    }
}

/// What all points of a series add up to.
fn sum(track: &Track<'_>) -> f64 {
    track.marks().map(|mark| mark.value.max(0.0)).sum()
}

/// The nodes of the right side that receive anything, what flows to them, and what each flow is
/// called.
fn links<'a>(
    figure: &'a Figure,
    sources: &[&Track<'_>],
) -> (Vec<Target<'a>>, Vec<Link>, Vec<String>) {
    let mut targets: Vec<Target<'a>> = Vec::new();
    let (mut links, mut names) = (Vec::new(), Vec::new());
    for (from, track) in sources.iter().enumerate() {
        for mark in track.marks().filter(|mark| mark.value > 0.0) {
            // A mark of this kind lies at its place, a whole number.
            let place = mark.x as u32;
            let mut choices = figure.choices.iter();
            let Some(choice) = choices.find(|choice| choice.places.contains(&place)) else {
                continue;
            };
            let known = targets.iter().position(|target| std::ptr::eq(target.choice, choice));
            let to = known.unwrap_or_else(|| {
                targets.push(Target::new(choice, figure));
                targets.len() - 1
            });
            targets[to].sum += mark.value;
            links.push(Link { from, to, weight: mark.value });
            let value = format_value(&figure.unit, mark.value);
            let name = format!("{} → {}: {value}", track.series.label, choice.label);
            let bounds = mark.bounds.filter(|(low, high)| high > low).map(|(low, high)| {
                let [low, high] = [low, high].map(|end| format_value(&figure.unit, end));
                format!(" (bounds {low} to {high})")
            });
            names.push(name + &bounds.unwrap_or_default());
        }
    }
    (targets, links, names)
}

impl<'a> Target<'a> {
    fn new(choice: &'a Choice, figure: &Figure) -> Self {
        let same = figure.series.iter().find(|series| series.label == choice.label);
        let is_residual = same.is_some_and(|series| series.is_residual)
            || choice.label.eq_ignore_ascii_case(UNKNOWN);
        let class = match same {
            Some(series) if !series.is_residual => theme::color_class(&series.key, figure),
            _ => theme::REST,
        };
        Self { choice, class, is_residual, sum: 0.0 }
    }

    /// What labels and scripts know it by; no series has such a key.
    fn key(&self) -> String {
        format!("→ {}", self.choice.label)
    }

    fn label(&self, value: String) -> Label {
        Label {
            key: self.key(),
            class: self.class,
            text: self.choice.label.clone(),
            value,
            weight: self.sum,
            at: (0.0, 0.0),
        }
    }
}

/// What stands on either side.
fn column_names(svg: &mut Svg, plot: &Plot, look: &Look) {
    let y = plot.top - axes::TITLE_GAP;
    for (words, x, anchor) in [("from", plot.left, "start"), ("to", plot.right, "end")] {
        svg.tag("text")
            .class("muted")
            .all_px([("x", x), ("y", y), ("font-size", look.small)])
            .attr("text-anchor", anchor)
            .text(&text::shorten(words, look.small, plot.width() / 2.0));
    }
}

fn draw_node(svg: &mut Svg, (x, y): (f64, f64), (width, height): (f64, f64)) {
    svg.tag("rect")
        .class("mark")
        .all_px([("x", x), ("y", y), ("width", width), ("height", height.max(1.0))])
        .empty();
}

/// Draws a band from node to node; what is not known is hatched.
fn draw_band(
    svg: &mut Svg,
    (band, name): (&Band, &str),
    (plot, width): (&Plot, f64),
    is_residual: bool,
    look: &Look,
) {
    let (left, right) = (plot.left + width, plot.right - width);
    let thickness = band.thickness.max(0.5);
    let (from, to) = (plot.top + band.from, plot.top + band.to);
    let mut path = Path::default();
    path.move_to(left, from);
    path.ease_to(right, to);
    path.line_to(right, to + thickness);
    path.ease_to(left, from + thickness);
    path.close();
    let outline = path.into_string();
    if is_residual {
        let fill = format!("url(#{}-rest)", look.id);
        svg.tag("path").attr("fill", fill).attr("d", &outline).empty();
    }
    svg.tag("path").class("flow").attr("d", outline).labelled(name);
}
