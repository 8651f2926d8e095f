//! Daily dumps of the whole listing by `hub-stats`: Parquet in the shape of the Hub's entries.

use schema::{Day, Instant};

use super::{Input, hub_model, parquet_rows};
use crate::Parsed;

pub(super) fn parse(input: Input<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    let unknown = Instant::from_millis(0);
    parquet_rows::each_row(input, &mut parsed, |row, line| hub_model::record(row, line, unknown));
    let Some(at) = dumped_at(input, &parsed) else {
        if !parsed.records.is_empty() {
            let reason = "neither 'lastModified' nor the path says when it was dumped".to_owned();
            parsed.problems.push(input.file_problem(None, reason));
            parsed.records.clear();
        }
        return parsed;
    };
    parsed.records.iter_mut().for_each(|record| record.at = at);
    parsed.read_at = Some(at);
    parsed
}

/// The newest commit in the dump; a stalled dump repeated under a newer folder's name thus keeps
/// its date. Without commits, the date in the path.
fn dumped_at(input: Input<'_>, parsed: &Parsed) -> Option<Instant> {
    let newest = parsed.records.iter().filter_map(|record| record.facts.updated_at).max();
    let in_path = || {
        let mut days = input.file.split('/').filter_map(|part| part.parse::<Day>().ok());
        days.next_back().map(Day::start)
    };
    newest.or_else(in_path)
}
