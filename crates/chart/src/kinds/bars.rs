//! A leaderboard: one horizontal bar a series, of its last point.

use crate::kinds;
use crate::look::{Drawn, Entry, Form, Forms, Look, Plot};
use crate::scale::{self, Linear};
use crate::svg::{Path, Svg};
use crate::text;
use crate::tracks::{self, Mark, Track};
use crate::{Figure, format};

/// More bars than this nobody reads; the rest is counted below.
const MOST_BARS: usize = 60;
/// Names take at most this share of the width.
const MOST_FOR_NAMES: f64 = 0.38;
const PAD: f64 = 8.0;

/// One row: a series and its last point, if that is known.
struct Row<'t, 'a> {
    track: &'t Track<'a>,
    mark: Option<Mark>,
    value: String,
}

/// Draws the figure from `top` down.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let mut rows = rows(&tracks, figure);
    if rows.iter().all(|row| row.mark.is_none()) {
        return kinds::nothing(svg, &tracks, look, top);
    }
    let left_out = rows.len().saturating_sub(MOST_BARS);
    rows.truncate(MOST_BARS);
    let axis = scale::axis(&figure.unit, values(&rows, figure).into_iter(), 5);
    let room = look.width * MOST_FOR_NAMES;
    let names = rows.iter().map(|row| text::width(&row.track.series.label, look.size));
    let numbers = rows.iter().map(|row| text::width(&row.value, look.size));
    let left = look.margin + names.fold(0.0, f64::max).min(room) + PAD;
    let right = look.width - look.margin - numbers.fold(0.0, f64::max) - PAD;
    let height = row_height(look);
    let top = top + reference_room(figure, look);
    let plot = Plot { left, right, top, bottom: top + height * rows.len() as f64 };
    let low = axis.low.min(0.0);
    let high = extent_of(&rows, figure).max(low + f64::MIN_POSITIVE);
    let high = if high > 0.0 || low < 0.0 { high.max(0.0) } else { axis.high };
    let x =
        Linear { v0: low, v1: if high > low { high } else { axis.high }, px0: left, px1: right };

    let bands = format!("band:{}:{}:{}", rows.len(), top, height);
    kinds::open_plot(svg, &x.attribute("linear"), &bands);
    for (index, row) in rows.iter().enumerate() {
        draw_row(svg, row, plot.top + height * index as f64, &x, look);
    }
    let mut base = Path::default();
    base.line_through([(x.px(0.0), plot.top), (x.px(0.0), plot.bottom)]);
    svg.tag("path").class("axis").attr("d", base.into_string()).empty();
    references(svg, figure, &plot, &x, look);
    svg.close("g");
    let hidden = tracks.iter().filter(|track| track.series.is_hidden);
    Drawn {
        bottom: plot.bottom + 8.0,
        legend: hidden.map(Entry::of).collect(),
        left_out,
        forms: forms(&rows),
    }
}

/// The rows, largest first; what is not known and what is left over come last.
fn rows<'t, 'a>(tracks: &'t [Track<'a>], figure: &Figure) -> Vec<Row<'t, 'a>> {
    let mut rows: Vec<Row<'t, 'a>> = tracks
        .iter()
        .filter(|track| !track.series.is_hidden)
        .map(|track| {
            let mark = last_mark(track, figure);
            let value = mark.map_or_else(
                || "no data".to_owned(),
                |mark| format::format_value(&figure.unit, mark.value),
            );
            Row { track, mark, value }
        })
        .collect();
    rows.sort_by(|one, other| {
        let size = |row: &Row<'_, '_>| row.mark.map_or(f64::NEG_INFINITY, |mark| mark.value);
        let by_kind = one.track.series.is_residual.cmp(&other.track.series.is_residual);
        by_kind.then(size(other).total_cmp(&size(one)))
    });
    rows
}

/// The mark of the last point; `None` where the last point is not known, whatever was before.
fn last_mark(track: &Track<'_>, figure: &Figure) -> Option<Mark> {
    let places = track.series.points.iter().filter_map(|point| tracks::place(point.x, figure.kind));
    let last = places.max_by(f64::total_cmp)?;
    track.last().copied().filter(|mark| mark.x >= last)
}

fn values(rows: &[Row<'_, '_>], figure: &Figure) -> Vec<f64> {
    let ends = |pair: Option<(f64, f64)>| pair.into_iter().flat_map(|(low, high)| [low, high]);
    let mut values = vec![0.0];
    for mark in rows.iter().filter_map(|row| row.mark) {
        values.push(mark.value);
        values.extend(ends(mark.interval));
        values.extend(ends(mark.bounds));
    }
    let references = figure.reference_lines.iter().map(|line| Some(line.value));
    values.extend(references.filter_map(tracks::usable));
    values
}

fn extent_of(rows: &[Row<'_, '_>], figure: &Figure) -> f64 {
    values(rows, figure).into_iter().fold(0.0, f64::max)
}

fn draw_row(svg: &mut Svg, row: &Row<'_, '_>, top: f64, x: &Linear, look: &Look) {
    let height = row_height(look);
    let middle = top + height / 2.0;
    let baseline = middle + look.size * 0.35;
    kinds::series_group(svg, row.track).open();
    let label = &row.track.series.label;
    let shown = text::shorten(label, look.size, x.px0 - PAD - look.margin + 1.0);
    svg.tag("text")
        .class("value")
        .all_px([("x", x.px0 - PAD), ("y", baseline)])
        .attr("text-anchor", "end")
        .shortened_text(&shown, label);
    let mut end = x.px(0.0);
    if let Some(mark) = &row.mark {
        let thickness = (height * 0.62).round();
        let bar = (x.px(0.0).min(x.px(mark.value)), (x.px(mark.value) - x.px(0.0)).abs());
        let rect = |svg: &mut Svg, class: &str, fill: Option<&str>, (from, width): (f64, f64)| {
            let tag = svg
                .tag("rect")
                .all_px([("x", from), ("y", middle - thickness / 2.0)])
                .all_px([("width", width), ("height", thickness)]);
            match fill {
                None => tag.class(class).empty(),
                Some(fill) => tag.attr("fill", format!("url(#{}-{fill})", look.id)).empty(),
            }
        };
        end = end.max(x.px(mark.value));
        if let Some((low, high)) = mark.bounds.filter(|(low, high)| high > low) {
            rect(svg, "bounds", None, (x.px(low), x.px(high) - x.px(low)));
            end = end.max(x.px(high));
        }
        let is_residual = row.track.series.is_residual;
        rect(svg, if is_residual { "layer is-residual" } else { "mark" }, None, bar);
        if is_residual {
            rect(svg, "", Some("rest"), bar);
        } else if mark.is_estimated {
            rect(svg, "", Some("hatch"), bar);
        }
        if let Some((low, high)) =
            mark.interval.filter(|(low, high)| x.px(*high) - x.px(*low) > 0.5)
        {
            kinds::whisker(svg, (x.px(low), x.px(high)), middle);
            end = end.max(x.px(high));
        }
    }
    svg.tag("text")
        .class(if row.mark.is_some() { "value" } else { "muted" })
        .all_px([("x", end + PAD * 0.75), ("y", baseline)])
        .text(&row.value);
    svg.close("g");
}

fn references(svg: &mut Svg, figure: &Figure, plot: &Plot, x: &Linear, look: &Look) {
    for (index, line) in figure.reference_lines.iter().enumerate() {
        let Some(value) = tracks::usable(Some(line.value)) else { continue };
        let at = x.px(value);
        let row = plot.top - look.small_line() * (index as f64 + 0.5);
        let mut path = Path::default();
        path.line_through([(at, row + 3.0), (at, plot.bottom)]);
        svg.tag("path").class("reference").attr("d", path.into_string()).empty();
        let shown = text::shorten(&line.label, look.small, look.width * 0.6);
        let half = text::width(&shown, look.small) / 2.0 + look.margin;
        svg.tag("text")
            .class("muted")
            .all_px([
                ("x", at.min(look.width - half).max(half)),
                ("y", row),
                ("font-size", look.small),
            ])
            .attr("text-anchor", "middle")
            .shortened_text(&shown, &line.label);
    }
}

fn forms(rows: &[Row<'_, '_>]) -> Forms {
    let has = |test: &dyn Fn(&Mark) -> bool, form| {
        rows.iter().filter_map(|row| row.mark.as_ref()).any(test).then_some(form)
    };
    Forms {
        estimated: has(&|mark| mark.is_estimated, Form::Hatch),
        interval: has(&|mark| kinds::is_wide(mark.interval), Form::Whisker),
        bounds: has(&|mark| kinds::is_wide(mark.bounds), Form::Band("bounds")),
        sampling: None,
    }
}

fn reference_room(figure: &Figure, look: &Look) -> f64 {
    figure.reference_lines.len() as f64 * look.small_line()
}

fn row_height(look: &Look) -> f64 {
    (look.size * 1.9).round()
}
