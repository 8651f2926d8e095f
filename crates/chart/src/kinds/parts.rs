//! What changes are made of: a row a period, its parts stacked to both sides of zero, and a line at
//! what they come to together.

use crate::kinds;
use crate::look::{Drawn, Entry, Forms, Look, Plot};
use crate::scale::{self, Axis, Linear};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Track};
use crate::{Figure, X, format, text};

/// More rows than this nobody reads; the newest stay.
const MOST_ROWS: usize = 40;
/// The hatchings that tell parts apart beside their colours, in the order of the series.
const HATCHINGS: [Option<&str>; 4] = [None, Some("hatch"), Some("ground"), Some("rest")];
/// Parts narrower than this, in px, have no mark of their own.
const MARK_SPACE: f64 = 14.0;
const PAD: f64 = 8.0;

/// The parts of one period.
pub(crate) struct Row {
    pub(crate) name: String,
    /// Each part that is known, by the place of its series.
    pub(crate) parts: Vec<(usize, f64)>,
}

impl Row {
    pub(crate) fn whole(&self) -> f64 {
        self.parts.iter().map(|(_, value)| value).sum()
    }

    /// How far the parts reach below and above zero.
    fn reach(&self) -> [f64; 2] {
        let side = |is_it: fn(f64) -> bool| {
            self.parts.iter().map(|(_, value)| *value).filter(|value| is_it(*value)).sum::<f64>()
        };
        [side(|value| value < 0.0), side(|value| value > 0.0)]
    }
}

/// Draws the figure from `top` down, the earliest period first.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let mut rows = rows(figure, &tracks);
    if rows.is_empty() {
        return kinds::nothing(svg, &tracks, look, top);
    }
    let left_out = rows.len().saturating_sub(MOST_ROWS);
    rows.drain(..left_out);
    let values = rows.iter().flat_map(Row::reach).chain([0.0]);
    let axis = scale::axis(&figure.unit, values, if look.is_phone { 3 } else { 6 });
    let numbers: Vec<String> =
        rows.iter().map(|row| format::format_value(&figure.unit, row.whole())).collect();
    let widest = |texts: &mut dyn Iterator<Item = &String>| {
        texts.map(|one| text::width(one, look.size)).fold(0.0, f64::max)
    };
    let height = (look.size * 1.9).round();
    let plot = Plot {
        left: look.margin + widest(&mut rows.iter().map(|row| &row.name)) + PAD,
        right: look.width - look.margin - widest(&mut numbers.iter()) - PAD,
        top,
        bottom: top + height * rows.len() as f64,
    };
    let x = Linear { v0: axis.low, v1: axis.high, px0: plot.left, px1: plot.right };
    let bands = format!("band:{}:{}:{height}", rows.len(), plot.top);
    kinds::open_plot(svg, &x.attribute("linear"), &bands);
    let bottom = ticks(svg, &plot, &x, &axis, look);
    for (index, (row, number)) in rows.iter().zip(&numbers).enumerate() {
        let middle = plot.top + height * (index as f64 + 0.5);
        draw_row(svg, (row, number, &tracks), (middle, height * 0.7, &x), look);
    }
    svg.close("g");
    Drawn {
        bottom,
        legend: tracks.iter().map(Entry::of).collect(),
        left_out,
        forms: Forms::default(),
    }
}

/// The periods of the series that are not hidden, by time.
pub(crate) fn rows(figure: &Figure, tracks: &[Track<'_>]) -> Vec<Row> {
    let mut rows: Vec<(f64, Row)> = Vec::new();
    for (series, track) in tracks.iter().enumerate() {
        for point in track.series.points.iter().filter(|_| !track.series.is_hidden) {
            let (X::Period(period), Some(at)) = (point.x, tracks::place(point.x, figure.kind))
            else {
                continue;
            };
            let Some(value) = tracks::known(point) else { continue };
            let known = rows.iter_mut().find(|(known, _)| known.total_cmp(&at).is_eq());
            if let Some((_, row)) = known {
                row.parts.push((series, value));
            } else {
                let row = Row { name: period.to_string(), parts: vec![(series, value)] };
                rows.push((at, row));
            }
        }
    }
    rows.sort_by(|one, other| one.0.total_cmp(&other.0));
    rows.into_iter().map(|(_, row)| row).collect()
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
    (row, number, tracks): (&Row, &str, &[Track<'_>]),
    (middle, thickness, x): (f64, f64, &Linear),
    look: &Look,
) {
    let baseline = middle + look.size * 0.35;
    let mut write = |at: f64, anchor: &str, words: &str| {
        svg.tag("text")
            .all_px([("x", at), ("y", baseline)])
            .attr("text-anchor", anchor)
            .text(words);
    };
    write(x.px0 - PAD, "end", &row.name);
    write(look.width - look.margin, "end", number);
    let (mut below, mut above) = (0.0, 0.0);
    for (series, value) in &row.parts {
        let end = if *value < 0.0 { &mut below } else { &mut above };
        let (from, to) = (x.px(*end), x.px(*end + value));
        *end += value;
        let (left, width) = (from.min(to), (to - from).abs());
        let track = &tracks[*series];
        kinds::series_group(svg, track).open();
        let mut fill = |attribute: &str, how: &str| {
            svg.tag("rect")
                .all_px([("x", left), ("y", middle - thickness / 2.0)])
                .all_px([("width", width), ("height", thickness)])
                .attr(attribute, how)
                .empty();
        };
        fill("class", "layer");
        if let Some(hatching) = HATCHINGS[series % HATCHINGS.len()] {
            fill("fill", &format!("url(#{}-{hatching})", look.id));
        }
        if width >= MARK_SPACE {
            svg.tag("g").class("layer-mark").open();
            kinds::marker(svg, track.class, (left + width / 2.0, middle), look.size * 0.3);
            svg.close("g");
        }
        svg.close("g");
    }
    let whole = x.px(row.whole());
    let mut line = Path::default();
    line.line_through([(whole, middle - thickness * 0.65), (whole, middle + thickness * 0.65)]);
    let line = line.into_string();
    svg.tag("path").class("whisker-ground").attr("d", &line).empty();
    svg.tag("path").class("whisker whole").attr("d", line).empty();
}
