//! `weighhouse average`: what is usual of a numeric attribute.

use std::path::Path;

use analyze::{Average, AverageQuery, Condition, Market, Numbers, Period, Query, Weight};
use schema::{CalendarPeriod, Flagged, Group, Measure, Window};
use serve::api::{AveragesResponse, AveragesRow};
use store::Store;

use crate::output::{Format, Rows, print_text, say};
use crate::{Outcome, output};

/// Ask for the mean, the median and quantiles of a numeric attribute over models, each with its
/// interval and bounds.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A numeric attribute, as parameters, `parameters_active` or `context_length` (see weighhouse
    /// attributes).
    #[arg(value_name = "ATTRIBUTE")]
    of: String,
    /// What is asked: mean, median, or p1 to p99; without it the usual seven.
    #[arg(value_name = "STAT")]
    averages: Vec<Average>,
    /// The collection.
    #[arg(long, value_name = "C")]
    collection: String,
    /// By what models are weighed, and which count: those of which it is known.
    #[arg(long, value_name = "M")]
    measure: Measure,
    /// How often each model counts: as the measure says (measure), or once (model).
    #[arg(long, value_name = "W", default_value_t)]
    weight: Weight,
    /// Only models that meet all conditions; values of one attribute are alternatives.
    #[arg(long = "where", value_name = "ATTR=VALUE,…")]
    conditions: Option<String>,
    /// At a date (its end, UTC) or an instant; without it, the newest reading.
    #[arg(long, value_name = "WHEN")]
    as_of: Option<String>,
    /// The first week, by any of its days or as 2026-W34.
    #[arg(long, value_name = "WEEK")]
    from: Option<String>,
    /// The last week.
    #[arg(long, value_name = "WEEK")]
    to: Option<String>,
    /// Over periods of the calendar: 2024, 2024-Q3, 2024-07, or ..2022 for all years up to 2022;
    /// of several, the last is also told by the first.
    #[arg(long, value_name = "PERIOD,…", conflicts_with_all = ["as_of", "from", "to", "window"])]
    period: Option<String>,
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
        group: Group::Model,
        conditions: Condition::parse_list(args.conditions.as_deref().unwrap_or_default())?,
        period: Period::parse(args.as_of.as_deref(), args.from.as_deref(), args.to.as_deref())?,
        window: args.window,
        flagged: args.flagged,
        top: None,
    };
    query.check()?;
    let periods = args.period.as_deref().map(CalendarPeriod::parse_list).transpose()?;
    let store = Store::open(data)?;
    let market = Market::load(&store, &args.collection)?;
    let numbers = Numbers::read(&store, &market, &args.of)?;
    let averages =
        if args.averages.is_empty() { Average::USUAL.to_vec() } else { args.averages.clone() };
    let asked = AverageQuery { numbers: &numbers, averages, weight: args.weight, query };
    let periods = periods.unwrap_or_default();
    let response = serve::api::averages_response(&market, &asked, &periods)?;
    match args.format {
        Format::Json => print_text(&serde_json::to_string_pretty(&response)?)?,
        Format::Csv => rows(&response, |value| value.to_string()).print(args.format)?,
        Format::Table => {
            rows(&response, rounded).print(args.format)?;
            for period in &response.periods {
                say(period);
            }
            say(&footer(&response));
        }
    }
    Ok(Outcome::Done)
}

const HEADER: [&str; 11] = [
    "at",
    "stat",
    "value#",
    "low#",
    "high#",
    "bound_low#",
    "bound_high#",
    "models#",
    "known_share#",
    "estimated_share#",
    "missing_cells#",
];
/// From here on a number is told in whole ones.
const WHOLE_FROM: f64 = 10_000.0;

fn rounded(value: f64) -> String {
    if value >= WHOLE_FROM { output::grouped(value.round() as u64) } else { format!("{value:.4}") }
}

fn rows(response: &AveragesResponse, number: impl Fn(f64) -> String) -> Rows {
    let row = |row: &AveragesRow| {
        let numbers = &row.numbers;
        let value = |value: Option<f64>| value.map(&number).unwrap_or_default();
        let share = |share: Option<f64>| share.map(|share| format!("{share:.4}"));
        vec![
            row.at.clone(),
            row.stat.clone(),
            value(numbers.value),
            value(numbers.low),
            value(numbers.high),
            value(numbers.bound_low),
            value(numbers.bound_high),
            numbers.n.to_string(),
            share(row.known_share).unwrap_or_default(),
            share(numbers.estimated_share).unwrap_or_default(),
            numbers.missing_cells.map(|cells| cells.to_string()).unwrap_or_default(),
        ]
    };
    Rows { header: HEADER.to_vec(), rows: response.rows.iter().map(row).collect() }
}

fn footer(response: &AveragesResponse) -> String {
    let AveragesResponse { of, unit, measure, collection, data_through, release, .. } = response;
    let weight = if response.weight == "model" {
        format!("each model with a known {measure} once")
    } else {
        format!("models weighed by {measure}")
    };
    let unit = if unit.is_empty() { String::new() } else { format!(" ({unit})") };
    let simulated = if response.simulated { "; simulated data" } else { "" };
    format!(
        "{of}{unit} of {collection}, {weight}; bounds take what is not known to lie between the \
         1st and 99th percentile of what is; data through {data_through}, release \
         {release}{simulated}"
    )
}
