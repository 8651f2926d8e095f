//! Questions to begin with, of what the collection has.

use maud::{Markup, html};
use schema::MeasureKind;

use super::PAGE;
use crate::parameters::Parameters;
use crate::view::View;

/// Words, and the parameters that ask it.
type Example = (String, Vec<(&'static str, String)>);

/// The section; nothing where there is nothing to ask.
pub(super) fn section(view: &View, offered: &[String]) -> Markup {
    let examples = examples(view, offered);
    html! {
        @if !examples.is_empty() {
            section aria-labelledby="begin-with" {
                h2 #begin-with { "Questions to begin with" }
                ul {
                    @for (words, asked) in &examples {
                        li { a href=(address(view, asked)) { (words) } }
                    }
                }
            }
        }
    }
}

fn address(view: &View, asked: &[(&'static str, String)]) -> String {
    let mut written = Parameters::default();
    written.push("collection", &view.shown.market.release.collection);
    written.push("measure", view.measure.name());
    for (name, value) in asked {
        written.push(name, value);
    }
    written.address(PAGE.path)
}

fn examples(view: &View, offered: &[String]) -> Vec<Example> {
    let plain = |name: &'static str, value: &str| (name, value.to_owned());
    let group = || plain("group", view.group.as_deref().unwrap_or("owner"));
    let first_three = || {
        let units = offered.iter().take(3).map(|unit| ("unit", unit.clone()));
        units.chain([group()]).collect::<Vec<_>>()
    };
    let mut examples: Vec<Example> = Vec::new();
    let mut add = |words: String, asked: Vec<(&'static str, String)>| examples.push((words, asked));
    if offered.len() >= 3 {
        let names = offered[..3].join(", ");
        let of = |more: &[(&'static str, String)]| [first_three(), more.to_vec()].concat();
        add(format!("How did the shares of {names} develop?"), of(&[]));
        add(
            "Who of them grew faster for their age?".to_owned(),
            of(&[plain("stat", "sum"), plain("by", "age")]),
        );
        add(
            "What became of them since the first date?".to_owned(),
            of(&[plain("stat", "sum"), plain("scale", "index")]),
        );
    }
    add(
        "Which places did the largest have over time?".to_owned(),
        vec![group(), plain("stat", "rank")],
    );
    add(
        "How concentrated are original developers, by effective number?".to_owned(),
        vec![plain("stat", "effective_number"), plain("attribution", "developer")],
    );
    if view.measure.kind() == MeasureKind::Flow {
        add(
            "What does the usual model have in a week, and what the largest hundredth?".to_owned(),
            vec![plain("group", "model"), plain("stat", "quantiles")],
        );
    }
    if view.shown.is_known("modality") {
        add(
            "How sure are the shares of modalities at the newest date?".to_owned(),
            vec![plain("group", "modality"), plain("chart", "dots")],
        );
    }
    examples
}
