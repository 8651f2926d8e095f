use serde_json::json;

use super::super::tests::facts_by;
use super::*;

fn facts_of(siblings: &Value) -> Facts {
    facts_by(read, &json!({ "siblings": siblings }))
}

/// The shape of an answer with `blobs=true` as the Hub's clients read it.
#[test]
fn sizes_are_those_of_the_files_and_not_of_their_pointers() {
    let facts = facts_of(&json!([
        {"rfilename": "README.md", "blobId": "0a", "size": 1200},
        {"rfilename": "a b/model.safetensors", "blobId": "0b", "size": 134,
         "lfs": {"sha256": "0c", "size": 4_096_000, "pointerSize": 134}},
        {"rfilename": "x.txt", "size": null},
        {"rfilename": "y.txt", "size": -1},
        {"size": 7},
    ]));
    let paths = ["README.md", "a b/model.safetensors", "x.txt", "y.txt"];
    assert_eq!(facts.file_paths.unwrap(), paths);
    assert_eq!(facts.file_bytes.unwrap(), ["1200 README.md", "4096000 a b/model.safetensors"]);
}

#[test]
fn paths_without_sizes_leave_the_sizes_unknown() {
    let facts = facts_of(&json!(["a", {"rfilename": "b"}]));
    assert_eq!((facts.file_paths.unwrap().len(), facts.file_bytes), (2, None));
    let facts = facts_of(&json!([]));
    assert_eq!((facts.file_paths, facts.file_bytes), (Some(vec![]), None));
    let facts = facts_of(&json!("none"));
    assert_eq!((facts.file_paths, facts.file_bytes), (None, None));
}
