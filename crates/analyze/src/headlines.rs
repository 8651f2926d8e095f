//! The few numbers that say most of a collection: who leads, how concentrated it is, what changed.
//!
//! Which they are follows from the numbers by a rule, the same for every collection: of each topic
//! the number that changed most among those whose direction neither gaps nor unattributed mass
//! could undo, and where there is none, the one that changed most. Whether a change is more than
//! the luck of a few owners is not asked here: the result that is named beside it tests that.

mod chosen;
mod span;

use schema::{Estimate, Group, Measure};

use crate::results::Attribution;
use crate::{Market, Numbers, Result, outermost};

pub use span::HeadlineSpan;

/// Headlines that are told of a collection.
pub const TOLD: usize = 5;

/// What a headline is about, in the order in which headlines are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// The largest owner.
    Leader,
    /// The concentration over owners.
    Concentration,
    /// Groups of countries.
    Countries,
    /// Classes of openness, and the disclosure of training data.
    Openness,
    /// The mean size.
    Size,
    /// Experts, modalities, quantization.
    Properties,
    /// The roles of uploaders.
    Roles,
}

/// What the number of a headline is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Number {
    /// The share of a unit of a group.
    Share {
        /// The group, as it is asked for.
        group: Group,
        /// The unit.
        unit: String,
    },
    /// The Herfindahl–Hirschman index over a group, 0 to 10,000.
    Hhi(Group),
    /// The mean of a numeric attribute, each model counted as often as the measure says.
    Mean(String),
}

/// In which direction a number went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// It rose, wherever its interval and its bounds put it.
    Up,
    /// It fell, wherever its interval and its bounds put it.
    Down,
    /// Gaps or unattributed mass could undo the change, or there is none.
    Open,
}

/// One headline.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// What it is about.
    pub topic: Topic,
    /// What its number is.
    pub number: Number,
    /// The number at the newest time.
    pub now: Estimate,
    /// The number at the earlier time; `None` where the record has none.
    pub earlier: Option<Estimate>,
    /// The later number minus the earlier, with the widest ends that agree with both.
    pub change: Option<Estimate>,
    /// The next largest unit, of a leader.
    pub next: Option<(String, Estimate)>,
}

/// A topic of which nothing is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untold {
    /// The topic.
    pub topic: Topic,
    /// Why, completing "nothing can be said, since …".
    pub reason: String,
}

/// The headlines of a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Headlines {
    /// What is counted.
    pub measure: Measure,
    /// Between which times; `None` where nothing was read.
    pub span: Option<HeadlineSpan>,
    /// At most [`TOLD`], in the order of topics.
    pub told: Vec<Headline>,
    /// Topics of which nothing is known.
    pub untold: Vec<Untold>,
}

impl Topic {
    /// Every topic, in order.
    pub const ALL: [Self; 7] = [
        Self::Leader,
        Self::Concentration,
        Self::Countries,
        Self::Openness,
        Self::Size,
        Self::Properties,
        Self::Roles,
    ];

    /// Its title.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Leader => "Who leads",
            Self::Concentration => "Concentration",
            Self::Countries => "Countries",
            Self::Openness => "Openness",
            Self::Size => "Size",
            Self::Properties => "What models are",
            Self::Roles => "Intermediaries",
        }
    }
}

impl Headline {
    /// In which direction the number went.
    #[must_use]
    pub fn direction(&self) -> Direction {
        let ends = self.change.as_ref().and_then(outermost);
        match ends {
            Some((least, _)) if least > 0.0 => Direction::Up,
            Some((_, most)) if most < 0.0 => Direction::Down,
            _ => Direction::Open,
        }
    }

    /// Whether a leader is ahead of the next unit wherever intervals and bounds put either.
    #[must_use]
    pub fn is_surely_ahead(&self) -> bool {
        let ahead = self.next.as_ref().and_then(|(_, next)| {
            let ((least, _), (_, most)) = (outermost(&self.now)?, outermost(next)?);
            Some(least > most)
        });
        ahead.unwrap_or(false)
    }

    /// The size of the change.
    fn size(&self) -> f64 {
        self.change.as_ref().and_then(|change| change.value).map_or(0.0, f64::abs)
    }
}

/// The headlines of a market by a measure; `sizes` is the attribute whose mean is told, where the
/// collection knows it.
pub fn headlines(
    market: &Market,
    measure: Measure,
    attribution: Attribution,
    sizes: Option<&Numbers>,
) -> Result<Headlines> {
    let Some(span) = HeadlineSpan::of(market, measure) else {
        let reason = "nothing was read yet".to_owned();
        let untold = |topic| Untold { topic, reason: reason.clone() };
        let untold = Topic::ALL.into_iter().map(untold).collect();
        return Ok(Headlines { measure, span: None, told: Vec::new(), untold });
    };
    let asked = chosen::Asked { market, measure, attribution, sizes, span: &span };
    let (mut told, mut untold) = (Vec::new(), Vec::new());
    for topic in Topic::ALL {
        match asked.topic(topic)? {
            Ok(headline) => told.push(headline),
            Err(reason) => untold.push(Untold { topic, reason }),
        }
    }
    // Those whose direction is sure come before others; who leads is worth telling without one.
    let is_later =
        |one: &Headline| one.topic != Topic::Leader && one.direction() == Direction::Open;
    told.sort_by_key(|one| (is_later(one), one.topic));
    told.truncate(TOLD);
    told.sort_by_key(|one| one.topic);
    Ok(Headlines { measure, span: Some(span), told, untold })
}
