//! Daily dumps of the whole listing by `hub-stats`: Parquet in the shape of the Hub's entries.
//!
//! Not a map of columns: card, configuration, sizes and lineage lie inside columns.

use parquet::file::reader::ChunkReader;
use schema::{Day, Instant};

use super::content::Content;
use super::sink::Sink;
use super::{hub_model, parquet_rows};
use crate::fields::{Row, fault_of_instant};
use crate::problems::Problems;

const UPDATED_AT: &str = "lastModified";

/// Columns of which other parts, such as templates for chats, are heavy and not read.
const PARTLY_READ: [(&str, &[&str]); 2] = [
    (
        "gguf",
        &["total", "architecture", "context_length", "totalFileSize", "quantize_imatrix_file"],
    ),
    ("config", hub_model::PLAIN_CONFIGURATION),
];

pub(super) fn read<R: ChunkReader + Clone + 'static>(content: Content<'_, R>, sink: &mut Sink<'_>) {
    let Some(parts) = parquet_rows::parts_of(content, sink) else { return };
    let Some(at) = dumped_at(parts.clone(), sink) else { return };
    sink.read_at = Some(at);
    parquet_rows::each_row(parts, &is_read, sink, &mut |sink, line, object| {
        sink.row(line, object, |row| hub_model::record(row, at));
    });
}

/// Whether a column, or a part of one, is read.
fn is_read(path: &[String]) -> bool {
    let Some(column) = path.first() else { return false };
    let inside = PARTLY_READ.iter().find(|(name, _)| name == column);
    match (inside, path.get(1)) {
        (Some((_, parts)), Some(part)) => parts.contains(&part.as_str()),
        _ => hub_model::FIELDS.contains(&column.as_str()),
    }
}

/// The newest commit in the dump; a stalled dump repeated under a newer folder's name thus keeps
/// its date. Without commits, the date in the path.
fn dumped_at<R: ChunkReader + 'static>(parts: R, sink: &mut Sink<'_>) -> Option<Instant> {
    let mut newest = None;
    let mut rows = 0;
    let is_date = |path: &[String]| path.first().is_some_and(|column| column == UPDATED_AT);
    let mut aside = |_| {};
    let mut first_pass = Sink::new(sink.context(), &mut aside);
    parquet_rows::each_row(parts, &is_date, &mut first_pass, &mut |sink, line, object| {
        rows = line;
        let mut problems = Problems::default();
        let at = Row::new(sink.context(), line, object, &mut problems).instant(UPDATED_AT);
        newest = newest.max(at.filter(|at| fault_of_instant(*at, sink.now()).is_none()));
    });
    let in_path = || {
        let mut days = sink.file().split('/').filter_map(|part| part.parse::<Day>().ok());
        days.next_back().map(Day::start)
    };
    let at = newest.or_else(in_path);
    if at.is_none() {
        let summary = first_pass.summary();
        match summary.problems.into_iter().next() {
            Some(problem) => sink.leave_out_rest(problem.line, problem.reason),
            None if rows > 0 => {
                let reason = "neither 'lastModified' nor the path says when it was dumped";
                sink.leave_out_rest(None, reason.to_owned());
            }
            None => {}
        }
    }
    at
}
