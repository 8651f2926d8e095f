//! Where the squares of the map lie, and where its legend has room.

use crate::look::Look;
use crate::place::world::{self, COLUMNS, Part, ROWS, Spot};
use crate::svg::Svg;

/// Between two squares, in parts of the distance from one to the next.
const GAP: f64 = 0.05;
/// The widest distance on a phone, in px.
const WIDEST_ON_PHONE: f64 = 31.0;
/// Where the height is given, the map has at most so much of the width, and its legend the rest.
const MOST_OF_WIDTH: f64 = 0.7;

/// The map of a drawing.
pub(super) struct Map {
    /// From one square to the next.
    pitch: f64,
    /// Where the first square of each part would lie.
    origins: Vec<(Part, (f64, f64))>,
    /// Where the titles of parts stand, where they stand apart.
    titles: Vec<(Part, f64)>,
    pub(super) bottom: f64,
    /// Left, right and top of the room for the legend.
    pub(super) room: (f64, f64, f64),
}

impl Map {
    pub(super) fn new(look: &Look, top: f64) -> Self {
        if look.is_phone { Self::in_parts(look, top) } else { Self::whole(look, top) }
    }

    /// One map, with the legend below, or on its right where the height is given.
    fn whole(look: &Look, top: f64) -> Self {
        let width = look.width - 2.0 * look.margin;
        let pitch = if look.is_fixed {
            let by_width = width * MOST_OF_WIDTH / COLUMNS as f64;
            by_width.min(look.plot_height / ROWS as f64)
        } else {
            width / COLUMNS as f64
        };
        let bottom = top + pitch * ROWS as f64;
        let right = look.width - look.margin;
        let room = if look.is_fixed {
            (look.margin + pitch * COLUMNS as f64 + look.size * 1.5, right, top)
        } else {
            (look.margin, right, bottom + look.small)
        };
        let origins = Part::ALL.map(|part| (part, (look.margin, top))).to_vec();
        Self { pitch, origins, titles: Vec::new(), bottom, room }
    }

    /// The parts one below the other, since the whole would be too small to read.
    fn in_parts(look: &Look, top: f64) -> Self {
        let width = look.width - 2.0 * look.margin;
        let extents = Part::ALL.map(Extent::of);
        let widest = extents.iter().map(|extent| extent.columns).max().unwrap_or(COLUMNS);
        let pitch = (width / widest as f64).min(WIDEST_ON_PHONE);
        let (mut origins, mut titles) = (Vec::new(), Vec::new());
        let mut y = top;
        for (part, extent) in Part::ALL.into_iter().zip(extents) {
            y += look.line();
            titles.push((part, y - look.size * 0.4));
            let left = look.margin - pitch * extent.left as f64;
            origins.push((part, (left, y - pitch * extent.top as f64)));
            y += pitch * extent.rows as f64 + look.size * 0.6;
        }
        let room = (look.margin, look.width - look.margin, y + look.small * 0.5);
        Self { pitch, origins, titles, bottom: y, room }
    }

    /// The top left corner of a country's square.
    pub(super) fn at(&self, spot: &Spot) -> (f64, f64) {
        let origin = self.origins.iter().find(|(part, _)| *part == spot.part());
        let (x, y) = origin.map_or((0.0, 0.0), |(_, origin)| *origin);
        (x + self.pitch * spot.column as f64, y + self.pitch * spot.row as f64)
    }

    /// The side of a square.
    pub(super) fn side(&self) -> f64 {
        self.pitch * (1.0 - GAP)
    }

    /// Whether squares have room for a number below the code.
    pub(super) fn has_numbers(&self) -> bool {
        self.side() >= super::LEAST_FOR_NUMBERS
    }

    /// Names the parts that stand apart.
    pub(super) fn titles(&self, svg: &mut Svg, look: &Look) {
        for (part, y) in &self.titles {
            svg.tag("text")
                .class("strong")
                .all_px([("x", look.margin), ("y", *y)])
                .text(part.title());
        }
    }
}

/// What a part takes up of the map.
struct Extent {
    left: usize,
    top: usize,
    columns: usize,
    rows: usize,
}

impl Extent {
    fn of(part: Part) -> Self {
        let spots: Vec<Spot> = world::spots().filter(|spot| spot.part() == part).collect();
        let ends = |of: fn(&Spot) -> usize| {
            let least = spots.iter().map(of).min().unwrap_or_default();
            let most = spots.iter().map(of).max().unwrap_or_default();
            (least, most - least + 1)
        };
        let (left, columns) = ends(|spot| spot.column);
        let (top, rows) = ends(|spot| spot.row);
        Self { left, top, columns, rows }
    }
}
