use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, Int64Array, StringArray};
use proptest::prelude::*;

use super::*;
use crate::{Draft, Layer, Store};

const ROWS: usize = 2 * PART_ROWS + 100;

/// A table of more than two parts: numbers from 0, and one of 1,000 owners for each.
fn batch(rows: std::ops::Range<usize>) -> RecordBatch {
    let number: ArrayRef = Arc::new(rows.clone().map(|row| row as i64).collect::<Int64Array>());
    let owner: ArrayRef = Arc::new(rows.map(owner).collect::<StringArray>());
    RecordBatch::try_from_iter_with_nullable([("number", number, true), ("owner", owner, true)])
        .unwrap()
}

fn owner(row: usize) -> Option<String> {
    (!row.is_multiple_of(7)).then(|| format!("owner-{}", row % 1000))
}

fn store_with(write: impl FnOnce(&mut Draft)) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path()).unwrap();
    let mut draft = store.draft(Layer::Tables, "c", "e").unwrap();
    write(&mut draft);
    draft.commit().unwrap();
    (folder, store)
}

fn big() -> (tempfile::TempDir, Store) {
    store_with(|draft| {
        draft.write_table("t.parquet", &[batch(0..ROWS)]).unwrap();
    })
}

#[test]
fn columns_come_in_the_asked_order_with_text_in_dictionaries() {
    let (_folder, store) = big();
    let columns = ["owner", "number"];
    let batches = store.read_columns(Layer::Tables, "c", "e", "t.parquet", &columns).unwrap();
    let mut row = 0;
    for batch in &batches {
        let owners = batch.column(0).as_dictionary::<Int32Type>();
        let texts = owners.values().as_string::<i32>();
        let numbers = batch.column(1).as_primitive::<Int64Type>();
        for place in 0..batch.num_rows() {
            let text = owners.key(place).map(|key| texts.value(key).to_owned());
            assert_eq!((text, numbers.value(place)), (owner(row), row as i64));
            row += 1;
        }
        assert!(texts.len() <= 1000, "{} texts in a dictionary of 1,000", texts.len());
    }
    assert_eq!(row, ROWS);
}

#[test]
fn a_column_that_is_not_there_is_named() {
    let (_folder, store) = big();
    let fault = store.read_columns(Layer::Tables, "c", "e", "t.parquet", &["country"]).unwrap_err();
    assert_eq!(fault.to_string(), "column 'country' is absent or not of type any");
}

#[test]
fn what_is_written_in_batches_has_the_bytes_of_what_is_written_at_once() {
    let (_one, whole) = big();
    let (_other, parts) = store_with(|draft| {
        let mut table = draft.begin_table("t.parquet", &batch(0..1).schema()).unwrap();
        for begin in (0..ROWS).step_by(PART_ROWS) {
            table.write(&batch(begin..ROWS.min(begin + PART_ROWS))).unwrap();
        }
        assert_eq!(draft.finish_table(table).unwrap(), ROWS as u64);
    });
    let files = |store: &Store| store.manifest(Layer::Tables, "c", "e").unwrap().files;
    assert_eq!(files(&parts), files(&whole));
}

#[test]
fn parts_make_up_the_whole() {
    let (_folder, store) = big();
    let table = store.open_table(Layer::Tables, "c", "e", "t.parquet").unwrap();
    assert_eq!((table.rows(), table.parts()), (ROWS, 3));
    assert_eq!([0, 1, 2].map(|part| table.part_start(part)), [0, PART_ROWS, 2 * PART_ROWS]);
    let parts = (0..3).map(|part| table.read_part(part, Some(&["number"])).unwrap().unwrap());
    let numbers =
        parts.flat_map(|part| part.column(0).as_primitive::<Int64Type>().values().to_vec());
    assert!(numbers.eq((0..ROWS).map(|row| row as i64)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn any_rows_can_be_read_alone(
        rows in prop::collection::btree_set(0..ROWS as u32, 1..200),
        run in 0..ROWS as u32 - 5000,
    ) {
        let (_folder, store) = big();
        let table = store.open_table(Layer::Tables, "c", "e", "t.parquet").unwrap();
        let mut rows = rows;
        rows.extend(run..run + 5000);
        let rows: Vec<u32> = rows.into_iter().collect();
        let batch = table.read_rows(&rows, &["owner", "number"]).unwrap().unwrap();
        let owners = batch.column(0).as_string::<i32>();
        for (place, row) in rows.iter().enumerate() {
            let text = owners.is_valid(place).then(|| owners.value(place).to_owned());
            prop_assert_eq!(text, owner(*row as usize));
            prop_assert_eq!(batch.column(1).as_primitive::<Int64Type>().value(place), i64::from(*row));
        }
    }
}

/// Parts that are packed elsewhere, and in another order, make the same table.
#[test]
fn parts_packed_apart_give_the_bytes_of_a_table_written_in_one_go() {
    let pages = |rows: std::ops::Range<usize>| {
        let all = batch(rows);
        let cut = (0..all.num_rows()).step_by(4096);
        cut.map(|at| all.slice(at, 4096.min(all.num_rows() - at))).collect::<Vec<_>>()
    };
    let schema = batch(0..1).schema();
    let (one, _store) = store_with(|draft| {
        let mut table = draft.begin_table("t.parquet", &schema).unwrap();
        for page in pages(0..ROWS) {
            table.write(&page).unwrap();
        }
        assert_eq!(draft.finish_table(table).unwrap(), ROWS as u64);
    });
    let (two, _store) = store_with(|draft| {
        let mut table = draft.begin_table("t.parquet", &schema).unwrap();
        let encoder = table.encoder();
        let part = |rows: std::ops::Range<usize>| {
            let mut part = encoder.begin().unwrap();
            for page in pages(rows) {
                part.write(&page).unwrap();
            }
            part.finish().unwrap()
        };
        let last = part(2 * PART_ROWS..ROWS);
        let parts = [part(0..PART_ROWS), part(PART_ROWS..2 * PART_ROWS), last, part(0..0)];
        for part in parts {
            table.append(part).unwrap();
        }
        assert_eq!(draft.finish_table(table).unwrap(), ROWS as u64);
    });
    let bytes = |folder: &tempfile::TempDir| {
        std::fs::read(folder.path().join("tables/c/e/t.parquet")).unwrap()
    };
    assert!(bytes(&one) == bytes(&two));
}
