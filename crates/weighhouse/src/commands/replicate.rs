//! `weighhouse replicate`: the paper's claims, asked of a collection.

use std::path::Path;

use analyze::Market;
use analyze::claims::{Asker, CLAIMS, Claim, Expected, Finding, Status, check};
use store::Store;

use crate::Outcome;
use crate::output::{Format, Rows, say};

/// Hold each claim of *Economies of Open Intelligence* against a collection: its value, ours, how
/// sure ours is, and whether that bears the claim out.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The collection.
    #[arg(long, value_name = "C")]
    collection: String,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    let market = Market::load(&store, &args.collection)?;
    let asker = Asker::new(&store, &market);
    let found = |claim: &'static Claim| Ok((claim, check(&asker, claim)?));
    let findings = CLAIMS.iter().map(found).collect::<analyze::Result<Vec<_>>>()?;
    rows(&findings, args.format).print(args.format)?;
    if args.format == Format::Table {
        let count =
            |status: Status| findings.iter().filter(|(_, found)| found.status == status).count();
        let counts = Status::ALL.map(|status| format!("{} {}", count(status), status.name()));
        say(&format!("{} claims: {}", findings.len(), counts.join(", ")));
        let simulated = if market.release.is_simulated { "; simulated data" } else { "" };
        let (through, release) = (market.data_through, &market.release.id);
        say(&format!("data through {through}, release {release}{simulated}"));
    }
    Ok(Outcome::Done)
}

const HEADER: [&str; 12] = [
    "of",
    "claim",
    "said by",
    "expected#",
    "ours#",
    "low#",
    "high#",
    "bound_low#",
    "bound_high#",
    "status",
    "because",
    "command",
];

fn rows(findings: &[(&'static Claim, Finding)], format: Format) -> Rows {
    let number = |value: f64| match format {
        Format::Table => short(value),
        _ => value.to_string(),
    };
    let row = |(claim, found): &(&'static Claim, Finding)| {
        let ours = found.ours.as_ref();
        let value = |value: Option<f64>| value.map(number).unwrap_or_default();
        let expected = match claim.expected {
            Expected::Value(value, _) => number(value),
            direction => direction.to_string(),
        };
        vec![
            claim.number.to_string(),
            claim.text.to_owned(),
            claim.origin.name().to_owned(),
            expected,
            value(ours.and_then(|ours| ours.value)),
            value(ours.and_then(|ours| ours.low)),
            value(ours.and_then(|ours| ours.high)),
            value(ours.and_then(|ours| ours.bound_low)),
            value(ours.and_then(|ours| ours.bound_high)),
            found.status.name().to_owned(),
            found.because.clone(),
            found.command.clone(),
        ]
    };
    Rows { header: HEADER.to_vec(), rows: findings.iter().map(row).collect() }
}

/// Four digits, and the thousands that there are.
pub(super) fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 1e9 => format!("{:.2} B", value / 1e9),
        size if size >= 1e6 => format!("{:.2} M", value / 1e6),
        _ => format!("{value:.4}"),
    }
}
