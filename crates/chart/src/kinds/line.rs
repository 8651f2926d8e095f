//! Lines over time, with intervals, bounds, estimated stretches and gaps.

use crate::axes;
use crate::events::{self, Plan};
use crate::format;
use crate::labels::{self, Label, Side};
use crate::look::{Drawn, Form, Look, Plot};
use crate::scale::{self, Axis, Linear};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Track};
use crate::{Figure, kinds};

/// Draws the figure from `top` down.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let visible = tracks::visible(&tracks);
    let (Some((from, to)), false) = (tracks::x_extent(figure), visible.is_empty()) else {
        return kinds::nothing(svg, &tracks, look, top);
    };
    let wanted_ticks = if look.is_phone { 4 } else { 5 };
    let values = kinds::axis_values(&visible, figure);
    let axis = scale::axis(&figure.unit, values.into_iter(), wanted_ticks);
    let (mut labels, unlabelled) = end_labels(&visible, figure, look);
    let left = axes::margin(&axis, look);
    let right = look.width - labels::margin(&labels, look);
    let x = Linear { v0: from, v1: to, px0: left, px1: right };
    let plan = events::plan(figure, &x, look);
    let plot = layout(&plan, &x, look, top);
    let y = Linear { v0: axis.low, v1: axis.high, px0: plot.bottom, px1: plot.top };

    axes::title(svg, &figure.unit.axis_title(), top, look);
    kinds::open_plot(svg, &axes::time_attribute(figure, &x), &y.attribute("linear"));
    let estimates = tracks::common_estimates(&visible);
    axes::estimates(svg, &plot, &x, &estimates, look);
    ground(svg, (&plot, look), (&x, &y, &axis), &visible);
    let bottom = axes::times(svg, figure, &plot, &x, look);
    plan.draw(svg, &plot, look);
    for track in &visible {
        bands(svg, track, &x, &y);
    }
    for track in &visible {
        lines(svg, track, (&x, &y), look.size * 0.25);
    }
    axes::references(svg, figure, &plot, &y, look);
    svg.close("g");
    for label in &mut labels {
        let track = visible.iter().find(|track| track.series.key == label.key);
        let mark = track.and_then(|track| track.last()).expect("a labelled track has a mark");
        label.at = (x.px(mark.x), y.px(mark.value));
    }
    labels::draw(svg, labels, (plot.right, Side::Right), (plot.top, plot.bottom), look);
    let mut forms = kinds::forms(&visible);
    if !estimates.is_empty() {
        forms.estimated = Some(Form::HatchedGround);
    }
    Drawn {
        bottom: plan.list(svg, bottom, look),
        legend: kinds::legend(&tracks, &unlabelled, look),
        left_out: 0,
        forms,
    }
}

/// The plot below the axis title and the events' lanes.
pub(crate) fn layout(plan: &Plan<'_>, x: &Linear, look: &Look, top: f64) -> Plot {
    let plot_top = top + look.small_line() + axes::TITLE_GAP + plan.height(look);
    Plot { left: x.px0, right: x.px1, top: plot_top, bottom: plot_top + look.plot_height }
}

fn end_labels(visible: &[&Track<'_>], figure: &Figure, look: &Look) -> (Vec<Label>, Vec<String>) {
    if look.is_phone {
        return (Vec::new(), Vec::new());
    }
    let label = |track: &&Track<'_>| {
        let mark = track.last()?;
        let value = format::format_value(&figure.unit, mark.value);
        Some(Label::of(track, value, mark.value))
    };
    let labels = visible.iter().filter_map(label).collect();
    labels::fitting(labels, look.plot_height, look)
}

/// Everything that lies under the series.
fn ground(
    svg: &mut Svg,
    (plot, look): (&Plot, &Look),
    (x, y, axis): (&Linear, &Linear, &Axis),
    visible: &[&Track<'_>],
) {
    let gaps = tracks::common_gaps(visible, x.v0, x.v1);
    axes::gaps(svg, plot, x, &gaps, look);
    axes::values(svg, plot, y, axis, look);
}

fn bands(svg: &mut Svg, track: &Track<'_>, x: &Linear, y: &Linear) {
    kinds::series_group(svg, track).open();
    for stretch in &track.stretches {
        let stretch = tracks::thinned(stretch, x);
        kinds::band(svg, "bounds", &stretch, (x, y), |mark| mark.bounds);
        kinds::band(svg, "interval", &stretch, (x, y), |mark| mark.interval);
    }
    svg.close("g");
}

fn lines(svg: &mut Svg, track: &Track<'_>, (x, y): (&Linear, &Linear), radius: f64) {
    let at = |mark: &tracks::Mark| (x.px(mark.x), y.px(mark.value));
    kinds::series_group(svg, track).open();
    for stretch in &track.stretches {
        if let [mark] = &stretch[..] {
            kinds::marker(svg, track.class, at(mark), radius);
            continue;
        }
        let stretch = tracks::thinned(stretch, x);
        for (is_estimated, piece) in tracks::pieces(&stretch) {
            let mut path = Path::default();
            path.line_through(piece.iter().map(at));
            let class = if is_estimated { "line is-estimated" } else { "line" };
            svg.tag("path").class(class).attr("d", path.into_string()).empty();
        }
    }
    let last = track.stretches.last().filter(|stretch| stretch.len() > 1);
    if let Some(mark) = last.and_then(|stretch| stretch.last()) {
        kinds::marker(svg, track.class, at(mark), radius);
    }
    svg.close("g");
}
