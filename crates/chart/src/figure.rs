//! What is shown: pure data in the words of `schema`.

use schema::{CalendarPeriod, CellState, Estimate, Instant, Week};

/// One picture: a question's answer with everything needed to draw, describe and tabulate it.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Name unique in a page, of `[a-z0-9-]+`; other characters become hyphens in ids.
    pub id: String,
    /// How it is drawn.
    pub kind: Kind,
    /// What it shows, in a few words.
    pub title: String,
    /// The definition, in one sentence.
    pub subtitle: String,
    /// What its numbers are.
    pub unit: Unit,
    /// Who the data come from.
    pub source: String,
    /// How far the data reach, as people read it.
    pub data_through: String,
    /// Whether the data are invented.
    pub simulated: bool,
    /// What is drawn. Order is rank: the first eight that are not residual have colours.
    pub series: Vec<Series>,
    /// Whether the series have an order of their own, as bands of size; layers then stack in it,
    /// the first at the bottom, rather than by size.
    pub is_ordered: bool,
    /// What happened meanwhile; those outside the shown time are left out.
    pub events: Vec<Event>,
    /// Values to compare with, as thresholds of an index.
    pub reference_lines: Vec<ReferenceLine>,
    /// What the points of [`Kind::Specifications`] are made of, and where those of [`Kind::Flow`]
    /// go; empty for every other kind.
    pub choices: Vec<Choice>,
    /// The nodes of a [`Kind::Tree`], each after the one that it hangs from; empty for every other
    /// kind.
    pub nodes: Vec<Node>,
    /// Where the squares of [`Kind::Tiles`] lead, on a page; empty for every other kind.
    pub links: Vec<Link>,
    /// What a reader has to know beside, in sentences, as how many events are not among those
    /// given. Files have them drawn in; a page writes them itself.
    pub notes: Vec<String>,
}

/// How a figure is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// One line a series over time.
    Line,
    /// Shares stacked to the whole over time; one bar where there is one date only.
    Area,
    /// One horizontal bar a series, of its last point.
    Bars,
    /// Cumulative share of the total by cumulative share of units, smallest first.
    Lorenz,
    /// Ranks over time. Values are ranked within the figure, highest first, unless
    /// the unit is `Number("rank")`, which says that they are ranks already.
    Bump,
    /// One row a series with its last point as a dot, its bounds and its interval as bands, and its
    /// sampling interval as a whisker; in the order of the series.
    Dots,
    /// What changes are made of: a row a period, its parts stacked to both sides of zero, and a
    /// line at what they come to together.
    Parts,
    /// What flows from the values of one side, a series each, to those of the other, at the places
    /// of the points, which the choices name.
    Flow,
    /// A specification curve: answers under many definitions in the order of their size, each with
    /// its interval and bounds, and below them which choices each is made of.
    Specifications,
    /// A tree: points are the numbers of [`Figure::nodes`], and series tell sorts of nodes apart.
    Tree,
    /// A map of equal squares, a series a country by its name, with the share of its last point;
    /// what is left over, and what is no country, stands beside it.
    Tiles,
}

/// A choice that some points of a specification curve are made of; of a flow, a name on the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen, in a few words.
    pub label: String,
    /// The places of the points that are made of it.
    pub places: Vec<u32>,
}

/// One node of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Its name.
    pub label: String,
    /// The place of the node that it hangs from, from 1; `None` for the root.
    pub parent: Option<u32>,
}

/// Where a series leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The key of the series.
    pub key: String,
    /// The address of the page about it.
    pub address: String,
}

/// What the numbers of a figure are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unit {
    /// A count of things named by the noun, as "downloads".
    Count(&'static str),
    /// A share, 0 to 1, shown in per cent.
    Share,
    /// A difference of two shares, −1 to 1, shown in percentage points.
    Points,
    /// An index that begins at 0.
    Index {
        /// The greatest value it can take.
        max: f64,
        /// Its name, as "HHI".
        name: &'static str,
    },
    /// Any other number, named by the noun; its axis need not begin at 0.
    Number(&'static str),
}

/// One line, layer or bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// What colour and pattern are bound to; the same in every figure.
    pub key: String,
    /// Its name as shown.
    pub label: String,
    /// Its numbers, in any order; they are sorted by `x` before drawing.
    pub points: Vec<Point>,
    /// Whether it is what is left over (unreviewed, other): grey and hatched.
    pub is_residual: bool,
    /// Whether it is in the legend only.
    pub is_hidden: bool,
}

/// One number at one place.
///
/// A value that is `None`, not finite or beyond 10¹⁰⁰, and one whose state is missing,
/// is a gap: it is neither drawn over nor zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    /// Where it belongs.
    pub x: X,
    /// The number, with what is known about how sure it is.
    pub estimate: Estimate,
    /// How it came to be known.
    pub state: CellState,
}

/// Where a point belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum X {
    /// A week, drawn at its Monday. Weeks left out of a series are a gap.
    Week(Week),
    /// A moment. Readings at moments are joined whatever lies between them.
    Instant(Instant),
    /// Weeks since a series began. Ages of one figure have an axis of their own, without dates.
    Age(u32),
    /// A period, drawn at its middle; for parts of changes the one into which a change leads.
    Period(CalendarPeriod),
    /// For Lorenz: the cumulative share of units, 0 to 1.
    Share(f64),
    /// For specification curves: the place of an answer in the order of their size, from 1; for
    /// flows the place of a name on the right; for trees the place of a node.
    Place(u32),
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When it happened.
    pub at: Instant,
    /// What happened, in a few words.
    pub label: String,
    /// One sentence more, shown on request.
    pub detail: String,
}

/// A value to compare with.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceLine {
    /// Where it lies, in the figure's unit.
    pub value: f64,
    /// What it means.
    pub label: String,
}

/// How wide the drawing is and what it carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// 860 px wide; the page shows title and source.
    Page,
    /// 360 px wide, with fewer ticks and the legend below.
    Phone,
    /// 1200 px wide, with title, definition and source drawn in.
    File,
    /// As [`Size::Phone`], with title, definition and source drawn in.
    PhoneFile,
    /// 1920 × 1080 px, for a wall; otherwise as [`Size::File`].
    Slide,
    /// 1200 × 630 px, for the preview of a link: the definition is cut to two lines.
    Card,
}

/// Where the colours come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Theme {
    /// From the page's stylesheet, see [`crate::stylesheet`]; the drawing has class names only.
    Page,
    /// Written in, for a white ground.
    Light,
    /// Written in, for a dark ground.
    Dark,
}

/// What a figure is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Frame {
    /// How wide the drawing is and what it carries.
    pub size: Size,
    /// Where the colours come from.
    pub theme: Theme,
}

impl Size {
    /// Whether it stands alone, and so carries title, definition and source.
    #[must_use]
    pub const fn is_file(self) -> bool {
        !matches!(self, Self::Page | Self::Phone)
    }

    /// Width and height in px, where both are given whatever is drawn.
    pub(crate) const fn fixed(self) -> Option<(f64, f64)> {
        match self {
            Self::Slide => Some((1920.0, 1080.0)),
            Self::Card => Some((1200.0, 630.0)),
            _ => None,
        }
    }
}

impl Figure {
    /// The names of a tree's nodes from the root to the one at a place; empty at every other place.
    #[must_use]
    pub fn path_to(&self, x: X) -> Vec<&str> {
        let mut path = Vec::new();
        let mut at = match x {
            X::Place(place) => Some(place),
            _ => None,
        };
        while let Some(place) = at {
            let Some(node) = (place as usize).checked_sub(1).and_then(|at| self.nodes.get(at))
            else {
                break;
            };
            path.push(node.label.as_str());
            // A node hangs from an earlier one, so that this ends.
            at = node.parent.filter(|parent| *parent < place);
        }
        path.reverse();
        path
    }

    /// The choices that the point at a place is made of, in one line; empty at every other place.
    #[must_use]
    pub fn choices_at(&self, x: X) -> String {
        let is_made_of =
            |choice: &&Choice| matches!(x, X::Place(at) if choice.places.contains(&at));
        let choices = self.choices.iter().filter(is_made_of);
        choices.map(|choice| choice.label.as_str()).collect::<Vec<_>>().join(" + ")
    }
}

impl Unit {
    /// What an axis of this unit is called.
    #[must_use]
    pub fn axis_title(&self) -> String {
        match self {
            Self::Count(noun) | Self::Number(noun) => (*noun).to_owned(),
            Self::Share => "share".to_owned(),
            Self::Points => "percentage points".to_owned(),
            Self::Index { max, name } => {
                format!("{name}, 0 to {}", crate::format_exact(&Self::Number(""), *max))
            }
        }
    }

    /// Whether an axis of this unit begins at 0.
    #[must_use]
    pub fn starts_at_zero(&self) -> bool {
        !matches!(self, Self::Number(_))
    }
}
