//! Direct labels at the ends of lines and layers.

use crate::look::Look;
use crate::place;
use crate::svg::{Path, Svg};
use crate::text;
use crate::tracks::Track;

/// The distance from a mark to its label, bridged by a leader line where the label moved.
const GAP: f64 = 16.0;
/// Labels take at most this share of the width.
const MOST_OF_WIDTH: f64 = 0.3;
const MOST_OF_PHONE: f64 = 0.37;

/// On which side of the plot labels stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Left,
    Right,
}

/// One label before it is placed.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    pub(crate) key: String,
    pub(crate) class: &'static str,
    pub(crate) text: String,
    pub(crate) value: String,
    /// What decides who keeps a label when there is not room for all.
    pub(crate) weight: f64,
    /// Where the labelled mark lies, in px; known once the plot is laid out.
    pub(crate) at: (f64, f64),
}

impl Label {
    pub(crate) fn of(track: &Track<'_>, value: String, weight: f64) -> Self {
        Self {
            key: track.series.key.clone(),
            class: track.class,
            text: track.series.label.clone(),
            value,
            weight,
            at: (0.0, 0.0),
        }
    }
}

/// Parts labels into those that fit into `height` px, and the keys of the lightest, which do not.
pub(crate) fn fitting(
    mut labels: Vec<Label>,
    height: f64,
    look: &Look,
) -> (Vec<Label>, Vec<String>) {
    let most = place::capacity(look.line(), 0.0, height);
    labels.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    let rest = labels.split_off(most.min(labels.len()));
    (labels, rest.into_iter().map(|label| label.key).collect())
}

/// The width that labels need beside the plot, in px.
pub(crate) fn margin(labels: &[Label], look: &Look) -> f64 {
    let widest = labels.iter().map(|label| full_width(label, look)).fold(0.0, f64::max);
    if labels.is_empty() { look.margin + 4.0 } else { GAP + widest.min(most(look)) + look.margin }
}

/// Draws labels beside the plot, none over another, with leader lines to their marks.
pub(crate) fn draw(
    svg: &mut Svg,
    mut labels: Vec<Label>,
    (edge, side): (f64, Side),
    (top, bottom): (f64, f64),
    look: &Look,
) {
    labels.sort_by(|one, other| one.at.1.total_cmp(&other.at.1));
    let wanted: Vec<f64> = labels.iter().map(|label| label.at.1).collect();
    let placed = place::apart(&wanted, look.line(), top, bottom);
    let (sign, anchor) = match side {
        Side::Left => (-1.0, "end"),
        Side::Right => (1.0, "start"),
    };
    for (label, y) in labels.iter().zip(placed) {
        svg.tag("g").class(&format!("series {}", label.class)).attr("data-key", &label.key).open();
        let is_far = (label.at.0 - edge).abs() > 8.0;
        if is_far || (label.at.1 - y).abs() > 3.0 {
            let mut leader = Path::default();
            let start = label.at.0 + sign * 6.0;
            let bend = if is_far { edge } else { start };
            leader.line_through([
                (start, label.at.1),
                (bend, label.at.1),
                (edge + sign * (GAP - 3.0), y),
            ]);
            svg.tag("path").class("leader").attr("d", leader.into_string()).empty();
        }
        let value_room = if label.value.is_empty() { 0.0 } else { value_width(label, look) };
        let shown = text::shorten_strong(&label.text, look.size, most(look) - value_room);
        svg.tag("text")
            .class("end-label strong")
            .all_px([("x", edge + sign * GAP), ("y", y + look.size * 0.35)])
            .attr("text-anchor", anchor)
            .labelled_text(&shown, &label.text, &label.value);
        svg.close("g");
    }
}

fn most(look: &Look) -> f64 {
    look.width * if look.is_phone { MOST_OF_PHONE } else { MOST_OF_WIDTH }
}

fn full_width(label: &Label, look: &Look) -> f64 {
    text::strong_width(&label.text, look.size) + value_width(label, look)
}

fn value_width(label: &Label, look: &Look) -> f64 {
    if label.value.is_empty() { 0.0 } else { text::width(&label.value, look.size) + 6.0 }
}
