//! `weighhouse family`: what a model's family adds up to, by the role of who published each part.

use std::path::Path;

use anyhow::bail;
use store::{Release, Store};
use why::{Kinship, Member, Models, RoleSum, kinship};

use crate::Outcome;
use crate::output::{Format, Rows, grouped, print_text, say};

/// Models that JSON lists without --top.
const LISTED: usize = 50;

/// Show the family of a model: its root, and how many downloads flow through whom.
///
/// The roles add up to the family. docs/methods/intermediaries.md says what each means.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The model: its id, an id it had before, or the Hub's _id.
    #[arg(value_name = "MODEL")]
    model: String,
    /// The collection; without it, the one with the newest reading that has the model.
    #[arg(long, value_name = "C")]
    collection: Option<String>,
    /// List the K models with the most downloads instead of the roles.
    #[arg(long, value_name = "K")]
    top: Option<usize>,
    /// How to print.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    let family = ask(&store, args)?;
    if args.format == Format::Json {
        let response = serve::api::family_response(&family, args.top.unwrap_or(LISTED));
        print_text(&serde_json::to_string_pretty(&response)?)?;
        return Ok(Outcome::Done);
    }
    match args.top {
        Some(top) => members(&family, top, args.format).print(args.format)?,
        None => roles(&family, args.format).print(args.format)?,
    }
    say(&footer(&family));
    Ok(Outcome::Done)
}

/// Asks the collection that was named, or those that there are, the newest first.
fn ask(store: &Store, args: &Args) -> anyhow::Result<Kinship> {
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
        match kinship(&Models::of(store, &release), &args.model) {
            Ok(family) => return Ok(family),
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

fn roles(family: &Kinship, format: Format) -> Rows {
    let all = family.downloads_30d();
    let number =
        |count: u64| if format == Format::Table { grouped(count) } else { count.to_string() };
    let row = |name: &str, models: u64, counted: u64, downloads: i64| {
        let share = (all > 0).then(|| downloads as f64 / all as f64);
        vec![
            name.to_owned(),
            number(models),
            number(counted),
            number(downloads.unsigned_abs()),
            share.map(|share| format!("{share:.4}")).unwrap_or_default(),
        ]
    };
    let sum = |of: fn(&RoleSum) -> u64| family.roles.iter().map(of).sum::<u64>();
    let mut rows: Vec<Vec<String>> = family
        .roles
        .iter()
        .map(|role| row(role.role, role.models, role.counted, role.downloads_30d))
        .collect();
    rows.push(row("family", sum(|role| role.models), sum(|role| role.counted), all));
    Rows { header: vec!["role", "models#", "counted#", "downloads_30d#", "share#"], rows }
}

fn members(family: &Kinship, top: usize, format: Format) -> Rows {
    let row = |member: &Member| {
        let sum = member.downloads_30d.map(|sum| match format {
            Format::Table => grouped(sum.unsigned_abs()),
            _ => sum.to_string(),
        });
        let Member { model_id, role, derivation, .. } = member;
        let derivation = derivation.clone().unwrap_or_default();
        vec![model_id.clone(), role.clone(), derivation, sum.unwrap_or_default()]
    };
    let rows = family.members.iter().take(top).map(row).collect();
    Rows { header: vec!["model", "role", "derivation", "downloads_30d#"], rows }
}

fn footer(family: &Kinship) -> String {
    let way = match family.family {
        Some(_) => family.ancestry.join(" ← "),
        None => format!("nothing is known of what {} is made from", family.model_id),
    };
    let captured = family.captured().map(|share| format!("; captured {share:.4}"));
    let simulated = if family.is_simulated { "; simulated data" } else { "" };
    format!(
        "{way}{}; {}, data through {}, release {}{simulated}",
        captured.unwrap_or_default(),
        family.collection,
        family.data_through,
        family.release,
    )
}
