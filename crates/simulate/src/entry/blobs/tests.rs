use serde_json::Value;

use crate::{Hub, Options, world};
use schema::Instant;

/// hub-reference.md §3: what a sibling is with `blobs=true`.
#[test]
fn files_are_shown_with_sizes_and_hashes() {
    let at = Instant::parse("2026-09-07T06:00:00Z").unwrap();
    let hub = Hub::new(world(&Options { models: 120, seed: 5, at }), at, None);
    let (mut large, mut small, mut scanned) = (0, 0, 0);
    for index in 0..120 {
        let path = format!("/api/models/{}", hub.world().model(index).id);
        let plain: Value =
            serde_json::from_str(hub.answer("http://hub.test", &path, "").text()).unwrap();
        let answer = hub.answer("http://hub.test", &path, "blobs=true&securityStatus=true");
        let full: Value = serde_json::from_str(answer.text()).unwrap();
        let names = |model: &Value| -> Vec<Value> {
            let siblings = model["siblings"].as_array().unwrap().iter();
            siblings.map(|sibling| sibling["rfilename"].clone()).collect()
        };
        assert_eq!(names(&plain), names(&full));
        assert!(plain["siblings"][0].get("size").is_none());
        assert!(plain.get("securityRepoStatus").is_none());
        let scan = &full["securityRepoStatus"];
        assert_eq!(scan["filesWithIssues"], Value::Array(Vec::new()));
        scanned += usize::from(scan["scansDone"].as_bool().unwrap());
        for sibling in full["siblings"].as_array().unwrap() {
            let size = sibling["size"].as_u64().unwrap();
            assert_eq!(sibling["blobId"].as_str().unwrap().len(), 40);
            let Some(lfs) = sibling.get("lfs") else {
                assert!((1..10_000).contains(&size), "{sibling}");
                small += 1;
                continue;
            };
            assert_eq!(lfs["size"], size);
            assert_eq!(lfs["sha256"].as_str().unwrap().len(), 64);
            // version, oid and size lines: 42 + 76 + 5 and the digits and a line break.
            let pointer = 43 + 76 + 5 + size.to_string().len() + 1;
            assert_eq!(lfs["pointerSize"], pointer, "{sibling}");
            large += 1;
        }
    }
    assert!(large > 100 && small > 200, "{large} large, {small} small");
    assert!(scanned > 60, "{scanned} scanned");
}
