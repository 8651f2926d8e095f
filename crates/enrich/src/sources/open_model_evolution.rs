//! The released data of *Economies of Open Intelligence*: one row a model and reading, Parquet.

use super::{Input, parquet_rows};
use crate::fields::Row;
use crate::{Counters, Facts, Parsed, Record};

pub(super) fn parse(input: Input<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    parquet_rows::each_row(input, &mut parsed, record);
    parsed
}

fn record(row: &mut Row<'_>, line: u64) -> Option<Record> {
    let model_id = row.model_id("model")?;
    let Some(at) = row.instant("time") else {
        row.leave_out("time", "the reading has no sound time".to_owned());
        return None;
    };
    Some(Record {
        line,
        model_id,
        hub_id: row.text("_id"),
        at,
        counters: Counters {
            downloads_30d: None,
            downloads_all_time: row.counter("downloadsAllTime"),
            likes: None,
        },
        facts: Facts {
            created_at: row.instant("created"),
            languages: row.texts("merged_languages").map(known_languages),
            base_models: row.texts("merged_derived_from").map(without_no),
            annotated_modality: row
                .text("merged_modality")
                .filter(|modality| !modality.contains("Undocumented")),
            annotated_developer: row.text("derived_author"),
            ..Facts::default()
        },
    })
}

/// Originals carry `[]` or `["No"]`.
fn without_no(bases: Vec<String>) -> Vec<String> {
    bases.into_iter().filter(|base| base != "No").collect()
}

fn known_languages(languages: Vec<String>) -> Vec<String> {
    languages.into_iter().filter(|language| language != "Unknown").collect()
}
