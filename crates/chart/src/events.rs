//! What happened meanwhile: marks over the plot, in lanes that keep names and lines apart.

use crate::look::{Look, Plot};
use crate::scale::Linear;
use crate::svg::Svg;
use crate::{Event, Figure, format, text, tracks};

/// More lanes than this take too much of the drawing: names then go into a list below.
const MOST_LANES: usize = 4;
/// The distance from a mark to its name, in px.
const NAME_GAP: f64 = 6.0;
/// Events beyond this many are counted, not drawn.
const MOST_EVENTS: usize = 40;

/// Where events go, before the height of the plot is known.
#[derive(Debug)]
pub(crate) struct Plan<'a> {
    marks: Vec<Placed<'a>>,
    lanes: usize,
    is_numbered: bool,
    left_out: usize,
}

#[derive(Debug)]
struct Placed<'a> {
    event: &'a Event,
    x: f64,
    lane: usize,
    shown: String,
    /// Whether the name stands left of the mark.
    is_left: bool,
}

/// Plans the events that lie within the scale; names may reach as far as the drawing does.
///
/// Names stand right of their marks, or left where the drawing ends and nothing is in the way.
/// Where that takes too many lanes or too much room, and always on phones, marks are numbers and
/// the names a list below.
pub(crate) fn plan<'a>(figure: &'a Figure, x: &Linear, look: &Look) -> Plan<'a> {
    let placed = |event: &'a Event| {
        let place = tracks::event_place(event, figure, (x.v0, x.v1))?;
        Some((event, x.px(place)))
    };
    let mut shown: Vec<(&Event, f64)> = figure.events.iter().filter_map(placed).collect();
    shown.sort_by_key(|(event, _)| event.at);
    let left_out = shown.len().saturating_sub(MOST_EVENTS);
    shown.truncate(MOST_EVENTS);
    let named: Option<Vec<Placed<'a>>> = if look.is_phone {
        None
    } else {
        shown.iter().map(|(event, at)| named_mark(event, *at, x, look)).collect()
    };
    if let Some(mut marks) = named.filter(|marks| is_clear(marks, look)) {
        let lanes = assign_lanes(&mut marks, |mark| {
            if mark.is_left { 0.0 } else { name_width(mark, look) + 2.0 * NAME_GAP }
        });
        if lanes <= MOST_LANES {
            return Plan { marks, lanes, is_numbered: false, left_out };
        }
    }
    let mut marks: Vec<Placed<'a>> = (1..)
        .zip(&shown)
        .map(|(number, (event, x))| Placed {
            event,
            x: *x,
            lane: 0,
            shown: number.to_string(),
            is_left: false,
        })
        .collect();
    let lanes = assign_lanes(&mut marks, |_| look.small * 1.6).min(MOST_LANES);
    for mark in &mut marks {
        mark.lane = mark.lane.min(MOST_LANES - 1);
    }
    Plan { marks, lanes, is_numbered: true, left_out }
}

impl Plan<'_> {
    /// The room that the lanes need above the plot, in px.
    pub(crate) fn height(&self, look: &Look) -> f64 {
        if self.lanes == 0 { 0.0 } else { self.lanes as f64 * lane_height(look) + gap(look) }
    }

    pub(crate) fn draw(&self, svg: &mut Svg, plot: &Plot, look: &Look) {
        if self.marks.is_empty() {
            return;
        }
        svg.tag("g").class("events").open();
        for mark in &self.marks {
            let y = plot.top - gap(look) - lane_height(look) * (mark.lane as f64 + 0.5);
            svg.tag("g").class("event").open();
            let day = format::day_text(mark.event.at.day());
            let title = format!("{day}: {}. {}", mark.event.label, mark.event.detail);
            svg.text_element("title", title.trim());
            svg.tag("line")
                .all_px([("x1", mark.x), ("y1", y), ("x2", mark.x), ("y2", plot.bottom)])
                .empty();
            if self.is_numbered {
                draw_number(svg, mark, y, look);
            } else {
                svg.tag("circle")
                    .class("pin")
                    .all_px([("cx", mark.x), ("cy", y), ("r", 2.5)])
                    .empty();
                let (gap, anchor) =
                    if mark.is_left { (-NAME_GAP, "end") } else { (NAME_GAP, "start") };
                svg.tag("text")
                    .class("muted")
                    .all_px([("x", mark.x + gap), ("y", y + look.small * 0.35)])
                    .all_px([("font-size", look.small)])
                    .attr("text-anchor", anchor)
                    .text(&mark.shown);
            }
            svg.close("g");
        }
        svg.close("g");
    }

    /// Draws the list of numbered events from `top` and returns where it ends.
    pub(crate) fn list(&self, svg: &mut Svg, top: f64, look: &Look) -> f64 {
        if !self.is_numbered || self.marks.is_empty() {
            return top;
        }
        let mut lines: Vec<String> = self
            .marks
            .iter()
            .map(|mark| {
                let day = format::day_text(mark.event.at.day());
                format!("{} · {day}: {}", mark.shown, mark.event.label)
            })
            .collect();
        if self.left_out > 0 {
            lines.push(format!("and {} more", self.left_out));
        }
        let mut y = top;
        let room = look.width - 2.0 * look.margin;
        for line in lines.iter().flat_map(|line| text::wrap(line, look.small, room)) {
            svg.tag("text")
                .class("muted")
                .all_px([("x", look.margin), ("y", y + look.small), ("font-size", look.small)])
                .text(&line);
            y += look.small_line();
        }
        y + 4.0
    }
}

/// A mark with its whole name beside it; `None` where there is no room for that.
fn named_mark<'a>(event: &'a Event, at: f64, x: &Linear, look: &Look) -> Option<Placed<'a>> {
    let needed = text::width(&event.label, look.small) + NAME_GAP;
    let is_left = at + needed > look.width - look.margin;
    if is_left && at - needed < x.px0 {
        return None;
    }
    Some(Placed { event, x: at, lane: 0, shown: event.label.clone(), is_left })
}

/// Whether no other mark or name is where a name stands left of its mark: lanes keep only names
/// on the right apart.
fn is_clear(marks: &[Placed<'_>], look: &Look) -> bool {
    let reach = |mark: &Placed<'_>| {
        let name = name_width(mark, look) + NAME_GAP;
        if mark.is_left { (mark.x - name, mark.x) } else { (mark.x, mark.x + name) }
    };
    marks.iter().enumerate().filter(|(_, mark)| mark.is_left).all(|(index, mark)| {
        let (from, to) = reach(mark);
        marks.iter().enumerate().all(|(other, placed)| {
            let (begin, end) = reach(placed);
            other == index || end + NAME_GAP < from || begin > to + NAME_GAP
        })
    })
}

fn name_width(mark: &Placed<'_>, look: &Look) -> f64 {
    text::width(&mark.shown, look.small)
}

/// Gives each mark the lane nearest to the plot in which its name is crossed by nothing, and
/// returns how many lanes there are.
///
/// Lines run down from their lanes, so a name may only be over marks in lanes below its own:
/// going from the last mark to the first, each lies above all that its name reaches over.
fn assign_lanes(marks: &mut [Placed<'_>], width: impl Fn(&Placed<'_>) -> f64) -> usize {
    let mut lanes = 0;
    for index in (0..marks.len()).rev() {
        let reach = marks[index].x + width(&marks[index]);
        let under = marks[index + 1..].iter().take_while(|later| later.x < reach);
        let lane = under.map(|later| later.lane + 1).max().unwrap_or(0);
        marks[index].lane = lane;
        lanes = lanes.max(lane + 1);
    }
    lanes
}

fn draw_number(svg: &mut Svg, mark: &Placed<'_>, y: f64, look: &Look) {
    let radius = look.small * 0.7;
    svg.tag("circle").all_px([("cx", mark.x), ("cy", y), ("r", radius)]).empty();
    svg.tag("text")
        .class("muted")
        .all_px([("x", mark.x), ("y", y + look.small * 0.3), ("font-size", look.small * 0.85)])
        .attr("text-anchor", "middle")
        .text(&mark.shown);
}

fn lane_height(look: &Look) -> f64 {
    look.small * 1.5
}

/// The distance from the lowest lane to the plot: a label beside the top of the plot has its upper
/// half there, and names may reach over it.
fn gap(look: &Look) -> f64 {
    look.size * 0.7
}

#[cfg(test)]
mod tests;
