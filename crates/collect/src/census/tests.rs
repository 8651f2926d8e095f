use super::*;

const PAGE: &str = r#"[
 {"_id":"621ffdc036468d709f17434d","id":"a/b","downloads":7,"likes":1,"tags":["x"],"gated":false},
 {"_id":"621ffdc036468d709f17434e","id":"a/c","downloads":5,"downloadsAllTime":40,"tags":[]},
 {"_id":"621ffdc036468d709f17434d","id":"a/b","downloads":7,"config":{},"model-index":null},
 "no model"]"#;

fn tally(body: &str, count: u64) -> Tally {
    let mut tally = Tally::default();
    tally.add(body.as_bytes(), count);
    tally
}

#[test]
fn a_page_is_counted() {
    let census = tally(PAGE, 4).census();
    assert_eq!((census.rows, census.models), (4, 2));
    let sums: Vec<(&str, u64)> =
        census.sums.iter().map(|(name, sum)| (name.as_str(), *sum)).collect();
    assert_eq!(sums, [("downloads", 19), ("downloadsAllTime", 40), ("likes", 1)]);
    // What is empty is not there; `false` is a value.
    let present: Vec<(&str, u64)> =
        census.present.iter().map(|(name, count)| (name.as_str(), *count)).collect();
    let expected = [
        ("downloads", 3),
        ("downloadsAllTime", 1),
        ("gated", 1),
        ("id", 3),
        ("likes", 1),
        ("tags", 1),
    ];
    assert_eq!(present, expected);
}

#[test]
fn entries_beyond_the_limit_do_not_count() {
    let census = tally(PAGE, 1).census();
    assert_eq!((census.rows, census.models), (1, 1));
    assert_eq!(census.sums["downloads"], 7);
}

#[test]
fn pages_add_up() {
    let mut whole = tally(PAGE, 4);
    whole.add(PAGE.as_bytes(), 2);
    let census = whole.census();
    assert_eq!((census.rows, census.models), (6, 2));
}

#[test]
fn models_that_vanish_are_told_by_their_id() {
    let before =
        r#"[{"_id":"621ffdc036468d709f17434d"},{"_id":"odd"},{"_id":"621ffdc036468d709f17434f"}]"#;
    let after = r#"[{"_id":"odd"},{"_id":"621ffdc036468d709f17434f"},{"_id":"new"}]"#;
    assert_eq!(tally(before, 3).vanished_in(&mut tally(after, 3)), 1);
    assert_eq!(tally(after, 3).vanished_in(&mut tally(before, 3)), 1);
    assert_eq!(tally("{}", 3).vanished_in(&mut tally(before, 3)), 0);
}
