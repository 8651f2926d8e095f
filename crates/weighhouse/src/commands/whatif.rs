//! `weighhouse whatif`: what would be if owners merged, left, or sat elsewhere.

use std::path::Path;

use analyze::{Change, Condition, Market, Period, Query};
use schema::{Flagged, Group, Measure, Window};
use serve::api::{WhatIfResponse, WhatIfRow};
use store::Store;

use crate::Outcome;
use crate::output::{Format, Rows, print_text, say};

/// Tell what every index, and the shares of countries and sectors, would be if owners merged, left,
/// or sat elsewhere, and everybody went on downloading what they download.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The collection.
    #[arg(long, value_name = "C")]
    collection: String,
    /// What is counted: flows downloads and `first_year`, readings `downloads_30d`, `rate_30d`,
    /// `downloads_all_time` and likes, or models.
    #[arg(long, value_name = "M")]
    measure: Measure,
    /// Owners that become one; may be given more than once, as all changes.
    #[arg(long, value_name = "A,B=NAME")]
    merge: Vec<String>,
    /// An owner, or all owners of a country or a sector, whose models are gone.
    #[arg(long, value_name = "OWNER | country=X")]
    remove: Vec<String>,
    /// An owner that sits in another country, or is of another sector.
    #[arg(long, value_name = "OWNER=country:X")]
    reclassify: Vec<String>,
    /// What owners are: uploader or developer.
    #[arg(long, value_name = "G", default_value = "uploader")]
    group: String,
    /// Only models that meet all conditions; values of one attribute are alternatives.
    #[arg(long = "where", value_name = "ATTR=VALUE,…")]
    conditions: Option<String>,
    /// At a date (its end, UTC) or an instant; without it, the newest reading.
    #[arg(long, value_name = "WHEN")]
    as_of: Option<String>,
    /// Sum flows over this many trailing weeks: 1, 4, 13 or 52.
    #[arg(long, value_name = "WEEKS", default_value_t)]
    window: Window,
    /// Include, exclude, or take only cells with a flag: include, exclude or only.
    #[arg(long, value_name = "CHOICE", default_value_t)]
    flagged: Flagged,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let query = Query {
        statistics: Vec::new(),
        measure: args.measure,
        group: Group::named(&args.group),
        conditions: Condition::parse_list(args.conditions.as_deref().unwrap_or_default())?,
        period: Period::parse(args.as_of.as_deref(), None, None)?,
        window: args.window,
        flagged: args.flagged,
        top: None,
    };
    query.check()?;
    let changes = changes(args)?;
    let store = Store::open(data)?;
    let market = Market::load(&store, &args.collection)?;
    let before = analyze::Economy::read(&market, &query)?;
    let response = serve::api::whatif_response(&market, &query, &before, &changes)?;
    match args.format {
        Format::Json => print_text(&serde_json::to_string_pretty(&response)?)?,
        Format::Csv => rows(&response, |_, value| value.to_string()).print(args.format)?,
        Format::Table => {
            rows(&response, rounded).print(args.format)?;
            say(&footer(&response));
        }
    }
    Ok(Outcome::Done)
}

/// Owners merge, are put elsewhere, and leave, in this order.
fn changes(args: &Args) -> anyhow::Result<Vec<Change>> {
    let mut changes = Vec::new();
    for text in &args.merge {
        changes.push(Change::parse_merge(text)?);
    }
    for text in &args.reclassify {
        changes.push(Change::parse_reclassify(text)?);
    }
    changes.extend(args.remove.iter().map(|text| Change::parse_remove(text)));
    Ok(changes)
}

const HEADER: [&str; 10] = [
    "group",
    "unit",
    "stat",
    "before#",
    "after#",
    "difference#",
    "low#",
    "high#",
    "bound_low#",
    "bound_high#",
];

fn rounded(stat: &str, value: f64) -> String {
    match stat {
        "hhi" | "effective_number" => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

fn rows(response: &WhatIfResponse, number: impl Fn(&str, f64) -> String) -> Rows {
    let row = |row: &WhatIfRow| {
        let value = |value: Option<f64>| value.map(|v| number(&row.stat, v)).unwrap_or_default();
        let difference = &row.difference;
        vec![
            row.group.clone(),
            row.unit.clone().unwrap_or_default(),
            row.stat.clone(),
            value(row.before.value),
            value(row.after.value),
            value(difference.value),
            value(difference.low),
            value(difference.high),
            value(difference.bound_low),
            value(difference.bound_high),
        ]
    };
    Rows { header: HEADER.to_vec(), rows: response.effects.iter().map(row).collect() }
}

fn footer(response: &WhatIfResponse) -> String {
    let WhatIfResponse { measure, collection, at, data_through, release, .. } = response;
    let simulated = if response.simulated { "; simulated data" } else { "" };
    format!(
        "{measure} of {collection} at {at}; interval and bounds are those of the difference; nobody \
         is supposed to download anything else instead; data through {data_through}, release \
         {release}{simulated}"
    )
}
