//! Pages of the Hub's listing, as `collect` receives them: a JSON array of models.

use std::io::BufRead;

use schema::Instant;

use super::sink::Sink;
use super::{hub_model, json_array};

pub(super) fn read(text: &mut dyn BufRead, read_at: Option<Instant>, sink: &mut Sink<'_>) {
    sink.read_at = read_at;
    let at = read_at.unwrap_or(sink.now());
    json_array::each_element(text, sink, |row| hub_model::record(row, at));
}
