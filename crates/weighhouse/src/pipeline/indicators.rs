//! attributes and panel → indicators: small answers to standing questions.

use analyze::indicators::{INDICATORS, compute};
use analyze::{At, Market, Row};
use schema::{Value, ValueType};
use store::{Column, Draft, Release, Store, batch_of_values, schema_fingerprint};

const INDICATOR_TABLE: &str = "indicators.parquet";

/// Makes the indicators of a release that is about to be published.
pub(super) fn make(store: &Store, release: &Release, draft: &mut Draft) -> anyhow::Result<()> {
    let market = Market::of_release(store, release.clone())?;
    let columns = columns();
    let mut values: Vec<Vec<Value>> = vec![Vec::new(); columns.len()];
    for indicator in INDICATORS {
        for answer in compute(&market, indicator)? {
            for row in answer.rows {
                let cells = cells(indicator.name, answer.measure.name(), row);
                values.iter_mut().zip(cells).for_each(|(column, value)| column.push(value));
            }
        }
    }
    let batch = batch_of_values(&columns, &values);
    let fingerprint = schema_fingerprint(&[(INDICATOR_TABLE, &batch.schema())]);
    let rows = draft.write_table(INDICATOR_TABLE, &[batch])?;
    draft.describe(|manifest| {
        manifest.row_count = rows;
        manifest.schema_fingerprint = fingerprint;
    });
    Ok(())
}

fn columns() -> Vec<Column> {
    let column = |name, value_type| Column { name, value_type };
    let mut columns = vec![
        column("indicator", ValueType::Text),
        column("measure", ValueType::Text),
        column("at", ValueType::Instant),
        column("statistic", ValueType::Text),
        column("unit", ValueType::Text),
        column("is_attributed", ValueType::Boolean),
    ];
    for name in ["value", "low", "high", "bound_low", "bound_high"] {
        columns.push(column(name, ValueType::Number));
    }
    columns.push(column("n", ValueType::Integer));
    columns.push(column("estimated_share", ValueType::Number));
    columns.push(column("missing_cells", ValueType::Integer));
    columns
}

fn cells(indicator: &str, measure: &str, row: Row) -> Vec<Value> {
    let at = match row.at {
        At::Instant(at) => at,
        At::Week(week) => week.start(),
    };
    let estimate = row.estimate;
    vec![
        indicator.into(),
        measure.into(),
        at.into(),
        row.statistic.name().into(),
        row.unit.into(),
        row.is_attributed.into(),
        estimate.value.into(),
        estimate.low.into(),
        estimate.high.into(),
        estimate.bound_low.into(),
        estimate.bound_high.into(),
        (estimate.n as i64).into(),
        estimate.estimated_share.into(),
        estimate.missing_cells.map(|count| count as i64).into(),
    ]
}
