//! The measuring side of `cargo xtask accuracy`: attributes against what others found.
//!
//! ```text
//! accuracy sizes DATA TABLE REASONS    sizes against a table of published sizes, as Markdown
//! accuracy labels DATA TABLE           quantization and experts against labels, as Markdown
//! accuracy names TABLE...              what the names of tracked models say, as Markdown
//! ```
//!
//! DATA is a data directory that was built; what several of its collections know is taken
//! together.
#![expect(clippy::disallowed_methods, reason = "a measuring tool reads its arguments and files")]
#![expect(clippy::print_stdout, reason = "its lines are what it is for")]

mod labels;
mod models;
mod names;
mod ratio;
mod sizes;

use std::path::Path;

use anyhow::{Context as _, bail};
use serde::de::DeserializeOwned;

fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let report = match words[..] {
        ["sizes", data, table, reasons] => {
            sizes::report(Path::new(data), &rows(table)?, &rows(reasons)?)?
        }
        ["labels", data, table] => labels::report(Path::new(data), &rows(table)?)?,
        ["names", ref tables @ ..] => {
            let tracked: Result<Vec<_>, _> = tables.iter().map(|table| rows(table)).collect();
            names::report(&tracked?.concat())
        }
        _ => bail!("expected 'sizes DATA TABLE REASONS', 'labels DATA TABLE' or 'names TABLE...'"),
    };
    print!("{report}");
    Ok(())
}

fn rows<T: DeserializeOwned>(file: &str) -> anyhow::Result<Vec<T>> {
    let mut reader =
        csv::Reader::from_path(file).with_context(|| format!("failed to read {file}"))?;
    let rows: Result<Vec<T>, _> = reader.deserialize().collect();
    rows.with_context(|| format!("failed to read {file}"))
}
