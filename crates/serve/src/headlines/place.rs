//! Where a headline leads: the page and the figure that show its number, and the result that
//! tests it.

use analyze::headlines::{Headline, HeadlineSpan, Number, Topic};
use schema::Window;

use crate::figures::Name;
use crate::parameters::Parameters;
use crate::shown::Shown;
use crate::view::Attribution;

/// Where a headline leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The page.
    pub(crate) page: &'static str,
    /// The figure on it.
    pub(crate) figure: Name,
    /// The group as pages name it.
    pub(crate) group: Option<String>,
    /// The result that tests the change.
    pub(crate) result: &'static str,
}

/// Where a headline leads.
pub(crate) fn place(headline: &Headline) -> Place {
    let group = match &headline.number {
        Number::Share { group, .. } => Some(group.name()),
        Number::Hhi(_) | Number::Mean(_) => None,
    };
    let (page, figure, group, result) = match headline.topic {
        Topic::Leader => ("/power", Name::Shares, Some("owner"), "leaders"),
        Topic::Concentration => ("/power", Name::ConcentrationHhi, None, "concentration"),
        Topic::Countries => ("/power", Name::Shares, Some("country_group"), "country-groups"),
        Topic::Openness if group == Some("training_data") => {
            ("/openness", Name::AttributeShares, group, "training-data")
        }
        Topic::Openness => ("/openness", Name::AttributeShares, group, "openness"),
        Topic::Size => ("/models", Name::Averages, None, "sizes"),
        Topic::Properties => ("/models", Name::AttributeShares, group, property(group)),
        Topic::Roles => ("/intermediaries", Name::AttributeShares, group, "roles"),
    };
    Place { page, figure, group: group.map(str::to_owned), result }
}

fn property(group: Option<&str>) -> &'static str {
    match group {
        Some("is_multimodal") => "multimodal",
        Some("is_quantized") => "quantized",
        _ => "experts",
    }
}

/// The parameters that ask a page or a figure for what a headline is about.
pub(crate) fn question(
    shown: &Shown,
    attribution: Attribution,
    span: &HeadlineSpan,
    place: &Place,
) -> Parameters {
    let mut given = Parameters::default();
    given.push("collection", &shown.market.release.collection);
    if let Some(group) = &place.group {
        given.push("group", group);
    }
    if attribution == Attribution::Developer {
        given.push("attribution", attribution.name());
    }
    if span.window != Window::Week {
        given.push("window", &span.window.to_string());
    }
    given
}
