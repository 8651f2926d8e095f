//! Writes a simulated economy as columns, one file each, for whoever measures other engines by it.
//!
//! ```text
//! echo FOLDER 1000000 270 200000 7 | cargo run --release -p simulate --example panel_tables
//! ```
//!
//! The numbers are models, weeks, owners and the seed.
//! Each file holds little-endian whole numbers without a head, in the width that its name ends
//! with: cells by week, then model (`cells.week.u16`, …), and models (`models.owner.u32`, …).
#![expect(
    clippy::disallowed_methods,
    reason = "a tool of the benchmarks writes the files that it is asked for"
)]

use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use simulate::{PanelAttribute, PanelOptions, PanelTables};

const BUFFER_BYTES: usize = 1 << 20;

fn main() -> Result<(), Box<dyn Error>> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let words: Vec<&str> = line.split_whitespace().collect();
    let [folder, models, weeks, owners, seed] = words[..] else {
        return Err("expected a folder, models, weeks, owners and a seed on standard input".into());
    };
    let tables = PanelTables::new(PanelOptions {
        models: models.parse()?,
        weeks: weeks.parse()?,
        owners: owners.parse()?,
        seed: seed.parse()?,
    });
    let folder = Path::new(folder);
    write_models(folder, &tables)?;
    write_cells(folder, &tables)?;
    Ok(())
}

fn column(folder: &Path, name: &str) -> io::Result<BufWriter<File>> {
    Ok(BufWriter::with_capacity(BUFFER_BYTES, File::create(folder.join(name))?))
}

fn write_models(folder: &Path, tables: &PanelTables) -> io::Result<()> {
    let mut owner = column(folder, "models.owner.u32")?;
    for code in &tables.owner {
        owner.write_all(&code.to_le_bytes())?;
    }
    owner.flush()?;
    for attribute in PanelAttribute::ALL {
        let mut codes = column(folder, &format!("models.{}.u8", attribute.name()))?;
        codes.write_all(tables.codes(attribute))?;
        codes.flush()?;
        let mut labels = column(folder, &format!("labels.{}.txt", attribute.name()))?;
        for label in attribute.labels() {
            writeln!(labels, "{label}")?;
        }
        labels.flush()?;
    }
    Ok(())
}

fn write_cells(folder: &Path, tables: &PanelTables) -> io::Result<()> {
    let mut week_of = column(folder, "cells.week.u16")?;
    let mut model_of = column(folder, "cells.model.u32")?;
    let mut parts = column(folder, "cells.parts.u32")?;
    let mut state = column(folder, "cells.state.u8")?;
    for week in 0..tables.options().weeks {
        for (model, cell) in tables.flows_in(week) {
            week_of.write_all(&week.to_le_bytes())?;
            model_of.write_all(&model.to_le_bytes())?;
            parts.write_all(&cell.parts.to_le_bytes())?;
            state.write_all(&[cell.state as u8])?;
        }
    }
    for mut file in [week_of, model_of, parts, state] {
        file.flush()?;
    }
    Ok(())
}
