//! What the lineage of a collection rests on, and how often names are right where bases are declared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use enrich::{Fault, Lineage, Registry, Sign};
use store::Store;

/// Faults of a kind that are shown.
const EXAMPLES: usize = 3;
/// Wrong rows that are listed.
const LISTED: usize = 20;

/// The signs, the faults and the check of the names, as Markdown.
pub(crate) fn report(data: &Path, collection: &str) -> anyhow::Result<String> {
    let store = Store::open(data)?;
    let release = store.release(collection)?.context("the collection is not built")?;
    let lineage = why::read_lineage(&store, &release)?;
    let mut text = format!("{} models of {collection}.\n\n", lineage.len());
    signs(&lineage, &mut text)?;
    faults(&lineage, &mut text)?;
    names(&lineage, &mut text)?;
    Ok(text)
}

fn signs(lineage: &Lineage, text: &mut String) -> anyhow::Result<()> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for model in 0..lineage.len() {
        let edges = lineage.edges(model);
        let followed = edges.iter().find(|edge| edge.is_followed);
        let outside = |place: Option<usize>| if place.is_none() { ", outside" } else { "" };
        let sign = match followed {
            Some(edge) => format!("{}{}", edge.sign.name(), outside(edge.place)),
            None if lineage.root(model).is_none() => "nothing known".to_owned(),
            None => "none, a root".to_owned(),
        };
        *counts.entry(sign).or_default() += 1;
    }
    writeln!(text, "| base that is followed | models |\n|---|---|")?;
    for (sign, count) in counts {
        writeln!(text, "| {sign} | {count} |")?;
    }
    Ok(())
}

fn faults(lineage: &Lineage, text: &mut String) -> anyhow::Result<()> {
    let mut rows: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for model in 0..lineage.len() {
        let id = lineage.relative(model).map_or("", |relative| relative.id.as_str());
        for edge in lineage.edges(model).iter().filter(|edge| edge.fault != Fault::None) {
            rows.entry(edge.fault.name()).or_default().push(format!("{id} from {}", edge.base));
        }
        if lineage.fault(model) == Some(Fault::NoId) {
            rows.entry(Fault::NoId.name()).or_default().push(id.to_owned());
        }
    }
    writeln!(text, "\n| fault of a declared base | edges | such as |\n|---|---|---|")?;
    for (fault, rows) in rows {
        let some: Vec<&str> = rows.iter().take(EXAMPLES).map(String::as_str).collect();
        writeln!(text, "| {fault} | {} | {} |", rows.len(), some.join("; "))?;
    }
    Ok(())
}

/// Of models that follow a declared base to a root in the collection, the names are asked as if
/// nothing were declared.
fn names(lineage: &Lineage, text: &mut String) -> anyhow::Result<()> {
    let guesses = lineage.guesses(Registry::builtin());
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (model, guess) in guesses.into_iter().enumerate() {
        let edges = lineage.edges(model);
        let Some(edge) = edges.iter().find(|edge| edge.is_followed) else { continue };
        let Some(root) = lineage.root(model).filter(|root| root.place.is_some()) else { continue };
        if matches!(edge.sign, Sign::CardText | Sign::Marks | Sign::SameName | Sign::Beginning) {
            continue;
        }
        let Some((base, sign)) = guess else {
            counts.entry("no name says anything").or_default()[0] += 1;
            continue;
        };
        let place = if edge.place == Some(base) {
            0
        } else if lineage.family(base) == lineage.family(model) {
            1
        } else {
            let id = |place: usize| lineage.relative(place).map_or("", |one| one.id.as_str());
            let row =
                format!("| {} | {} | {} | {} |", id(model), edge.base, root.model_id, id(base));
            wrong.push(row);
            2
        };
        counts.entry(sign.name()).or_default()[place] += 1;
    }
    writeln!(text, "\n| sign | the declared base | another of its family | another family |")?;
    writeln!(text, "|---|---|---|---|")?;
    for (sign, [base, family, other]) in counts {
        writeln!(text, "| {sign} | {base} | {family} | {other} |")?;
    }
    writeln!(text, "\n{} wrong, the first {LISTED}:\n", wrong.len())?;
    writeln!(text, "| model | declared | root | by name |\n|---|---|---|---|")?;
    for row in wrong.iter().take(LISTED) {
        writeln!(text, "{row}")?;
    }
    Ok(())
}
