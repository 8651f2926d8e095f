//! `weighhouse why`: why a model has the value that it has.

use std::path::Path;

use anyhow::bail;
use schema::Value;
use store::{Release, Store};
use why::{Evidence, Finding, Former, Models, Why};

use crate::Outcome;
use crate::output::{self, Format, Rows, print_text, say};

/// Longer values are cut in tables.
const MOST_CHARS: usize = 100;

/// Show what is known of a model and why: the value, the evidence, and the rule that made it.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The model: its id, an id it had before, or the Hub's _id.
    #[arg(value_name = "MODEL")]
    model: String,
    /// One attribute (see weighhouse attributes); without it, all that are known.
    #[arg(value_name = "ATTRIBUTE")]
    attribute: Option<String>,
    /// The collection; without it, the one with the newest reading that has the model.
    #[arg(long, value_name = "C")]
    collection: Option<String>,
    /// Also list attributes that are not known.
    #[arg(long)]
    all: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    let why = ask(&store, args)?;
    let is_listed =
        |finding: &&Finding| args.all || args.attribute.is_some() || !finding.value.is_null();
    let findings: Vec<&Finding> = why.findings.iter().filter(is_listed).collect();
    match (args.format, findings.as_slice()) {
        (Format::Json, _) => {
            let response = serve::api::why_response(&why, findings.iter().copied());
            print_text(&serde_json::to_string_pretty(&response)?)?;
        }
        (Format::Table, [one]) if args.attribute.is_some() => print_text(&page(&why, one))?,
        (format, _) => {
            rows(&findings, format).print(format)?;
            say(&footer(&why));
        }
    }
    Ok(Outcome::Done)
}

/// Asks the collection that was named, or those that there are, the newest first.
fn ask(store: &Store, args: &Args) -> anyhow::Result<Why> {
    let names = match &args.collection {
        Some(name) => {
            store.expect_collection(name)?;
            vec![name.clone()]
        }
        None => store.collections()?,
    };
    let releases = names.iter().map(|name| store.release(name));
    let releases = releases.collect::<store::Result<Vec<_>>>()?;
    let mut releases: Vec<Release> = releases.into_iter().flatten().collect();
    releases.sort_by(|a, b| b.data_through.cmp(&a.data_through));
    let mut refused = None;
    for release in releases {
        match why::why(&Models::of(store, &release), &args.model, args.attribute.as_deref()) {
            Ok(why) => return Ok(why),
            Err(error @ why::Error::UnknownModel { .. }) => {
                refused.get_or_insert(error);
            }
            Err(error) => return Err(error.into()),
        }
    }
    match refused {
        Some(error) => Err(error.into()),
        None => bail!("nothing is built yet; take readings in and run weighhouse build"),
    }
}

/// One value with all that belongs to it.
fn page(why: &Why, finding: &Finding) -> String {
    let attribute = finding.attribute;
    let value = match (&finding.value, attribute.unit) {
        (Value::Null, _) => "not known".to_owned(),
        (value, "") => shown(value),
        (value, unit) => format!("{} {unit}", shown(value)),
    };
    let mut lines = vec![
        format!("{}: {}", why.model_id, attribute.title),
        String::new(),
        format!("  value    {value}"),
        format!("  known    {}", known(finding)),
    ];
    if !finding.because.is_empty() {
        lines.push(format!("  because  {}", finding.because));
    }
    lines.extend([
        format!("  meaning  {}", attribute.meaning),
        format!("  source   {}", attribute.source),
        format!("  method   {} (version {})", attribute.method, attribute.version),
        String::new(),
    ]);
    let rows: Vec<Vec<String>> = finding.evidence.iter().map(evidence_row).collect();
    let evidence = Rows { header: vec!["evidence", "says", "told by"], rows };
    lines.push(evidence.text());
    lines.push(String::new());
    lines.push(footer(why));
    lines.join("\n")
}

fn known(finding: &Finding) -> &'static str {
    if finding.value.is_null() { "not at all" } else { finding.confidence.name() }
}

fn evidence_row(evidence: &Evidence) -> Vec<String> {
    let Evidence { name, value, place } = evidence;
    let says = match value {
        Value::Null => "nothing".to_owned(),
        value => cut(&shown(value)),
    };
    let told = place.as_ref().map(|place| {
        format!("{}, line {}, read at {}", place.file, output::grouped(place.line), place.read_at)
    });
    vec![name.clone(), says, told.unwrap_or_default()]
}

fn rows(findings: &[&Finding], format: Format) -> Rows {
    let is_table = format == Format::Table;
    let row = |finding: &&Finding| {
        let newest = finding.evidence.iter().filter_map(|evidence| evidence.place.as_ref());
        let newest = newest.max_by_key(|place| place.read_at);
        vec![
            finding.attribute.name.to_owned(),
            if is_table { cut(&shown(&finding.value)) } else { finding.value.to_string() },
            finding.attribute.unit.to_owned(),
            known(finding).to_owned(),
            finding.because.clone(),
            newest.map(|place| place.read_at.to_string()).unwrap_or_default(),
        ]
    };
    let header = vec!["attribute", "value", "unit", "known", "because", "read at"];
    Rows { header, rows: findings.iter().map(row).collect() }
}

fn shown(value: &Value) -> String {
    match value {
        // A list that is known to be empty.
        Value::TextList(items) if items.is_empty() => "none".to_owned(),
        Value::Integer(number) if *number >= 0 => output::grouped(number.unsigned_abs()),
        value => value.to_string(),
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MOST_CHARS {
        return text.to_owned();
    }
    text.chars().take(MOST_CHARS).chain(['…']).collect()
}

fn footer(why: &Why) -> String {
    let simulated = if why.is_simulated { "; simulated data" } else { "" };
    format!(
        "{}{} in {}, read from {} to {}, release {}{simulated}",
        why.model_id,
        formerly(why),
        why.collection,
        why.first_seen_at,
        why.last_seen_at,
        why.release,
    )
}

/// The names that the model had before, with until when as far as is known.
fn formerly(why: &Why) -> String {
    let name = |former: &Former| format!(", {} until {}", former.id, former.known.until().day());
    why.former.iter().map(name).collect()
}
