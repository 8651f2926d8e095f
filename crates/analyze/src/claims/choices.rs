//! Other ways to ask a claim's question: one choice, or two, made otherwise than the claim does.

use schema::{CalendarPeriod, Flagged, Measure, MeasureKind};

use super::held::{Held, is};
use super::{Claim, Definition, What, When};
use crate::error::in_a_sentence;
use crate::{Average, Condition, Market, Weight};

/// The quarter that stands for its year: within the paper's span, and free of the seasons.
const QUARTER: u32 = 2;

/// One way to ask a claim's question.
#[derive(Debug, Clone, PartialEq)]
pub struct Specification {
    /// What sets it apart from the claim's own; empty for that one.
    pub choices: Vec<String>,
    /// What is asked.
    pub what: What,
    /// Of which time.
    pub when: When,
    /// Which downloads, of which models.
    pub definition: Definition,
}

impl Specification {
    /// What sets it apart, in words.
    #[must_use]
    pub fn name(&self) -> String {
        if self.choices.is_empty() { "as claimed".to_owned() } else { self.choices.join(" + ") }
    }
}

/// One choice, made otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    /// Another measure.
    Measure(Measure),
    /// Downloads of models that were made in this year, however old they are.
    MadeIn(i32),
    /// A part of each year for the year, or the year for all years up to it.
    OtherWeeks,
    /// Original developers for uploaders.
    Developers,
    /// No weeks with a flag.
    WithoutFlagged,
    /// No models whose uploader nobody has reviewed.
    WithoutUnreviewed,
    /// All owners that nobody has reviewed as one.
    UnreviewedAsOne,
    /// Only models with these values of an attribute.
    Only { name: String, condition: Condition },
    /// Another group of units.
    Unit(&'static str),
    /// The other of mean and median.
    Average(Average),
    /// The other of total and active parameters.
    Attribute(&'static str),
    /// The other of once and as often as downloaded.
    Weight(Weight),
    /// No models that nobody downloads.
    WithoutIdle(Condition),
}

/// The claim's own definition, and those that make one choice or two otherwise.
///
/// Choices that exclude each other, or that change nothing by their nature, are not combined.
pub(super) fn specifications(market: &Market, claim: &Claim) -> Vec<Specification> {
    let own = Specification {
        choices: Vec::new(),
        what: claim.what,
        when: claim.when,
        definition: Definition::of(claim),
    };
    let axes = axes(&Held::of(market), claim);
    let mut all = vec![own.clone()];
    for (place, axis) in axes.iter().enumerate() {
        for choice in axis {
            let one = choice.made(&own);
            let others = axes[place + 1..].iter().flatten();
            all.extend(others.map(|other| other.made(&one)));
            all.push(one);
        }
    }
    all.retain(is_sound);
    all.sort_by_key(|specification| specification.choices.len());
    all
}

/// Whether a combination asks something, and something of its own.
fn is_sound(specification: &Specification) -> bool {
    let Specification { what, definition, .. } = specification;
    let has_flags = definition.measure.kind() == MeasureKind::Flow;
    let is_of_owners = matches!(what, What::Index { group: "developer" | "uploader", .. });
    let counts_models = definition.measure == Measure::Models
        || matches!(what, What::Average { weight: Weight::Model, .. });
    let leaves_idle_out =
        definition.conditions.iter().any(|condition| condition.attribute == "downloads_band");
    (has_flags || definition.flagged == Flagged::Include)
        && (is_of_owners || !definition.is_unreviewed_one)
        && (counts_models || !leaves_idle_out)
}

/// The choices that a claim leaves; of one axis only one can be made.
fn axes(held: &Held, claim: &Claim) -> Vec<Vec<Choice>> {
    let mut axes = vec![
        measures(claim),
        vec![Choice::OtherWeeks],
        vec![Choice::WithoutFlagged],
        unreviewed(claim.what),
        populations(held, claim.what),
    ];
    match claim.what {
        What::Total => axes.clear(),
        What::Share { group, .. } | What::Lead { group, .. } => {
            if matches!(group, "country" | "country_group" | "sector") {
                axes.push(vec![Choice::Developers]);
            }
            axes.push(vec![Choice::WithoutIdle(held.used.clone())]);
        }
        What::Index { .. } => axes.push(["uploader", "family"].map(Choice::Unit).to_vec()),
        What::Average { attribute, average, weight } => {
            let other = if average == Average::Mean { Average::Median } else { Average::Mean };
            axes.push(vec![Choice::Average(other)]);
            let other = if attribute == "parameters" { "parameters_active" } else { "parameters" };
            axes.push(vec![Choice::Attribute(other)]);
            let other = if weight == Weight::Model { Weight::Measure } else { Weight::Model };
            axes.push(vec![Choice::Weight(other)]);
            axes.push(vec![Choice::WithoutIdle(held.used.clone())]);
        }
    }
    axes
}

/// Other measures of use. Likes are none: they tell what is thought of a model.
fn measures(claim: &Claim) -> Vec<Choice> {
    if claim.measure == Measure::FirstYear {
        return match claim.when {
            When::In(CalendarPeriod::Year(year)) => vec![Choice::MadeIn(year)],
            _ => Vec::new(),
        };
    }
    let mut measures = vec![Measure::FirstYear, Measure::Rate30d, Measure::DownloadsAllTime];
    // Such shares are said to be of models, which may mean that each counts once.
    let is_of_models = matches!(claim.what, What::Share { group, .. } if group.starts_with("is_"));
    if is_of_models {
        measures.push(Measure::Models);
    }
    measures.into_iter().map(Choice::Measure).collect()
}

/// An index of owners is moved by what an unreviewed owner is; in a share each alone, or all as
/// one, are the same part of the whole.
fn unreviewed(what: What) -> Vec<Choice> {
    match what {
        What::Index { .. } => vec![Choice::WithoutUnreviewed, Choice::UnreviewedAsOne],
        _ => vec![Choice::WithoutUnreviewed],
    }
}

/// Parts of the models that a claim may mean. None is a part by what the claim is about.
fn populations(held: &Held, what: What) -> Vec<Choice> {
    let only = |name: &str, condition: &Condition| Choice::Only {
        name: name.to_owned(),
        condition: condition.clone(),
    };
    let mut populations = Vec::new();
    if !matches!(what, What::Average { .. }) {
        populations.push(only("models of 1 B parameters and more", &held.large));
        populations.push(only("models under 1 B parameters", &held.small));
    }
    if !matches!(what, What::Share { group: "role" | "is_quantized", .. }) {
        populations.push(only("original models", &held.original));
    }
    let rule = format!("models counted by the rule {}", held.rule.values.join(" or "));
    populations.push(only(&rule, &held.rule));
    populations
}

impl Choice {
    /// A specification with this choice made.
    fn made(&self, before: &Specification) -> Specification {
        let mut made = before.clone();
        made.choices.push(self.name());
        let definition = &mut made.definition;
        match self {
            Self::Measure(measure) => definition.measure = *measure,
            Self::MadeIn(year) => {
                definition.measure = Measure::Downloads;
                definition.conditions.push(is("created_year", &year.to_string()));
            }
            Self::OtherWeeks => made.when = other_weeks(made.when),
            Self::Developers => definition.is_of_developers = true,
            Self::WithoutFlagged => definition.flagged = Flagged::Exclude,
            Self::WithoutUnreviewed => definition.conditions.push(is("owner_review", "reviewed")),
            Self::UnreviewedAsOne => definition.is_unreviewed_one = true,
            Self::Only { condition, .. } | Self::WithoutIdle(condition) => {
                definition.conditions.push(condition.clone());
            }
            Self::Unit(unit) => {
                if let What::Index { group, .. } = &mut made.what {
                    *group = *unit;
                }
            }
            Self::Average(other) => {
                if let What::Average { average, .. } = &mut made.what {
                    *average = *other;
                }
            }
            Self::Attribute(other) => {
                if let What::Average { attribute, .. } = &mut made.what {
                    *attribute = *other;
                }
            }
            Self::Weight(other) => {
                if let What::Average { weight, .. } = &mut made.what {
                    *weight = *other;
                }
            }
        }
        made
    }

    /// The choice in words.
    fn name(&self) -> String {
        match self {
            Self::Measure(measure) => format!("by {}", in_a_sentence(measure.title())),
            Self::MadeIn(year) => format!("all downloads of models made in {year}"),
            Self::OtherWeeks => "other weeks".to_owned(),
            Self::Developers => "original developers".to_owned(),
            Self::WithoutFlagged => "without flagged weeks".to_owned(),
            Self::WithoutUnreviewed => "without unreviewed uploaders".to_owned(),
            Self::UnreviewedAsOne => "unreviewed owners as one".to_owned(),
            Self::Only { name, .. } => name.clone(),
            Self::Unit(unit) => format!("by {unit}"),
            Self::Average(average) => average.to_string(),
            Self::Attribute("parameters") => "total parameters".to_owned(),
            Self::Attribute(_) => "active parameters".to_owned(),
            Self::Weight(Weight::Model) => "each model once".to_owned(),
            Self::Weight(Weight::Measure) => "each model as often as downloaded".to_owned(),
            Self::WithoutIdle(_) => "without idle models".to_owned(),
        }
    }
}

/// The second quarter for its year; for all years up to one, that one.
fn other_weeks(when: When) -> When {
    let other = |period| match period {
        CalendarPeriod::Year(year) => CalendarPeriod::Quarter(year, QUARTER),
        CalendarPeriod::UpTo(year) => CalendarPeriod::Year(year),
        other => other,
    };
    match when {
        When::In(period) => When::In(other(period)),
        When::Change(earlier, later) => When::Change(other(earlier), other(later)),
        When::Growth(earlier, later) => When::Growth(other(earlier), other(later)),
    }
}
