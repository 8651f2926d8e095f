//! What is usual of a number: its averages over time.

use analyze::{Description, Weight};
use maud::{Markup, html};
use schema::Measure;

use super::PAGE;
use crate::figures::{Name, draw};
use crate::parts;
use crate::refusal::Refusal;
use crate::view::View;

/// The averages of an attribute that is a number, which is known of some model.
pub(super) fn section(view: &View, described: &Description) -> Result<Markup, Refusal> {
    let of_number = View { number: Some(described.name.clone()), ..view.clone() };
    let drawing = draw(Name::Averages, &of_number)?;
    Ok(html! {
        section aria-labelledby="averages-of" {
            h2 #averages-of.visually-hidden { "Averages" }
            (counted(view, described))
            (parts::figure(&drawing, view.layout))
            p {
                "A few extreme models move the mean, and not the median. "
                span.method { "docs/methods/averages.md" } " · "
                a href=(in_models(view, described)) { "Beside other properties, on the page Models" }
            }
        }
    })
}

/// Whether each model counts as often as it is downloaded, or once; of models that is the same.
fn counted(view: &View, described: &Description) -> Markup {
    if view.measure == Measure::Models {
        return html! {};
    }
    let to = |weight: Weight| {
        let given = view.given.without("group").with("attribute", &described.name);
        given.with("weight", &weight.to_string()).address(PAGE.path)
    };
    let is_once = view.weight == Weight::Model;
    let by_use = format!("By {}", view.measure.unit());
    html! {
        div.switches {
            (parts::switch(
                "How often a model counts",
                &[
                    (by_use.as_str(), to(Weight::Measure), !is_once),
                    ("By model, each once", to(Weight::Model), is_once),
                ],
            ))
        }
    }
}

fn in_models(view: &View, described: &Description) -> String {
    let given = view.given.without("group").with("of", &described.name);
    format!("{}#sizes", given.address(crate::pages::models::PAGE.path))
}
