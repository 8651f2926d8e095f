use super::*;

#[test]
fn the_same_origin_in_other_words() {
    let hub = Origin::of("https://huggingface.co/api/models?limit=3").unwrap();
    assert_eq!(Some(&hub), Origin::of("https://HuggingFace.co:443").as_ref());
}

#[test]
fn another_origin() {
    let hub = Origin::of("https://huggingface.co");
    for other in [
        "http://huggingface.co",
        "https://huggingface.co:8443",
        "https://huggingface.co.example",
        "https://example/huggingface.co",
    ] {
        assert_ne!(Origin::of(other), hub, "{other}");
        assert!(Origin::of(other).is_some(), "{other}");
    }
    for none in [
        "",
        "/api/models",
        "//example/x",
        "ftp://huggingface.co",
        "https://huggingface.co@example/x",
    ] {
        assert_eq!(Origin::of(none), None, "{none}");
    }
}

#[test]
fn locations_are_resolved() {
    let url = "https://hub.test/a/b?c";
    assert_eq!(resolve(url, "/x?y").as_deref(), Some("https://hub.test/x?y"));
    assert_eq!(resolve(url, "https://cdn.test/x").as_deref(), Some("https://cdn.test/x"));
    assert_eq!(resolve(url, "//cdn.test/x"), None);
    assert_eq!(resolve(url, "x"), None);
}
