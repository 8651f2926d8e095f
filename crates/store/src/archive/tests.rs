use std::path::{Path, PathBuf};

use arrow_array::{ArrayRef, BinaryArray, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::json;

use super::*;
use crate::{Error, Layer, RawDescription, Store, checksum};

/// A store, and a place for archives beside it.
struct Bench {
    folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn store(&self, name: &str) -> Store {
        Store::create(&self.folder.path().join(name)).unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes the collection `radar` of the store `from`.
    fn archive(&self) -> PathBuf {
        let path = self.path("radar.parquet");
        write(&self.store("from"), "radar", &path).unwrap();
        path
    }

    /// Why an archive is refused, without its path; and that no draft and no entry is left of it.
    fn refusal(&self, path: &Path) -> String {
        let store = self.store("refusing");
        let error = restore(&store, path).unwrap_err();
        let _lock = store.lock().unwrap();
        assert_eq!(files(&store), [], "{error}");
        assert!(matches!(error, Error::Archive { .. }), "{error}");
        error.to_string().replace(&path.display().to_string(), "ARCHIVE")
    }
}

fn description(is_complete: bool, held_back: &[&str]) -> RawDescription {
    RawDescription {
        source: "radar".to_owned(),
        file: "x.jsonl".to_owned(),
        received_sha256: checksum(b""),
        received_at: "2026-01-05T00:00:00Z".to_owned(),
        read_at: None,
        is_simulated: false,
        row_limit: None,
        is_complete,
        is_partial: false,
        census: None,
        held_back: held_back.iter().map(|&reason| reason.to_owned()).collect(),
    }
}

fn commit(store: &Store, name: &str, payload: &[u8], description: RawDescription) {
    let mut draft = store.draft(Layer::Raw, "radar", name).unwrap();
    draft.write_received("payload", payload).unwrap();
    draft.write_received("PAR1", b"PAR1").unwrap();
    draft.describe_raw(description);
    draft.commit().unwrap();
}

/// Bytes that are not packed, one part and a little more.
fn two_parts() -> Vec<u8> {
    let mut bytes = b"PAR1".to_vec();
    bytes.extend(
        (0..PART_BYTES as u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8),
    );
    bytes
}

/// A collection with all that can be in one.
fn fill(store: &Store) {
    commit(store, "20260105T000000Z-0a", &two_parts(), description(true, &[]));
    commit(store, "20260112T000000Z-0b", b"half", description(false, &[]));
    commit(store, "20260119T000000Z-0c", b"odd", description(true, &["half the models are gone"]));
    let mut journal = store.journal("radar", &json!({ "sort": "likes" })).unwrap();
    journal.append("page-00001.json", b"[]", json!({ "url": "x" })).unwrap();
    let mut draft = journal.into_draft(store, "20260126T000000Z-0d").unwrap();
    draft.describe_raw(description(true, &[]));
    draft.commit().unwrap();
}

/// Every file below the store's raw layer with its bytes.
fn files(store: &Store) -> Vec<(PathBuf, Vec<u8>)> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<(PathBuf, Vec<u8>)>) {
        let Ok(entries) = std::fs::read_dir(folder) else { return };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_owned();
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&store.root().join("raw"), store.root(), &mut found);
    found.sort();
    found
}

fn restored(entries: u64, known: u64) -> Restored {
    Restored { collection: "radar".to_owned(), entries, known }
}

#[test]
fn a_raw_layer_comes_back_byte_for_byte() {
    let bench = Bench::new();
    let (from, to) = (bench.store("from"), bench.store("to"));
    fill(&from);
    let path = bench.path("radar.parquet");
    let archived = write(&from, "radar", &path).unwrap();
    // Three entries of two files each; and one of a plan, a list of pieces, and a piece.
    assert_eq!((archived.entries, archived.files), (4, 9));
    let manifests = |(name, _): &&(PathBuf, Vec<u8>)| name.ends_with("manifest.json");
    let all = files(&from);
    let bytes: usize = all.iter().filter(|file| !manifests(file)).map(|file| file.1.len()).sum();
    assert_eq!(archived.bytes, bytes as u64);

    assert_eq!(restore(&to, &path).unwrap(), restored(4, 0));
    assert!(files(&to) == all, "some file differs");
    assert_eq!(restore(&to, &path).unwrap(), restored(0, 4), "again");
    assert!(files(&to) == all, "some file differs");
}

/// What someone looked at and found sound stays so, and nothing else becomes it.
#[test]
fn what_was_accepted_is_accepted_where_it_is_restored() {
    let bench = Bench::new();
    let (from, to) = (bench.store("from"), bench.store("to"));
    fill(&from);
    let held_back = description(true, &["half the models are gone"]);
    let is_sound =
        |store: &Store| store.is_sound("radar", "20260119T000000Z-0c", &held_back).unwrap();
    restore(&to, &bench.archive()).unwrap();
    assert!(!is_sound(&to));
    from.accept("radar", "20260119T000000Z-0c").unwrap();
    restore(&to, &bench.archive()).unwrap();
    assert!(is_sound(&to));
}

#[test]
fn equal_layers_give_equal_archives() {
    let bench = Bench::new();
    let stores = [bench.store("one"), bench.store("other")];
    let archives = stores.each_ref().map(|store| {
        fill(store);
        let path = bench.path("radar.parquet");
        write(store, "radar", &path).unwrap();
        std::fs::read(path).unwrap()
    });
    assert!(archives[0] == archives[1]);
}

#[test]
fn what_is_missing_is_added() {
    let bench = Bench::new();
    let (from, to) = (bench.store("from"), bench.store("to"));
    fill(&from);
    commit(&to, "20260112T000000Z-0b", b"half", description(false, &[]));
    assert_eq!(restore(&to, &bench.archive()).unwrap(), restored(3, 1));
    assert!(files(&to) == files(&from), "some file differs");
}

#[test]
fn a_damaged_archive_is_refused() {
    let bench = Bench::new();
    let from = bench.store("from");
    commit(&from, "20260105T000000Z-0a", &two_parts(), description(true, &[]));
    let path = bench.archive();
    let whole = std::fs::read(&path).unwrap();

    let needle = &two_parts()[1_000..1_100];
    let place = whole.windows(needle.len()).position(|window| window == needle).unwrap();
    let mut flipped = whole.clone();
    flipped[place] ^= 1;
    std::fs::write(&path, &flipped).unwrap();
    assert_eq!(
        bench.refusal(&path),
        "cannot restore from ARCHIVE: entry 20260105T000000Z-0a: payload is not what its manifest says"
    );

    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let refusal = bench.refusal(&path);
    assert!(refusal.contains("it is no whole Parquet file"), "{refusal}");
}

#[test]
fn what_is_no_archive_is_refused() {
    let bench = Bench::new();
    let path = bench.path("other.parquet");
    std::fs::write(&path, b"{}\n").unwrap();
    let refusal = bench.refusal(&path);
    assert!(refusal.contains("it is no whole Parquet file"), "{refusal}");

    let column = crate::Column { name: "entry", value_type: ::schema::ValueType::Text };
    let batch = crate::batch_of_values(&[column], &[vec!["x".into()]]);
    crate::parquet_file::write(&path, &[batch]).unwrap();
    let refusal = bench.refusal(&path);
    assert!(refusal.contains("it is no archive of a raw layer; expected what"), "{refusal}");
}

/// The manifest of an entry is what an archive says of itself, and so not to be trusted.
#[test]
fn nothing_is_written_outside_the_collection() {
    for name in ["../evil", ".evil", "manifest.json"] {
        let bench = Bench::new();
        let from = bench.store("from");
        commit(&from, "20260105T000000Z-0a", b"half", description(true, &[]));
        let folder = from.path(Layer::Raw, "radar", "20260105T000000Z-0a");
        let manifest = folder.join("manifest.json");
        let text = std::fs::read_to_string(&manifest).unwrap();
        std::fs::write(&manifest, text.replace("payload.zst", name)).unwrap();
        let payload = std::fs::read(folder.join("payload.zst")).unwrap();
        if name == "manifest.json" {
            // No manifest holds its own checksum, so such an archive cannot be written.
            let error = write(&from, "radar", &bench.path("x.parquet")).unwrap_err();
            assert!(matches!(error, Error::Damaged { .. }), "{error}");
            continue;
        }
        std::fs::write(folder.join(name), payload).unwrap();
        let refusal = bench.refusal(&bench.archive());
        assert!(refusal.ends_with("its manifest is not of this archive"), "{refusal}");
        assert!(!bench.path("refusing/raw/radar/evil").exists());
    }
}

const ENTRY_NAME: &str = "20260105T000000Z-0a";

/// A row as a program other than ours might write it.
type Crafted<'a> = (&'a str, Option<&'a str>, Option<&'a str>, Option<i64>, Option<&'a [u8]>);

fn part<'a>(file: &'a str, number: i64, bytes: &'a str) -> Crafted<'a> {
    (ENTRY_NAME, None, Some(file), Some(number), Some(bytes.as_bytes()))
}

fn craft(path: &Path, rows: &[Crafted<'_>]) {
    let columns: Vec<ArrayRef> = vec![
        Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.0))),
        Arc::new(rows.iter().map(|row| row.1).collect::<StringArray>()),
        Arc::new(rows.iter().map(|row| row.2).collect::<StringArray>()),
        Arc::new(rows.iter().map(|row| row.3).collect::<Int64Array>()),
        Arc::new(rows.iter().map(|row| row.4).collect::<BinaryArray>()),
    ];
    let batch = RecordBatch::try_new(schema(), columns).unwrap();
    let pair = |key: &str, value: &str| KeyValue::new(key.to_owned(), value.to_owned());
    let pairs = vec![pair(FORMAT_KEY, FORMAT), pair(COLLECTION_KEY, "radar")];
    let properties = WriterProperties::builder().set_key_value_metadata(Some(pairs)).build();
    let file = std::fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn rows_that_do_not_make_entries_are_refused() {
    let bench = Bench::new();
    let entry = ENTRY_NAME;
    let file =
        |name: &str| json!({ "name": name, "bytes": 2, "sha256": checksum(b"ab"), "rows": null });
    let manifest = json!({
        "format": crate::manifest::FORMAT, "layer": "raw", "collection": "radar",
        "code_version": "", "schema_fingerprint": "", "inputs": [], "row_count": 0,
        "problem_count": 0, "raw": null, "files": [file("one"), file("two")],
    });
    let manifest = manifest.to_string();
    let head = (entry, Some(manifest.as_str()), None, None, None);
    let path = bench.path("crafted.parquet");

    let cases: [(&[Crafted<'_>], &str); 7] = [
        (&[part("one", 0, "ab")], "its manifest is missing"),
        (&[head, part("one", 0, "ab")], "two is missing"),
        (&[head, part("two", 0, "ab")], "two is not the file that comes next"),
        (&[head, part("one", 1, "ab")], "one: part 1 is not the one that comes next"),
        (&[head, part("one", 0, "a"), part("two", 0, "ab")], "one is not what its manifest says"),
        (
            &[head, part("one", 0, "ab"), part("one", 1, "c"), part("two", 0, "ab")],
            "one is not what its manifest says",
        ),
        (&[head, (entry, None, None, None, None)], "a row names no part of a file"),
    ];
    for (rows, reason) in cases {
        craft(&path, rows);
        let refusal = bench.refusal(&path);
        let expected = format!("cannot restore from ARCHIVE: entry {entry}: {reason}");
        assert_eq!(refusal, expected);
    }
    // Parts may be of any size up to the largest.
    let halves = [head, part("one", 0, "a"), part("one", 1, "b"), part("two", 0, "ab")];
    craft(&path, &halves);
    assert_eq!(restore(&bench.store("to"), &path).unwrap(), restored(1, 0));
}

#[test]
fn a_damaged_layer_is_not_archived() {
    let bench = Bench::new();
    let from = bench.store("from");
    commit(&from, "20260105T000000Z-0a", b"half", description(true, &[]));
    let path = bench.archive();
    let before = std::fs::read(&path).unwrap();
    let payload = from.path(Layer::Raw, "radar", "20260105T000000Z-0a").join("payload.zst");
    std::fs::write(&payload, b"other").unwrap();
    let error = write(&from, "radar", &path).unwrap_err();
    assert!(matches!(&error, Error::Damaged { path } if *path == payload), "{error}");
    assert!(std::fs::read(&path).unwrap() == before, "the archive from before is still there");
    let left: Vec<_> = std::fs::read_dir(bench.folder.path()).unwrap().collect();
    assert_eq!(left.len(), 2, "the store and the archive: {left:?}");
    let error = write(&from, "rader", &path).unwrap_err();
    assert!(matches!(error, Error::UnknownCollection { .. }), "{error}");
}
