use super::*;

fn check(body: &str, expected: Option<(u64, u64)>) {
    let seen = look(body.as_bytes(), None).map(|entries| (entries.count, entries.unexpected));
    assert_eq!(seen, expected, "{body}");
}

#[test]
fn entries_are_counted() {
    check("[]", Some((0, 0)));
    check(r#"[{"_id":"1","id":"a/b"},{"id":"c/d","_id":"2","x":[{"id":3}]}]"#, Some((2, 0)));
    check(r#"[{"_id":"1","id":"a\u002fb","lastModified":7}]"#, Some((1, 0)));
}

#[test]
fn what_cannot_be_told_from_others_is_counted_apart() {
    check(
        r#"[{"_id":"1","id":"a/b"},{"id":"c/d"},{"_id":"2"},{"_id":3,"id":"e"},7]"#,
        Some((5, 4)),
    );
}

#[test]
fn what_is_no_list_is_none() {
    for body in ["", "{}", r#"{"error":"slow down"}"#, "[", "[{}", "[] x", "null", "<html>"] {
        check(body, None);
    }
    assert_eq!(look(b"[\"\xff\"]", None), None);
}

#[test]
fn changes_end_at_the_first_model_that_is_older() {
    let since = Instant::parse("2026-11-20T00:00:00Z").unwrap();
    let entry = |date: &str| format!(r#"{{"_id":"1","id":"a/b","lastModified":{date}}}"#);
    let new = entry("\"2026-11-20T00:00:00.000Z\"");
    let old = entry("\"2026-11-19T23:59:59.999Z\"");
    let check = |entries: &[&str], changed: u64| {
        let body = format!("[{}]", entries.join(","));
        assert_eq!(look(body.as_bytes(), Some(since)).unwrap().changed, changed, "{body}");
        assert_eq!(look(body.as_bytes(), None).unwrap().changed, entries.len() as u64);
    };
    check(&[], 0);
    check(&[&new, &new], 2);
    // What comes after an older one is older, whatever it says.
    check(&[&new, &old, &new], 1);
    check(&[&old], 0);
    // What has no readable date is no reason to stop.
    check(&[&new, &entry("\"soon\""), "7", &new, &old], 4);
}

#[test]
fn the_first_entry_names_the_page() {
    let first = |body: &str| look(body.as_bytes(), None).unwrap().first_id;
    assert_eq!(first(r#"[{"_id":"x1","id":"a/b"},{"_id":"x2","id":"a/c"}]"#).unwrap(), "x1");
    assert_eq!(first("[]"), None);
    assert_eq!(first("[7]"), None);
}
