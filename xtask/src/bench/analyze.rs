//! All results of a large collection, intervals included.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::Figure;
use super::collect::grouped;
use super::panel::build_example;
use crate::workspace::{Workspace, output_of};

/// Every result of `weighhouse results`, with its sampling intervals.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Models.
    #[arg(long, default_value_t = 1_000_000)]
    models: u32,
    /// Weeks.
    #[arg(long, default_value_t = 270)]
    weeks: u16,
    /// How often owners, a fifth as many as models, are drawn again.
    #[arg(long, default_value_t = 1_000)]
    draws: u32,
}

const SEED: u32 = 7;
const MODELS_AN_OWNER: u32 = 5;
const GIB: f64 = (1_u64 << 30) as f64;
/// Results of which the slowest are named.
const NAMED: usize = 6;

/// Measures and says what came out.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<Vec<Figure>> {
    let example = build_example(workspace, "weighhouse", "results_speed")?;
    let owners = args.models / MODELS_AN_OWNER;
    let words = [args.models, args.weeks.into(), owners, SEED, args.draws];
    let said = output_of(Command::new(example).args(words.map(|word| word.to_string())))
        .context("the example results_speed failed")?;
    let mut lines: Vec<(&str, f64, u64, bool)> = Vec::new();
    for line in said.lines() {
        let mut words = line.splitn(4, ' ');
        let mut next = || words.next().context("a name and two numbers a line");
        let (name, number, count) = (next()?, next()?.parse()?, next()?.parse()?);
        lines.push((name, number, count, words.next().is_some()));
    }
    let of = |wanted: &str| {
        let line = lines.iter().find(|(name, ..)| *name == wanted);
        line.map(|(_, number, count, _)| (*number, *count)).context("a line of each kind")
    };
    let (all, count) = of("all")?;
    ensure!(
        lines.iter().all(|(.., is_refused)| !is_refused),
        "not every result was asked:\n{said}"
    );
    let size = format!("{} models, {} weeks", grouped(args.models.into()), args.weeks);
    let drawn =
        format!("{} draws of {} owners", grouped(args.draws.into()), grouped(owners.into()));
    let told = ["all", "memory", "whatif", "whatif-read"];
    let mut results: Vec<_> = lines.iter().filter(|(name, ..)| !told.contains(name)).collect();
    results.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut figures = vec![
        Figure::new(
            format!("all {count} results, {size}, {drawn}"),
            format!("{all:.1} s"),
            "under 60 s",
        ),
        Figure::new(
            "the most memory meanwhile, the collection included",
            format!("{:.2} GiB", of("memory")?.0 / GIB),
            "under 4 GiB",
        ),
    ];
    figures.extend(results.iter().take(NAMED).map(|(name, seconds, numbers, _)| {
        Figure::new(format!("{name}: {numbers} numbers"), format!("{seconds:.1} s"), "")
    }));
    let (read, _) = of("whatif-read")?;
    figures.push(Figure::new(
        "what owners hold over 52 weeks, read once for what-if",
        format!("{:.0} ms", read * 1e3),
        "",
    ));
    figures.push(Figure::new(
        "what if two owners merged: the effect on every index",
        format!("{:.0} ms", of("whatif")?.0 * 1e3),
        "under 100 ms",
    ));
    figures.extend(resampled(workspace)?);
    Ok(figures)
}

/// One indicator by week, drawn a thousand times over all owners, whatever they hold.
fn resampled(workspace: &Workspace) -> Result<Vec<Figure>> {
    let example = build_example(workspace, "stats", "resample_speed")?;
    let kinds = [
        (["shares", "full"], "weekly shares of 12 groups, every owner in every week"),
        (["shares", "grown"], "weekly shares of 12 groups, owners double every 45 weeks"),
        (["hhi", "full"], "weekly index of owners, every owner in every week"),
        (["hhi", "grown"], "weekly index of owners, owners double every 45 weeks"),
    ];
    let figure = |(words, what): ([&str; 2], &str)| {
        let said = output_of(Command::new(&example).args(words))
            .context("the example resample_speed failed")?;
        let seconds = said.split_once(": ").and_then(|(_, rest)| rest.split_once(" s,"));
        let (seconds, _) = seconds.context("the seconds of a draw")?;
        let drawn = "1,000 draws of 200,000 owners, 270 weeks";
        Ok(Figure::new(format!("{what}: {drawn}"), format!("{seconds} s"), "under 5 s"))
    };
    kinds.into_iter().map(figure).collect()
}
