//! One address, one figure: as a fragment of a page, SVG, CSV or JSON.

mod averages;
mod changes;
mod concentration;
mod explore;
mod export;
mod layers;
mod lorenz;
mod model_count;
mod ranks;
mod robustness;
mod route;
mod sampled;
mod shares;
mod transitions;

use analyze::{Event, Row};
use chart::{Figure, Kind, Point, Series, Unit, X};
use schema::{CellState, Estimate, Flagged, Instant, Measure, MeasureKind, Window};

use crate::explore::Asked;
use crate::marks;
use crate::parameters::Parameters;
use crate::parts;
use crate::refusal::Refusal;
use crate::view::View;

pub(crate) use averages::{Averages, averaged};
pub(crate) use explore::largest_units;
pub(crate) use export::{address, export, origin};
pub(crate) use robustness::draw_curve;
pub(crate) use route::{show, show_robustness};
pub(crate) use sampled::mark_sampling;

/// Which question a figure answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    /// Shares of countries, sectors or owners over time.
    Shares,
    /// HHI over owners, over time.
    ConcentrationHhi,
    /// Gini over owners, over time.
    ConcentrationGini,
    /// Lorenz curve of owners at the newest time.
    Lorenz,
    /// Shares of the values of an attribute over time.
    AttributeShares,
    /// How many models the collection had shown, over time.
    ModelCount,
    /// Any statistic of any units.
    Explore,
    /// Places of the largest owners over time.
    Ranks,
    /// What the changes of HHI over owners are made of.
    Changes,
    /// Means and quantiles of a numeric attribute, over time.
    Averages,
    /// From the values of roots to those of derivatives.
    Transitions,
    /// HHI at the origin, in distribution and at runtime, over time.
    Layers,
    /// What the changes of the share of a unit are made of.
    ShareChanges,
}

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
    pub(crate) data_through: Instant,
}

/// A title and a definition that leave out the measure, which the page has said.
#[derive(Debug, Clone)]
pub(crate) struct Brief {
    pub(crate) title: String,
    pub(crate) subtitle: String,
}

/// What a question gives: its series, how they are drawn, and what they are called.
struct Content {
    kind: Kind,
    unit: Unit,
    title: String,
    subtitle: String,
    brief: Brief,
    series: Vec<Series>,
    is_ordered: bool,
    reference_lines: Vec<chart::ReferenceLine>,
}

impl Name {
    pub(crate) const ALL: [Self; 13] = [
        Self::Shares,
        Self::ConcentrationHhi,
        Self::ConcentrationGini,
        Self::Lorenz,
        Self::AttributeShares,
        Self::ModelCount,
        Self::Explore,
        Self::Ranks,
        Self::Changes,
        Self::Averages,
        Self::Transitions,
        Self::Layers,
        Self::ShareChanges,
    ];

    /// The figure's name in addresses.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Shares => "shares",
            Self::ConcentrationHhi => "concentration-hhi",
            Self::ConcentrationGini => "concentration-gini",
            Self::Lorenz => "lorenz",
            Self::AttributeShares => "attribute-shares",
            Self::ModelCount => "model-count",
            Self::Explore => "explore",
            Self::Ranks => "ranks",
            Self::Changes => "concentration-changes",
            Self::Averages => "averages",
            Self::Transitions => "transitions",
            Self::Layers => "layers",
            Self::ShareChanges => "share-changes",
        }
    }

    /// The address of the figure's fragment, without parameters.
    pub(crate) fn path(self) -> String {
        format!("/figure/{}", self.text())
    }
}

/// The group that shares are of when the view names none: countries, where any is known.
pub(crate) fn default_group(view: &View) -> &'static str {
    let is_known = view.shown.is_known(view.group("country_group").name());
    if is_known { "country_group" } else { "owner" }
}

/// The attribute whose shares are shown when the view names none: the first of these that is known.
pub(crate) fn default_attribute(view: &View) -> &'static str {
    let known = ATTRIBUTES.iter().find(|attribute| view.shown.is_known(attribute));
    known.copied().unwrap_or("uploader")
}

/// The properties of models that are shown, in order.
pub(crate) const ATTRIBUTES: [&str; 8] = [
    "size_band",
    "modality",
    "architecture_family",
    "quantization_method",
    "is_moe",
    "language_primary",
    "library",
    "license_family",
];

/// Asks the figure's question. A question that the collection cannot answer gives an empty figure
/// with the reason; one that means nothing is refused.
pub(crate) fn draw(name: Name, view: &View) -> Result<Drawing, Refusal> {
    if name == Name::ModelCount && view.measure != Measure::Models {
        return draw(name, &view.of_models());
    }
    let group = match name {
        Name::Shares | Name::ShareChanges => {
            Some(view.group.as_deref().unwrap_or_else(|| default_group(view)))
        }
        Name::AttributeShares => {
            Some(view.group.as_deref().unwrap_or_else(|| default_attribute(view)))
        }
        Name::Transitions => Some(view.group.as_deref().unwrap_or(transitions::USUAL)),
        Name::ConcentrationHhi
        | Name::ConcentrationGini
        | Name::Lorenz
        | Name::ModelCount
        | Name::Explore
        | Name::Ranks
        | Name::Changes
        | Name::Averages
        | Name::Layers => None,
    };
    let Found { content, choices, reason } = ask(name, view, group)?;
    let market = &view.shown.market;
    let id = group.map_or_else(
        || name.text().to_owned(),
        |group| format!("{}-{}", name.text(), group.replace('_', "-")),
    );
    let marks = marks::of_series(view, &content.series);
    let mut figure = Figure {
        id,
        kind: content.kind,
        title: content.title,
        subtitle: content.subtitle,
        unit: content.unit,
        source: market.collection.source.clone(),
        data_through: parts::day(market.data_through.day()),
        simulated: market.release.is_simulated,
        series: content.series,
        is_ordered: content.is_ordered,
        events: marks.drawn.iter().map(marks::drawing).collect(),
        reference_lines: content.reference_lines,
        choices,
        notes: marks.notes,
    };
    for series in &mut figure.series {
        series.is_hidden = view.hidden.contains(&series.key);
    }
    Ok(Drawing {
        name: name.text(),
        path: name.path(),
        figure,
        marks: marks.drawn,
        brief: content.brief,
        reason,
        parameters: parameters(name, view, group),
        release: market.release.id.clone(),
        collection: market.release.collection.clone(),
        data_through: market.data_through,
    })
}

/// What a question gives: the content of its figure, or an empty one with the reason.
struct Found {
    content: Content,
    /// What places on the right of a flow are called.
    choices: Vec<chart::Choice>,
    reason: Option<String>,
}

/// Asks the question of a figure.
fn ask(name: Name, view: &View, group: Option<&str>) -> Result<Found, Refusal> {
    let empty = |reason: String| {
        Ok(Found { content: nothing(name, view), choices: Vec::new(), reason: Some(reason) })
    };
    let group = group.unwrap_or("owner");
    let content = match name {
        Name::Shares | Name::AttributeShares => shares::content(view, group),
        Name::ConcentrationHhi => concentration::content(view, schema::Statistic::Hhi),
        Name::ConcentrationGini => concentration::content(view, schema::Statistic::Gini),
        Name::Lorenz => lorenz::content(view),
        Name::ModelCount => model_count::content(view),
        Name::Layers => layers::content(view),
        Name::Explore => explore::content(&Asked::read(view)?),
        Name::Ranks => ranks::content(view),
        Name::Changes => changes::of_index(view),
        Name::ShareChanges => changes::of_share(view, group),
        Name::Averages => match averaged(view) {
            Some(attribute) => averages::content(view, attribute),
            None => return empty("no number is known of any model of this collection".to_owned()),
        },
        Name::Transitions if !view.shown.is_known("family") => {
            return empty("of no model of this collection the lineage is known".to_owned());
        }
        Name::Transitions => match transitions::content(view, group) {
            Ok((content, choices)) => return Ok(Found { content, choices, reason: None }),
            Err(error) => Err(error),
        },
    };
    match content {
        Ok(content) => Ok(Found { content, choices: Vec::new(), reason: None }),
        Err(error @ analyze::Error::OutOfReach { .. }) => empty(error.to_string()),
        // That there is one period only is no mistake of who asks.
        Err(error @ analyze::Error::Contradiction { .. })
            if matches!(name, Name::Changes | Name::ShareChanges) =>
        {
            empty(error.to_string())
        }
        Err(error) => Err(error.into()),
    }
}

/// Everything that a figure depends on, as its address says it.
fn parameters(name: Name, view: &View, group: Option<&str>) -> Parameters {
    let parameters = view.parameters(group);
    match (name, averaged(view), view.at) {
        (Name::Explore, ..) => Asked::read(view).map_or(parameters, |asked| asked.parameters()),
        (Name::Averages, Some(attribute), _) => {
            parameters.with("of", attribute).with("weight", &view.weight.to_string())
        }
        (Name::ShareChanges, ..) => match view.given.get("unit") {
            Some(unit) => parameters.with("unit", unit),
            None => parameters,
        },
        (Name::Lorenz, _, Some(at)) => parameters.with("at", &at.day().to_string()),
        _ => parameters,
    }
}

/// An estimate at its place, with the state that its mass is mostly in.
fn point(x: X, estimate: Estimate) -> Point {
    let is_mostly_estimated = estimate.estimated_share.is_some_and(|share| share >= 0.5);
    let state = match (estimate.value, is_mostly_estimated) {
        (None, _) => CellState::Missing,
        (Some(_), true) => CellState::Estimated,
        (Some(_), false) => CellState::Observed,
    };
    Point { x, estimate, state }
}

/// What is counted, as it stands inside a sentence: "weekly downloads over 13 weeks".
pub(crate) fn measured(view: &View) -> String {
    let title = lower_first(view.measure.title());
    match view.window {
        Window::Week => title,
        window => format!("{title}, summed over {window} weeks"),
    }
}

/// The measure's definition and what the view leaves out of it.
pub(crate) fn definition(view: &View) -> String {
    let sentences = [view.measure.definition().to_owned()].into_iter().chain(left_out(view));
    sentences.collect::<Vec<_>>().join(" ")
}

/// What the view leaves out, a sentence each.
pub(crate) fn left_out(view: &View) -> Vec<String> {
    let mut sentences = Vec::new();
    if !view.conditions.is_empty() {
        let conditions = analyze::Condition::list_text(&view.conditions);
        sentences.push(format!("Only models with {}.", conditions.replace(',', ", ")));
    }
    match view.flagged {
        Flagged::Include => {}
        Flagged::Exclude => sentences.push("Weeks with a flag are left out.".to_owned()),
        Flagged::Only => sentences.push("Only weeks with a flag.".to_owned()),
    }
    sentences
}

/// When a moment is, in words: a week by its Monday, an instant by its day.
fn when(view: &View, row: &Row) -> String {
    match view.measure.kind() {
        MeasureKind::Flow => format!("in the week of {}", parts::day(row.at.day())),
        MeasureKind::AsOf => format!("as of {}", parts::day(row.at.day())),
    }
}

pub(crate) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let is_acronym = text.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !is_acronym => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

fn nothing(name: Name, view: &View) -> Content {
    let title = match name {
        Name::Shares | Name::AttributeShares => "Shares",
        Name::ConcentrationHhi => "Concentration (HHI)",
        Name::ConcentrationGini => "Inequality (Gini)",
        Name::Lorenz => "Lorenz curve",
        Name::ModelCount => "Number",
        Name::Explore => "Comparison",
        Name::Ranks => "Places",
        Name::Changes => "Changes of concentration",
        Name::Averages => "Averages",
        Name::Transitions => "From root to derivative",
        Name::Layers => "Concentration by layer",
        Name::ShareChanges => "Changes of a share",
    };
    Content {
        kind: Kind::Line,
        unit: Unit::Share,
        title: format!("{title} of {}", measured(view)),
        subtitle: definition(view),
        brief: Brief { title: title.to_owned(), subtitle: String::new() },
        series: Vec::new(),
        is_ordered: false,
        reference_lines: Vec::new(),
    }
}
