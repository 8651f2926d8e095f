//! The form of a page about one unit.

use maud::{Markup, html};

use super::narrowing::narrowing;
use super::{Choice, kept, measures, select};
use crate::view::View;

/// Where the form leads, and what its first field is.
pub(crate) struct UnitForm<'a> {
    pub(crate) path: &'static str,
    /// The parameter that names the unit.
    pub(crate) parameter: &'static str,
    pub(crate) label: &'a str,
    pub(crate) unit: &'a str,
    /// A group that the address names, beside the path.
    pub(crate) group: Option<&'a str>,
    /// Whether it matters whom models are counted with.
    pub(crate) is_of_owners: bool,
}

/// Which unit is shown, and what of it.
pub(crate) fn unit_filters(view: &View, form: &UnitForm<'_>) -> Markup {
    html! {
        form.filters action=(form.path) method="get" aria-label="What is shown" {
            (kept(view))
            @if let Some(weight) = view.given.get("weight") { input type="hidden" name="weight" value=(weight); }
            @if let Some(group) = form.group { input type="hidden" name="group" value=(group); }
            div.field.is-wide {
                label for=(form.parameter) { (form.label) }
                input id=(form.parameter) name=(form.parameter) type="text" value=(form.unit)
                    required autocomplete="off" spellcheck="false";
            }
            (measures(view))
            @if form.is_of_owners {
                (select(&Choice {
                    name: "attribution",
                    label: "Owners are",
                    options: vec![
                        ("uploader", "Uploader".to_owned()),
                        ("developer", "Original developer".to_owned()),
                    ],
                    chosen: view.attribution.name(),
                }))
            }
            (narrowing(view))
        }
    }
}
