//! A number in a small picture: what it is, how much, how sure, and how it went.

use crate::svg::{Path, Svg};
use crate::{Theme, text, theme};

const HEIGHT: f64 = 28.0;
const SIZE: f64 = 12.0;
const PAD: f64 = 9.0;
const BASELINE: f64 = 18.2;
/// The room of the line, from side to side and from top to bottom.
const LINE: (f64, f64) = (64.0, 16.0);
/// A name is at most so wide.
const MOST_OF_LABEL: f64 = 220.0;
/// More points than pixels nobody sees.
const MOST_POINTS: usize = 64;

/// What a badge says.
#[derive(Debug, Clone, PartialEq)]
pub struct Badge {
    /// What the number is, in a few words.
    pub label: String,
    /// The number as people read it.
    pub value: String,
    /// From where to where it may be, as people read it; empty where it is exact or not told.
    pub interval: String,
    /// How far the data reach.
    pub data_through: String,
    /// Whether the number is invented.
    pub simulated: bool,
    /// How it went, by time; `None` and what is not finite is a gap.
    pub values: Vec<Option<f64>>,
}

/// Draws a badge in colours of its own; in theme [`Theme::Page`] as in [`Theme::Light`].
#[must_use]
pub fn badge(badge: &Badge, theme: Theme) -> String {
    let colour = |name| theme::plain(name, theme);
    let label = text::shorten(&badge.label, SIZE, MOST_OF_LABEL);
    let interval =
        if badge.interval.is_empty() { String::new() } else { format!("({})", badge.interval) };
    let mark = if badge.simulated { "simulated" } else { "" };
    let mut svg = Svg::default();
    let mut x = PAD;
    let mut body = Svg::default();
    let words = [
        (label.as_str(), "muted", false),
        (badge.value.as_str(), "ink", true),
        (interval.as_str(), "muted", false),
        (mark, "s-1", true),
    ];
    for (words, name, is_strong) in words {
        if words.is_empty() {
            continue;
        }
        body.tag("text")
            .all_px([("x", x), ("y", BASELINE)])
            .attr("fill", colour(name))
            .attr("font-weight", if is_strong { "700" } else { "400" })
            .text(words);
        let wide =
            if is_strong { text::strong_width(words, SIZE) } else { text::width(words, SIZE) };
        x += wide + PAD * 0.8;
    }
    let lines = sparkline(&badge.values, x);
    if !lines.is_empty() {
        for line in lines {
            body.tag("path")
                .attr("d", line)
                .attr("fill", "none")
                .attr("stroke", colour("s-0"))
                .attr("stroke-width", "1.5")
                .attr("stroke-linecap", "round")
                .attr("stroke-linejoin", "round")
                .empty();
        }
        x += LINE.0 + PAD * 0.8;
    }
    let width = (x + PAD * 0.2).ceil();
    svg.tag("svg")
        .attr("xmlns", "http://www.w3.org/2000/svg")
        .attr("viewBox", format!("0 0 {width} {HEIGHT}"))
        .all_px([("width", width), ("height", HEIGHT), ("font-size", SIZE)])
        .attr("font-family", "system-ui,-apple-system,\"Segoe UI\",Roboto,Arial,sans-serif")
        .attr("role", "img")
        .attr("aria-labelledby", "badge-title")
        .open();
    svg.tag("title").attr("id", "badge-title").text(&said(badge));
    svg.tag("rect")
        .all_px([("x", 0.5), ("y", 0.5), ("width", width - 1.0), ("height", HEIGHT - 1.0)])
        .attr("rx", "6")
        .attr("fill", colour("background"))
        .attr("stroke", colour("grid"))
        .empty();
    svg.append(&body);
    svg.close("svg");
    svg.into_string()
}

/// The badge in a sentence.
fn said(badge: &Badge) -> String {
    let Badge { label, value, interval, data_through, simulated, .. } = badge;
    let interval =
        if interval.is_empty() { String::new() } else { format!(", between {interval}") };
    let simulated = if *simulated { ", simulated data" } else { "" };
    format!("{label}: {value}{interval}, data through {data_through}{simulated}")
}

/// The lines between the gaps, newest on the right; a point between two gaps is a dot.
fn sparkline(values: &[Option<f64>], left: f64) -> Vec<String> {
    let newest = &values[values.len().saturating_sub(MOST_POINTS)..];
    let usable: Vec<Option<f64>> =
        newest.iter().map(|value| value.filter(|value| value.is_finite())).collect();
    let known = || usable.iter().flatten().copied();
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::MIN, f64::max));
    if known().count() < 2 {
        return Vec::new();
    }
    let step = LINE.0 / (usable.len() - 1) as f64;
    let top = (HEIGHT - LINE.1) / 2.0;
    let y = |value: f64| {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        top + LINE.1 * (1.0 - share)
    };
    let placed: Vec<Option<(f64, f64)>> = usable
        .iter()
        .enumerate()
        .map(|(place, value)| value.map(|value| (left + step * place as f64, y(value))))
        .collect();
    let lines = placed.split(Option::is_none).filter(|line| !line.is_empty());
    let drawn = lines.map(|line| {
        let mut path = Path::default();
        let points: Vec<(f64, f64)> = line.iter().flatten().copied().collect();
        path.line_through(points.iter().copied());
        if let [only] = points[..] {
            path.line_to(only.0, only.1);
        }
        path.into_string()
    });
    drawn.collect()
}

#[cfg(test)]
mod tests;
