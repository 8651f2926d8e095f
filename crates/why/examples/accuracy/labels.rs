//! Quantization and experts against labels that were set by hand.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

use crate::models::{self, Judged, judge};
use crate::ratio::Ratio;

const ATTRIBUTES: [&str; 6] = [
    "is_quantized",
    "quantization_method",
    "quantization_bits",
    "is_moe",
    "expert_count",
    "expert_active_count",
];
/// How the sample was drawn; the first tells of ordinary models.
const STRATA: [&str; 4] = ["random", "downloaded", "quantized", "experts"];

/// What a reader found of a model; empty where it cannot be told.
#[derive(Debug, Deserialize)]
pub(crate) struct Label {
    model_id: String,
    is_quantized: String,
    method: String,
    bits: Option<f64>,
    is_moe: String,
    expert_count: Option<f64>,
    expert_active_count: Option<f64>,
    stratum: String,
    evidence: String,
}

/// Yes-or-no against labels.
#[derive(Debug, Default)]
struct Detection {
    precision: Ratio,
    recall: Ratio,
    silent: Ratio,
}

impl Detection {
    /// `None`, where nothing is known, counts against recall and not against precision.
    fn add(&mut self, ours: Option<bool>, label: bool) {
        if ours == Some(true) {
            self.precision.add(label);
        }
        if label {
            self.recall.add(ours == Some(true));
        }
        self.silent.add(ours.is_none());
    }
}

#[derive(Debug, Default)]
struct Measured {
    quantized: Detection,
    moe: Detection,
    method: Ratio,
    bits: Ratio,
    experts: Ratio,
    experts_active: Ratio,
}

/// Measures, and lists every row that is wrong.
pub(crate) fn report(data: &Path, labels: &[Label]) -> anyhow::Result<String> {
    let wanted = labels.iter().map(|label| label.model_id.as_str()).collect();
    let mut known = models::facts(data, &wanted)?;
    let mut all = Measured::default();
    let mut strata: [Measured; STRATA.len()] = Default::default();
    let mut wrong = String::new();
    for label in labels {
        let facts = known.remove(&label.model_id);
        let facts = facts.with_context(|| format!("the data know no {}", label.model_id))?;
        let judged = judge(&label.model_id, facts, ATTRIBUTES);
        let stratum = STRATA.iter().position(|name| *name == label.stratum);
        let stratum = stratum.with_context(|| format!("no stratum '{}'", label.stratum))?;
        strata[stratum].add(label, &judged)?;
        wrong.push_str(&all.add(label, &judged)?);
    }
    let mut text = String::new();
    let _ = writeln!(text, "{} models.\n", labels.len());
    let _ = writeln!(text, "| what | all | {} |", STRATA.join(" | "));
    text.push_str("|---|---|---|---|---|---|\n");
    for (what, of) in Measured::LINES {
        let shares: Vec<String> = strata.iter().map(|stratum| of(stratum).to_string()).collect();
        let _ = writeln!(text, "| {what} | {} | {} |", of(&all), shares.join(" | "));
    }
    text.push_str(
        "\nRows that are wrong, or not known where the label is yes:\n\n\
         | model | what | ours | label | ours because | label because |\n|---|---|---|---|---|---|\n",
    );
    text.push_str(&wrong);
    Ok(text)
}

type Line = (&'static str, fn(&Measured) -> Ratio);

impl Measured {
    const LINES: [Line; 10] = [
        ("quantized: precision", |of| of.quantized.precision),
        ("quantized: recall", |of| of.quantized.recall),
        ("quantized: we do not know, of those labelled", |of| of.quantized.silent),
        ("method right, of those found quantized", |of| of.method),
        ("bits right, where we and the label give them", |of| of.bits),
        ("mixture of experts: precision", |of| of.moe.precision),
        ("mixture of experts: recall", |of| of.moe.recall),
        ("mixture of experts: we do not know, of those labelled", |of| of.moe.silent),
        ("number of experts right, where both give it", |of| of.experts),
        ("active experts right, where both give them", |of| of.experts_active),
    ];

    /// Counts one label, and says what is wrong in lines of a table.
    fn add(&mut self, label: &Label, judged: &[Judged; 6]) -> anyhow::Result<String> {
        let [quantized, method, bits, moe, experts, experts_active] = judged;
        let mut wrong = String::new();
        let mut tell = |what: &str, ours: &str, labelled: &str, judged: &Judged| {
            let (id, because) = (&label.model_id, &judged.because);
            let evidence = label.evidence.replace('|', "/");
            let _ =
                writeln!(wrong, "| {id} | {what} | {ours} | {labelled} | {because} | {evidence} |");
        };
        for (what, judged, labelled, detection) in [
            ("quantized", quantized, &label.is_quantized, &mut self.quantized),
            ("experts", moe, &label.is_moe, &mut self.moe),
        ] {
            let Some(truth) = yes_or_no(labelled)? else { continue };
            detection.add(judged.flag(), truth);
            if judged.flag() != Some(truth) && (truth || judged.flag().is_some()) {
                tell(what, shown(judged.flag()), labelled, judged);
            }
        }
        if quantized.flag() == Some(true) && !label.method.is_empty() {
            let is_right = method.text() == label.method;
            self.method.add(is_right);
            if !is_right {
                tell("method", method.text(), &label.method, method);
            }
        }
        for (what, judged, labelled, ratio) in [
            ("bits", bits, label.bits, &mut self.bits),
            ("number of experts", experts, label.expert_count, &mut self.experts),
            ("active experts", experts_active, label.expert_active_count, &mut self.experts_active),
        ] {
            // What is not given is not wrong: the label may know more than the facts.
            let (Some(ours), Some(truth)) = (judged.number(), labelled) else { continue };
            let is_right = (ours - truth).abs() < 0.01;
            ratio.add(is_right);
            if !is_right {
                tell(what, &ours.to_string(), &truth.to_string(), judged);
            }
        }
        Ok(wrong)
    }
}

fn shown(flag: Option<bool>) -> &'static str {
    match flag {
        Some(true) => "yes",
        Some(false) => "no",
        None => "not known",
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
