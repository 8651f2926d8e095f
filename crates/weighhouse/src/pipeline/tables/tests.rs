use std::fmt::Write as _;

use analyze::panel_columns;
use enrich::{Input, ModelRows, SnapshotRecords, Source, Tables};
use store::RecordBatch;

use super::*;
use crate::pipeline::origin::Origin;
use crate::pipeline::taking::{Given, take_file};
use crate::pipeline::{raw, records as records_of};

const COLLECTION: &str = "radar";
const MODELS_HERE: usize = 300;
const FILES: [&str; 3] =
    ["2026-01-05T120000.jsonl", "2026-01-12T120000.jsonl", "2026-01-19T120000.jsonl"];

fn now() -> Instant {
    Instant::parse("2026-02-01T00:00:00Z").unwrap()
}

/// A snapshot in which some models are missing, and others say less than before; in each the
/// models come in another order.
fn lines(snapshot: usize) -> String {
    let mut lines = String::new();
    for place in 0..MODELS_HERE {
        let model = (place * 7 + snapshot * 31) % MODELS_HERE;
        if (model + snapshot).is_multiple_of(5) {
            continue;
        }
        let downloads = model * 10 + snapshot;
        write!(lines, r#"{{"id":"owner-{}/model-{model}","downloads_30d":{downloads}"#, model % 9)
            .unwrap();
        if (model + snapshot).is_multiple_of(3) {
            write!(lines, r#","license":"license-{snapshot}","tags":["t{snapshot}","x"]"#).unwrap();
        }
        if (model + snapshot).is_multiple_of(4) {
            write!(lines, r#","gated":true,"parameters":{downloads},"tags":[]"#).unwrap();
        }
        lines.push_str("}\n");
    }
    // What cannot be read is a problem of every snapshot.
    lines.push_str("no JSON\n");
    lines
}

/// Takes all snapshots in, and makes their records.
fn store_with_records(folder: &std::path::Path) -> (Store, Vec<RawEntry>, Vec<String>) {
    let store = Store::create(&folder.join("data")).unwrap();
    let origin = Origin::Known(Source::Radar);
    for (snapshot, file) in FILES.into_iter().enumerate() {
        let path = folder.join(file);
        std::fs::write(&path, lines(snapshot)).unwrap();
        take_file(&store, Given { origin: &origin, path: &path, file, arrived_at: now() }).unwrap();
    }
    let entries = raw::complete_entries(&store, COLLECTION).unwrap();
    let names: Vec<String> = FILES.iter().map(|file| (*file).to_owned()).collect();
    for (entry, name) in entries.iter().zip(&names) {
        let mut draft = store.draft(Layer::Records, COLLECTION, name).unwrap();
        records_of::make(&store, COLLECTION, entry, &mut draft).unwrap();
        draft.commit().unwrap();
    }
    (store, entries, names)
}

/// All records in memory, parsed anew.
fn joined_in_memory() -> Tables {
    let parse = |(snapshot, file): (usize, &'static str)| {
        let text = lines(snapshot);
        let (bytes, now) = (text.as_bytes(), now());
        let input = Input { file, bytes, fault: None, now, read_at: None };
        let records = Source::Radar.parse(input).records;
        SnapshotRecords { snapshot: snapshot as u32, records }
    };
    let snapshots = FILES.into_iter().enumerate().map(parse);
    Tables::join(Registry::builtin(), snapshots.collect())
}

fn read(store: &Store, entry: &str, table: &str) -> Vec<RecordBatch> {
    store.read_table(Layer::Tables, COLLECTION, entry, table).unwrap()
}

fn expect_tables(store: &Store, entry: &str, expected: &Tables) {
    let batches = read(store, entry, MODELS);
    let rows: Vec<Vec<Value>> =
        expected.models.iter().map(|model| model.clone().into_values()).collect();
    for (place, column) in model_columns().iter().enumerate() {
        let of_column: Vec<Value> = rows.iter().map(|row| row[place].clone()).collect();
        assert_eq!(values_of_batch(&batches, column).unwrap(), of_column, "{}", column.name);
    }
    let read_back = batches.iter().flat_map(|batch| {
        let rows = ModelRows::of(batch);
        (0..rows.len()).map(|row| rows.read(row)).collect::<Vec<_>>()
    });
    assert!(read_back.eq(expected.models.iter().cloned()), "models come back from their table");
    let readings = panel_columns::readings(&read(store, entry, READINGS)).unwrap();
    let found = readings.iter().map(|(model, reading)| (*model, reading.at, reading.downloads_30d));
    let of_memory = expected.readings.iter();
    assert!(found.eq(of_memory.map(|r| (r.model, r.at, r.counters.downloads_30d))));
}

#[test]
fn tables_made_from_records_are_the_join_in_memory() {
    let folder = tempfile::tempdir().unwrap();
    let (store, entries, names) = store_with_records(folder.path());
    let registry = Registry::builtin();
    let mut draft = store.draft(Layer::Tables, COLLECTION, "whole").unwrap();
    make(&store, COLLECTION, &entries, &names, registry, &mut draft).unwrap();
    let manifest = draft.commit().unwrap();
    let expected = joined_in_memory();
    expect_tables(&store, "whole", &expected);
    assert_eq!(manifest.row_count, expected.models.len() as u64);
    assert_eq!(manifest.problem_count, FILES.len() as u64);
    let newest = newest_reading(&store, COLLECTION, "whole").unwrap();
    assert_eq!(Some(newest), expected.readings.iter().map(|reading| reading.at).max());
    let problems: usize = read(&store, "whole", PROBLEMS).iter().map(RecordBatch::num_rows).sum();
    assert_eq!(problems, FILES.len());
}

#[test]
fn how_many_models_are_joined_at_once_makes_no_difference() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, names) = store_with_records(folder.path());
    let open = |name: &String| Snapshot::open(&store, COLLECTION, name).unwrap();
    let snapshots: Vec<Snapshot> = names.iter().map(open).collect();
    let (identities, _) = identities(&snapshots, Registry::builtin()).unwrap();
    let joining = Joining { snapshots: &snapshots, identities: &identities };
    let expected = joined_in_memory();
    for at_once in [1, 7, 299, 1000] {
        let entry = format!("at-once-{at_once}");
        let mut draft = store.draft(Layer::Tables, COLLECTION, &entry).unwrap();
        write_joined(&joining, at_once, &mut draft).unwrap();
        draft.commit().unwrap();
        expect_tables(&store, &entry, &expected);
    }
}
