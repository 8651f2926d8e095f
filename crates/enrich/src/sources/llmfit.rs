//! Versions of a catalogue of language models: a JSON array, the commit time in the file's name.
//!
//! Not a map of columns: a zero of one counter is unknown where the other is zero too.

use std::io::BufRead;

use schema::Instant;

use super::dated_name::{self, NamePattern};
use super::json_array;
use super::sink::Sink;
use crate::fields::Row;
use crate::{Counters, Facts, Record};

const PATTERN: &str = "{date}T{hour}{minute}{second}*";

pub(super) fn read(text: &mut dyn BufRead, sink: &mut Sink<'_>) {
    let pattern = NamePattern::parse(PATTERN).expect("the pattern is of dates and a star");
    let Some(at) = dated_name::read_at(&pattern, sink) else { return };
    sink.read_at = Some(at);
    json_array::each_element(text, sink, |row| record(row, at));
}

fn record(row: &mut Row<'_>, at: Instant) -> Option<Record> {
    let model_id = row.model_id("name")?;
    let parameters = row.quantity("parameters_raw");
    Some(Record {
        line: row.line(),
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
    Counters { downloads_30d, likes, ..Counters::default() }
}
