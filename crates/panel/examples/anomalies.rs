//! Writes the tables of `docs/methods/anomalies.md` to standard output: how well the detectors do
//! on an economy with planted anomalies, of as many owners as standard input says.
//!
//! ```text
//! echo 20000 | cargo run --release -p panel --example anomalies
//! ```

use std::error::Error;
use std::io::{self, Write};

use panel::PARTS;
use panel::anomaly::{Flag, Flags, Series, SeriesSource, THRESHOLDS, flag_all};
use schema::Week;
use simulate::{Judgement, PlantedEconomy, PlantedKind, PlantedOptions, planted_economy};

fn main() -> Result<(), Box<dyn Error>> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let options = PlantedOptions { seed: 1, owners: line.trim().parse()?, weeks: 160 };
    let economy = planted_economy(&options);
    let mut source = Planted::of(economy);
    let counts = flag_all(&mut source, &THRESHOLDS);
    let flags = &source.flags;
    let judgement = source.economy.judge(|kind, model, week| {
        let place = PlantedKind::ALL.iter().position(|known| *known == kind).unwrap_or_default();
        flags[model][week].contains(Flag::ALL[place])
    });
    let cells: usize = source.values.iter().map(Vec::len).sum();
    let mut out = io::stdout().lock();
    writeln!(out, "{} models, {cells} cells, {counts:?}\n", source.economy.models.len())?;
    write_tables(&mut out, &judgement)?;
    Ok(())
}

fn write_tables(out: &mut impl Write, judgement: &Judgement) -> io::Result<()> {
    writeln!(out, "| kind | size | class | planted | found | any flag |")?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    for it in &judgement.recalls {
        let share = |count: u32| f64::from(count) / f64::from(it.planted);
        let (found, noticed) = (share(it.found), share(it.noticed));
        let (kind, size, class, planted) = (it.kind, it.size, it.class, it.planted);
        writeln!(out, "| {kind:?} | {size} | {class} | {planted} | {found:.2} | {noticed:.2} |")?;
    }
    writeln!(out, "\n| flag | runs | right |\n|---|---|---|")?;
    for it in &judgement.precisions {
        let right = f64::from(it.right) / f64::from(it.runs.max(1));
        writeln!(out, "| {:?} | {} | {right:.2} |", it.kind, it.runs)?;
    }
    Ok(())
}

struct Planted {
    economy: PlantedEconomy,
    values: Vec<Vec<u32>>,
    /// Every week is known.
    marks: Vec<()>,
    flags: Vec<Vec<Flags>>,
}

impl Planted {
    fn of(economy: PlantedEconomy) -> Self {
        let weeks = |model: &simulate::PlantedModel| model.downloads.len();
        let parts = |count: &u32| count.saturating_mul(PARTS);
        let models = &economy.models;
        Self {
            values: models.iter().map(|it| it.downloads.iter().map(parts).collect()).collect(),
            marks: vec![(); models.iter().map(weeks).max().unwrap_or_default()],
            flags: models.iter().map(|it| vec![Flags::NONE; weeks(it)]).collect(),
            economy,
        }
    }
}

impl SeriesSource for Planted {
    type Mark = ();

    fn is_known((): ()) -> bool {
        true
    }

    fn model_count(&self) -> usize {
        self.values.len()
    }

    fn owner(&self, model: usize) -> u32 {
        self.economy.models[model].owner
    }

    fn series(&self, model: usize) -> Option<Series<'_, ()>> {
        let values = &self.values[model][..];
        let first = Week::from_number(2_600 + self.economy.models[model].first_week as i32);
        Some(Series { first, values, marks: &self.marks[..values.len()] })
    }

    fn set(&mut self, model: usize, week: usize, flags: Flags) {
        self.flags[model][week] = self.flags[model][week].union(flags);
    }
}
