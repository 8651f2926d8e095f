//! Shares stacked to the whole over time; one bar where there is one date.

use crate::axes;
use crate::events;
use crate::kinds::{self, line};
use crate::labels::{self, Label, Side};
use crate::look::{Drawn, Form, Forms, Look, Plot};
use crate::scale::{self, Linear};
use crate::stack::{self, Column};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Track};
use crate::{Figure, Unit};

/// The width of the bar where there is one date only, in px per px of text.
const BAR_WIDTH: f64 = 14.0;
/// Half the width of a lone column between gaps, in px.
const LONE_COLUMN: f64 = 2.0;

/// Draws the figure from `top` down.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let visible = tracks::visible(&tracks);
    let layers = stack::order(figure, &visible);
    let stretches = stack::stretches(figure, &tracks, &layers);
    let (Some((from, to)), Some(last)) =
        (tracks::x_extent(figure), stretches.last().and_then(|stretch| stretch.last()))
    else {
        return kinds::nothing(svg, &tracks, look, top);
    };
    let axis = scale::axis(&Unit::Share, [1.0].into_iter(), if look.is_phone { 4 } else { 5 });
    let (mut labels, unlabelled) = layer_labels(&layers, last, look);
    let left = axes::margin(&axis, look);
    let mut right = look.width - labels::margin(&labels, look);
    if from >= to {
        right = right.min(left + look.size * BAR_WIDTH);
    }
    let x = Linear { v0: from, v1: to, px0: left, px1: right };
    let plan = events::plan(figure, &x, look);
    let plot = line::layout(&plan, &x, look, top);
    let y = Linear { v0: 0.0, v1: 1.0, px0: plot.bottom, px1: plot.top };

    axes::title(svg, "share of the whole", top, look);
    kinds::open_plot(svg, &axes::time_attribute(figure, &x), &y.attribute("linear"));
    let columns: Vec<&Column> = stretches.iter().flatten().collect();
    axes::gaps(svg, &plot, &x, &gaps(&stretches, from, to), look);
    axes::values(svg, &plot, &y, &axis, look);
    for (index, track) in layers.iter().enumerate() {
        draw_layer(svg, (track, index), &stretches, (&x, &y), look);
    }
    estimated(svg, &stretches, (&x, &plot), look);
    let bottom = axes::times(svg, figure, &plot, &x, look);
    plan.draw(svg, &plot, look);
    svg.close("g");
    for label in &mut labels {
        let index = layers.iter().position(|track| track.series.key == label.key);
        let (low, high) = last.edges(index.expect("labels are of layers"));
        label.at =
            (if from >= to { plot.right } else { x.px(last.x) }, y.px(f64::midpoint(low, high)));
    }
    labels::draw(svg, labels, (plot.right, Side::Right), (plot.top, plot.bottom), look);
    let is_estimated = columns.iter().any(|column| column.is_estimated);
    Drawn {
        bottom: plan.list(svg, bottom, look),
        legend: kinds::legend(&tracks, &unlabelled, look),
        left_out: 0,
        forms: Forms { estimated: is_estimated.then_some(Form::Hatch), ..Forms::default() },
    }
}

fn layer_labels(layers: &[&Track<'_>], last: &Column, look: &Look) -> (Vec<Label>, Vec<String>) {
    if look.is_phone {
        return (Vec::new(), Vec::new());
    }
    let mut gone = Vec::new();
    let mut labels = Vec::new();
    for (index, track) in layers.iter().enumerate() {
        let (low, high) = last.edges(index);
        if high - low <= 0.0 {
            gone.push(track.series.key.clone());
            continue;
        }
        labels.push(Label::of(track, axes::share_text(high - low), high - low));
    }
    let (labels, unlabelled) = labels::fitting(labels, look.plot_height, look);
    gone.extend(unlabelled);
    (labels, gone)
}

fn gaps(stretches: &[Vec<Column>], from: f64, to: f64) -> Vec<(f64, f64)> {
    let mut reached = from;
    let mut gaps = Vec::new();
    for stretch in stretches {
        let first = stretch.first().map_or(reached, |column| column.x);
        if first > reached {
            gaps.push((reached, first));
        }
        reached = stretch.last().map_or(reached, |column| column.x);
    }
    if to > reached {
        gaps.push((reached, to));
    }
    gaps
}

fn draw_layer(
    svg: &mut Svg,
    (track, index): (&Track<'_>, usize),
    stretches: &[Vec<Column>],
    (x, y): (&Linear, &Linear),
    look: &Look,
) {
    kinds::series_group(svg, track).open();
    for stretch in stretches {
        let edges = outline(stretch, index, x);
        if edges.iter().all(|(_, low, high)| high - low <= 0.0) {
            continue;
        }
        let mut path = Path::default();
        let above = edges.iter().map(|(at, _, high)| (*at, y.px(*high)));
        let below = edges.iter().rev().map(|(at, low, _)| (*at, y.px(*low)));
        path.line_through(above.chain(below));
        path.close();
        let outline = path.into_string();
        if track.series.is_residual {
            svg.tag("path").class("layer is-residual").attr("d", &outline).empty();
            let fill = format!("url(#{}-rest)", look.id);
            svg.tag("path").attr("fill", fill).attr("d", outline).empty();
        } else {
            svg.tag("path").class("layer").attr("d", outline).empty();
        }
    }
    svg.close("g");
}

/// The edges of a layer in px and shares; a lone column has some width.
fn outline(stretch: &[Column], index: usize, x: &Linear) -> Vec<(f64, f64, f64)> {
    if let [column] = stretch {
        let (low, high) = column.edges(index);
        return lone(column, x).map(|at| (at, low, high)).to_vec();
    }
    let edge = |column: &Column| {
        let (low, high) = column.edges(index);
        (x.px(column.x), low, high)
    };
    stretch.iter().map(edge).collect()
}

fn lone(column: &Column, x: &Linear) -> [f64; 2] {
    if x.v0 >= x.v1 {
        return [x.px0, x.px1];
    }
    let at = x.px(column.x);
    [(at - LONE_COLUMN).max(x.px0), (at + LONE_COLUMN).min(x.px1)]
}

/// Hatches what touches an estimated column.
fn estimated(svg: &mut Svg, stretches: &[Vec<Column>], (x, plot): (&Linear, &Plot), look: &Look) {
    let mut hatch = |left: f64, right: f64| {
        svg.tag("rect")
            .attr("fill", format!("url(#{}-hatch)", look.id))
            .all_px([("x", left), ("y", plot.top)])
            .all_px([("width", right - left), ("height", plot.height())])
            .empty();
    };
    for stretch in stretches {
        if let [column] = &stretch[..] {
            let [left, right] = lone(column, x);
            if column.is_estimated {
                hatch(left, right);
            }
            continue;
        }
        let touches = |at: usize| stretch[at].is_estimated || stretch[at + 1].is_estimated;
        let mut from: Option<usize> = None;
        for at in 0..stretch.len().saturating_sub(1) {
            if touches(at) {
                from = from.or(Some(at));
            } else if let Some(start) = from.take() {
                hatch(x.px(stretch[start].x), x.px(stretch[at].x));
            }
        }
        if let (Some(start), Some(last)) = (from, stretch.last()) {
            hatch(x.px(stretch[start].x), x.px(last.x));
        }
    }
}
