//! Versions of a catalogue of language models: a JSON array, the commit time in the file's name.

use schema::Instant;

use super::{Input, dated_name, json_array};
use crate::fields::Row;
use crate::{Counters, Facts, Parsed, Record};

const EXAMPLE: &str = "2026-02-15T161048_855ad3d3_data.json";

pub(super) fn parse(input: Input<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Some(read_at) = dated_name::read_at(input, "Z", EXAMPLE, &mut parsed) else {
        return parsed;
    };
    json_array::each_element(input, &mut parsed, |row, line| record(row, line, read_at));
    parsed
}

fn record(row: &mut Row<'_>, line: u64, at: Instant) -> Option<Record> {
    let model_id = row.model_id("name")?;
    let parameters = row.quantity("parameters_raw");
    Some(Record {
        line,
        model_id,
        hub_id: None,
        at,
        counters: counters(row),
        // `quantization` is the tool's own recommendation, not a property of the repository.
        facts: Facts {
            created_at: row.instant("release_date"),
            task: row.text("pipeline_tag").filter(|task| task != "unknown"),
            parameters,
            parameters_origin: parameters.map(|_| "source".to_owned()),
            parameters_active: row.quantity("active_parameters"),
            expert_count: row.quantity("num_experts"),
            expert_active_count: row.quantity("active_experts"),
            is_moe: row.boolean("is_moe"),
            context_length: row.quantity("context_length"),
            model_type: row.text("architecture").filter(|name| name != "unknown"),
            ..Facts::default()
        },
    })
}

/// Entries written by hand carry 0 for both counters: unknown stored as 0.
fn counters(row: &mut Row<'_>) -> Counters {
    let (downloads_30d, likes) = (row.counter("hf_downloads"), row.counter("hf_likes"));
    if downloads_30d == Some(0) && likes == Some(0) {
        return Counters::default();
    }
    Counters { downloads_30d, downloads_all_time: None, likes }
}
