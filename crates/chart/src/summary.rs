//! What a figure says, in sentences made from its numbers.

use schema::CalendarPeriod;

use crate::format::{day_text, format_value, millis_text};
use crate::kinds::{self, bump};
use crate::tracks::{self, Mark, Track};
use crate::{Event, Figure, Kind, Series, Unit, X, stack};

/// More marks than these are counted, not named.
const MOST_MARKS: usize = 5;

/// Describes a figure in one to three plain sentences; the alternative text of the drawing.
///
/// Every number in them is a number of the figure.
#[must_use]
pub fn summary(figure: &Figure) -> String {
    let tracks =
        if figure.kind == Kind::Bump { bump::ranked(figure) } else { tracks::tracks(figure) };
    let mut visible = tracks::visible(&tracks);
    if figure.kind == Kind::Bump {
        // What is left over has no rank.
        visible.retain(|track| !track.series.is_residual);
    }
    let mut sentences = Vec::new();
    if figure.kind == Kind::Tree && !figure.nodes.is_empty() {
        sentences.push(tree(&visible, figure));
    } else if visible.is_empty() {
        sentences.push("No data for this question.".to_owned());
    } else {
        sentences.push(match figure.kind {
            Kind::Line if visible.len() == 1 => one_line(visible[0], figure),
            Kind::Line => many_lines(&visible, figure),
            Kind::Area => shares(figure, &tracks, &visible),
            Kind::Bars => leaders(&visible, figure),
            Kind::Lorenz => concentration(&visible),
            Kind::Bump => ranks(&visible, figure),
            Kind::Dots => numbers(&visible, figure),
            Kind::Parts => parts_told(figure, &tracks),
            Kind::Specifications => answers(&visible, &figure.unit),
            Kind::Tree => tree(&visible, figure),
            Kind::Flow => flows(&visible, figure),
            Kind::Tiles => kinds::tiles::told(figure, &tracks),
        });
        sentences.extend(certainty(&visible, figure));
    }
    sentences.extend(marks(figure));
    if figure.simulated {
        sentences.push("The data are simulated.".to_owned());
    }
    sentences.join(" ")
}

/// Whose tree it is, how many nodes it has, and what each sort adds up to.
fn tree(visible: &[&Track<'_>], figure: &Figure) -> String {
    let root = figure.nodes.first().map_or("", |node| &node.label);
    let below = figure.nodes.len().saturating_sub(1);
    let levels = (1..=figure.nodes.len() as u32).map(|at| figure.path_to(X::Place(at)).len()).max();
    let sort = |track: &&Track<'_>| {
        let sum: f64 = track.marks().map(|mark| mark.value).sum();
        format!("{} {}", track.series.label, with_noun(sum, &figure.unit))
    };
    let sorts: Vec<String> = visible.iter().map(sort).collect();
    let nodes = if below == 1 { "node" } else { "nodes" };
    let text = format!("A tree below {root}: {below} {nodes} in {} levels", levels.unwrap_or(1));
    if sorts.is_empty() { text + "." } else { format!("{text}; {}.", joined(&sorts)) }
}

fn one_line(track: &Track<'_>, figure: &Figure) -> String {
    let marks: Vec<&Mark> = track.marks().collect();
    let (first, last) = (marks[0], marks[marks.len() - 1]);
    let label = &track.series.label;
    let number = |value: f64| with_noun(value, &figure.unit);
    let when = |mark: &Mark| when(mark.x, figure);
    if marks.len() == 1 {
        return format!("{label}: {} {}, the only point.", number(first.value), when(first));
    }
    let mut text = format!(
        "{label}: {} {}, {} {}",
        number(first.value),
        when(first),
        number(last.value),
        when(last)
    );
    let greatest =
        marks.iter().fold(first, |best, mark| if mark.value > best.value { mark } else { best });
    if greatest.value > first.value.max(last.value) {
        text.extend(["; the highest is ", &number(greatest.value), " ", &when(greatest)]);
    }
    text + "."
}

fn many_lines(visible: &[&Track<'_>], figure: &Figure) -> String {
    let mut ends: Vec<(&str, &Mark)> =
        visible.iter().filter_map(|track| Some((&*track.series.label, track.last()?))).collect();
    ends.sort_by(|one, other| other.1.value.total_cmp(&one.1.value));
    let named = ends
        .iter()
        .take(3)
        .map(|(label, mark)| format!("{label} ({})", format_value(&figure.unit, mark.value)));
    let named = joined(&named.collect::<Vec<_>>());
    format!("{} lines, {}; highest at the end: {named}.", visible.len(), period(visible, figure))
}

fn shares(figure: &Figure, tracks: &[Track<'_>], visible: &[&Track<'_>]) -> String {
    let layers = stack::order(figure, visible);
    let stretches = stack::stretches(figure, tracks, &layers);
    let Some(last) = stretches.last().and_then(|stretch| stretch.last()) else {
        return "No data for this question.".to_owned();
    };
    let share = |index: usize| {
        let (low, high) = last.edges(index);
        format_value(&Unit::Share, high - low)
    };
    let height = |index: usize| last.edges(index).1 - last.edges(index).0;
    let mut largest: Vec<_> =
        layers.iter().enumerate().filter(|(_, track)| !track.series.is_residual).collect();
    largest.sort_by(|(one, _), (other, _)| height(*other).total_cmp(&height(*one)));
    let mut named: Vec<String> = largest
        .into_iter()
        .take(3)
        .map(|(index, track)| format!("{} {}", track.series.label, share(index)))
        .collect();
    let rest = layers.iter().position(|track| track.series.is_residual);
    named.extend(rest.map(|index| format!("{} {}", layers[index].series.label, share(index))));
    format!(
        "Shares of {} {}: {}.",
        count(layers.len(), "part"),
        when(last.x, figure),
        joined(&named)
    )
}

fn leaders(visible: &[&Track<'_>], figure: &Figure) -> String {
    let mut ends: Vec<(&str, &Mark)> = visible
        .iter()
        .filter(|track| !track.series.is_residual || visible.len() == 1)
        .filter_map(|track| Some((&*track.series.label, track.last()?)))
        .collect();
    ends.sort_by(|one, other| other.1.value.total_cmp(&one.1.value));
    let named: Vec<String> = ends
        .iter()
        .take(3)
        .map(|(label, mark)| format!("{label} {}", with_noun(mark.value, &figure.unit)))
        .collect();
    let last = ends.iter().map(|(_, mark)| mark.x).fold(f64::NEG_INFINITY, f64::max);
    format!("{}, {}; largest: {}.", count(visible.len(), "bar"), time(last, figure), joined(&named))
}

fn concentration(visible: &[&Track<'_>]) -> String {
    let held = |track: &Track<'_>| {
        let largest = 1.0 - height_at(track, 0.9);
        format!("{}: {}", track.series.label, format_value(&Unit::Share, largest))
    };
    let named: Vec<String> = visible.iter().take(4).map(|track| held(track)).collect();
    format!("Share of the total that the largest 10 % of units have – {}.", named.join("; "))
}

/// The height of a Lorenz curve at a share of units, between its neighbouring points.
fn height_at(track: &Track<'_>, share: f64) -> f64 {
    let (mut below, mut above) = ((0.0, 0.0), (1.0, 1.0));
    for mark in track.marks() {
        let point = (mark.x, mark.value.clamp(0.0, 1.0));
        if mark.x <= share && mark.x >= below.0 {
            below = point;
        }
        if mark.x >= share && mark.x < above.0 {
            above = point;
        }
    }
    if above.0 <= below.0 {
        return below.1;
    }
    below.1 + (share - below.0) / (above.0 - below.0) * (above.1 - below.1)
}

fn ranks(visible: &[&Track<'_>], figure: &Figure) -> String {
    let last = visible.iter().filter_map(|track| track.last()).map(|mark| mark.x);
    let last = last.fold(f64::NEG_INFINITY, f64::max);
    let mut ends: Vec<(&str, f64, f64)> = visible
        .iter()
        .filter_map(|track| {
            let (first, end) = (track.first()?, track.last()?);
            (end.x >= last).then_some((&*track.series.label, end.value, first.value))
        })
        .collect();
    ends.sort_by(|one, other| one.1.total_cmp(&other.1));
    let named: Vec<String> = ends
        .iter()
        .take(3)
        .map(|(label, rank, first)| format!("{label} {rank:.0} (at first {first:.0})"))
        .collect();
    format!("Ranks, {}; at the end: {}.", period(visible, figure), joined(&named))
}

/// The first rows, with how far apart comparable numbers could be.
fn numbers(visible: &[&Track<'_>], figure: &Figure) -> String {
    let named = visible.iter().take(3).filter_map(|track| {
        let mark = track.last()?;
        let value = with_noun(mark.value, &figure.unit);
        let sampling = mark.sampling.map(|ends| {
            let [low, high] = [ends.0, ends.1].map(|end| format_value(&figure.unit, end));
            format!(" (sampling interval {low} to {high})")
        });
        Some(format!("{} {value}{}", track.series.label, sampling.unwrap_or_default()))
    });
    let named = joined(&named.collect::<Vec<_>>());
    let first = if visible.len() > 3 { "the first" } else { "they are" };
    format!("{}; {first}: {named}.", count(visible.len(), "number"))
}

/// What the newest change comes to, and its parts.
fn parts_told(figure: &Figure, tracks: &[Track<'_>]) -> String {
    let rows = kinds::parts::rows(figure, tracks);
    let Some(last) = rows.last() else { return "No data for this question.".to_owned() };
    let part = |(series, value): &(usize, f64)| {
        format!("{} {}", tracks[*series].series.label, format_value(&figure.unit, *value))
    };
    let parts: Vec<String> = last.parts.iter().map(part).collect();
    let whole = with_noun(last.whole(), &figure.unit);
    let changes = count(rows.len(), "change");
    format!("{changes}; the last, into {}: {whole}, of which {}.", last.name, joined(&parts))
}

/// From where to where the answers go, and how many are on which side.
fn answers(visible: &[&Track<'_>], unit: &Unit) -> String {
    let values = || visible.iter().flat_map(|track| track.marks()).map(|mark| mark.value);
    let (least, most) = crate::scale::extent(values()).unwrap_or_default();
    let [least, most] = [least, most].map(|value| with_noun(value, unit));
    let side = |track: &&Track<'_>| format!("{}: {}", track.series.label, track.marks().count());
    let sides = visible.iter().map(side).collect::<Vec<_>>().join("; ");
    format!("{} by size, {least} to {most}. {sides}.", count(values().count(), "answer"))
}

/// The largest flows, with where they come from and go.
fn flows(visible: &[&Track<'_>], figure: &Figure) -> String {
    let of = |track: &&Track<'_>| {
        let from = track.series.label.clone();
        let named = move |mark: &Mark| {
            let to = figure.choices_at(crate::X::Place(mark.x as u32));
            (mark.value, format!("{from} → {to} {}", format_value(&figure.unit, mark.value)))
        };
        track.marks().map(named).collect::<Vec<_>>()
    };
    let mut all: Vec<(f64, String)> = visible.iter().flat_map(of).collect();
    all.sort_by(|one, other| other.0.total_cmp(&one.0));
    let count = count(all.len(), "flow");
    let named: Vec<String> = all.into_iter().take(3).map(|(_, words)| words).collect();
    format!("{count}; largest: {}.", joined(&named))
}

/// How sure the numbers are: what is estimated, what is missing.
fn certainty(visible: &[&Track<'_>], figure: &Figure) -> Option<String> {
    if matches!(figure.kind, Kind::Bars | Kind::Dots | Kind::Parts | Kind::Flow | Kind::Tiles) {
        return None;
    }
    let is_counted =
        |series: &&Series| !(series.is_hidden || figure.kind == Kind::Bump && series.is_residual);
    let drawn = figure.series.iter().filter(is_counted);
    let points = drawn.flat_map(|series| &series.points);
    let missing = points.filter(|point| tracks::known(point).is_none()).count();
    let known = visible.iter().flat_map(|track| track.marks()).count();
    let estimated = visible.iter().flat_map(|track| track.marks()).filter(|mark| mark.is_estimated);
    let estimated = estimated.count();
    let mut parts = Vec::new();
    if estimated > 0 {
        parts.push(format!("{estimated} of {} estimated", count(known, "point")));
    }
    if missing > 0 {
        parts.push(format!("{} without data", count(missing, "point")));
    }
    (!parts.is_empty()).then(|| format!("{}.", joined(&parts)))
}

/// What happened within the time that is drawn.
fn marks(figure: &Figure) -> Option<String> {
    let is_over_time = matches!(figure.kind, Kind::Line | Kind::Area | Kind::Bump);
    if !is_over_time {
        return None;
    }
    let extent = tracks::x_extent(figure)?;
    let is_inside = |event: &&Event| tracks::event_place(event, figure, extent).is_some();
    let mut events: Vec<&Event> = figure.events.iter().filter(is_inside).collect();
    events.sort_by_key(|event| event.at);
    let mut named: Vec<String> = events
        .iter()
        .take(MOST_MARKS)
        .map(|event| format!("{} on {}", event.label, day_text(event.at.day())))
        .collect();
    if events.len() > MOST_MARKS {
        named.push(format!("{} more", events.len() - MOST_MARKS));
    }
    (!named.is_empty()).then(|| format!("Marked: {}.", joined(&named)))
}

/// When a number holds, as it follows the number: "on 4 Mar 2024", or "at 12 weeks".
fn when(x: f64, figure: &Figure) -> String {
    if tracks::is_by_age(figure) {
        return format!("at {}", count(x as usize, "week"));
    }
    match tracks::period_at(figure, x) {
        Some(CalendarPeriod::UpTo(year)) => format!("up to {year}"),
        Some(period) => format!("in {period}"),
        None => format!("on {}", millis_text(x)),
    }
}

/// A time, or the period that lies there.
fn time(x: f64, figure: &Figure) -> String {
    tracks::period_at(figure, x).map_or_else(|| millis_text(x), |period| period.to_string())
}

fn period(visible: &[&Track<'_>], figure: &Figure) -> String {
    let places = visible.iter().flat_map(|track| track.marks()).map(|mark| mark.x);
    match crate::scale::extent(places) {
        Some((first, last)) if tracks::is_by_age(figure) => {
            format!("{first:.0} to {}", count(last as usize, "week"))
        }
        Some((first, last)) if last > first => {
            format!("{} to {}", time(first, figure), time(last, figure))
        }
        Some((first, _)) => time(first, figure),
        None => String::new(),
    }
}

fn with_noun(value: f64, unit: &Unit) -> String {
    let number = format_value(unit, value);
    match unit {
        Unit::Count(noun) | Unit::Number(noun) if !noun.is_empty() => format!("{number} {noun}"),
        _ => number,
    }
}

fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

pub(crate) fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
