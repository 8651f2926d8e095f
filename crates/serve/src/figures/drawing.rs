//! A figure with what belongs to it, and where such are kept.

use analyze::Event;
use chart::{Figure, Point, Series};
use schema::Instant;

use crate::parameters::Parameters;
use crate::shelf::Shelf;

/// A figure with what its page and its files say beside it.
#[derive(Debug, Clone)]
pub(crate) struct Drawing {
    /// What it is called in files, and by scripts.
    pub(crate) name: &'static str,
    /// The address of its fragment, without parameters.
    pub(crate) path: String,
    pub(crate) figure: Figure,
    /// The events of the figure with all that is known of them.
    pub(crate) marks: Vec<Event>,
    /// What a small figure is called beside others about the same measure.
    pub(crate) brief: Brief,
    /// Why there is nothing to see.
    pub(crate) reason: Option<String>,
    /// The parameters that give this figure again.
    pub(crate) parameters: Parameters,
    pub(crate) release: String,
    pub(crate) collection: String,
    /// Which population the collection covers, and so what a share is a share of.
    pub(crate) covers: String,
    pub(crate) data_through: Instant,
}

/// A title and a definition that leave out the measure, which the page has said.
#[derive(Debug, Clone)]
pub(crate) struct Brief {
    pub(crate) title: String,
    pub(crate) subtitle: String,
}

/// Drawings that were asked for, kept with their release. A figure is asked for as part of a page,
/// as a picture, as a table and as a badge, and the same by many; what it costs is the question, and
/// to write its answer out in one form or another costs little.
pub(crate) type Drawings = Shelf<Drawing>;

/// The most that is kept of a release, in bytes; a figure of 8 series over 270 weeks takes 400 KB.
const MOST_KEPT_BYTES: usize = 64 << 20;
/// What a drawing takes beside its points.
const DRAWING_BYTES: usize = 4 << 10;

/// No drawings yet.
pub(crate) fn no_drawings() -> Drawings {
    Shelf::new(MOST_KEPT_BYTES, |drawing| {
        let points = |series: &Series| series.points.len() * size_of::<Point>();
        DRAWING_BYTES + drawing.figure.series.iter().map(points).sum::<usize>()
    })
}
