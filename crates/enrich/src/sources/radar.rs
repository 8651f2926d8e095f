//! Full snapshots of a model radar: JSON lines, the local time of the run in the file's name.

use schema::Instant;

use super::hub_model::bases_in_tags;
use super::{Input, dated_name, json_lines};
use crate::fields::Row;
use crate::{Counters, Facts, Parsed, Record};

/// The runs name their files in the author's local time, central European summer time; runs in
/// winter have not been seen.
const OFFSET: &str = "+02:00";
const EXAMPLE: &str = "2026-08-19T093631.jsonl.gz";

pub(super) fn parse(input: Input<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let Some(read_at) = dated_name::read_at(input, OFFSET, EXAMPLE, &mut parsed) else {
        return parsed;
    };
    json_lines::each_line(input, &mut parsed, |row, line| record(row, line, read_at));
    parsed
}

fn record(row: &mut Row<'_>, line: u64, at: Instant) -> Option<Record> {
    let model_id = row.model_id("id")?;
    let parameters = row.quantity("parameters");
    let tags = row.texts("tags");
    let declared = bases_in_tags(tags.as_deref().unwrap_or_default());
    Some(Record {
        line,
        model_id,
        hub_id: None,
        at,
        counters: Counters {
            downloads_30d: row.counter("downloads_30d"),
            downloads_all_time: None,
            likes: row.counter("likes"),
        },
        facts: Facts {
            created_at: row.instant("created_at"),
            updated_at: row.instant("updated_at"),
            is_removed: row.boolean("removed"),
            license: row.text("license"),
            task: row.text("pipeline_tag"),
            library: row.text("library"),
            languages: row.texts("languages"),
            tags,
            formats: row.texts("formats"),
            parameters,
            parameters_origin: parameters.map(|_| "source".to_owned()),
            storage_bytes: row.quantity("storage_bytes"),
            base_models: Some(base_models(row, declared.models)),
            base_relation: declared.relation,
            gating: row.boolean("gated").map(gating),
            ..Facts::default()
        },
    })
}

fn gating(is_gated: bool) -> String {
    if is_gated { "yes" } else { "no" }.to_owned()
}

/// `base_model` is one string that may hold several ids. Where it is null, the tags may still name
/// some; otherwise none is declared.
fn base_models(row: &mut Row<'_>, in_tags: Vec<String>) -> Vec<String> {
    let Some(text) = row.text("base_model") else { return in_tags };
    let ids = text.split([',', ';', '|', ' ', '[', ']', '\'', '"']);
    ids.map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect()
}
