use super::*;

fn check(body: &str, expected: Option<(u64, u64)>) {
    let counted = count(body.as_bytes()).map(|entries| (entries.count, entries.unexpected));
    assert_eq!(counted, expected, "{body}");
}

#[test]
fn entries_are_counted() {
    check("[]", Some((0, 0)));
    check(r#"[{"_id":"1","id":"a/b"},{"id":"c/d","_id":"2","x":[{"id":3}]}]"#, Some((2, 0)));
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
    assert_eq!(count(b"[\"\xff\"]"), None);
}
