//! A map of equal squares, one a country, each with the share that the country holds; beside it
//! what belongs to no country, so that the whole adds up.
//!
//! Squares of one size give a small country as much room as a large one: land has no share in
//! models. Every number is written as well as coloured, or where it has no room shown by a bar.

mod classes;
mod layout;
mod legend;
mod told;

use classes::{Class, short};
use layout::Map;

use crate::kinds;
use crate::look::{Drawn, Entry, Look};
use crate::place::world::{self, Spot};
use crate::svg::{Path, Svg};
use crate::tracks::{self, Mark, Track};
use crate::{Figure, format};

pub(crate) use classes::unsure;
pub(crate) use told::told;

/// Smaller squares than this have no room for a number, in px.
const LEAST_FOR_NUMBERS: f64 = 23.0;

/// What one series says, and where its square is; without one it stands beside the map.
pub(crate) struct Tile<'t, 'a> {
    pub(crate) track: &'t Track<'a>,
    pub(crate) mark: Option<Mark>,
    pub(crate) spot: Option<Spot>,
}

/// Draws the figure from `top` down.
pub(crate) fn draw(svg: &mut Svg, figure: &Figure, look: &Look, top: f64) -> Drawn {
    let tracks = tracks::tracks(figure);
    let tiles = tiles(&tracks);
    if tiles.iter().all(|tile| tile.mark.is_none()) {
        return kinds::nothing(svg, &tracks, look, top);
    }
    let map = Map::new(look, top);
    map.titles(svg, look);
    svg.tag("g")
        .class("map")
        .attr("text-anchor", "middle")
        .px("font-size", map.side() * 0.38)
        .open();
    empty(svg, &tiles, &tracks, &map);
    for tile in &tiles {
        if let (Some(spot), Some(mark)) = (tile.spot, tile.mark) {
            draw_tile(svg, figure, (tile, spot, mark), &map, look);
        }
    }
    svg.close("g");
    let bottom = legend::draw(svg, figure, &tiles, &map, look);
    let hidden = tracks.iter().filter(|track| track.series.is_hidden);
    Drawn {
        bottom: bottom.max(map.bottom) + 8.0,
        legend: hidden.map(Entry::of).collect(),
        ..Drawn::default()
    }
}

/// What is drawn, in the order of the series; of two series of one country the first has its
/// square.
pub(crate) fn tiles<'t, 'a>(tracks: &'t [Track<'a>]) -> Vec<Tile<'t, 'a>> {
    let mut taken: Vec<&str> = Vec::new();
    let mut tiles = Vec::new();
    for track in tracks.iter().filter(|track| !track.series.is_hidden) {
        let named = if track.series.is_residual { None } else { world::find(&track.series.key) };
        let spot = named.filter(|spot| !taken.contains(&spot.code));
        taken.extend(spot.map(|spot| spot.code));
        tiles.push(Tile { track, mark: track.last().copied(), spot });
    }
    tiles
}

/// The squares of countries of which nothing is known: an outline, which no number has.
fn empty(svg: &mut Svg, tiles: &[Tile<'_, '_>], tracks: &[Track<'_>], map: &Map) {
    let is_known = |spot: &Spot| {
        let mut known = tiles.iter().filter(|tile| tile.mark.is_some());
        known.any(|tile| tile.spot.is_some_and(|known| known.code == spot.code))
    };
    let hidden: Vec<&str> = (tracks.iter().filter(|track| track.series.is_hidden))
        .filter_map(|track| world::find(&track.series.key).map(|spot| spot.code))
        .collect();
    svg.tag("g").class("no-data").attr("aria-hidden", "true").open();
    for spot in world::spots().filter(|spot| !is_known(spot)) {
        let why = if hidden.contains(&spot.code) { "hidden" } else { "no data" };
        let (x, y) = map.at(&spot);
        svg.tag("g").class("tile").open();
        svg.text_element("title", &format!("{} ({}): {why}", spot.name, spot.code));
        square(svg, "square", (x, y), map.side());
        svg.tag("text")
            .all_px([("x", x + map.side() / 2.0), ("y", y + map.side() * 0.63)])
            .text(spot.code);
        svg.close("g");
    }
    svg.close("g");
}

fn draw_tile(
    svg: &mut Svg,
    figure: &Figure,
    (tile, spot, mark): (&Tile<'_, '_>, Spot, Mark),
    map: &Map,
    look: &Look,
) {
    let words = words(tile, &mark, figure);
    let class = format!("tile {}", Class::of(mark.value).name());
    let link = figure.links.iter().find(|link| link.key == tile.track.series.key);
    let link = link.filter(|_| !look.is_file);
    let element = if link.is_some() { "a" } else { "g" };
    let tag = svg.tag(element).class(&class);
    match link {
        None => {
            tag.open();
            svg.text_element("title", &words);
        }
        // In a frame of another page a link leads out of it.
        Some(link) => {
            let name = label(&words, &spot, &short(&figure.unit, mark.value));
            tag.attr("href", &link.address).attr("target", "_top").attr("aria-label", name).open();
        }
    }
    let (at, side) = (map.at(&spot), map.side());
    square(svg, "square", at, side);
    if mark.is_estimated {
        square(svg, "estimated", (at.0 + 1.5, at.1 + 1.5), side - 3.0);
    }
    if unsure(&mark).is_some() {
        corner(svg, at, side);
    }
    let middle = at.0 + side / 2.0;
    let text = |svg: &mut Svg, y: f64, class: &str, letters: Option<f64>, words: &str| {
        let tag = svg.tag("text").class(class).all_px([("x", middle), ("y", at.1 + side * y)]);
        match letters {
            Some(letters) => tag.px("font-size", letters).text(words),
            None => tag.text(words),
        }
    };
    if map.has_numbers() {
        text(svg, 0.46, "strong", None, spot.code);
        text(svg, 0.85, "number", Some(side * 0.34), &short(&figure.unit, mark.value));
    } else {
        text(svg, 0.6, "strong", None, spot.code);
        gauge(svg, Class::of(mark.value), at, side);
    }
    svg.close(element);
}

fn square(svg: &mut Svg, class: &str, (x, y): (f64, f64), side: f64) {
    svg.tag("rect")
        .class(class)
        .all_px([("x", x), ("y", y), ("width", side), ("height", side)])
        .empty();
}

/// The mark of a share that is less sure than it is large.
fn corner(svg: &mut Svg, (x, y): (f64, f64), side: f64) {
    let (right, length) = (x + side, side * 0.26);
    let mut path = Path::default();
    path.line_through([(right - length, y), (right, y), (right, y + length)]);
    path.close();
    svg.tag("path").class("unsure").attr("d", path.into_string()).empty();
}

/// The class of a square as a bar along its foot, where a number has no room.
fn gauge(svg: &mut Svg, class: Class, (x, y): (f64, f64), side: f64) {
    let width = (side - 4.0) * class.part();
    if width > 0.0 {
        svg.tag("rect")
            .class("gauge")
            .all_px([("x", x + 2.0), ("y", y + side * 0.8)])
            .all_px([("width", width), ("height", side * 0.12)])
            .empty();
    }
}

/// What a link is called: its words, with what is written in the square as it stands there, since
/// who speaks to a browser says what is to be seen (WCAG 2.2, 2.5.3).
fn label(words: &str, spot: &Spot, number: &str) -> String {
    words.replacen(&format!(" ({})", spot.code), &format!(", {} {number}", spot.code), 1)
}

/// Everything that is known of a square, in a line.
fn words(tile: &Tile<'_, '_>, mark: &Mark, figure: &Figure) -> String {
    let label = &tile.track.series.label;
    let name = match tile.spot {
        Some(spot) => format!("{label} ({})", spot.code),
        None => label.clone(),
    };
    let number = |value: f64| format::format_value(&figure.unit, value);
    let mut words = format!("{name}: {}", number(mark.value));
    for (what, ends) in [("interval", mark.interval), ("bounds", mark.bounds)] {
        let ends = ends.map(|(low, high)| (number(low), number(high)));
        if let Some((low, high)) = ends.filter(|(low, high)| low != high) {
            words.extend([", ", what, " ", &low, " to ", &high]);
        }
    }
    if mark.is_estimated {
        words.push_str(", estimated");
    }
    if let Some(unsure) = unsure(mark) {
        words.extend([", ", unsure]);
    }
    words
}

/// The code of the country that a name is of; `None` for what is no country.
#[must_use]
pub fn country_code(name: &str) -> Option<&'static str> {
    world::find(name).map(|spot| spot.code)
}

#[cfg(test)]
mod tests;
