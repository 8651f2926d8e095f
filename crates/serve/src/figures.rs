//! One address, one figure: as a fragment of a page, SVG, CSV or JSON.

mod averages;
mod changes;
mod concentration;
mod drawing;
mod explore;
mod export;
mod layers;
mod lineage;
mod lorenz;
mod model_count;
mod ranks;
mod result;
mod robustness;
mod route;
mod sampled;
mod shares;
mod transitions;
mod unit;
mod words;
mod world;

use std::sync::Arc;

use chart::{Figure, Kind, Point, Series, Unit, X};
use schema::{CellState, Estimate, Measure, Statistic};

use crate::explore::{Asked, units_of};
use crate::marks;
use crate::parameters::Parameters;
use crate::parts;
use crate::refusal::Refusal;
use crate::view::View;

pub(crate) use averages::averaged;
pub(crate) use drawing::{Brief, Drawing, Drawings, no_drawings};
pub(crate) use explore::largest_units;
pub(crate) use export::{address, export, origin};
pub(crate) use lineage::{Leaf, drawing as lineage_of, leaves, role_title};
pub(crate) use result::{RESULT, draw_result};
pub(crate) use robustness::draw_curve;
pub(crate) use route::{show, show_result, show_robustness};
pub(crate) use sampled::draw_sampled;
pub(crate) use unit::UNIT;
use words::when;
pub(crate) use words::{definition, left_out, lower_first, measured};
pub(crate) use world::countries;

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
    /// The share of one unit over time.
    UnitShare,
    /// What one unit adds up to over time.
    UnitSum,
    /// What is made from a model, as a tree.
    Lineage,
    /// Shares of countries at one date, as a map.
    World,
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
    pub(crate) const ALL: [Self; 17] = [
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
        Self::UnitShare,
        Self::UnitSum,
        Self::Lineage,
        Self::World,
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
            Self::UnitShare => "unit-share",
            Self::UnitSum => "unit-sum",
            Self::Lineage => "lineage",
            Self::World => "world",
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

/// The drawing of a figure's question, asked where nobody asked before. A question that the
/// collection cannot answer gives an empty figure with the reason; one that means nothing is
/// refused.
pub(crate) fn draw(name: Name, view: &View) -> Result<Arc<Drawing>, Refusal> {
    if name == Name::ModelCount && view.measure != Measure::Models {
        return draw(name, &view.of_models());
    }
    if name == Name::Lineage {
        return lineage::draw(view).map(Arc::new);
    }
    if name == Name::Explore {
        Asked::read(view)?;
    }
    let group = group_of(name, view);
    let parameters = parameters(name, view, group);
    // What is refused for the units that it names has an address like one that is not.
    let key = format!("{} {:?}", parameters.address(&name.path()), units_of(&view.given));
    view.shown.drawings.of(&key, || make(name, view, group, parameters))
}

fn make(
    name: Name,
    view: &View,
    group: Option<&str>,
    parameters: Parameters,
) -> Result<Drawing, Refusal> {
    let Found { content, choices, reason } = ask(name, view, group)?;
    let market = &view.shown.market;
    let id = figure_id(name, group);
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
        nodes: Vec::new(),
        links: Vec::new(),
        notes: marks.notes,
    };
    if name == Name::World {
        // A map without some countries would no longer add up.
        figure.links = world::links(view, &figure.series);
    } else {
        for series in &mut figure.series {
            series.is_hidden = view.hidden.contains(&series.key);
        }
    }
    Ok(Drawing {
        name: name.text(),
        path: name.path(),
        figure,
        marks: marks.drawn,
        brief: content.brief,
        reason,
        parameters,
        release: market.release.id.clone(),
        collection: market.release.collection.clone(),
        covers: market.collection.covers.clone(),
        data_through: market.data_through,
    })
}

/// What a figure is called in a page, where its section may have its plain name.
pub(crate) fn figure_id(name: Name, group: Option<&str>) -> String {
    match group {
        Some(group) => format!("{}-{}", name.text(), group.replace('_', "-")),
        None if name == Name::World => "world-map".to_owned(),
        None => name.text().to_owned(),
    }
}

/// The group that a figure is of, where it is of one.
fn group_of(name: Name, view: &View) -> Option<&str> {
    let usual = match name {
        Name::Shares | Name::ShareChanges => default_group(view),
        Name::AttributeShares => default_attribute(view),
        Name::Transitions => transitions::USUAL,
        Name::UnitShare | Name::UnitSum => "owner",
        _ => return None,
    };
    Some(view.group.as_deref().unwrap_or(usual))
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
        Name::ConcentrationHhi => concentration::content(view, Statistic::Hhi),
        Name::ConcentrationGini => concentration::content(view, Statistic::Gini),
        Name::Lorenz => lorenz::content(view),
        Name::World if !view.shown.is_known(countries(view).name()) => {
            return empty("of no owner of this collection the country is known".to_owned());
        }
        Name::World => world::content(view),
        Name::ModelCount => model_count::content(view),
        Name::UnitShare => unit::content(view, group, unit::asked(view)?, Statistic::Share),
        Name::UnitSum => unit::content(view, group, unit::asked(view)?, Statistic::Sum),
        // A tree is no series of moments, and drawn by itself.
        Name::Lineage => return empty("a tree has no numbers over time".to_owned()),
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
        (Name::UnitShare | Name::UnitSum, ..) => {
            parameters.with(UNIT, view.given.get(UNIT).unwrap_or_default())
        }
        (Name::Averages, Some(attribute), _) => {
            parameters.with("of", attribute).with("weight", &view.weight.to_string())
        }
        (Name::ShareChanges, ..) => match view.given.get("unit") {
            Some(unit) => parameters.with("unit", unit),
            None => parameters,
        },
        (Name::Lorenz | Name::World, _, Some(at)) => parameters.with("at", &at.day().to_string()),
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
        Name::UnitShare => "Share",
        Name::UnitSum => "Sum",
        Name::Lineage => "What is made from a model",
        Name::World => "Shares by country",
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
