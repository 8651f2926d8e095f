//! What a collection says about the economy of open models: each result is a question, the
//! numbers that answer it, and a sentence that says no more than they bear out.
//!
//! A number has its measurement interval and its bounds as everywhere; besides, what a comparable
//! economy would show (`sampling`), and of changes a test, corrected for how many were made.

mod adoption;
mod asked;
mod blocks;
mod concentration;
mod consolidation;
mod context;
mod crossings;
mod decomposition;
mod eras;
mod fairness;
mod index_change;
mod index_changes;
mod intermediaries;
mod leaders;
mod license_flow;
mod line;
mod list;
mod moves;
mod season;
mod sentence;
mod share_changes;
mod shares;
mod sizes;
mod spans;
mod verdict;

use schema::Measure;

pub use asked::with_sampling;
pub use context::{Attribution, Context, Options};
pub use index_changes::{IndexChange, index_changes};
pub use line::{Form, Line, Test, What};
pub use list::RESULTS;
pub use sentence::{End, Piece, Sentence};
pub use share_changes::{ShareChange, share_changes};
pub use spans::{Span, Spans};

use crate::{Error, Result};

/// What a result is about, in the order of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// Who makes what the world downloads, and how concentrated that is.
    Power,
    /// How models change.
    Models,
    /// How open they are.
    Openness,
    /// Who stands between makers and users.
    Intermediaries,
    /// Comparisons that allow for age and size.
    Fairness,
    /// Stretches of time that are unlike each other.
    Periods,
}

impl About {
    /// Every subject.
    pub const ALL: [Self; 6] = [
        Self::Power,
        Self::Models,
        Self::Openness,
        Self::Intermediaries,
        Self::Fairness,
        Self::Periods,
    ];

    /// Its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Power => "Power",
            Self::Models => "Models",
            Self::Openness => "Openness",
            Self::Intermediaries => "Intermediaries",
            Self::Fairness => "Fairness of comparison",
            Self::Periods => "Periods",
        }
    }
}

/// The description of one result.
#[derive(Debug, Clone, Copy)]
pub struct Described {
    /// Its name in commands and addresses.
    pub name: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it answers.
    pub question: &'static str,
    /// What it is about.
    pub about: About,
    /// The page of `docs/methods` that says how it is computed.
    pub method: &'static str,
    pub(crate) compute: fn(&Context<'_>) -> Result<Found>,
}

/// What a result came to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The numbers.
    pub lines: Vec<Line>,
    /// What they say.
    pub sentences: Vec<Sentence>,
    /// What is to be known of them, as what could not be asked of this collection and why.
    pub notes: Vec<String>,
}

/// A result with its description.
#[derive(Debug)]
pub struct Answered {
    /// The description.
    pub described: &'static Described,
    /// By what it was measured.
    pub measure: Measure,
    /// What it came to; why it could not be asked of this collection.
    pub found: std::result::Result<Found, String>,
}

impl Described {
    /// The result with a name.
    pub fn named(name: &str) -> Result<&'static Self> {
        RESULTS.iter().find(|result| result.name == name).ok_or_else(|| Error::UnknownAttribute {
            what: "result",
            given: name.to_owned(),
            known: RESULTS.iter().map(|result| result.name.to_owned()).collect(),
        })
    }

    /// Computes the result; what the collection has no data for is said, and no failure.
    pub fn answer(&'static self, context: &Context<'_>) -> Result<Answered> {
        let found = match (self.compute)(context) {
            Ok(found) => Ok(found),
            Err(error) => Err(crate::claims::reason(error)?),
        };
        Ok(Answered { described: self, measure: context.measure, found })
    }
}
