//! What the lineage of a collection rests on, and how often names are right where bases are declared.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use enrich::{Fault, Lineage, Registry, Sign};
use store::Store;

/// Wrong rows that are listed.
const LISTED: usize = 20;

/// The signs, the faults and the check of the names, as Markdown.
pub(crate) fn report(data: &Path, collection: &str) -> anyhow::Result<String> {
    let store = Store::open(data)?;
    let release = store.release(collection)?.context("the collection is not built")?;
    let lineage = why::read_lineage(&store, &release)?;
    let mut text = format!("Release {}, {} models.\n\n", release.id, lineage.len());
    signs(&lineage, &mut text)?;
    faults(&lineage, &mut text)?;
    names(&lineage, &mut text)?;
    Ok(text)
}

fn signs(lineage: &Lineage, text: &mut String) -> anyhow::Result<()> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for model in 0..lineage.len() {
        let edges = lineage.edges(model);
        let followed = edges.iter().find(|edge| edge.is_followed);
        let outside = |place: Option<usize>| if place.is_none() { ", outside" } else { "" };
        let sign = match followed {
            Some(edge) => format!("{}{}", edge.sign.name(), outside(edge.place)),
            None if lineage.root(model).is_none() => "nothing known".to_owned(),
            None => "none, a root".to_owned(),
        };
        *counts.entry(String::leak(sign)).or_default() += 1;
    }
    writeln!(text, "| base that is followed | models |\n|---|---|")?;
    for (sign, count) in counts {
        writeln!(text, "| {sign} | {count} |")?;
    }
    Ok(())
}

fn faults(lineage: &Lineage, text: &mut String) -> anyhow::Result<()> {
    writeln!(text, "\n| model | base | fault |\n|---|---|---|")?;
    for model in 0..lineage.len() {
        let id = lineage.relative(model).map_or("", |relative| relative.id.as_str());
        for edge in lineage.edges(model).iter().filter(|edge| edge.fault != Fault::None) {
            writeln!(text, "| {id} | {} | {} |", edge.base, edge.fault.name())?;
        }
        if lineage.fault(model) == Some(Fault::NoId) {
            writeln!(text, "| {id} | | {} |", Fault::NoId.name())?;
        }
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
