use schema::{Value, ValueType};

use super::*;
use crate::{Column, Release, batch_of_values, values_of_batch};

const COLUMN: Column = Column { name: "model", value_type: ValueType::Text };

fn commit(store: &Store, name: &str, model: &str) -> Manifest {
    let mut draft = store.draft(Layer::Tables, "radar", name).unwrap();
    let batch = batch_of_values(&[COLUMN], &[vec![Value::from(model)]]);
    draft.write_table("models.parquet", &[batch]).unwrap();
    draft.write_received("page", b"[]").unwrap();
    draft.describe(|manifest| manifest.row_count = 1);
    draft.commit().unwrap()
}

fn read(store: &Store, name: &str) -> Vec<Value> {
    let batches = store.read_table(Layer::Tables, "radar", name, "models.parquet").unwrap();
    values_of_batch(&batches, &COLUMN).unwrap()
}

#[test]
fn what_is_committed_is_read_back_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path()).unwrap();
    let manifest = commit(&store, "one", "a/b");
    assert_eq!(store.manifest(Layer::Tables, "radar", "one").unwrap(), manifest);
    assert_eq!(read(&store, "one"), [Value::from("a/b")]);
    let page = &manifest.files[1];
    assert_eq!(page.name, "page.zst");
    let bytes = store.read_file(Layer::Tables, "radar", "one", page).unwrap();
    assert_eq!(crate::decode(&bytes).bytes, b"[]");

    let path = store.path(Layer::Tables, "radar", "one").join("page.zst");
    std::fs::write(&path, b"other").unwrap();
    let damaged = store.read_file(Layer::Tables, "radar", "one", page).unwrap_err();
    assert!(matches!(damaged, Error::Damaged { .. }), "{damaged}");
}

#[test]
fn a_draft_that_is_not_committed_is_seen_by_nobody_and_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path()).unwrap();
    commit(&store, "one", "a/b");
    let mut draft = store.draft(Layer::Tables, "radar", "two").unwrap();
    draft.write_received("page", b"half").unwrap();
    drop(draft);
    assert_eq!(store.entries(Layer::Tables, "radar").unwrap(), ["one"]);
    assert!(!store.has(Layer::Tables, "radar", "two"));

    let _lock = store.lock().unwrap();
    let left = std::fs::read_dir(folder.path().join("tables/radar")).unwrap().count();
    assert_eq!(left, 1, "the lock clears what an interrupted writer left");
}

#[test]
fn equal_content_gives_equal_bytes() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let bytes = folders.each_ref().map(|folder| {
        let store = Store::create(folder.path()).unwrap();
        commit(&store, "one", "a/b");
        std::fs::read(store.path(Layer::Tables, "radar", "one").join(MANIFEST)).unwrap()
    });
    assert_eq!(bytes[0], bytes[1], "the manifest holds the checksums of all other files");
}

#[test]
fn one_writer_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path()).unwrap();
    let lock = store.lock().unwrap();
    assert!(matches!(store.lock().unwrap_err(), Error::Locked { .. }));
    drop(lock);
    store.lock().unwrap();
}

#[test]
fn a_release_is_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path()).unwrap();
    assert_eq!(store.release("radar").unwrap(), None);
    let mut release = Release {
        id: "one".into(),
        collection: "radar".into(),
        raw: vec!["r".into()],
        tables: "t".into(),
        attributes: "a".into(),
        panel: "p".into(),
        indicators: "i".into(),
        data_through: "2026-08-21T20:00:24Z".into(),
        is_simulated: false,
    };
    store.publish(&release).unwrap();
    release.id = "two".into();
    store.publish(&release).unwrap();
    assert_eq!(store.release("radar").unwrap(), Some(release));
}

#[test]
fn an_unknown_collection_names_the_known_ones() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path()).unwrap();
    store.draft(Layer::Raw, "radar", "x").unwrap().commit().unwrap();
    let refused = store.expect_collection("rader").unwrap_err();
    assert_eq!(refused.to_string(), "unknown collection 'rader'; known are: radar");
}

#[test]
fn what_is_committed_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path()).unwrap();
    let first = commit(&store, "one", "a/b");
    assert_eq!(commit(&store, "one", "x/y"), first);
    assert_eq!(read(&store, "one"), [Value::from("a/b")]);
    assert_eq!(std::fs::read_dir(folder.path().join("tables/radar")).unwrap().count(), 1);
}
