//! The same questions answered with numbers alone, as the other engines answer them, and what the
//! memory itself allows.

use std::path::Path;

use analyze::{CELLS, Market};
use anyhow::Context;
use panel::{
    Birth, Cells, Cubes, Detail, Filter, FlowQuestion, Grouping, Moments, Panel, Readings, Scope,
    Sums, moments,
};
use schema::{Flagged, Group};
use serde_json::{Value, json};
use simulate::PanelAttribute;
use store::{Layer, Store};

use crate::ask::{FILTERS, conditions};
use crate::economy::COLLECTION;
use crate::memory::resident_mib;
use crate::{repeated, say, timed};

const THREADS: usize = 2;
const YEAR: usize = 52;
/// More units than there are countries, and fewer than uploaders.
const MOST_COMBINATIONS: usize = 1_000;

/// What the engine adds up, without what makes estimates of it; groupings are those of a market.
pub(crate) fn all(folder: &Path, market: &Market, runs: usize) -> anyhow::Result<()> {
    let store = Store::open(folder)?;
    let before = resident_mib()?;
    let cells = read(&store)?;
    let (count, held) = (cells.count(), cells.bytes());
    let births = vec![Birth::Unknown; market.model_count()];
    let panel = Panel::new(Readings::new(births.len(), []), cells, &births, THREADS);
    let (seconds, cubes) = timed(|| prepare(market, &panel))?;
    let resident = (resident_mib()? - before) * 1_048_576.0;
    say(&json!({
        "event": "cells",
        "cells": count,
        "prepare_seconds": seconds,
        "held_bytes_a_cell": (held + cubes.bytes()) as f64 / count as f64,
        "resident_bytes_a_cell": resident / count as f64,
        "prepared_bytes_a_cell": cubes.bytes() as f64 / count as f64,
    }));
    for (filter, modality) in FILTERS {
        let kept = market.filter(&conditions(modality))?;
        let from_cells = Asked { market, panel: &panel, filter: &kept, cubes: None };
        let with_cubes = Asked { cubes: Some(&cubes), ..from_cells };
        // Of some models only, both are the same.
        let ways = [("values", with_cubes), ("cells", from_cells)];
        let count = if modality.is_none() { ways.len() } else { 1 };
        for (engine, asked) in &ways[..count] {
            for (question, ask) in QUESTIONS {
                let (seconds, answer) = repeated(runs, || ask(*asked))?;
                say(&json!({
                    "event": "answered",
                    "engine": engine,
                    "question": question,
                    "filter": filter,
                    "seconds": seconds,
                    "answer": answer,
                }));
            }
        }
    }
    stream(count, runs)
}

/// The sums of uploaders by week, from which those of countries follow.
fn prepare(market: &Market, panel: &Panel) -> anyhow::Result<Cubes> {
    let grouping = |name: &str| market.grouping(&Group::Attribute(name.to_owned()));
    let attributes = [("uploader", grouping("uploader")?), ("country", grouping("country")?)];
    Ok(Cubes::new(panel, &attributes, MOST_COMBINATIONS))
}

/// What a question is put to.
#[derive(Clone, Copy)]
struct Asked<'a> {
    market: &'a Market,
    panel: &'a Panel,
    filter: &'a Filter,
    /// Sums that were made beforehand, if they may be used.
    cubes: Option<&'a Cubes>,
}

type Ask = fn(Asked<'_>) -> anyhow::Result<Value>;

const QUESTIONS: [(&str, Ask); 3] = [
    ("sums_by_country", |asked| {
        let scope = Scope::new(asked.grouping("country")?, asked.filter);
        // The engine has codes of its own; answers come in the order of the names.
        let labels = PanelAttribute::Country.labels();
        let place = |unit: u32| {
            let label = scope.units().label(unit);
            labels
                .binary_search_by(|known| known.as_str().cmp(label))
                .ok()
                .context("a lost country")
        };
        let places: Vec<usize> =
            (0..scope.units().unit_count() as u32).map(place).collect::<anyhow::Result<_>>()?;
        let sums = asked.of("country", &scope, 1, |sums| {
            let mut of_all = vec![0; labels.len()];
            places.iter().zip(sums.all_parts()).for_each(|(place, sum)| of_all[*place] = *sum);
            of_all
        })?;
        Ok(json!(sums.concat()))
    }),
    ("hhi_by_uploader", |asked| {
        let scope = Scope::new(asked.grouping("uploader")?, asked.filter);
        Ok(json!(asked.of("uploader", &scope, 1, |sums| hhi(moments(sums.all_parts())))?))
    }),
    ("trailing_by_uploader", |asked| {
        let scope = Scope::new(asked.grouping("uploader")?, asked.filter);
        let ratios = asked.of("uploader", &scope, YEAR, |sums| {
            let moments = moments(sums.all_parts());
            [moments.largest / moments.sum, hhi(moments)]
        })?;
        Ok(json!(ratios.concat()))
    }),
];

fn hhi(Moments { squares, sum, .. }: Moments) -> f64 {
    10_000.0 * squares / (sum * sum)
}

impl Asked<'_> {
    fn grouping(&self, group: &str) -> anyhow::Result<&Grouping> {
        Ok(self.market.grouping(&Group::Attribute(group.to_owned()))?)
    }

    fn of<T: Send>(
        &self,
        group: &str,
        scope: &Scope<'_>,
        window: usize,
        answer: impl Fn(&Sums) -> T + Sync,
    ) -> anyhow::Result<Vec<T>> {
        let question = FlowQuestion {
            scope,
            is_first_year: false,
            flagged: Flagged::Include,
            window,
            detail: Detail::Values,
            prepared: self.cubes.and_then(|cubes| cubes.weekly(group)),
        };
        let (first, last) = self.panel.weeks().context("no weeks")?;
        let weeks = (first.plus(window as i32 - 1), last);
        Ok(self.panel.over_windows(&question, weeks, |_, sums| answer(sums)))
    }
}

fn read(store: &Store) -> anyhow::Result<Cells> {
    let release = store.release(COLLECTION)?.context("nothing was written there")?;
    let (mut source, bytes) = store.open_stream(Layer::Panel, COLLECTION, &release.panel, CELLS)?;
    Ok(Cells::read(&mut source, bytes)?)
}

/// Adds up as many bytes as cells have, in two threads: what memory allows.
fn stream(cells: usize, runs: usize) -> anyhow::Result<()> {
    for (what, words) in [("values", cells / 2), ("cells", cells * 9 / 8)] {
        let words: Vec<u64> = (0..words as u64).collect();
        let (seconds, sum) = repeated(runs, || {
            let share = words.len().div_ceil(THREADS).max(1);
            Ok(std::thread::scope(|scope| {
                let add =
                    |part: &[u64]| part.iter().fold(0_u64, |sum, word| sum.wrapping_add(*word));
                let parts: Vec<_> =
                    words.chunks(share).map(|part| scope.spawn(move || add(part))).collect();
                parts
                    .into_iter()
                    .map(|part| part.join().expect("adding up does not panic"))
                    .fold(0_u64, u64::wrapping_add)
            }))
        })?;
        say(&json!({
            "event": "streamed",
            "what": what,
            "bytes": words.len() * 8,
            "seconds": seconds,
            "sum": sum,
        }));
    }
    Ok(())
}
