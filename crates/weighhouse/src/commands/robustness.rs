//! `weighhouse robustness`: a claim's question under many definitions.

use std::path::Path;

use analyze::Market;
use analyze::claims::{Asker, Claim, Curve, Point, curve, named, with_curves};
use schema::Estimate;
use serde_json::json;
use store::Store;

use super::replicate::short;
use crate::Outcome;
use crate::output::{Format, Rows, print_json, say};

/// Ask the question of one of the paper's claims under many definitions, and tell how many of them
/// agree with it; without a claim, list the claims.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The claim, by its name.
    #[arg(value_name = "CLAIM", requires = "collection")]
    claim: Option<String>,
    /// The collection.
    #[arg(long, value_name = "C")]
    collection: Option<String>,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let (Some(claim), Some(collection)) = (&args.claim, &args.collection) else {
        list().print(args.format)?;
        return Ok(Outcome::Done);
    };
    let claim = named(claim)?;
    let store = Store::open(data)?;
    let market = Market::load(&store, collection)?;
    let found = curve(&Asker::new(&store, &market), claim)?;
    let rows = rows(&found, args.format);
    match args.format {
        Format::Csv => rows.print(args.format)?,
        Format::Json => print_json(&json!({
            "claim": claim.name,
            "text": claim.text,
            "expected": claim.expected.to_string(),
            "collection": collection,
            "release": market.release.id,
            "simulated": market.release.is_simulated,
            "asked": found.points.len(),
            "not_asked": found.not_asked.len(),
            "agreeing_share": found.agreeing_share(),
            "surely_right": found.sure().0,
            "surely_wrong": found.sure().1,
            "median": found.median(),
            "definitions": rows.objects(),
        }))?,
        Format::Table => {
            rows.print(args.format)?;
            for line in summary(claim, &found) {
                say(&line);
            }
            let simulated = if market.release.is_simulated { "; simulated data" } else { "" };
            let (covers, release) = (&market.collection.covers, &market.release.id);
            say(&format!("asked of: {covers} Release {release}{simulated}"));
        }
    }
    Ok(Outcome::Done)
}

/// The claims that can be asked about.
fn list() -> Rows {
    let row = |claim: &Claim| {
        let (name, text) = (claim.name.to_owned(), claim.text.to_owned());
        vec![claim.number.to_string(), name, text]
    };
    Rows { header: vec!["of", "claim", "text"], rows: with_curves().map(row).collect() }
}

/// How many definitions agree, and what they say.
fn summary(claim: &Claim, found: &Curve) -> Vec<String> {
    let (asked, left_out) = (found.points.len(), found.not_asked.len());
    let mut lines = vec![format!("{} Expected: {}.", claim.text, claim.expected)];
    if let (Some(share), Some(median)) = (found.agreeing_share(), found.median()) {
        let (right, wrong) = found.sure();
        let agreeing = found.agreeing();
        lines.push(format!(
            "{agreeing} of {asked} definitions agree ({:.0} %); the middle answer is {}",
            100.0 * share,
            short(median)
        ));
        lines.push(format!("by all of their interval and bounds {right} agree and {wrong} do not"));
    }
    if left_out > 0 {
        lines.push(format!("{left_out} definitions cannot be asked of this collection"));
    }
    lines
}

const HEADER: [&str; 10] = [
    "definition",
    "value#",
    "low#",
    "high#",
    "bound_low#",
    "bound_high#",
    "agrees",
    "sure",
    "because",
    "command",
];

/// The answers from the least to the most, then what cannot be asked.
fn rows(found: &Curve, format: Format) -> Rows {
    let number = |value: f64| match format {
        Format::Table => short(value),
        _ => value.to_string(),
    };
    let numbers = |estimate: &Estimate| {
        let Estimate { value, low, high, bound_low, bound_high, .. } = estimate;
        [value, low, high, bound_low, bound_high].map(|value| value.map(number).unwrap_or_default())
    };
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let asked = found.points.iter().map(|point: &Point| {
        let command = point.command.clone().unwrap_or_default();
        let rest = [yes(point.agrees), yes(point.is_sure), String::new(), command];
        let numbers = numbers(&point.estimate).into_iter();
        [point.specification.name()].into_iter().chain(numbers).chain(rest).collect::<Vec<String>>()
    });
    let not_asked = found.not_asked.iter().map(|(specification, reason)| {
        let mut row = vec![String::new(); HEADER.len()];
        row[0] = specification.name();
        "not asked".clone_into(&mut row[6]);
        row[8].clone_from(reason);
        row
    });
    Rows { header: HEADER.to_vec(), rows: asked.chain(not_asked).collect() }
}
