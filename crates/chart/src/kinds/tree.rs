//! A tree: what hangs from what, each node with its number; tidy where the names have room, and
//! else a list with each node below the one that it hangs from.

use crate::kinds;
use crate::look::{Drawn, Entry, Look};
use crate::place::tree::{Spot, indented, tidy};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Track};
use crate::{Figure, X, format, text};

/// More nodes than this nobody reads; who makes a figure joins the smallest first.
const MOST_NODES: usize = 240;
/// Names with less room than so many times the size of letters make a list.
const LEAST_ROOM: f64 = 11.0;
/// From the middle of a mark to its name.
const TO_NAME: f64 = 12.0;
/// From the end of a name to the next level.
const BETWEEN: f64 = 30.0;

/// One node as it is drawn.
struct Drawing<'a> {
    label: &'a str,
    value: String,
    size: f64,
    track: Option<usize>,
    /// How wide its name and its number are.
    width: f64,
}

/// Draws the figure from `top` down.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let nodes = drawings(figure, &tracks, look);
    if nodes.iter().all(|node| node.track.is_none()) {
        return kinds::nothing(svg, &tracks, look, top);
    }
    let parents = parents(figure, nodes.len());
    let columns = columns(&nodes, &tidy(&parents), look);
    let spots = if columns.is_some() { tidy(&parents) } else { indented(&parents) };
    let height = (look.size * 1.8).round();
    let at = |node: usize| {
        let Spot { depth, row } = spots[node];
        let x = match &columns {
            Some(columns) => columns[depth].0,
            None => look.margin + 9.0 + depth.min(MOST_STEPS) as f64 * step(look),
        };
        (x, top + height * (row + 0.5))
    };
    let room = |node: usize| match &columns {
        Some(columns) => columns[spots[node].depth].1,
        None => look.width - look.margin - at(node).0 - TO_NAME,
    };
    svg.tag("g").class("branches").open();
    for (node, parent) in parents.iter().enumerate() {
        let Some(parent) = parent else { continue };
        let begin = columns.as_ref().map(|_| nodes[*parent].width.min(room(*parent)));
        branch(svg, at(*parent), at(node), begin);
    }
    svg.close("g");
    for (place, track) in tracks.iter().enumerate().filter(|(_, track)| !track.series.is_hidden) {
        kinds::series_group(svg, track).open();
        for (node, drawing) in nodes.iter().enumerate() {
            if drawing.track == Some(place) {
                draw_node(svg, drawing, track.class, (at(node), room(node)), look);
            }
        }
        svg.close("g");
    }
    let last = spots.iter().map(|spot| spot.row).fold(0.0, f64::max);
    Drawn {
        bottom: top + height * (last + 1.0) + 6.0,
        legend: legend(&tracks, &nodes),
        left_out: figure.nodes.len() - nodes.len(),
        ..Drawn::default()
    }
}

/// Deeper levels of a list are not moved further in.
const MOST_STEPS: usize = 8;

fn step(look: &Look) -> f64 {
    look.size * if look.is_phone { 1.1 } else { 1.7 }
}

/// The nodes in their order; those of hidden series keep their place, and are not seen.
fn drawings<'a>(figure: &'a Figure, tracks: &[Track<'_>], look: &Look) -> Vec<Drawing<'a>> {
    let mut nodes: Vec<Drawing<'a>> = figure
        .nodes
        .iter()
        .take(MOST_NODES)
        .map(|node| Drawing {
            label: &node.label,
            value: String::new(),
            size: 0.0,
            track: None,
            width: 0.0,
        })
        .collect();
    let mut largest = 0.0_f64;
    for (place, track) in tracks.iter().enumerate().filter(|(_, track)| !track.series.is_hidden) {
        for point in &track.series.points {
            let X::Place(at) = point.x else { continue };
            let Some(node) = (at as usize).checked_sub(1).and_then(|at| nodes.get_mut(at)) else {
                continue;
            };
            let value = tracks::known(point);
            node.track = Some(place);
            node.size = value.unwrap_or_default().max(0.0);
            node.value = value.map_or_else(
                || "not known".to_owned(),
                |value| format::format_value(&figure.unit, value),
            );
            node.width =
                text::width(node.label, look.size) + text::width(&node.value, look.size) + 6.0;
            largest = largest.max(node.size);
        }
    }
    if largest > 0.0 {
        for node in &mut nodes {
            node.size = (node.size / largest).sqrt();
        }
    }
    nodes
}

/// What each node hangs from.
fn parents(figure: &Figure, count: usize) -> Vec<Option<usize>> {
    let parent = |(node, of): (usize, &crate::Node)| {
        (of.parent? as usize).checked_sub(1).filter(|parent| *parent < node)
    };
    figure.nodes.iter().take(count).enumerate().map(parent).collect()
}

/// Where each level begins, and how much room its names have; `None` where they have too little.
fn columns(nodes: &[Drawing<'_>], spots: &[Spot], look: &Look) -> Option<Vec<(f64, f64)>> {
    if look.is_phone {
        return None;
    }
    let levels = spots.iter().map(|spot| spot.depth + 1).max()?;
    let mut wanted = vec![0.0_f64; levels];
    for (node, spot) in nodes.iter().zip(spots) {
        wanted[spot.depth] = wanted[spot.depth].max(node.width);
    }
    let beside = TO_NAME * levels as f64 + BETWEEN * (levels - 1) as f64 + 9.0;
    let most = cap(&wanted, look.width - 2.0 * look.margin - beside);
    if most < LEAST_ROOM * look.size {
        return None;
    }
    let mut x = look.margin + 9.0;
    let column = |wanted: f64| {
        let begin = x;
        let room = wanted.min(most);
        x += TO_NAME + room + BETWEEN;
        (begin, room)
    };
    Some(wanted.into_iter().map(column).collect())
}

/// The most that each may have so that all fit, where the small ones have what they want.
fn cap(wanted: &[f64], room: f64) -> f64 {
    let mut sorted = wanted.to_vec();
    sorted.sort_by(f64::total_cmp);
    let mut rest = room;
    for (place, width) in sorted.iter().enumerate() {
        let fair = rest / (sorted.len() - place) as f64;
        if *width > fair {
            return fair;
        }
        rest -= width;
    }
    f64::INFINITY
}

/// The line from a node to one that hangs from it: from the end of its name, or from its mark.
fn branch(svg: &mut Svg, from: (f64, f64), to: (f64, f64), begin: Option<f64>) {
    let mut path = Path::default();
    match begin {
        Some(width) => {
            path.move_to(from.0 + TO_NAME + width + 4.0, from.1);
            path.ease_to(to.0 - 9.0, to.1);
        }
        None => path.line_through([from, (from.0, to.1), to]),
    }
    svg.tag("path").class("axis").attr("d", path.into_string()).empty();
}

fn draw_node(
    svg: &mut Svg,
    node: &Drawing<'_>,
    class: &str,
    ((x, y), room): ((f64, f64), f64),
    look: &Look,
) {
    const LEAST: f64 = 2.5;
    const SPAN: f64 = 5.0;
    kinds::marker(svg, class, (x, y), LEAST + SPAN * node.size);
    let of_name = (room - text::width(&node.value, look.size) - 6.0).max(0.0);
    let shown = text::shorten(node.label, look.size, of_name);
    svg.tag("text")
        .class("value halo")
        .all_px([("x", x + TO_NAME), ("y", y + look.size * 0.35)])
        .labelled_text(&shown, node.label, &node.value);
}

/// Which mark means what; series of which no node is drawn are left out, but for hidden ones.
fn legend(tracks: &[Track<'_>], nodes: &[Drawing<'_>]) -> Vec<Entry> {
    let is_listed = |(place, track): &(usize, &Track<'_>)| {
        track.series.is_hidden || nodes.iter().any(|node| node.track == Some(*place))
    };
    tracks.iter().enumerate().filter(is_listed).map(|(_, track)| Entry::of(track)).collect()
}
