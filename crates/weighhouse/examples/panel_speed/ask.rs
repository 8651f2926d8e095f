//! The questions as anyone asks them: with states, intervals and bounds, from start to answer.

use std::path::Path;

use analyze::{Answer, Condition, Market, Period, Query, answer};
use anyhow::Context;
use schema::{Flagged, Group, Measure, Statistic, Window};
use serde_json::json;
use store::Store;

use crate::economy::COLLECTION;
use crate::memory::resident_mib;
use crate::{repeated, say, timed};

const PARTS: f64 = panel::PARTS as f64;

/// The filters of all sides: about all, 10 % and 1 % of the models.
pub(crate) const FILTERS: [(&str, Option<&str>); 3] =
    [("all", None), ("tenth", Some("audio")), ("hundredth", Some("video"))];

/// A question of the benchmark.
struct Question {
    name: &'static str,
    group: Group,
    statistics: &'static [Statistic],
    window: Window,
}

fn questions() -> [Question; 5] {
    let question = |name, group: &str, statistics, window| Question {
        name,
        group: Group::named(group),
        statistics,
        window,
    };
    [
        question("sums_by_country", "country", &[Statistic::Sum], Window::Week),
        question("hhi_by_uploader", "uploader", &[Statistic::Hhi], Window::Week),
        question("gini_by_model", "model", &[Statistic::Gini], Window::Week),
        question(
            "trailing_by_uploader",
            "uploader",
            &[Statistic::Cr1, Statistic::Hhi],
            Window::Year,
        ),
        // As a dashboard asks it again and again: from cubes, where there are any.
        question("prepared_sums_by_country", "country", &[Statistic::Sum], Window::Week),
    ]
}

impl Question {
    fn query(&self, modality: Option<&str>) -> Query {
        Query {
            statistics: self.statistics.to_vec(),
            measure: Measure::Downloads,
            group: self.group.clone(),
            conditions: conditions(modality),
            flagged: Flagged::Include,
            period: Period::Readings,
            window: self.window,
            top: None,
        }
    }
}

/// What keeps the models of a modality, or all.
pub(crate) fn conditions(modality: Option<&str>) -> Vec<Condition> {
    let condition = |value: &str| Condition {
        attribute: "modality".to_owned(),
        values: vec![value.to_owned()],
    };
    modality.map(condition).into_iter().collect()
}

/// Asks all questions of a release, and returns it.
pub(crate) fn all(folder: &Path, runs: usize) -> anyhow::Result<Market> {
    let store = Store::open(folder)?;
    let load = || {
        let release = store.release(COLLECTION)?.context("nothing was written there")?;
        Ok(Market::of_release(&store, release)?)
    };
    let first_query = questions()[1].query(None);
    let (seconds, (mut market, loaded)) = timed(|| {
        let (loaded, market) = timed(load)?;
        answer(&market, &first_query)?;
        Ok((market, loaded))
    })?;
    say(&json!({
        "event": "started",
        "load_seconds": loaded,
        "first_answer_seconds": seconds,
        "resident_mib": resident_mib()?,
        "models": market.model_count(),
        "states": market.state_counts(),
    }));
    let (seconds, ()) = timed(|| {
        market.prepare(&["uploader"]);
        Ok(())
    })?;
    say(&json!({"event": "prepared", "seconds": seconds}));
    for question in &questions() {
        if question.name.starts_with("prepared") {
            market.prepare(&["country", "modality"]);
        }
        for (filter, modality) in FILTERS {
            let query = question.query(modality);
            let (seconds, answer) = repeated(runs, || Ok(answer(&market, &query)?))?;
            say(&json!({
                "event": "answered",
                "engine": "weighhouse",
                "question": question.name,
                "filter": filter,
                "seconds": seconds,
                "answer": flat(&answer, &market)?,
            }));
        }
    }
    Ok(market)
}

/// The numbers by time, then unit: sums as whole parts of a download, ratios as they are.
fn flat(answer: &Answer, market: &Market) -> anyhow::Result<Vec<serde_json::Value>> {
    if answer.group == Group::Attribute("country".to_owned()) {
        return dense(answer, market);
    }
    let value = |row: &analyze::Row| row.estimate.value.map(|value| json!(value));
    answer.rows.iter().map(|row| value(row).context("a number is not defined")).collect()
}

/// Sums by week, then country, with 0 where a country has none.
fn dense(answer: &Answer, market: &Market) -> anyhow::Result<Vec<serde_json::Value>> {
    let (first, last) = market.weeks().context("no weeks")?;
    let labels = simulate::PanelAttribute::Country.labels();
    let weeks = (last.number() - first.number() + 1) as usize;
    let mut sums = vec![0_u64; weeks * labels.len()];
    for row in &answer.rows {
        let (Some(unit), analyze::At::Week(week)) = (&row.unit, row.at) else { continue };
        let code = labels.binary_search(unit).ok().context("an unknown country")?;
        let value = row.estimate.value.context("a sum is not defined")?;
        sums[(week.number() - first.number()) as usize * labels.len() + code] =
            (value * PARTS) as u64;
    }
    Ok(sums.into_iter().map(|sum| json!(sum)).collect())
}
