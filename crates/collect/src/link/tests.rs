use proptest::prelude::*;

use super::*;

fn check(header: &str, expected: Option<&str>) {
    assert_eq!(next(header), expected, "{header}");
}

#[test]
fn the_next_page_is_found() {
    check("<https://h/a?cursor=x%3D>; rel=\"next\"", Some("https://h/a?cursor=x%3D"));
    check("<https://h/a>;rel=next", Some("https://h/a"));
    check("<https://h/a>; REL=\"prev NEXT\"; title=\"x\"", Some("https://h/a"));
    check("<https://h/a?x=1,2>; rel=\"prev\", <https://h/b>; rel=\"next\"", Some("https://h/b"));
    check("<https://h/a>; title=\"a, <b>; rel=next\"; rel=\"prev\"", None);
}

#[test]
fn anything_else_is_no_next_page() {
    for header in
        ["", "next", "<https://h/a>", "<https://h/a>; rel=\"prev\"", "<https://h/a; rel=next"]
    {
        check(header, None);
    }
}

proptest! {
    #[test]
    fn no_header_is_too_strange(header in "[<>;,=\" a-z/]{0,60}") {
        let _ = next(&header);
    }
}
