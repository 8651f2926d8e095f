use super::*;
use serde_json::json;

#[test]
fn what_yaml_would_take_for_something_else_is_quoted() {
    let check = |value: Value, expected: &str| assert_eq!(scalar(&value), expected);
    check(json!("apache-2.0"), "apache-2.0");
    check(json!("acme/tiny-1.5_B"), "acme/tiny-1.5_B");
    check(json!("no"), "\"no\"");
    check(json!("2.0"), "\"2.0\"");
    check(json!("a: b"), "\"a: b\"");
    check(json!(""), "\"\"");
}

/// `git hash-object` of a file that holds `hello` and a line break, and of an empty one.
#[test]
fn contents_are_named_as_git_names_them() {
    assert_eq!(blob_id(b"hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a");
    assert_eq!(blob_id(b""), "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
}
