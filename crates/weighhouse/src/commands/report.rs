//! `weighhouse report`: what a collection says, as one file to be read, printed and kept.

mod pdf;

use std::path::{Path, PathBuf};

use analyze::Market;
use analyze::claims::{Asker, CLAIMS, Claim, Finding, check};
use analyze::results::{Answered, Context, Described, RESULTS};
use serve::Report;
use store::Store;

use super::results::Asked;
use crate::output::say;
use crate::{Outcome, pipeline};

/// Write what a collection says as one HTML file that needs nothing else: findings, every result
/// with pictures, numbers, uncertainties and tests, the paper's claims, and what the data are.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The collection.
    #[arg(long, value_name = "C")]
    collection: String,
    /// The file to write [default: COLLECTION-report.html].
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    /// Write a PDF beside it, which Chromium prints.
    #[arg(long)]
    pdf: bool,
    /// The Chromium that prints; without it, the one that is found.
    #[arg(long, value_name = "FILE", env = "CHROMIUM")]
    chromium: Option<PathBuf>,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    let market = Market::load(&store, &args.collection)?;
    let context = Context::new(&store, &market, args.asked.options()?);
    let answer = |described: &'static Described| described.answer(&context);
    let answered = RESULTS.iter().map(answer).collect::<analyze::Result<Vec<Answered>>>()?;
    let asker = Asker::new(&store, &market);
    let held = |claim: &'static Claim| Ok((claim, check(&asker, claim)?));
    let held: Vec<(&Claim, Finding)> = CLAIMS.iter().map(held).collect::<analyze::Result<_>>()?;
    let html = serve::report(&Report {
        market: &market,
        measure: context.measure,
        attribution: args.asked.attribution(),
        conditions: args.asked.conditions(),
        answered: &answered,
        held: &held,
        command: &command(args, &context),
        code_version: pipeline::CODE_VERSION,
    });
    let path = path(args);
    store::output::write(&path, html.as_bytes())?;
    say(&format!("{}: {} written", args.collection, path.display()));
    if !args.pdf {
        return Ok(Outcome::Done);
    }
    match pdf::print(&path, args.chromium.as_deref()) {
        Ok(printed) => {
            say(&format!("{}: {} printed", args.collection, printed.display()));
            Ok(Outcome::Done)
        }
        Err(why) => {
            say(&format!("{}: no PDF: {why:#}", args.collection));
            Ok(Outcome::CheckFailed)
        }
    }
}

fn path(args: &Args) -> PathBuf {
    let default = || PathBuf::from(format!("{}-report.html", args.collection));
    args.output.clone().unwrap_or_else(default)
}

/// The command that makes the report again, without the paths of this machine.
fn command(args: &Args, context: &Context<'_>) -> String {
    let asked = args.asked.words(context.measure);
    format!("weighhouse report --collection {} {asked}", args.collection)
}
