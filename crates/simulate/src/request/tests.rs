use super::*;

#[test]
fn a_detour_is_taken_off_the_query() {
    let check = |query: &str, expected: &str, is_detour: bool| {
        let request = Request::get("http://hub.test", "/api/models", query);
        assert_eq!((request.query.as_str(), request.is_detour), (expected, is_detour), "{query}");
    };
    check("", "", false);
    check("limit=5&expand[]=likes", "limit=5&expand[]=likes", false);
    check("limit=5&detour=1", "limit=5", true);
    check("detour=1", "", true);
    check("detour=10", "detour=10", false);
}

/// The form of hub-reference.md §7: `Root=1-<8 hex>-<24 hex>;<uuid>`.
#[test]
fn the_id_of_a_request_depends_on_the_request_alone() {
    let id = |path: &str, query: &str| Request::get("http://hub.test", path, query).id();
    let one = id("/api/models", "limit=5");
    assert_eq!(one, id("/api/models", "limit=5"));
    assert_ne!(one, id("/api/models", "limit=6"));
    assert_ne!(one, id("/api/modelt", "limit=5"));
    let mut head = Request::get("http://hub.test", "/api/models", "limit=5");
    head.is_head = true;
    assert_ne!(one, head.id());
    let lengths: Vec<usize> = one.split(['-', ';']).map(str::len).collect();
    assert_eq!(lengths, [6, 8, 24, 8, 4, 4, 4, 12], "{one}");
}
