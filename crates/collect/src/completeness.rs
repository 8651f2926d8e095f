//! Whether a snapshot that was received to its end can be the whole of what there was.

use store::Census;

use crate::census::COUNTERS;

/// More entries than this share twice means that the listing moved under the reader.
const REPEATED_SHARE_MAX: f64 = 0.01;
/// The share of models by which the Hub shrinks from one snapshot to the next, and in a week more.
const LOSS_SHARE_MAX: Drift = Drift { at_once: 0.03, per_week: 0.005 };
/// The share by which it grows.
const GROWTH_SHARE_MAX: Drift = Drift { at_once: 0.25, per_week: 0.03 };
/// The points by which a field's rate of presence changes.
const PRESENCE_POINTS_MAX: Drift = Drift { at_once: 0.05, per_week: 0.005 };
/// The same in the top of the Hub, where models come and go.
const TOP_PRESENCE_POINTS_MAX: Drift = Drift { at_once: 0.25, per_week: 0.01 };
/// A sum over the top of the Hub may become anything but next to nothing.
const TOP_LOSS_MAX: f64 = 0.99;
/// Between snapshots of the same day counters need not have moved: they are refreshed daily.
const STALE_AFTER_DAYS: f64 = 3.0;
/// With fewer models than this, a share says little.
const LEAST_MODELS: u64 = 100;

/// How far something may drift, which is more the longer it was not looked at.
struct Drift {
    at_once: f64,
    per_week: f64,
}

impl Drift {
    fn after(&self, days: f64) -> f64 {
        self.at_once + self.per_week * (days.max(0.0) / 7.0)
    }
}

/// Two snapshots of one population.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// The earlier one, which was found complete; `None` for the first.
    pub before: Option<&'a Census>,
    /// The later one.
    pub now: &'a Census,
    /// Days between them.
    pub days: f64,
    /// Models of the earlier one that are not in the later one, for whole listings; `None` where
    /// models come and go by the nature of the listing, as in the top of the Hub.
    pub vanished: Option<u64>,
}

/// Says what about the later snapshot is outside tolerance, a line each; nothing if it is sound.
///
/// Rows and distinct models are both looked at, since repeated rows hide lost ones.
#[must_use]
pub fn findings(comparison: &Comparison<'_>) -> Vec<String> {
    let now = comparison.now;
    let mut findings = Vec::new();
    if now.models == 0 {
        findings.push("it holds no model".to_owned());
        return findings;
    }
    let repeated = share(now.rows.saturating_sub(now.models), now.rows);
    if repeated > REPEATED_SHARE_MAX {
        findings.push(format!(
            "{} of its {} rows are models that it holds already",
            percent(repeated),
            now.rows
        ));
    }
    let Some(before) = comparison.before.filter(|before| before.models >= LEAST_MODELS) else {
        return findings;
    };
    let days = comparison.days;
    let mut moved = |what: &str, before: u64, now: u64, down: f64, up: f64| {
        let change = now as f64 / before as f64 - 1.0;
        if before > 0 && (change < -down || change > up) {
            findings.push(format!("{what} went from {before} to {now} ({})", signed(change)));
        }
    };
    let (loss, growth) = (LOSS_SHARE_MAX.after(days), GROWTH_SHARE_MAX.after(days));
    let is_whole = comparison.vanished.is_some();
    moved("its rows", before.rows, now.rows, loss, growth);
    moved("its distinct models", before.models, now.models, loss, growth);
    for counter in COUNTERS {
        let sum = |census: &Census| census.sums.get(counter).copied().unwrap_or(0);
        // A sum over the last 30 days may halve or double; what only grows may not.
        let (down, up) = match counter {
            _ if !is_whole => (TOP_LOSS_MAX, f64::INFINITY),
            "downloads" => (0.5, 1.0 + growth),
            _ => (loss, 0.5 + growth),
        };
        moved(&format!("the sum of {counter}"), sum(before), sum(now), down, up);
    }
    if let Some(vanished) = comparison.vanished {
        let share = share(vanished, before.models);
        if share > loss {
            findings.push(format!("{vanished} models ({}) vanished", percent(share)));
        }
    }
    let points = if is_whole { PRESENCE_POINTS_MAX } else { TOP_PRESENCE_POINTS_MAX };
    fields(before, now, points.after(days), &mut findings);
    if days >= STALE_AFTER_DAYS && before.sums == now.sums {
        findings.push("no counter has moved since the snapshot before".to_owned());
    }
    findings
}

/// Compares how many entries have a value in each field.
fn fields(before: &Census, now: &Census, points: f64, findings: &mut Vec<String>) {
    let rate = |census: &Census, field: &str| {
        share(census.present.get(field).copied().unwrap_or(0), census.rows)
    };
    let names: std::collections::BTreeSet<&String> =
        before.present.keys().chain(now.present.keys()).collect();
    for field in names {
        let (earlier, later) = (rate(before, field), rate(now, field));
        if (later - earlier).abs() > points {
            findings.push(format!(
                "{field} has a value in {} of the rows, and had in {}",
                percent(later),
                percent(earlier)
            ));
        }
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

fn signed(share: f64) -> String {
    format!("{:+.1} %", share * 100.0)
}

#[cfg(test)]
mod tests;
