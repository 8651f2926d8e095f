use std::io::Read;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, TimestampMillisecondType};
use arrow_ipc::reader::FileReader;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use schema::{Value, ValueType};

use super::*;
use crate::{Column, batch_of_values};

fn table() -> RecordBatch {
    let column = |name, value_type| Column { name, value_type };
    let columns = [
        column("unit", ValueType::Text),
        column("value", ValueType::Number),
        column("at", ValueType::Instant),
    ];
    let at = "2024-03-04".parse::<schema::Day>().unwrap().start();
    let values = [
        vec![Value::Text("a, \"b\"".to_owned()), Value::Text("ü".to_owned())],
        vec![Value::Number(0.1 + 0.2), Value::Null],
        vec![Value::Instant(at), Value::Null],
    ];
    let said = [("citation", "Someone (2024).".to_owned()), ("a", "1".to_owned())];
    described(&batch_of_values(&columns, &values), &said, &["of whom", "how much", "when"])
}

fn check(read: &RecordBatch) {
    assert_eq!(*read, table());
    assert_eq!(
        read.column(1).as_primitive::<Float64Type>().value(0).to_bits(),
        0x3fd3_3333_3333_3334
    );
    let at = read.column(2).as_primitive::<TimestampMillisecondType>();
    assert_eq!(
        (at.value(0), at.data_type().to_string().contains("UTC")),
        (1_709_510_400_000, true)
    );
    let schema = read.schema();
    assert_eq!(schema.metadata()["citation"], "Someone (2024).");
    assert_eq!(schema.field(1).metadata()["description"], "how much");
}

#[test]
fn a_parquet_file_is_the_table_and_says_what_it_is() {
    let bytes = parquet(&table());
    assert_eq!(bytes, parquet(&table()), "equal tables give equal bytes");
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap();
    let said = reader.metadata().file_metadata().key_value_metadata().unwrap().clone();
    assert!(said.iter().any(|pair| pair.key == "citation"));
    // What the file says of itself is with the file, not with each batch.
    let schema = reader.schema().clone();
    let batches: Vec<RecordBatch> = reader.build().unwrap().map(Result::unwrap).collect();
    assert_eq!(batches.len(), 1);
    check(&RecordBatch::try_new(schema, batches[0].columns().to_vec()).unwrap());
}

#[test]
fn an_arrow_file_is_the_table_and_says_what_it_is() {
    let bytes = arrow(&table());
    assert_eq!(bytes, arrow(&table()), "equal tables give equal bytes");
    let mut reader = FileReader::try_new(std::io::Cursor::new(bytes), None).unwrap();
    check(&reader.next().unwrap().unwrap());
    assert!(reader.next().is_none());
}

#[test]
fn a_table_without_rows_is_a_file_all_the_same() {
    let empty = table().slice(0, 0);
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(parquet(&empty))).unwrap();
    assert_eq!(reader.schema().fields().len(), 3);
    assert_eq!(reader.build().unwrap().count(), 0);
    let reader = FileReader::try_new(std::io::Cursor::new(arrow(&empty)), None).unwrap();
    assert_eq!(reader.schema().fields().len(), 3);
}

#[test]
fn a_bundle_holds_its_files_whole() {
    let long = "a line\n".repeat(10_000);
    let files = [("README.md", long.as_bytes()), ("data/x.bin", &[0, 255, 7][..])];
    let bytes = zip(files);
    assert_eq!(bytes, zip(files), "equal files give equal bytes");
    assert!(bytes.len() < 2_000, "{} bytes", bytes.len());
    let archive = rawzip::ZipArchive::from_slice(&bytes).unwrap();
    let mut entries = archive.entries();
    for (name, expected) in files {
        let entry = entries.next_entry().unwrap().unwrap();
        assert_eq!(entry.file_path().try_normalize().unwrap().as_ref(), name);
        let entry = archive.get_entry(entry.wayfinder()).unwrap();
        let mut read = Vec::new();
        let inflate = flate2::bufread::DeflateDecoder::new(entry.data());
        entry.verifying_reader(inflate).read_to_end(&mut read).unwrap();
        assert_eq!(read, expected);
    }
    assert!(entries.next_entry().unwrap().is_none());
}
