//! What the names of tracked models alone say of their sizes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use enrich::Facts;
use serde::Deserialize;

use crate::models::judge;

const BILLION: f64 = 1e9;
/// Names that round by more than this are told.
const ROUNDED: f64 = 0.03;
const ATTRIBUTES: [&str; 3] = ["parameters", "parameters_published", "parameters_named"];

/// A model that someone keeps an eye on.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Tracked {
    #[serde(rename = "modelId")]
    model_id: String,
}

/// Names that say another number than the maker publishes, in the same way.
#[derive(Debug)]
struct Rounded<'a> {
    models: u32,
    /// One of them.
    example: &'a str,
}

/// Counts, and lists what is missing and what names round.
pub(crate) fn report(tracked: &[Tracked]) -> String {
    let (mut published, mut by_name, mut without) = (0, 0, Vec::new());
    let mut rounded: BTreeMap<(u64, u64), Rounded<'_>> = BTreeMap::new();
    for Tracked { model_id } in tracked {
        let [size, maker, named] = judge(model_id, Facts::default(), ATTRIBUTES);
        match (size.number(), maker.number()) {
            (None, _) => without.push(model_id.as_str()),
            (Some(_), Some(_)) => published += 1,
            (Some(_), None) => by_name += 1,
        }
        if let (Some(maker), Some(named)) = (maker.number(), named.number())
            && (maker - named).abs() > ROUNDED * maker
        {
            let way = rounded
                .entry((named as u64, maker as u64))
                .or_insert(Rounded { models: 0, example: model_id });
            way.models += 1;
        }
    }
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} models; the name alone gives the published size of {published}, the number that it \
         says of {by_name}, and none of {}.\n",
        tracked.len(),
        without.len()
    );
    let ways = rounded.len();
    let _ = writeln!(
        text,
        "{ways} ways in which names round by more than 3 % of what the maker publishes, in \
         billions:\n\n| name | published | models | such as |\n|---|---|---|---|"
    );
    for ((named, maker), Rounded { models, example }) in rounded {
        let billions = |count: u64| count as f64 / BILLION;
        let _ =
            writeln!(text, "| {} | {} | {models} | {example} |", billions(named), billions(maker));
    }
    let _ = writeln!(text, "\nNo size by the name: {}.", without.join(", "));
    text
}
