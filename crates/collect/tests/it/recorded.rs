//! Against recorded answers of the real Hub, which lie beside the checkout.

#![expect(clippy::disallowed_methods, reason = "the recordings are files that a variable locates")]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::env;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::clock::TestClock;
use crate::replay::{answer, replay};
use crate::{collect, options};

/// The folder of the recordings, where there is one.
fn recordings() -> Option<PathBuf> {
    let named = env::var_os("WEIGHHOUSE_HUB_FIXTURES").map(PathBuf::from);
    let beside =
        env::var_os("WEIGHHOUSE_REAL_DATA").map(|data| PathBuf::from(data).join("../hub-fixtures"));
    let found = named.or(beside).filter(|folder| folder.is_dir());
    if found.is_none() {
        eprintln!("skipped: set WEIGHHOUSE_HUB_FIXTURES to the folder of recorded answers");
    }
    found
}

/// Replays one recorded page and an empty one after it.
fn check(name: &str) {
    let Some(folder) = recordings() else { return };
    let body = fs::read(folder.join(format!("{name}.body.json"))).unwrap();
    let head = fs::read(folder.join(format!("{name}.head.json"))).unwrap();
    let head: Value = serde_json::from_slice(&head).unwrap();
    let header = |name: &str| head["header"][name][0].as_str().unwrap().to_owned();
    let recorded = header("Link");
    let hub = replay(|endpoint| {
        // Only the host differs: it is this machine that replays.
        let link = recorded.replace("https://huggingface.co", endpoint);
        let etag = header("ETag");
        vec![answer(200, &[("Link", &link), ("ETag", &etag)], &body), answer(200, &[], "[]")]
    });
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    let summary = collected.result.unwrap();
    assert_eq!((summary.pages, summary.models, summary.unexpected_entries), (2, 3, 0));
    assert!(summary.is_to_the_end && !collected.pages[0].is_simulated);
    assert_eq!(collected.pages[0].body, body, "as received");
    assert_eq!(collected.pages[0].etag, Some(header("ETag")));
    let url = recorded.strip_prefix('<').unwrap().split_once('>').unwrap().0;
    let path = url.strip_prefix("https://huggingface.co").unwrap();
    assert_eq!(hub.targets()[1], path, "the link is followed verbatim");
}

#[test]
fn the_default_listing() {
    check("models_list_default_limit3");
}

#[test]
fn the_listing_with_every_field() {
    check("models_list_sort_downloads_expand_all_limit3");
}

#[test]
fn the_listing_by_tag() {
    check("models_list_filter_base_model_finetune_limit3");
}

/// The recorded link leads to the real Hub, which is not where these answers come from.
#[test]
fn a_recorded_link_is_not_followed_from_another_host() {
    let Some(folder) = recordings() else { return };
    let head = fs::read(folder.join("models_list_default_limit3.head.json")).unwrap();
    let head: Value = serde_json::from_slice(&head).unwrap();
    let link = head["header"]["Link"][0].as_str().unwrap();
    let hub = replay(|_| vec![answer(200, &[("Link", link)], "[]")]);
    let error = collect(&options(&hub.endpoint), &TestClock::default()).result.unwrap_err();
    assert!(matches!(error, collect::Error::ForeignLink { .. }), "{error}");
}
