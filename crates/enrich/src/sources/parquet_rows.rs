//! Rows of a Parquet file as JSON objects, so that columns may come and go.

use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::file::reader::ChunkReader;
use serde_json::{Map, Value};

use super::arrow_values;
use super::content::Content;
use super::sink::Sink;

/// Few enough that rows with thousands of file names each stay within some megabytes.
const BATCH_ROWS: usize = 1024;

/// The parts of a content that is Parquet; where it is not, the problem is noted.
pub(super) fn parts_of<R>(content: Content<'_, R>, sink: &mut Sink<'_>) -> Option<R> {
    match content {
        Content::Parts(parts) => Some(parts),
        Content::Text(text) => {
            // A file that breaks off says so only at the break.
            let reason = match std::io::copy(text, &mut std::io::sink()) {
                Ok(_) => "not a Parquet file: it does not begin as one".to_owned(),
                Err(fault) => fault.to_string(),
            };
            sink.leave_out_rest(None, reason);
            None
        }
    }
}

/// Takes a row, by its number from 1.
pub(super) type TakeRow<'a> = dyn FnMut(&mut Sink<'_>, u64, &Map<String, Value>) + 'a;

/// Hands each row's object to `take`; the object holds the columns for which `is_wanted` says yes to
/// the path, as `gguf` and `total`.
pub(super) fn each_row<R: ChunkReader + 'static>(
    parts: R,
    is_wanted: &dyn Fn(&[String]) -> bool,
    sink: &mut Sink<'_>,
    take: &mut TakeRow<'_>,
) {
    let reader = match open(parts, is_wanted) {
        Ok(reader) => reader,
        Err(fault) => {
            sink.leave_out_rest(None, format!("not a Parquet file: {fault}"));
            return;
        }
    };
    let mut line = 0;
    for batch in reader {
        let batch = match batch {
            Ok(batch) => batch,
            Err(fault) => {
                let reason = format!("the Parquet file breaks off: {fault}");
                sink.leave_out_rest(Some(line + 1), reason);
                return;
            }
        };
        for row in 0..batch.num_rows() {
            line += 1;
            take(sink, line, &arrow_values::row(&batch, row));
        }
    }
}

/// The names of the columns of a Parquet file, in its order.
pub(super) fn columns<R: ChunkReader + 'static>(parts: R) -> Result<Vec<String>, String> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(parts)
        .map_err(|fault| format!("not a Parquet file: {fault}"))?;
    Ok(builder.schema().fields().iter().map(|field| field.name().clone()).collect())
}

fn open<R: ChunkReader + 'static>(
    parts: R,
    is_wanted: &dyn Fn(&[String]) -> bool,
) -> parquet::errors::Result<ParquetRecordBatchReader> {
    let builder = ParquetRecordBatchReaderBuilder::try_new(parts)?;
    let columns = builder.parquet_schema().columns().iter().enumerate();
    let wanted: Vec<usize> = columns
        .filter(|(_, column)| is_wanted(column.path().parts()))
        .map(|(index, _)| index)
        .collect();
    let mask = ProjectionMask::leaves(builder.parquet_schema(), wanted);
    builder.with_projection(mask).with_batch_size(BATCH_ROWS).build()
}
