use serde_json::Value;

use super::range::ranged;
use super::*;
use crate::{Hub, Options, world};

const BASE: &str = "http://hub.test";
const PATH: &str = "/datasets/acme/dump/resolve/main/models.parquet";

fn hub() -> Hub {
    let at = Instant::parse("2026-09-07T06:00:00Z").unwrap();
    let bytes = |count: usize| (0..count).map(|n| n as u8).collect::<Vec<u8>>();
    Hub::new(world(&Options { models: 10, seed: 1, at }), at, None)
        .with_file("datasets/acme/dump/resolve/main/models.parquet", bytes(1_000))
        .with_file("datasets/acme/dump/resolve/main/weekly/2026-09-07/models.parquet", bytes(10))
        .with_file("datasets/acme/dump/resolve/main/weekly/README", bytes(3))
        .with_file("datasets/acme/dumps/resolve/main/other.parquet", bytes(1))
}

/// The path and query of a signed address.
fn signed_target(answer: &Answer) -> (String, String) {
    let location = answer.header("location").unwrap().strip_prefix(BASE).unwrap();
    let (path, query) = location.split_once('?').unwrap();
    (path.to_owned(), query.to_owned())
}

/// The hash by hashlib.sha256 of Python, from the bytes 0 to 255 repeated up to 1,000 of them.
#[test]
fn a_large_file_is_led_to_with_what_is_known_of_it() {
    let hub = hub();
    let answer = hub.answer(BASE, PATH, "");
    assert_eq!(answer.status, 302);
    let sha256 = "\"a8af099bf2e878609558dbf69d8f88f4a31040a8cf84b549a0cfa912f12ffc3f\"";
    assert_eq!(answer.header("x-linked-size"), Some("1000"));
    assert_eq!(answer.header("x-linked-etag"), Some(sha256));
    assert_eq!(answer.header("accept-ranges"), Some("bytes"));
    assert_eq!(answer.header("x-repo-commit").unwrap().len(), 40);
    assert_eq!(answer.header("ratelimit"), Some("\"resolvers\";r=2999;t=300"));
    let (path, query) = signed_target(&answer);
    let file = hub.answer(BASE, &path, &query);
    assert_eq!((file.status, file.body.len()), (200, 1_000));
    assert_eq!(file.header("etag"), Some(sha256));
    assert_eq!(file.header("ratelimit"), None, "it is another host's in reality");
}

#[test]
fn a_signed_address_is_good_for_an_hour_and_for_nobody_else() {
    let hub = hub();
    let (path, query) = signed_target(&hub.answer(BASE, PATH, ""));
    let forged = query.replace("X-Amz-Date=", "X-Amz-Date=1");
    assert_eq!(hub.answer(BASE, &path, &forged).status, 403);
    assert_eq!(hub.answer(BASE, &path, "").status, 403);
    hub.clock().set(Instant::parse("2026-09-07T06:59:59Z").unwrap());
    assert_eq!(hub.answer(BASE, &path, &query).status, 200);
    hub.clock().set(Instant::parse("2026-09-07T07:00:00Z").unwrap());
    assert_eq!(hub.answer(BASE, &path, &query).status, 403);
    let (path, query) = signed_target(&hub.answer(BASE, PATH, ""));
    assert_eq!(hub.answer(BASE, &path, &query).status, 200);
    hub.set_faults("1-2:expired-signature".parse().unwrap());
    assert_eq!(hub.answer(BASE, PATH, "").status, 302, "it befalls signed addresses only");
    assert_eq!(hub.answer(BASE, &path, &query).status, 403);
    assert_eq!(hub.answer(BASE, &path, &query).status, 200);
}

#[test]
fn what_is_not_there_is_refused_by_its_code() {
    let hub = hub();
    let check = |path: &str, status: u16, code: Option<&str>| {
        let answer = hub.answer(BASE, path, "");
        assert_eq!((answer.status, answer.header("x-error-code")), (status, code), "{path}");
    };
    check("/datasets/acme/dump/resolve/main/other.parquet", 404, Some("EntryNotFound"));
    check("/datasets/acme/nothing/resolve/main/models.parquet", 401, None);
    check("/datasets/acme/dump/resolve/v2/models.parquet", 401, None);
    check("/datasets/acme", 404, None);
}

#[test]
fn the_commit_of_main_is_another_name_for_it() {
    let hub = hub();
    let commit = hub.answer(BASE, PATH, "").header("x-repo-commit").unwrap().to_owned();
    let pinned = hub.answer(BASE, &PATH.replace("main", &commit), "");
    assert_eq!(pinned.status, 302);
    assert_eq!(pinned.header("x-repo-commit"), Some(commit.as_str()));
    assert_eq!(hub.answer(BASE, &PATH.replace("main", &"0".repeat(40)), "").status, 401);
}

/// RFC 9110 §14: first and last byte are included, the last is cut, a suffix counts from the end.
#[test]
fn ranges_are_as_the_standard_has_them() {
    let check = |range: &str, status: u16, part: &str, place: Option<&str>| {
        let mut request = Request::get(BASE, "/x", "");
        request.range = Some(range.to_owned());
        let answer = ranged(Bytes::from_static(b"0123456789"), "text/plain", &request);
        assert_eq!((answer.status, answer.header("content-range")), (status, place), "{range}");
        if status != 416 {
            assert_eq!(answer.text(), part, "{range}");
        }
    };
    check("bytes=0-0", 206, "0", Some("bytes 0-0/10"));
    check("bytes=3-5", 206, "345", Some("bytes 3-5/10"));
    check("bytes=7-", 206, "789", Some("bytes 7-9/10"));
    check("bytes=7-99", 206, "789", Some("bytes 7-9/10"));
    check("bytes=-4", 206, "6789", Some("bytes 6-9/10"));
    check("bytes=-99", 206, "0123456789", Some("bytes 0-9/10"));
    check("bytes=10-", 416, "", Some("bytes */10"));
    check("bytes=-0", 416, "", Some("bytes */10"));
    check("bytes=5-3", 200, "0123456789", None);
    check("bytes=0-1,4-5", 200, "0123456789", None);
    check("lines=0-1", 200, "0123456789", None);
}

fn tree(hub: &Hub, rest: &str, query: &str) -> (Vec<Value>, Option<String>) {
    let answer = hub.answer(BASE, &format!("/api/datasets/acme/dump/tree/main{rest}"), query);
    assert_eq!(answer.status, 200, "{rest}?{query}: {}", answer.text());
    let next = answer.header("link").map(|link| {
        let url = link.strip_prefix('<').unwrap().strip_suffix(">; rel=\"next\"").unwrap();
        url.split_once('?').unwrap().1.to_owned()
    });
    (serde_json::from_str(answer.text()).unwrap(), next)
}

fn paths(entries: &[Value]) -> Vec<String> {
    let kinds = entries.iter().map(|entry| (&entry["type"], entry["path"].as_str().unwrap()));
    kinds
        .map(|(kind, path)| if kind == "directory" { format!("{path}/") } else { path.into() })
        .collect()
}

#[test]
fn a_tree_lists_folders_then_files() {
    let hub = hub();
    assert_eq!(paths(&tree(&hub, "", "").0), ["weekly/", "models.parquet"]);
    assert_eq!(paths(&tree(&hub, "/weekly", "").0), ["weekly/2026-09-07/", "weekly/README"]);
    let (all, next) = tree(&hub, "", "recursive=true");
    let expected = [
        "weekly/",
        "weekly/2026-09-07/",
        "models.parquet",
        "weekly/2026-09-07/models.parquet",
        "weekly/README",
    ];
    assert_eq!((paths(&all), next), (expected.map(str::to_owned).to_vec(), None));
    let file = &all[2];
    assert_eq!((&file["size"], &file["lfs"]["size"]), (&1_000.into(), &1_000.into()));
    assert_eq!(
        file["lfs"]["oid"],
        "a8af099bf2e878609558dbf69d8f88f4a31040a8cf84b549a0cfa912f12ffc3f"
    );
    let answer = hub.answer(BASE, "/api/datasets/acme/dump/tree/main/nowhere", "");
    assert_eq!((answer.status, answer.header("x-error-code")), (404, Some("EntryNotFound")));
}

#[test]
fn a_long_tree_is_paged() {
    let hub = hub();
    let (whole, _) = tree(&hub, "", "recursive=true");
    let mut found = Vec::new();
    let mut next = Some("recursive=true&limit=2".to_owned());
    while let Some(query) = next {
        let (page, after) = tree(&hub, "", &query);
        assert!(page.len() <= 2);
        found.extend(page);
        next = after;
    }
    assert_eq!(found, whole);
}
