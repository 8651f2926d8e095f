//! What stands beside the map: what belongs to no country of it, what all comes to together, and
//! what colours and marks mean.

use super::classes::{Class, unsure};
use super::layout::Map;
use super::{Tile, corner, gauge, square, words};
use crate::look::Look;
use crate::place::world;
use crate::svg::Svg;
use crate::{Figure, format, text};

/// What is drawn before the words of an entry.
enum Sample {
    Class(Class),
    Rest,
    Empty,
    Unsure,
    Estimated,
}

/// Draws all of it and returns where it ends.
pub(super) fn draw(
    svg: &mut Svg,
    figure: &Figure,
    tiles: &[Tile<'_, '_>],
    map: &Map,
    look: &Look,
) -> f64 {
    let mut flow = Flow::new(map);
    beside(svg, figure, tiles, (map, &mut flow), look);
    flow.paragraph(look.small * 0.9);
    svg.tag("g").class("key").open();
    for (sample, words) in key(tiles) {
        let (x, y) = flow.item(svg, look.small * 1.35, &words, "muted", look);
        let is_unsure = matches!(sample, Sample::Unsure);
        draw_sample(svg, (&sample, is_unsure), (x, y), (look.small * 1.35, map), look);
    }
    svg.close("g");
    flow.bottom(look)
}

/// What has a share and no square on the map, each with a square here, and the sum of all.
fn beside(
    svg: &mut Svg,
    figure: &Figure,
    tiles: &[Tile<'_, '_>],
    (map, flow): (&Map, &mut Flow),
    look: &Look,
) {
    let sum = |is_asked: fn(&&Tile<'_, '_>) -> bool| -> f64 {
        tiles.iter().filter(is_asked).filter_map(|tile| tile.mark).map(|mark| mark.value).sum()
    };
    let number = |value: f64| format::format_value(&figure.unit, value);
    let [placed, all] = [sum(|tile| tile.spot.is_some()), sum(|_| true)];
    let without: Vec<&Tile<'_, '_>> =
        tiles.iter().filter(|tile| tile.spot.is_none() && tile.mark.is_some()).collect();
    if without.is_empty() {
        flow.text(svg, &format!("On the map: {}.", number(all)), look);
        return;
    }
    let told = format!("On the map: {}. Beside it, together {}:", number(placed), number(all));
    flow.text(svg, &told, look);
    svg.tag("g").class("beside").open();
    for tile in without {
        let Some(mark) = tile.mark else { continue };
        let named = format!("{} {}", tile.track.series.label, number(mark.value));
        let side = map.side();
        let (x, y) = flow.item(svg, side, &named, "strong", look);
        let sample = if tile.track.series.is_residual {
            Sample::Rest
        } else {
            Sample::Class(Class::of(mark.value))
        };
        svg.tag("g").class("tile-beside").open();
        svg.text_element("title", &words(tile, &mark, figure));
        let sample = (&sample, unsure(&mark).is_some());
        draw_sample(svg, sample, (x, y), (side, map), look);
        svg.close("g");
    }
    svg.close("g");
}

/// The meanings of what occurs; of the classes all, so that two maps have one scale.
fn key(tiles: &[Tile<'_, '_>]) -> Vec<(Sample, String)> {
    let marks = || tiles.iter().filter_map(|tile| tile.mark);
    let mut key: Vec<(Sample, String)> = Class::ALL
        .into_iter()
        .filter(|class| *class != Class::Zero || marks().any(|mark| mark.value <= 0.0))
        .map(|class| (Sample::Class(class), class.words()))
        .collect();
    let placed = tiles.iter().filter(|tile| tile.spot.is_some() && tile.mark.is_some()).count();
    if placed < world::spots().count() {
        key.push((Sample::Empty, "no data, which is not zero".to_owned()));
    }
    if marks().any(|mark| unsure(&mark).is_some()) {
        let words = "interval or bounds wider than the share itself";
        key.push((Sample::Unsure, words.to_owned()));
    }
    if marks().any(|mark| mark.is_estimated) {
        key.push((Sample::Estimated, "estimated".to_owned()));
    }
    key
}

/// Draws what an entry is about, with `y` at its middle.
fn draw_sample(
    svg: &mut Svg,
    (sample, is_unsure): (&Sample, bool),
    (x, y): (f64, f64),
    (side, map): (f64, &Map),
    look: &Look,
) {
    let at = (x, y - side / 2.0);
    let group = match sample {
        Sample::Class(class) => format!("tile {}", class.name()),
        Sample::Empty => "tile no-data".to_owned(),
        Sample::Rest | Sample::Unsure | Sample::Estimated => "tile q-0".to_owned(),
    };
    svg.tag("g").class(&group).open();
    square(svg, "square", at, side);
    match sample {
        Sample::Class(class) if !map.has_numbers() => gauge(svg, *class, at, side),
        Sample::Rest => svg
            .tag("rect")
            .attr("fill", format!("url(#{}-rest)", look.id))
            .all_px([("x", at.0), ("y", at.1), ("width", side), ("height", side)])
            .empty(),
        Sample::Estimated => square(svg, "estimated", (at.0 + 1.5, at.1 + 1.5), side - 3.0),
        Sample::Class(_) | Sample::Empty | Sample::Unsure => {}
    }
    if is_unsure {
        corner(svg, at, side);
    }
    svg.close("g");
}

/// Entries set side by side in rows, within the room that the map leaves.
struct Flow {
    left: f64,
    right: f64,
    x: f64,
    /// The top of the row.
    y: f64,
    /// How high the row is.
    height: f64,
}

impl Flow {
    fn new(map: &Map) -> Self {
        let (left, right, top) = map.room;
        Self { left, right, x: left, y: top, height: 0.0 }
    }

    /// Ends the row, and leaves some room below it.
    fn paragraph(&mut self, room: f64) {
        self.x = self.left;
        self.y += self.height + room;
        self.height = 0.0;
    }

    /// Words in rows of their own.
    fn text(&mut self, svg: &mut Svg, words: &str, look: &Look) {
        for line in text::wrap(words, look.size, self.right - self.left) {
            svg.tag("text").all_px([("x", self.left), ("y", self.y + look.size)]).text(&line);
            self.y += look.line();
        }
        self.paragraph(look.small * 0.4);
    }

    /// The words of an entry, in several lines where they are wide; returns where its sample
    /// begins, and the middle of its height.
    fn item(
        &mut self,
        svg: &mut Svg,
        sample: f64,
        words: &str,
        class: &str,
        look: &Look,
    ) -> (f64, f64) {
        let before = sample + look.small * 0.5;
        // Strong letters are wider.
        let measured = look.small * 1.1;
        let lines = text::wrap(words, measured, (self.right - self.left - before).max(1.0));
        let widths = lines.iter().map(|line| text::width(line, measured));
        let width = before + widths.fold(0.0, f64::max);
        let height = sample.max(look.small_line() * lines.len() as f64) + look.small * 0.35;
        if self.x > self.left && self.x + width > self.right {
            self.paragraph(0.0);
        }
        self.height = self.height.max(height);
        let at = (self.x, self.y + height / 2.0);
        let first = at.1 - look.small_line() * (lines.len() - 1) as f64 / 2.0 + look.small * 0.35;
        for (index, line) in lines.iter().enumerate() {
            svg.tag("text")
                .class(class)
                .all_px([("x", at.0 + before), ("y", first + look.small_line() * index as f64)])
                .px("font-size", look.small)
                .text(line);
        }
        self.x += width + look.small * 1.3;
        at
    }

    fn bottom(&self, look: &Look) -> f64 {
        self.y + self.height + look.small * 0.3
    }
}
