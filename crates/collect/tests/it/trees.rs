//! The files of a data set.

use std::time::Duration;

use collect::{Asking, DatasetPath, Error, Failure, Token, TreeFile, tree};

use crate::chain;
use crate::clock::TestClock;
use crate::replay::{Replay, answer, link, replay};

fn list(hub: &Replay, path: &str) -> collect::Result<Vec<TreeFile>> {
    let folder = DatasetPath {
        dataset: "hfmlsoc/hub_weekly_snapshots".to_owned(),
        revision: "main".to_owned(),
        path: path.to_owned(),
    };
    let asking = Asking {
        endpoint: hub.endpoint.clone(),
        token: Some(Token::new("hf_secret").unwrap()),
        timeout: Duration::from_secs(20),
        max_retries: 1,
        user_agent: "weighhouse-test".to_owned(),
    };
    tree(&folder, &asking, &TestClock::default())
}

/// An entry in the form of hub-reference.md §5.1.
fn large(path: &str, sha256: &str) -> String {
    format!(
        r#"{{"type":"file","path":"{path}","oid":"0f","size":440449768,
            "lfs":{{"oid":"{sha256}","size":440449768,"pointerSize":134}},"xetHash":"00"}}"#
    )
}

#[test]
fn every_page_is_read_and_files_are_sorted() {
    let next = "/api/datasets/hfmlsoc/hub_weekly_snapshots/tree/main/models?cursor=x";
    let hub = replay(|endpoint| {
        let first = format!(
            r#"[{{"type":"directory","path":"models/2026-01-05","oid":"1","size":0}},{}]"#,
            large("models/2026-01-12/models.parquet", &"AB".repeat(32))
        );
        let small = r#"{"type":"file","path":"models/README.md","oid":"2","size":12}"#;
        let second =
            format!("[{small},{}]", large("models/2026-01-05/models.parquet", &"cd".repeat(32)));
        vec![
            answer(200, &[("Link", &link(&format!("{endpoint}{next}")))], first),
            answer(503, &[], "slow down"),
            answer(200, &[], second),
        ]
    });
    let file = |path: &str, bytes, sha256: Option<String>| TreeFile {
        path: path.to_owned(),
        bytes,
        sha256,
    };
    assert_eq!(
        list(&hub, "models").unwrap(),
        [
            file("models/2026-01-05/models.parquet", 440_449_768, Some("cd".repeat(32))),
            file("models/2026-01-12/models.parquet", 440_449_768, Some("ab".repeat(32))),
            file("models/README.md", 12, None),
        ]
    );
    let first = "/api/datasets/hfmlsoc/hub_weekly_snapshots/tree/main/models?recursive=true";
    assert_eq!(hub.targets(), [first, next, next]);
    assert!(hub.heads().iter().all(|head| head.contains("authorization: bearer hf_secret")));
}

#[test]
fn a_link_to_another_host_is_not_followed() {
    let hub = replay(|_| vec![answer(200, &[("Link", &link("https://other.test/x"))], "[]")]);
    let error = list(&hub, "").unwrap_err();
    assert!(matches!(error, Error::ForeignLink { .. }), "{}", chain(&error));
}

#[test]
fn a_list_without_end_is_not_read_to_its_end() {
    let hub = replay(|endpoint| {
        let again = link(&format!("{endpoint}/again"));
        (0..300).map(|_| answer(200, &[("Link", &again)], "[]")).collect()
    });
    let error = list(&hub, "").unwrap_err();
    assert!(matches!(error, Error::TooManyPages { pages: 200, .. }), "{}", chain(&error));
    assert_eq!(hub.heads().len(), 200);
}

#[test]
fn what_is_no_list_is_said() {
    let hub = replay(|_| vec![answer(200, &[], r#"{"error":"later"}"#), answer(200, &[], "[7]")]);
    let error = list(&hub, "").unwrap_err();
    let is_no_tree = matches!(error, Error::Request { failure: Failure::NotATree { .. }, .. });
    assert!(is_no_tree, "{}", chain(&error));
    let hub = replay(|_| vec![answer(404, &[], r#"{"error":"Repository not found"}"#)]);
    let error = list(&hub, "").unwrap_err();
    assert!(chain(&error).ends_with("404: Repository not found"), "{}", chain(&error));
}
