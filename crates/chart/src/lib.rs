//! A figure to accessible, deterministic SVG, and with the feature `png` to pixels.
//!
//! [`draw`] turns a [`Figure`] (series of estimates with states, intervals and events) into one
//! `<svg>` element, [`summary`] into sentences, [`table`] into rows; [`stylesheet`] colours
//! drawings that stand in a page. All are pure: this crate must not know files, the network,
//! the clock, the environment, queries or pages, and no crate of ours but `schema`.
//!
//! # What scripts can read
//!
//! - `svg.chart.chart-<kind>` with `role="img"`, a `<title>` and a `<desc>` (the summary).
//!   Ids begin with the figure's id; on phones with `<id>-phone`, in files with `<id>-file`.
//! - `g.plot` has `data-x` and `data-y`, which map values to the drawing's own coordinates:
//!   `time:<ms0>:<ms1>:<px0>:<px1>` (milliseconds since 1970, UTC),
//!   `linear:<v0>:<v1>:<px0>:<px1>` (values; ranks for bump charts; shares 0 to 1 for areas and
//!   Lorenz curves; places from 1 for specification curves), and for bars `band:<count>:<top>:<height>` (rows from the top);
//!   flows have `names` on both sides.
//!   Where both ends of a domain are equal, the one value lies in the middle of the range.
//! - `g.series.<class>[data-key]`: the bands, the line and the label of a series, each in a group
//!   of its own; `g.legend-item[data-key]`: its entry in the legend. Setting `is-faded` or
//!   `is-hidden` on `g.series` works at once by the stylesheet.
//! - `g.event` with a `<title>`: what happened.
//! - Trees and maps have no `g.plot`: their nodes and squares have no scale.
//! - `.tile` is a square of a map, with a `<title>`; those of which something is known are links
//!   (`a[href]`) with a label where the figure says where they lead, in the order of the series; the
//!   svg is then a `group` rather than an `img`.

mod axes;
mod badge;
mod events;
mod figure;
mod format;
mod frame;
mod kinds;
mod labels;
mod look;
mod place;
#[cfg(feature = "png")]
mod raster;
#[cfg(test)]
mod sample;
mod scale;
mod spark;
mod stack;
mod summary;
mod svg;
mod table;
mod text;
mod theme;
mod time;
mod tracks;

pub use badge::{Badge, badge};
pub use figure::{
    Choice, Event, Figure, Frame, Kind, Link, Node, Point, ReferenceLine, Series, Size, Theme,
    Unit, X,
};
pub use format::{format_exact, format_value};
pub use frame::draw;
pub use kinds::tiles::country_code;
#[cfg(feature = "png")]
pub use raster::{Picture, png};
pub use spark::sparkline;
pub use summary::summary;
pub use table::{Table, table};
pub use theme::{color_class, stylesheet};
