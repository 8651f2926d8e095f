//! `weighhouse attributes`: what is known of each model.

mod document;

use std::path::Path;

use analyze::Market;
use enrich::attributes::catalogue;
use schema::Attribute;
use store::{Layer, Release, Store};

use crate::Outcome;
use crate::output::{self, Format, Rows, print_text, say};

/// List the attributes of models: type, unit, meaning, and of how many models each is known.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How much is known in this collection; without it, in the one with the newest reading.
    #[arg(long, value_name = "C")]
    collection: Option<String>,
    /// Print the whole catalogue as a document: source, method and inputs of each.
    #[arg(long, conflicts_with_all = ["collection", "format"])]
    markdown: bool,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    if args.markdown {
        print_text(document::markdown().trim_end())?;
        return Ok(Outcome::Done);
    }
    let coverage = match &args.collection {
        Some(name) => {
            let store = Store::open(data)?;
            store.expect_collection(name)?;
            let release = store.release(name)?;
            Some(Coverage::read(
                &store,
                release.ok_or_else(|| analyze::Error::NotBuilt { collection: name.clone() })?,
            )?)
        }
        None => newest(data)?,
    };
    let mut header = vec!["name", "family", "type", "unit", "groupable"];
    if coverage.is_some() {
        header.extend(["known#", "example"]);
    }
    header.push("meaning");
    if args.format != Format::Table {
        header.extend(["title", "source", "method", "version", "inputs", "confidence"]);
    }
    let rows = catalogue().map(|attribute| row(attribute, coverage.as_ref(), args.format));
    Rows { header, rows: rows.collect() }.print(args.format)?;
    match coverage {
        Some(Coverage { release, models, .. }) => say(&format!(
            "{} attributes, known in {} of {} models, release {}",
            catalogue().count(),
            release.collection,
            output::grouped(models),
            release.id
        )),
        None => say(&format!("{} attributes; nothing is built yet", catalogue().count())),
    }
    Ok(Outcome::Done)
}

/// How much is known in a collection.
struct Coverage {
    release: Release,
    models: u64,
    /// By attribute: the models it is known of, and an example.
    known: Vec<(String, u64, String)>,
}

impl Coverage {
    fn read(store: &Store, release: Release) -> anyhow::Result<Self> {
        let known = Market::descriptions(store, &release)?.into_iter();
        let known = known.map(|one| (one.name, one.known_count, one.example)).collect();
        let manifest = store.manifest(Layer::Tables, &release.collection, &release.tables)?;
        Ok(Self { models: manifest.row_count, known, release })
    }
}

/// The coverage of the collection with the newest reading, where anything is built.
fn newest(data: &Path) -> anyhow::Result<Option<Coverage>> {
    let Ok(store) = Store::open(data) else { return Ok(None) };
    let names = store.collections()?.into_iter();
    let releases = names.map(|name| store.release(&name)).collect::<store::Result<Vec<_>>>()?;
    let newest = releases.into_iter().flatten().max_by(|a, b| a.data_through.cmp(&b.data_through));
    newest.map(|release| Coverage::read(&store, release)).transpose()
}

fn row(attribute: &Attribute, coverage: Option<&Coverage>, format: Format) -> Vec<String> {
    let mut row = vec![
        attribute.name.to_owned(),
        attribute.family.to_owned(),
        attribute.value_type.name().to_owned(),
        attribute.unit.to_owned(),
        if attribute.is_groupable { "yes" } else { "no" }.to_owned(),
    ];
    if let Some(Coverage { models, known, .. }) = coverage {
        let known = known.iter().find(|(name, _, _)| name == attribute.name);
        let (count, example) = known.map_or((0, ""), |(_, count, example)| (*count, example));
        let share = count as f64 / (*models).max(1) as f64;
        row.push(match format {
            Format::Table => format!("{:.1} %", share * 100.0),
            Format::Json | Format::Csv => count.to_string(),
        });
        row.push(example.to_owned());
    }
    row.push(attribute.meaning.to_owned());
    if format != Format::Table {
        row.extend([
            attribute.title.to_owned(),
            attribute.source.to_owned(),
            attribute.method.to_owned(),
            attribute.version.to_string(),
            attribute.inputs.join(" "),
            attribute.confidence.name().to_owned(),
        ]);
    }
    row
}
