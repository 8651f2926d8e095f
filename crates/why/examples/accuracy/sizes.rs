//! Sizes against a table of published ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use enrich::Facts;
use serde::Deserialize;

use crate::models::{self, Judged, judge};
use crate::ratio::Ratio;

const BILLION: f64 = 1e9;
/// How far a total may be from the published one.
const TOTAL: f64 = 0.03;
/// How far active parameters may be from the published ones.
const ACTIVE: f64 = 0.05;
const ATTRIBUTES: [&str; 4] = ["parameters", "parameters_source", "parameters_active", "is_moe"];

/// What a table says of a model.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    model_id: String,
    total_params_b: Option<f64>,
    active_params_b: Option<f64>,
    is_moe: Option<bool>,
}

/// Why a row is off, as a reader found.
#[derive(Debug, Deserialize)]
pub(crate) struct Note {
    model_id: String,
    /// Whose the difference is, in a word or two.
    whose: String,
    /// What it is.
    reason: String,
}

/// The three promises, and what is beside them.
#[derive(Debug, Default)]
struct Measured {
    total: Ratio,
    rounded: Ratio,
    active: Ratio,
    moe: Ratio,
}

/// One number or flag that differs.
struct Wrong {
    what: &'static str,
    ours: String,
    theirs: String,
}

/// Measures, and lists every row that is wrong.
pub(crate) fn report(data: &Path, rows: &[Row], reasons: &[Note]) -> anyhow::Result<String> {
    let wanted = rows.iter().map(|row| row.model_id.as_str()).collect();
    let known = models::facts(data, &wanted)?;
    let reasons: BTreeMap<&str, &Note> =
        reasons.iter().map(|row| (row.model_id.as_str(), row)).collect();
    let (mut all, mut by_name) = (Measured::default(), Measured::default());
    let (mut wrong, mut without) = (String::new(), Vec::new());
    let mut whose: BTreeMap<&str, u32> = BTreeMap::new();
    for row in rows {
        let facts = known.get(&row.model_id).cloned();
        by_name.compare(row, &judge(&row.model_id, Facts::default(), ATTRIBUTES));
        let judged = judge(&row.model_id, facts.unwrap_or_default(), ATTRIBUTES);
        for Wrong { what, ours, theirs } in all.compare(row, &judged) {
            let reason = reasons.get(row.model_id.as_str());
            let of = reason.map_or("not looked into", |reason| reason.whose.as_str());
            *whose.entry(of).or_default() += 1;
            let reason = reason.map_or_else(String::new, |row| format!(": {}", row.reason));
            let source = judged[1].text();
            let _ = writeln!(
                wrong,
                "| {} | {what} | {ours} | {theirs} | {source} | {of}{reason} |",
                row.model_id
            );
        }
        if judged[0].number().is_none() {
            without.push(row.model_id.as_str());
        }
    }
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} rows; of {} of the models something is known beside the name.\n",
        rows.len(),
        known.len()
    );
    text.push_str("| right, of the rows with any evidence | all that is known | the name alone | promised |\n|---|---|---|---|\n");
    for (what, promised, of) in Measured::LINES {
        let _ = writeln!(text, "| {what} | {} | {} | {promised} |", of(&all), of(&by_name));
    }
    let whose: Vec<String> = whose.iter().map(|(of, rows)| format!("{of} {rows}")).collect();
    let _ =
        writeln!(text, "\nRows that are off, by whose the difference is: {}.", whose.join(", "));
    text.push_str(
        "In billions of parameters:\n\n\
         | model | what | ours | the table's | our source | why |\n|---|---|---|---|---|---|\n",
    );
    text.push_str(&wrong);
    let _ =
        writeln!(text, "\nRows without any evidence ({}): {}.", without.len(), without.join(", "));
    Ok(text)
}

type Line = (&'static str, &'static str, fn(&Measured) -> Ratio);

impl Measured {
    const LINES: [Line; 4] = [
        ("total within 3 %", "97 %", |of| of.total),
        ("total within 3 %, or as far as the table rounds", "", |of| of.rounded),
        ("active within 5 %", "95 %", |of| of.active),
        ("mixture of experts", "99 %", |of| of.moe),
    ];

    /// Compares what both sides say; what one side does not know is no case.
    fn compare(&mut self, row: &Row, judged: &[Judged; 4]) -> Vec<Wrong> {
        let [total, _, active, moe] = judged;
        let billions = |judged: &Judged| judged.number().map(|count| count / BILLION);
        let mut wrong = Vec::new();
        let mut note = |what, is_right: bool, ours: String, theirs: String| {
            if !is_right {
                wrong.push(Wrong { what, ours, theirs });
            }
        };
        if let (Some(ours), Some(theirs)) = (billions(total), row.total_params_b) {
            let is_right = is_within(ours, theirs, TOTAL);
            self.total.add(is_right);
            self.rounded.add(is_right || (ours - theirs).abs() <= half_digit(theirs));
            note("total", is_right, ours.to_string(), theirs.to_string());
        }
        if let (Some(ours), Some(theirs)) = (billions(active), row.active_params_b) {
            let is_right = is_within(ours, theirs, ACTIVE);
            self.active.add(is_right);
            note("active", is_right, ours.to_string(), theirs.to_string());
        }
        // Who names active parameters says that there are experts.
        let theirs = row.is_moe.or(row.active_params_b.map(|_| true));
        if let (Some(ours), Some(theirs)) = (moe.flag(), theirs) {
            self.moe.add(ours == theirs);
            note("experts", ours == theirs, ours.to_string(), theirs.to_string());
        }
        wrong
    }
}

fn is_within(ours: f64, theirs: f64, tolerance: f64) -> bool {
    (ours - theirs).abs() <= tolerance * theirs
}

/// Half of the last digit of a number as the table writes it: 0.2 may be 0.23, but 16 is no 16.6.
fn half_digit(number: f64) -> f64 {
    let text = number.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, digits)| digits.len());
    0.5 * 10_f64.powi(-(decimals as i32))
}
