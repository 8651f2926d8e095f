//! Classes against labels that were set by hand.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use enrich::Model;
use schema::Value;
use serde::Deserialize;

use crate::facts;
use crate::ratio::Ratio;

const ATTRIBUTES: [&str; 6] = [
    "is_quantized",
    "quantization_method",
    "quantization_bits",
    "is_moe",
    "expert_count",
    "expert_active_count",
];
/// The stratum that was drawn at random, and so tells of ordinary models.
const RANDOM: &str = "random";

#[derive(Debug, Deserialize)]
struct Label {
    model_id: String,
    is_quantized: String,
    method: String,
    bits: String,
    is_moe: String,
    expert_count: String,
    expert_active_count: String,
    stratum: String,
}

/// Yes-or-no against labels.
#[derive(Debug, Default)]
struct Detection {
    precision: Ratio,
    recall: Ratio,
    silent: u32,
}

impl Detection {
    /// `None` where nothing is known counts against recall, not against precision.
    fn add(&mut self, ours: Option<bool>, label: bool) {
        if ours == Some(true) {
            self.precision.add(label);
        }
        if label {
            self.recall.add(ours == Some(true));
        }
        self.silent += u32::from(ours.is_none());
    }
}

#[derive(Debug, Default)]
struct Measured {
    rows: u32,
    quantized: Detection,
    moe: Detection,
    method: Ratio,
    bits: Ratio,
    experts: Ratio,
    experts_active: Ratio,
}

/// Measures and lists every row that is wrong.
pub(crate) fn report(table: &Path, facts: &Path) -> anyhow::Result<String> {
    let mut models: BTreeMap<String, Model> = facts::read(facts)?;
    let mut reader = csv::Reader::from_path(table)
        .with_context(|| format!("failed to read {}", table.display()))?;
    let (mut all, mut random, mut wrong) =
        (Measured::default(), Measured::default(), String::new());
    for label in reader.deserialize() {
        let label: Label = label?;
        let model = models.remove(&label.model_id);
        let model = model.with_context(|| format!("no facts of {}", label.model_id))?;
        let values = facts::derived(model, &ATTRIBUTES);
        all.add(&label, &values, Some(&mut wrong))?;
        if label.stratum == RANDOM {
            random.add(&label, &values, None)?;
        }
    }
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} models, {} of them drawn at random; intervals are of 95 % (Wilson).\n",
        all.rows, random.rows
    );
    text.push_str("| what | all | drawn at random |\n|---|---|---|\n");
    for (what, of) in Measured::LINES {
        let _ = writeln!(text, "| {what} | {} | {} |", of(&all), of(&random));
    }
    text.push_str("\nWrong rows:\n\n| model | what | ours | label |\n|---|---|---|---|\n");
    text.push_str(&wrong);
    Ok(text)
}

type Line = (&'static str, fn(&Measured) -> String);

impl Measured {
    const LINES: [Line; 10] = [
        ("quantized: precision", |of| of.quantized.precision.to_string()),
        ("quantized: recall", |of| of.quantized.recall.to_string()),
        ("quantized: not known", |of| of.quantized.silent.to_string()),
        ("method right, of quantized ones", |of| of.method.to_string()),
        ("bits right, of those labelled", |of| of.bits.to_string()),
        ("mixture of experts: precision", |of| of.moe.precision.to_string()),
        ("mixture of experts: recall", |of| of.moe.recall.to_string()),
        ("mixture of experts: not known", |of| of.moe.silent.to_string()),
        ("experts right, where given", |of| of.experts.to_string()),
        ("active experts right, where given", |of| of.experts_active.to_string()),
    ];

    fn add(
        &mut self,
        label: &Label,
        values: &[Value],
        mut wrong: Option<&mut String>,
    ) -> anyhow::Result<()> {
        self.rows += 1;
        let mut tell = |what: &str, ours: &dyn std::fmt::Display, labelled: &str| {
            if let Some(wrong) = wrong.as_deref_mut() {
                let _ = writeln!(wrong, "| {} | {what} | {ours} | {labelled} |", label.model_id);
            }
        };
        let flag =
            |value: &Value| if let Value::Boolean(flag) = value { Some(*flag) } else { None };
        let shown = |flag: Option<bool>| match flag {
            Some(true) => "yes",
            Some(false) => "no",
            None => "–",
        };
        for (what, value, labelled, detection) in [
            ("quantized", &values[0], &label.is_quantized, &mut self.quantized),
            ("experts", &values[3], &label.is_moe, &mut self.moe),
        ] {
            let Some(truth) = yes_or_no(labelled)? else { continue };
            let ours = flag(value);
            detection.add(ours, truth);
            if ours != Some(truth) {
                tell(what, &shown(ours), labelled);
            }
        }
        let is_ours = flag(&values[0]) == Some(true);
        if is_ours && !label.method.is_empty() {
            let ours = if let Value::Text(text) = &values[1] { text.as_str() } else { "–" };
            self.method.add(ours == label.method);
            if ours != label.method {
                tell("method", &ours, &label.method);
            }
        }
        let number = |value: &Value| match value {
            Value::Integer(number) => Some(*number as f64),
            Value::Number(number) => Some(*number),
            _ => None,
        };
        for (what, value, labelled, ratio) in [
            ("bits", &values[2], &label.bits, &mut self.bits),
            ("number of experts", &values[4], &label.expert_count, &mut self.experts),
            ("active experts", &values[5], &label.expert_active_count, &mut self.experts_active),
        ] {
            // What is not given is not wrong: the label may know more than the facts.
            let (Some(ours), false) = (number(value), labelled.is_empty()) else { continue };
            let truth: f64 = labelled.parse().with_context(|| label.model_id.clone())?;
            let is_right = (ours - truth).abs() < 0.01;
            ratio.add(is_right);
            if !is_right {
                tell(what, &ours, labelled);
            }
        }
        Ok(())
    }
}

fn yes_or_no(text: &str) -> anyhow::Result<Option<bool>> {
    Ok(match text {
        "yes" => Some(true),
        "no" => Some(false),
        "" => None,
        other => anyhow::bail!("a label is yes, no or empty, not '{other}'"),
    })
}
