//! Sizes against a table of published ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use enrich::{Facts, Model};
use schema::Value;
use serde::Deserialize;

use crate::facts;
use crate::ratio::Ratio;

const BILLION: f64 = 1e9;
/// How far a total may be from the published one.
const TOTAL: f64 = 0.03;
/// How far active parameters may be from the published ones.
const ACTIVE: f64 = 0.05;
const ATTRIBUTES: [&str; 4] = ["parameters", "parameters_source", "parameters_active", "is_moe"];

#[derive(Debug, Deserialize)]
struct Row {
    model_id: String,
    total_params_b: Option<f64>,
    active_params_b: Option<f64>,
    is_moe: Option<bool>,
}

/// Measures and lists every row that is wrong.
pub(crate) fn report(table: &Path, facts: &Path) -> anyhow::Result<String> {
    let mut models: BTreeMap<String, Model> = facts::read(facts)?;
    let mut reader = csv::Reader::from_path(table)
        .with_context(|| format!("failed to read {}", table.display()))?;
    let (mut rows, mut with_facts, mut without) = (0, 0, Vec::new());
    let [mut total, mut rounded, mut active, mut moe] = [Ratio::default(); 4];
    let mut wrong = String::new();
    for row in reader.deserialize() {
        let row: Row = row?;
        rows += 1;
        let known = models.remove(&row.model_id);
        with_facts += u32::from(known.is_some());
        let model = known.unwrap_or_else(|| Model::new(&row.model_id, Facts::default()));
        let values = facts::derived(model, &ATTRIBUTES);
        let number = |at: usize| match values[at] {
            Value::Integer(number) => Some(number as f64 / BILLION),
            _ => None,
        };
        let source = if let Value::Text(source) = &values[1] { source.as_str() } else { "–" };
        let mut compare = |what: &str, ratio: &mut Ratio, ours: Option<f64>, theirs, within| {
            let (Some(ours), Some(theirs)): (Option<f64>, Option<f64>) = (ours, theirs) else {
                return;
            };
            let is_right = (ours - theirs).abs() <= within * theirs;
            ratio.add(is_right);
            if !is_right {
                let _ =
                    writeln!(wrong, "| {} | {what} | {ours} | {theirs} | {source} |", row.model_id);
            }
        };
        compare("total", &mut total, number(0), row.total_params_b, TOTAL);
        if let (Some(ours), Some(theirs)) = (number(0), row.total_params_b) {
            rounded.add((ours - theirs).abs() <= (TOTAL * theirs).max(half_digit(theirs)));
        }
        compare("active", &mut active, number(2), row.active_params_b, ACTIVE);
        let said = if let Value::Boolean(said) = values[3] { Some(said) } else { None };
        // Who names active parameters says that there are experts.
        let is_moe = row.is_moe.or(row.active_params_b.map(|_| true));
        let as_number = |flag: Option<bool>| flag.map(|flag| f64::from(u8::from(flag)));
        compare("experts", &mut moe, as_number(said), as_number(is_moe), 0.0);
        if number(0).is_none() {
            without.push(row.model_id);
        }
    }
    let mut text = String::new();
    let _ = writeln!(text, "{rows} rows, of which {with_facts} have facts beside their name.\n");
    text.push_str("| what | right, of the rows with any evidence | promised |\n|---|---|---|\n");
    let _ = writeln!(text, "| total within 3 % | {total} | 97 % |");
    let _ = writeln!(text, "| total within 3 %, or as far as the table rounds | {rounded} | |");
    let _ = writeln!(text, "| active within 5 % | {active} | 95 % |");
    let _ = writeln!(text, "| mixture of experts | {moe} | 99 % |\n");
    text.push_str("Wrong rows, in billions of parameters; 1 and 0 are yes and no:\n\n");
    text.push_str("| model | what | ours | the table's | source |\n|---|---|---|---|---|\n");
    text.push_str(&wrong);
    let _ =
        writeln!(text, "\nRows without any evidence ({}): {}.", without.len(), without.join(", "));
    Ok(text)
}

/// Half of the last digit of a number as the table writes it: 0.2 may be 0.23, but 16 is no 16.6.
fn half_digit(number: f64) -> f64 {
    let text = number.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, digits)| digits.len());
    0.5 * 10_f64.powi(-(decimals as i32))
}
