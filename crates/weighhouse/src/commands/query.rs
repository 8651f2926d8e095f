//! `weighhouse query`: ask a collection for numbers.

use std::path::Path;

use analyze::results::{Context, Options, with_sampling};
use analyze::{Answer, Condition, Event, EventKind, Market, Period, Query, Row};
use anyhow::Context as _;
use schema::{CalendarPeriod, Flagged, Group, Measure, Statistic, Window};
use store::Store;

use crate::output::{Format, Rows, print_text, say};
use crate::{Outcome, output};

/// Ask a collection for numbers, each with its interval and bounds.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What is asked: sum, share, rank, percentile, hhi, hhi_normalized, effective_number, cr1, cr4,
    /// cr10, gini, entropy, theil, top, quantiles or lorenz.
    #[arg(value_name = "STAT", required = true)]
    statistics: Vec<Statistic>,
    /// The collection.
    #[arg(long, value_name = "C")]
    collection: String,
    /// What is counted: flows downloads and first_year, readings downloads_30d, rate_30d,
    /// downloads_all_time and likes, or models.
    #[arg(long, value_name = "M")]
    measure: Measure,
    /// What shares are of: model, uploader, developer, family, country, country_group, sector, or
    /// any groupable attribute (see weighhouse attributes).
    #[arg(long, value_name = "G")]
    group: String,
    /// Only models that meet all conditions; values of one attribute are alternatives. With
    /// counting_rule=RULE what counts as a download is held fixed.
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
    /// Over periods of the calendar: 2024, 2024-Q3, 2024-07, or ..2022 for all years up to 2022.
    #[arg(long, value_name = "PERIOD,…", conflicts_with_all = ["as_of", "from", "to", "window"])]
    period: Option<String>,
    /// Sum flows over this many trailing weeks: 1, 4, 13 or 52.
    #[arg(long, value_name = "WEEKS", default_value_t)]
    window: Window,
    /// Include, exclude, or take only cells with a flag: include, exclude or only.
    #[arg(long, value_name = "CHOICE", default_value_t)]
    flagged: Flagged,
    /// Cut the rows of units to the K largest.
    #[arg(long, value_name = "K")]
    top: Option<usize>,
    /// Add sampling intervals to shares and indices: what a comparable economy, its owners drawn
    /// again, would show. A census itself has no sampling error.
    #[arg(long)]
    sampling: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let period = Period::parse(args.as_of.as_deref(), args.from.as_deref(), args.to.as_deref())?;
    let query = Query {
        statistics: args.statistics.clone(),
        measure: args.measure,
        group: Group::named(&args.group),
        conditions: Condition::parse_list(args.conditions.as_deref().unwrap_or_default())?,
        period,
        window: args.window,
        flagged: args.flagged,
        top: args.top,
    };
    query.check()?;
    let periods = args.period.as_deref().map(CalendarPeriod::parse_list).transpose()?;
    let store = Store::open(data)?;
    let market = Market::load(&store, &args.collection)?;
    let context = args.sampling.then(|| {
        let asked = Options { measure: Some(args.measure), ..Options::default() };
        Context::new(&store, &market, asked)
    });
    let asked = Asked { market: &market, context: context.as_ref() };
    let (answer, reaches) = match periods {
        None => (asked.answer(&query)?, Vec::new()),
        Some(periods) => asked.of_periods(&query, &periods)?,
    };
    match args.format {
        Format::Json => {
            print_text(&serde_json::to_string_pretty(&serve::api::query_response(&answer))?)?;
        }
        Format::Table => {
            table(&answer).print(args.format)?;
            if answer.rows.iter().all(|row| row.estimate.value.is_none()) {
                say(&format!("nothing is defined: no model has a known {} here", answer.measure));
            }
            for reach in &reaches {
                say(reach);
            }
            say(&footer(&answer));
            if let Some(line) = events(&answer) {
                say(&line);
            }
        }
        Format::Csv => exact(&answer).print(args.format)?,
    }
    Ok(Outcome::Done)
}

/// A market, and what sampling intervals are drawn from where they are wanted.
struct Asked<'a> {
    market: &'a Market,
    context: Option<&'a Context<'a>>,
}

impl Asked<'_> {
    fn answer(&self, query: &Query) -> anyhow::Result<Answer> {
        let mut answer = analyze::answer(self.market, query)?;
        if let Some(context) = self.context {
            with_sampling(context, query, &mut answer.rows)?;
        }
        Ok(answer)
    }

    /// The answers to a question about periods, as one, with what of each the collection has.
    fn of_periods(
        &self,
        query: &Query,
        periods: &[CalendarPeriod],
    ) -> anyhow::Result<(Answer, Vec<String>)> {
        let mut whole: Option<Answer> = None;
        let mut reaches = Vec::new();
        for period in periods {
            let within = query.in_period(self.market, *period)?;
            let answer = self.answer(&within.query)?;
            reaches.push(within.to_string());
            match &mut whole {
                None => whole = Some(answer),
                Some(whole) => {
                    whole.rows.extend(answer.rows);
                    let is_new = |event: &Event| !whole.events.contains(event);
                    let new: Vec<Event> = answer.events.into_iter().filter(is_new).collect();
                    whole.events.extend(new);
                }
            }
        }
        Ok((whole.context("no period is given")?, reaches))
    }
}

const HEADER: [&str; 13] = [
    "at",
    "unit",
    "stat",
    "value#",
    "low#",
    "high#",
    "bound_low#",
    "bound_high#",
    "sampling_low#",
    "sampling_high#",
    "n#",
    "estimated_share#",
    "missing_cells#",
];

fn table(answer: &Answer) -> Rows {
    rows(answer, |row, value| match row.statistic {
        Statistic::Sum | Statistic::Top => output::grouped(value.round() as u64),
        Statistic::Hhi | Statistic::EffectiveNumber => format!("{value:.4}"),
        _ => format!("{value:.6}"),
    })
}

fn exact(answer: &Answer) -> Rows {
    rows(answer, |_, value| value.to_string())
}

fn rows(answer: &Answer, number: impl Fn(&Row, f64) -> String) -> Rows {
    let row = |row: &Row| {
        let estimate = &row.estimate;
        let value = |value: Option<f64>| value.map(|v| number(row, v)).unwrap_or_default();
        let share = estimate.estimated_share.map(|share| format!("{share:.4}"));
        vec![
            row.at.to_string(),
            row.unit.clone().unwrap_or_default(),
            row.statistic.to_string(),
            value(estimate.value),
            value(estimate.low),
            value(estimate.high),
            value(estimate.bound_low),
            value(estimate.bound_high),
            value(estimate.sampling_low),
            value(estimate.sampling_high),
            estimate.n.to_string(),
            share.unwrap_or_default(),
            estimate.missing_cells.map(|cells| cells.to_string()).unwrap_or_default(),
        ]
    };
    let mut rows = Rows { header: HEADER.to_vec(), rows: answer.rows.iter().map(row).collect() };
    let has_sampling = |row: &Row| row.estimate.sampling_low.is_some();
    if !answer.rows.iter().any(has_sampling) {
        // Of what was not asked there is no column.
        for name in ["sampling_low#", "sampling_high#"] {
            rows.remove(name);
        }
    }
    rows
}

/// What happened to the counters in the time asked for: how often, and when first.
fn events(answer: &Answer) -> Option<String> {
    let of_kind = |kind: EventKind| {
        let mut days =
            answer.events.iter().filter(|event| event.kind == kind).map(|event| event.at.day());
        let first = days.next()?;
        Some(match days.count() {
            0 => format!("{} on {first}", kind.title().to_lowercase()),
            more => format!("{} {} times from {first} on", kind.title().to_lowercase(), more + 1),
        })
    };
    let kinds: Vec<String> = EventKind::ALL.into_iter().filter_map(of_kind).collect();
    let said = kinds.join("; ");
    (!kinds.is_empty()).then(|| format!("in this time: {said} (--format json says more)"))
}

fn footer(answer: &Answer) -> String {
    let simulated = if answer.is_simulated { "; simulated data" } else { "" };
    let flagged = match answer.flagged {
        Flagged::Include => "",
        Flagged::Exclude => ", without flagged weeks",
        Flagged::Only => ", flagged weeks only",
    };
    format!(
        "{} by {} of {}{flagged}, data through {}, release {}{simulated}",
        answer.measure, answer.group, answer.collection, answer.data_through, answer.release,
    )
}
