//! `weighhouse registry diff`: where another registry of owners disagrees with ours.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use enrich::{Comparison, OtherRegistry, Registry, Verdict};

use crate::Outcome;
use crate::output::{self, Format, Rows, grouped};

/// List where another registry disagrees with ours, with both values and our evidence.
///
/// FILE is a CSV with a header: ATOM's regions of namespaces, Epoch's organisations, the authors
/// of the paper's data set, or owners in our own format. It is told by its columns: `hf_org` and
/// `region`, `organization` and `country`, `author` and `org_country_single`, `owner` and
/// `country`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The other registry.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A folder with the registry to hold it against, in place of the one that is built in.
    #[arg(long, value_name = "DIR")]
    registry: Option<PathBuf>,
    /// List what agrees too, and the owners that only one of both has.
    #[arg(long)]
    all: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Outcome> {
    let place = || args.file.display().to_string();
    let text = String::from_utf8(store::input::read(&args.file)?)
        .with_context(|| format!("{} is not in UTF-8", place()))?;
    let other = OtherRegistry::read(&text).map_err(anyhow::Error::msg).with_context(place)?;
    let comparison = match &args.registry {
        None => Registry::builtin().compare(&other),
        Some(folder) => {
            let registry = Registry::parse(&super::files(folder)?).map_err(|faults| {
                anyhow::anyhow!(
                    "{} has {} faults, the first in {}: run weighhouse registry check",
                    folder.display(),
                    faults.len(),
                    faults[0]
                )
            })?;
            registry.compare(&other)
        }
    };
    let header = vec!["owner", "field", "ours", "theirs", "verdict", "confidence", "evidence"];
    Rows { header, rows: rows(&comparison, args.all) }.print(args.format)?;
    say_counts(&comparison);
    Ok(Outcome::Done)
}

fn rows(comparison: &Comparison, with_all: bool) -> Vec<Vec<String>> {
    let fields = comparison.fields.iter();
    let fields = fields.filter(|it| with_all || it.verdict != Verdict::Same).map(|it| {
        vec![
            it.owner.clone(),
            it.field.to_owned(),
            it.ours.clone(),
            it.theirs.clone(),
            word(it.verdict).to_owned(),
            it.confidence.clone(),
            it.evidence.clone(),
        ]
    });
    let mut rows: Vec<_> = fields.collect();
    if with_all {
        let one_sided = |owner: &String, verdict: &str| {
            let mut row = vec![String::new(); 7];
            owner.clone_into(&mut row[0]);
            verdict.clone_into(&mut row[4]);
            row
        };
        rows.extend(comparison.only_here.iter().map(|it| one_sided(it, "only here")));
        rows.extend(comparison.only_there.iter().map(|it| one_sided(it, "only there")));
    }
    rows
}

/// Owners by the worst verdict over their fields, on stderr.
fn say_counts(comparison: &Comparison) {
    let mut worst: BTreeMap<&str, Verdict> = BTreeMap::new();
    for field in &comparison.fields {
        let verdict = worst.entry(&field.owner).or_insert(field.verdict);
        *verdict = field.verdict.max(*verdict);
    }
    let count = |verdict| worst.values().filter(|it| **it == verdict).count();
    let counts = [
        ("same", count(Verdict::Same)),
        ("alternative", count(Verdict::Alternative)),
        ("differ", count(Verdict::Differs)),
        ("only_here", comparison.only_here.len()),
        ("only_there", comparison.only_there.len()),
    ];
    let said =
        counts.map(|(name, count)| format!("{} {}", grouped(count as u64), name.replace('_', " ")));
    let fields = counts.iter().map(|(name, count)| ((*name).to_owned(), (*count).into()));
    output::report(
        &format!("owners: {}", said.join(", ")),
        serde_json::Value::Object(fields.collect()),
    );
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "same",
        Verdict::Alternative => "alternative",
        Verdict::Differs => "differs",
    }
}
