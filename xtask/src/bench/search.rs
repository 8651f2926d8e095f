//! Names found as one types, over millions of them.

use std::process::Command;

use anyhow::{Context, Result};

use super::Figure;
use super::collect::grouped;
use super::panel::build_example;
use crate::workspace::{Workspace, output_of};

/// An index over invented names, asked as people type.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Names.
    #[arg(long, default_value_t = 3_000_000)]
    names: u64,
}

const SEED: u64 = 7;
const MIB: f64 = (1_u64 << 20) as f64;
/// Questions of which the slowest are named.
const NAMED: usize = 3;

/// Measures and says what came out.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<Vec<Figure>> {
    let example = build_example(workspace, "search", "search_speed")?;
    let said =
        output_of(Command::new(example).args([args.names, SEED].map(|number| number.to_string())))
            .context("the example search_speed failed")?;
    let of = |wanted: &str| -> Result<f64> {
        let line = said.lines().find_map(|line| line.strip_prefix(wanted)?.strip_prefix(' '));
        let number = line.and_then(|line| line.split(' ').next());
        Ok(number.with_context(|| format!("a line of {wanted}"))?.parse()?)
    };
    let names = grouped(args.names);
    let (bytes, letters) = (of("index")?, of("names")?);
    let per_name = bytes / args.names as f64;
    let mut figures = vec![
        Figure::new(
            format!("index over {names} names made, on 2 threads; on 1"),
            format!("{:.1} s; {:.1} s", of("built-2")?, of("built-1")?),
            "",
        ),
        Figure::new(
            "memory of it; the letters of the names alone",
            format!("{:.0} MiB, {per_name:.0} bytes a name; {:.0} MiB", bytes / MIB, letters / MIB),
            "",
        ),
    ];
    let asked = format!("{} questions, typed letter by letter", grouped(of("questions")? as u64));
    for (name, what) in [("p50", "half are answered in"), ("p99", "99 in 100"), ("worst", "all")] {
        let promise = if name == "p50" { "" } else { "under 20 ms" };
        let took = format!("{:.2} ms", of(name)?);
        figures.push(Figure::new(format!("{asked}: {what}"), took, promise));
    }
    figures.push(Figure::new(
        "— the slowest of 5 times that each was asked",
        format!("{:.2} ms", of("slowest")?),
        "",
    ));
    let slow = said.lines().filter_map(|line| line.strip_prefix("slow ")?.split_once(" ms: "));
    for (took, question) in slow.take(NAMED) {
        let took: f64 = took.parse()?;
        figures.push(Figure::new(format!("— `{question}`"), format!("{took:.1} ms"), ""));
    }
    Ok(figures)
}
