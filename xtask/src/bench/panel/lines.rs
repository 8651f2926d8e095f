//! What a process that was measured says: JSON, a line each.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// A question and what came of it.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    /// Who answered; `values` is our engine with numbers alone, `cells` the same without sums that
    /// were made beforehand.
    pub(super) engine: String,
    pub(super) question: String,
    pub(super) filter: String,
    /// The form of the question that was fastest, where there are several.
    pub(super) form: String,
    /// The middle of the timed runs.
    pub(super) seconds: f64,
    answer: Vec<Value>,
}

/// Ratios may differ by so much, as a share: the order of additions is each engine's own.
const TOLERANCE: f64 = 1e-9;
/// What is answered from sums that were prepared beforehand has this before its name.
const PREPARED: &str = "prepared_";

impl Answered {
    /// What is asked, from whatever it is answered.
    pub(super) fn topic(&self) -> &str {
        self.question.strip_prefix(PREPARED).unwrap_or(&self.question)
    }

    /// Whether whole numbers are the same, and ratios nearly.
    pub(super) fn is_equal(&self, other: &Self) -> bool {
        let is_equal = |one: &Value, two: &Value| match (one.as_u64(), two.as_u64()) {
            (Some(one), Some(two)) => one == two,
            _ => match (one.as_f64(), two.as_f64()) {
                (Some(one), Some(two)) => (one - two).abs() <= TOLERANCE * one.abs(),
                _ => false,
            },
        };
        !self.answer.is_empty()
            && self.answer.len() == other.answer.len()
            && self.answer.iter().zip(&other.answer).all(|(one, two)| is_equal(one, two))
    }

    fn read(line: &Value) -> Result<Self> {
        let text = |key: &str| line[key].as_str().map(str::to_owned);
        let seconds: Vec<f64> =
            line["seconds"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
        Ok(Self {
            engine: text("engine").context("engine")?,
            question: text("question").context("question")?,
            filter: text("filter").context("filter")?,
            form: text("form").unwrap_or_default(),
            seconds: median(seconds).context("seconds")?,
            answer: line["answer"].as_array().cloned().context("answer")?,
        })
    }
}

/// Runs a command and reads its lines; answers are taken out, all others given back as they are.
pub(super) fn run(command: &mut Command) -> Result<(Vec<Answered>, Vec<Value>)> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("failed to start")?;
    let output = BufReader::new(child.stdout.take().context("stdout was piped")?);
    let (mut answers, mut others) = (Vec::new(), Vec::new());
    for line in output.lines() {
        let line: Value = serde_json::from_str(&line?).context("expected JSON, a line each")?;
        if line["event"] == "answered" {
            let answered = Answered::read(&line)?;
            let Answered { engine, question, filter, seconds, .. } = &answered;
            println!("{engine}: {question}, {filter}: {seconds:.4} s");
            answers.push(answered);
        } else {
            println!("{line}");
            others.push(line);
        }
    }
    let status = child.wait().context("failed to wait")?;
    if !status.success() {
        bail!("{command:?} ended with {status}");
    }
    Ok((answers, others))
}

/// A number of the line of an event.
pub(super) fn number(lines: &[Value], event: &str, key: &str) -> Result<f64> {
    let line = lines.iter().find(|line| line["event"] == event);
    let line = line.with_context(|| format!("no line of '{event}'"))?;
    line[key].as_f64().with_context(|| format!("no '{key}' in the line of '{event}'"))
}

/// The one in the middle; of an even number the lower.
pub(super) fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len().checked_sub(1)? / 2).copied()
}
