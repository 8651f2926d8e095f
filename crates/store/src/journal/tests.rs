use serde_json::json;

use super::*;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path()).unwrap();
    (folder, store)
}

fn two_pieces(store: &Store) -> Journal {
    let mut journal = store.journal("hub", &json!({"sort": "likes"})).unwrap();
    journal.append("page-1.json", b"[1]", json!({"next": "2"})).unwrap();
    journal.append("page-2.json", b"[2]", json!({"next": "3"})).unwrap();
    journal
}

fn bytes(journal: &Journal) -> Vec<Vec<u8>> {
    let read = |piece| crate::decode(&journal.read(piece).unwrap()).bytes;
    journal.pieces().iter().map(read).collect()
}

#[test]
fn what_was_received_outlives_its_receiver() {
    let (_folder, store) = store();
    drop(two_pieces(&store));
    // A writer that takes the lock clears drafts, and not what is being received.
    drop(store.lock().unwrap());
    let plan = json!({"sort": "likes"});
    assert_eq!(store.open_journals("hub").unwrap(), [(plan.clone(), 2)]);
    assert!(store.entries(Layer::Raw, "hub").unwrap().is_empty());
    let journal = store.journal("hub", &plan).unwrap();
    assert_eq!(bytes(&journal), [b"[1]", b"[2]"]);
    assert_eq!(journal.pieces()[1].about, json!({"next": "3"}));
    // Another plan is another journal.
    let other = store.journal("hub", &json!({"sort": "downloads"})).unwrap();
    assert!(other.pieces().is_empty());
}

#[test]
fn what_was_under_way_when_the_machine_went_down_does_not_count() {
    let (_folder, store) = store();
    let journal = two_pieces(&store);
    let folder = journal.folder.clone();
    drop(journal);
    // The third piece's file is there, and half of its line.
    std::fs::write(folder.join("page-3.json.zst"), b"x").unwrap();
    std::fs::write(folder.join("problems.parquet"), b"x").unwrap();
    let list = folder.join(PIECES);
    let whole = std::fs::read(&list).unwrap();
    std::fs::write(&list, [&whole[..], b"{\"file\":{\"na"].concat()).unwrap();
    let journal = store.journal("hub", &json!({"sort": "likes"})).unwrap();
    assert_eq!(bytes(&journal), [b"[1]", b"[2]"]);
    assert_eq!(std::fs::read(&list).unwrap(), whole);
    let names = crate::layer::list(&folder).unwrap();
    assert_eq!(names, ["page-1.json.zst", "page-2.json.zst", PIECES, PLAN]);
    drop(journal);
    // Its line is there, and its file did not reach the disk.
    std::fs::write(folder.join("page-2.json.zst"), b"").unwrap();
    let mut journal = store.journal("hub", &json!({"sort": "likes"})).unwrap();
    assert_eq!(bytes(&journal), [b"[1]"]);
    journal.append("page-2.json", b"[2]", json!({"next": "3"})).unwrap();
    assert_eq!(std::fs::read(&list).unwrap(), whole);
}

#[test]
fn an_interrupted_end_is_ended_again() {
    let (_folder, store) = store();
    let journal = two_pieces(&store);
    let folder = journal.folder.clone();
    let draft = journal.into_draft(&store, "one").unwrap();
    // The process dies when the manifest is written and the entry is not in place.
    std::fs::write(folder.join("manifest.json"), b"{}").unwrap();
    drop(draft);
    let journal = store.journal("hub", &json!({"sort": "likes"})).unwrap();
    let manifest = journal.into_draft(&store, "one").unwrap().commit().unwrap();
    let names: Vec<&str> = manifest.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, [PLAN, PIECES, "page-1.json.zst", "page-2.json.zst"]);
    assert_eq!(store.entries(Layer::Raw, "hub").unwrap(), ["one"]);
    assert_eq!(store.pieces("hub", "one").unwrap().len(), 2);
    assert!(store.open_journals("hub").unwrap().is_empty());
}

#[test]
fn what_follows_a_lost_piece_is_received_again() {
    let (_folder, store) = store();
    let mut journal = two_pieces(&store);
    journal.append("page-3.json", b"[3]", json!({"next": null})).unwrap();
    std::fs::remove_file(journal.folder.join("page-2.json.zst")).unwrap();
    drop(journal);
    let journal = store.journal("hub", &json!({"sort": "likes"})).unwrap();
    assert_eq!(bytes(&journal), [b"[1]"]);
    assert!(!journal.folder.join("page-3.json.zst").exists(), "it would be taken for a new one");
}

/// The same entry is received twice when a process dies between its commit and its end. The second
/// one is not needed, and a process that dies while it is removed leaves no half of it.
#[test]
fn an_entry_that_is_there_already_is_dropped_at_once() {
    let (_folder, store) = store();
    two_pieces(&store).into_draft(&store, "one").unwrap().commit().unwrap();
    let again = two_pieces(&store);
    let folder = again.folder.clone();
    let draft = again.into_draft(&store, "one").unwrap();
    // What an earlier process had begun to remove.
    let doomed = folder.with_file_name(".draft-discarded-.open-x");
    std::fs::create_dir_all(&doomed).unwrap();
    draft.commit().unwrap();
    assert!(!folder.exists());
    assert!(store.open_journals("hub").unwrap().is_empty());
    assert_eq!(store.entries(Layer::Raw, "hub").unwrap(), ["one"]);
    drop(store.lock().unwrap());
    assert!(!doomed.exists(), "the next writer clears it");
}
