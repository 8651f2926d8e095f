//! Rows of a Parquet file as JSON objects, so that columns may come and go.

use arrow_json::LineDelimitedWriter;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::{Input, json_lines};
use crate::Parsed;
use crate::fields::Row;

const BATCH_ROWS: usize = 4096;

/// Hands each row's object to `take`.
pub(super) fn each_row(
    input: Input<'_>,
    parsed: &mut Parsed,
    mut take: impl FnMut(&mut Row<'_>, u64) -> Option<crate::Record>,
) {
    let bytes = Bytes::copy_from_slice(input.bytes);
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes)
        .and_then(|builder| builder.with_batch_size(BATCH_ROWS).build());
    let reader = match reader {
        Ok(reader) => reader,
        Err(fault) => {
            parsed.problems.push(input.file_problem(None, format!("not a Parquet file: {fault}")));
            return;
        }
    };
    let mut line = 0;
    for batch in reader {
        let mut writer = LineDelimitedWriter::new(Vec::new());
        let written = batch.and_then(|batch| writer.write(&batch)).and_then(|()| writer.finish());
        if let Err(fault) = written {
            let reason = format!("the Parquet file breaks off: {fault}");
            parsed.problems.push(input.file_problem(Some(line + 1), reason));
            return;
        }
        for json in writer.into_inner().split(|byte| *byte == b'\n').filter(|l| !l.is_empty()) {
            line += 1;
            let Ok(object) = json_lines::object_of(json) else { continue };
            let problems = &mut parsed.problems;
            let mut row = Row::new(input.context(), line, &object, problems);
            parsed.records.extend(take(&mut row, line));
        }
    }
}
