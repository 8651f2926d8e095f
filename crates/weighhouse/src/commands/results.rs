//! `weighhouse results`: what a collection says, and how sure that is.

use std::path::Path;

use analyze::Market;
use analyze::results::{Answered, Attribution, Context, Described, Line, Options, RESULTS};
use anyhow::bail;
use schema::{CalendarPeriod, Measure};
use store::Store;

use crate::Outcome;
use crate::output::{Format, Rows, print_text, say};

/// Say what a collection shows of who makes models, how they change, how open they are and who
/// stands between: numbers with three uncertainties, tests of changes, and what they bear out.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which results; all if none is named, and a list of them with --list.
    #[arg(value_name = "RESULT")]
    names: Vec<String>,
    /// The collection.
    #[arg(long, value_name = "C", required_unless_present = "list")]
    collection: Option<String>,
    /// List the results, and ask nothing.
    #[arg(long)]
    list: bool,
    /// What is counted: downloads, `first_year`, `downloads_30d`, `downloads_all_time`, likes or
    /// models; without it weekly downloads where the collection has any, and else readings.
    #[arg(long, value_name = "M")]
    measure: Option<Measure>,
    /// Whose a model is: its uploader's, or the original developer's.
    #[arg(long, value_name = "A", default_value = "uploader", value_parser = ["uploader", "developer"])]
    attribution: String,
    /// Told of these periods of the calendar, the first and the last compared: 2024, 2024-Q3,
    /// 2024-07, or ..2022 for all years up to 2022.
    #[arg(long, value_name = "PERIOD,…")]
    period: Option<String>,
    /// Only models that meet all conditions; values of one attribute are alternatives.
    #[arg(long = "where", value_name = "ATTR=VALUE,…")]
    conditions: Option<String>,
    /// How often the owners are drawn again.
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(100..=100_000))]
    draws: u32,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let asked: Vec<&'static Described> = if args.names.is_empty() {
        RESULTS.iter().collect()
    } else {
        args.names.iter().map(|name| Described::named(name)).collect::<analyze::Result<_>>()?
    };
    if args.list {
        list(&asked).print(args.format)?;
        return Ok(Outcome::Done);
    }
    let Some(collection) = &args.collection else { bail!("name a collection with --collection") };
    let store = Store::open(data)?;
    let market = Market::load(&store, collection)?;
    let mut draws = analyze::usual_draws();
    draws.replicates = args.draws as usize;
    let options = Options {
        measure: args.measure,
        attribution: match args.attribution.as_str() {
            "developer" => Attribution::Developer,
            _ => Attribution::Uploader,
        },
        periods: match &args.period {
            Some(periods) => CalendarPeriod::parse_list(periods)?,
            None => Vec::new(),
        },
        conditions: analyze::Condition::parse_list(args.conditions.as_deref().unwrap_or_default())?,
        draws: Some(draws),
    };
    let context = Context::new(&store, &market, options);
    let mut all = Vec::new();
    for described in asked {
        let answered = described.answer(&context)?;
        match args.format {
            Format::Table => print_text(&text(&answered))?,
            _ => all.push(answered),
        }
    }
    match args.format {
        Format::Table => say(&footer(&market, &context)),
        _ => exact(&all).print(args.format)?,
    }
    Ok(Outcome::Done)
}

fn list(asked: &[&'static Described]) -> Rows {
    let row = |result: &&Described| {
        vec![
            result.name.to_owned(),
            result.about.title().to_owned(),
            result.question.to_owned(),
            format!("docs/methods/{}.md", result.method),
        ]
    };
    Rows {
        header: vec!["name", "about", "question", "method"],
        rows: asked.iter().map(row).collect(),
    }
}

const HEADER: [&str; 10] = [
    "what",
    "unit",
    "when",
    "value#",
    "interval#",
    "bounds#",
    "sampling#",
    "p#",
    "adjusted p#",
    "n#",
];

/// A result for people.
fn text(answered: &Answered) -> String {
    let Described { name, title, question, .. } = answered.described;
    let mut lines = vec![format!("{title} ({name})"), (*question).to_owned()];
    match &answered.found {
        Err(reason) => lines.push(format!("not asked: {reason}")),
        Ok(found) => {
            let sentences = found.sentences.iter();
            lines.extend(sentences.map(|sentence| format!("• {}", sentence.text(&found.lines))));
            let rows = found.lines.iter().map(row).collect();
            lines.push(Rows { header: HEADER.to_vec(), rows }.text());
            lines.extend(found.notes.iter().map(|note| format!("note: {note}")));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn row(line: &Line) -> Vec<String> {
    let estimate = &line.estimate;
    let write = |value: f64| line.form.write(value);
    let range = |low: Option<f64>, high: Option<f64>| match (low, high) {
        (None, None) => String::new(),
        (low, high) if low == high => "exact".to_owned(),
        (low, high) => line.form.write_range(low, high),
    };
    let p = |p: Option<f64>| {
        let text = p.map(|p| if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") });
        text.unwrap_or_default()
    };
    vec![
        line.what.name(),
        line.unit.clone().unwrap_or_default(),
        line.when.clone(),
        estimate.value.map_or_else(|| "unknown".to_owned(), write),
        range(estimate.low, estimate.high),
        range(estimate.bound_low, estimate.bound_high),
        range(estimate.sampling_low, estimate.sampling_high),
        p(line.test.map(|test| test.p)),
        p(line.test.map(|test| test.adjusted)),
        estimate.n.to_string(),
    ]
}

/// All numbers for programs, with all digits.
fn exact(all: &[Answered]) -> Rows {
    let header = vec![
        "result",
        "measure",
        "what",
        "unit",
        "when",
        "value",
        "low",
        "high",
        "bound_low",
        "bound_high",
        "sampling_low",
        "sampling_high",
        "joined_low",
        "joined_high",
        "p",
        "adjusted_p",
        "family",
        "n",
        "not_asked",
    ];
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let mut rows = Vec::new();
    for answered in all {
        let begin = vec![answered.described.name.to_owned(), answered.measure.to_string()];
        match &answered.found {
            Err(reason) => {
                let mut row = begin;
                row.resize(header.len() - 1, String::new());
                row.push(reason.clone());
                rows.push(row);
            }
            Ok(found) => rows.extend(found.lines.iter().map(|line| {
                let estimate = &line.estimate;
                let mut row = begin.clone();
                row.extend([line.what.name(), line.unit.clone().unwrap_or_default()]);
                row.push(line.when.clone());
                let ends = [
                    estimate.value,
                    estimate.low,
                    estimate.high,
                    estimate.bound_low,
                    estimate.bound_high,
                    estimate.sampling_low,
                    estimate.sampling_high,
                    line.joined().map(|joined| joined.0),
                    line.joined().map(|joined| joined.1),
                    line.test.map(|test| test.p),
                    line.test.map(|test| test.adjusted),
                ];
                row.extend(ends.map(number));
                row.push(line.test.map(|test| test.family.to_string()).unwrap_or_default());
                row.extend([estimate.n.to_string(), String::new()]);
                row
            })),
        }
    }
    Rows { header, rows }
}

fn footer(market: &Market, context: &Context<'_>) -> String {
    let simulated = if market.release.is_simulated { "; simulated data" } else { "" };
    let (measure, collection) = (context.measure, &market.release.collection);
    let (through, release) = (market.data_through, &market.release.id);
    format!(
        "{measure} of {collection}; interval: gaps and estimates; bounds: mass that belongs to \
         nobody known; sampling: owners drawn again; data through {through}, release \
         {release}{simulated}"
    )
}
