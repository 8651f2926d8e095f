//! What happened to the counters of a collection, as marks on its series.

use schema::{Instant, Measure};

/// Something that a reader of a series has to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// What sort of thing.
    pub kind: EventKind,
    /// What it is about, as a counting rule's class; `None` for the whole collection.
    pub subject: Option<String>,
    /// How many models it touches, where that is known.
    pub models: Option<u64>,
    /// Of how many.
    pub of: Option<u64>,
    /// One sentence.
    pub text: String,
}

impl Event {
    /// Whether it can move numbers that are asked for.
    ///
    /// Events happen to counters of downloads: likes and models are not touched, and what a
    /// cumulative counter does not change a rolling sum. Rules of counting that are not asked
    /// about change nothing.
    #[must_use]
    pub fn concerns(&self, measure: Measure, rules: Option<&[String]>) -> bool {
        let is_of_downloads = !matches!(measure, Measure::Likes | Measure::Models);
        match self.kind {
            EventKind::Stale | EventKind::Rollback | EventKind::Partial => true,
            EventKind::Restatement => {
                is_of_downloads && !matches!(measure, Measure::Downloads30d | Measure::Rate30d)
            }
            EventKind::RuleChange => {
                let is_asked = |rules: &[String]| {
                    self.subject.as_ref().is_none_or(|subject| rules.contains(subject))
                };
                is_of_downloads && rules.is_none_or(is_asked)
            }
        }
    }
}

/// Sorts of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Cumulative counters fell.
    Restatement,
    /// A snapshot repeats older readings.
    Stale,
    /// A snapshot goes back to an older one.
    Rollback,
    /// A snapshot shows fewer models than its neighbours.
    Partial,
    /// What counts as a download changed.
    RuleChange,
}

impl EventKind {
    /// Every sort, in the order in which lists show them.
    pub const ALL: [Self; 5] =
        [Self::Restatement, Self::Stale, Self::Rollback, Self::Partial, Self::RuleChange];

    /// The name in tables, answers and addresses.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Restatement => "restatement",
            Self::Stale => "stale",
            Self::Rollback => "rollback",
            Self::Partial => "partial",
            Self::RuleChange => "rule_change",
        }
    }

    /// The title on pages.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Restatement => "Counters fell",
            Self::Stale => "Old readings repeated",
            Self::Rollback => "Source went back",
            Self::Partial => "Partial snapshot",
            Self::RuleChange => "Counting changed",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How far the rolling sum and the cumulative counter of the same models are apart.
///
/// The ratio is of the rolling sum to what the cumulative counter gained in its 30 days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Disagreement {
    /// Pairs that were compared.
    pub compared: u64,
    /// Models that they are of.
    pub model_count: u64,
    /// The middle ratio.
    pub median_ratio: Option<f64>,
    /// A twentieth of the ratios are below.
    pub low_ratio: Option<f64>,
    /// A twentieth of the ratios are above.
    pub high_ratio: Option<f64>,
    /// The difference of a ratio to 1 that is borne.
    pub tolerance: Option<f64>,
    /// The share of pairs beyond it.
    pub share_beyond_tolerance: Option<f64>,
}
