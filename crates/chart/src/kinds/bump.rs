//! Ranks over time, named on both sides.

use crate::kinds::{self, line};
use crate::labels::{self, Label, Side};
use crate::look::{Drawn, Form, Forms, Look};
use crate::scale::Linear;
use crate::svg::{Path, Svg};
use crate::tracks::{self, Track};
use crate::{Figure, Unit, axes, events};

/// Ranks below this are not drawn apart by whole rows.
const MOST_ROWS: f64 = 25.0;
/// Places closer than this, in px, have no dots of their own.
const DOT_SPACE: f64 = 14.0;

/// Draws the figure from `top` down.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = ranked(figure);
    let visible: Vec<&Track<'_>> =
        tracks::visible(&tracks).into_iter().filter(|track| !track.series.is_residual).collect();
    let (Some((from, to)), false) = (tracks::x_extent(figure), visible.is_empty()) else {
        return kinds::nothing(svg, &tracks, look, top);
    };
    let lowest = visible.iter().flat_map(|track| track.marks()).map(|mark| mark.value);
    let lowest = lowest.fold(1.0, f64::max);
    let height = (lowest.min(MOST_ROWS) * look.line() * 1.35).max(look.line() * 2.0);
    let (mut right_labels, mut unlabelled) = side_labels(&visible, Side::Right, height, look);
    let (mut left_labels, without_left) = side_labels(&visible, Side::Left, height, look);
    // On phones the left side has ranks only, so that names must be on the right or below.
    unlabelled.retain(|key| look.is_phone || without_left.contains(key));
    let right = look.width - labels::margin(&right_labels, look);
    let left = labels::margin(&left_labels, look).max(look.margin + 12.0);
    let x = Linear { v0: from, v1: to, px0: left, px1: right };
    let plan = events::plan(figure, &x, look);
    let tall = Look { plot_height: height + look.line(), ..look.clone() };
    let plot = line::layout(&plan, &x, &tall, top);
    let inset = look.line() / 2.0;
    let y = Linear { v0: 1.0, v1: lowest, px0: plot.top + inset, px1: plot.bottom - inset };

    axes::title(svg, "rank", top, look);
    kinds::open_plot(svg, &axes::time_attribute(figure, &x), &y.attribute("linear"));
    let gaps = tracks::common_gaps(&visible, from, to);
    axes::gaps(svg, &plot, &x, &gaps, look);
    let bottom = axes::times(svg, figure, &plot, &x, look);
    plan.draw(svg, &plot, look);
    for track in &visible {
        rank_line(svg, track, (&x, &y), look.size * 0.27);
    }
    svg.close("g");
    let at = |label: &Label, pick: fn(&Track<'_>) -> Option<tracks::Mark>| {
        let track = visible.iter().find(|track| track.series.key == label.key);
        let mark = track.and_then(|track| pick(track)).expect("a labelled track has a mark");
        (x.px(mark.x), y.px(mark.value))
    };
    for label in &mut right_labels {
        label.at = at(label, |track| track.last().copied());
    }
    for label in &mut left_labels {
        label.at = at(label, |track| track.first().copied());
    }
    let room = (plot.top, plot.bottom);
    labels::draw(svg, left_labels, (plot.left, Side::Left), room, look);
    labels::draw(svg, right_labels, (plot.right, Side::Right), room, look);
    let is_estimated = visible.iter().flat_map(|track| track.marks()).any(|mark| mark.is_estimated);
    Drawn {
        bottom: plan.list(svg, bottom, look),
        legend: rank_legend(&tracks, &unlabelled, look),
        left_out: 0,
        forms: Forms { estimated: is_estimated.then_some(Form::Dots), ..Forms::default() },
    }
}

/// Tracks whose values are ranks, 1 the highest; what is left over has none.
pub(crate) fn ranked(figure: &Figure) -> Vec<Track<'_>> {
    let mut tracks = tracks::tracks(figure);
    if figure.unit == Unit::Number("rank") {
        for mark in tracks.iter_mut().flat_map(|track| track.stretches.iter_mut().flatten()) {
            mark.value = mark.value.clamp(1.0, 1e6);
        }
        return tracks;
    }
    let mut places: Vec<(f64, f64, usize)> = Vec::new();
    for (index, track) in tracks.iter().enumerate() {
        if !track.series.is_residual {
            places.extend(track.marks().map(|mark| (mark.x, mark.value, index)));
        }
    }
    places.sort_by(|one, other| {
        one.0
            .total_cmp(&other.0)
            .then(other.1.total_cmp(&one.1))
            .then_with(|| tracks[one.2].series.key.cmp(&tracks[other.2].series.key))
    });
    let mut ranks: Vec<Vec<f64>> = vec![Vec::new(); tracks.len()];
    for date in places.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        for (rank, place) in date.iter().enumerate() {
            ranks[place.2].push(rank as f64 + 1.0);
        }
    }
    for (track, ranks) in tracks.iter_mut().zip(ranks) {
        for (mark, rank) in track.stretches.iter_mut().flatten().zip(ranks) {
            mark.value = rank;
        }
    }
    tracks
}

/// Labels of one side, and the keys of those that have none there.
///
/// A name stands only where its line reaches that edge: else it would claim a rank there.
fn side_labels(
    visible: &[&Track<'_>],
    side: Side,
    height: f64,
    look: &Look,
) -> (Vec<Label>, Vec<String>) {
    let places = visible.iter().flat_map(|track| track.marks()).map(|mark| mark.x);
    let (start, end) = crate::scale::extent(places).unwrap_or((0.0, 0.0));
    let mut unlabelled = Vec::new();
    let mut labels = Vec::new();
    for track in visible {
        let mark = if side == Side::Left { track.first() } else { track.last() };
        let Some(mark) = mark else { continue };
        let is_at_edge = if side == Side::Left { mark.x <= start } else { mark.x >= end };
        if !is_at_edge {
            unlabelled.push(track.series.key.clone());
            continue;
        }
        let rank = format!("{:.0}", mark.value);
        let mut label = Label::of(track, String::new(), -mark.value);
        label.text = match side {
            Side::Left if look.is_phone => rank,
            Side::Left => format!("{}  {rank}", label.text),
            Side::Right => format!("{rank}  {}", label.text),
        };
        labels.push(label);
    }
    let (labels, without_room) = labels::fitting(labels, height, look);
    unlabelled.extend(without_room);
    (labels, unlabelled)
}

fn rank_line(svg: &mut Svg, track: &Track<'_>, (x, y): (&Linear, &Linear), radius: f64) {
    kinds::series_group(svg, track).open();
    for stretch in &track.stretches {
        for (is_estimated, piece) in tracks::pieces(stretch) {
            let mut path = Path::default();
            path.move_to(x.px(piece[0].x), y.px(piece[0].value));
            for mark in &piece[1..] {
                path.ease_to(x.px(mark.x), y.px(mark.value));
            }
            let class = if is_estimated { "line is-estimated" } else { "line" };
            svg.tag("path").class(class).attr("d", path.into_string()).empty();
        }
        let last = stretch.len() - 1;
        let mut shown = f64::NEG_INFINITY;
        for (index, mark) in stretch.iter().enumerate() {
            let at = x.px(mark.x);
            if index == last || (at - shown >= DOT_SPACE && x.px(stretch[last].x) - at >= DOT_SPACE)
            {
                kinds::marker(svg, track.class, (at, y.px(mark.value)), radius);
                shown = at;
            }
        }
    }
    svg.close("g");
}

/// Labels name every line here, on phones too, so the legend has only what found no room.
fn rank_legend(
    tracks: &[Track<'_>],
    unlabelled: &[String],
    look: &Look,
) -> Vec<crate::look::Entry> {
    let named = Look { is_phone: false, ..look.clone() };
    kinds::legend(tracks, unlabelled, &named)
}
