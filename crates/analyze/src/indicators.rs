//! The standing questions, one file each; their answers are kept with each release.

mod country_groups;
mod developers;
mod experts;
mod licenses;
mod modalities;
mod models;
mod quantization;
mod sectors;
mod sizes;
mod uploaders;

use schema::{Flagged, Group, Indicator, Measure, MeasureKind, Statistic, Window};

use crate::{Answer, Error, Market, Period, Query, Result, answer};

/// Every indicator, in the order in which lists show them.
pub const INDICATORS: &[Indicator] = &[
    uploaders::INDICATOR,
    developers::INDICATOR,
    models::INDICATOR,
    country_groups::INDICATOR,
    sectors::INDICATOR,
    sizes::INDICATOR,
    modalities::INDICATOR,
    licenses::INDICATOR,
    quantization::INDICATOR,
    experts::INDICATOR,
];

/// Downloads, as far as a collection has them: flows first, then readings.
pub(crate) const DOWNLOADS: &[Measure] =
    &[Measure::Downloads, Measure::Downloads30d, Measure::DownloadsAllTime];

/// What is kept of the concentration of a market, with the shares that it comes from.
pub(crate) const CONCENTRATION: &[Statistic] = &[
    Statistic::Sum,
    Statistic::Hhi,
    Statistic::EffectiveNumber,
    Statistic::Cr1,
    Statistic::Cr4,
    Statistic::Cr10,
    Statistic::Gini,
    Statistic::Share,
];

/// Computes one indicator for each of its measures that the collection has.
pub fn compute(market: &Market, indicator: &Indicator) -> Result<Vec<Answer>> {
    let mut answers = Vec::new();
    for measure in indicator.measures {
        let query = Query {
            statistics: indicator.statistics.to_vec(),
            measure: *measure,
            group: Group::named(indicator.group),
            conditions: Vec::new(),
            flagged: Flagged::Include,
            period: match measure.kind() {
                MeasureKind::Flow => Period::Weeks { from: None, to: None },
                MeasureKind::AsOf => Period::Readings,
            },
            window: Window::Week,
            top: Some(KEPT_UNITS),
        };
        match answer(market, &query) {
            Ok(answer) => answers.push(answer),
            // A collection need not have every counter.
            Err(Error::OutOfReach { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(answers)
}

/// Units that an indicator keeps; all can be asked for by a query.
const KEPT_UNITS: usize = 50;
