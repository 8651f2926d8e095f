use super::*;

/// The forms of hub-reference.md §7.
#[test]
fn the_reason_is_found_in_every_known_form() {
    let check = |headers: &[(&str, &str)], body: &str, expected: &str| {
        assert_eq!(Reply::for_test(400, headers, body.as_bytes()).said(), expected, "{body}");
    };
    check(&[], r#"{"error":"Invalid username or password."}"#, "Invalid username or password.");
    check(&[], r#"{"error":["a","b"]}"#, "a; b");
    check(&[], r#"{"errors":[{"message":"a"},{"message":"b"},7]}"#, "a; b");
    check(&[], r#"{"error":"bad","error_description":"worse"}"#, "bad: worse");
    check(&[("x-error-message", "from the header")], "{}", "from the header");
    check(&[("location", "/elsewhere")], "", "see /elsewhere");
    check(&[], "<html>\n  Too many\trequests</html>", "<html> Too many requests</html>");
    check(&[], "", "no reason given");
    check(&[], &"é".repeat(500), &("é".repeat(200) + "…"));
}
