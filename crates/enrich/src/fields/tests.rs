use insta::assert_snapshot;
use serde_json::json;

use super::*;

fn read<T: std::fmt::Debug>(value: Value, read: impl Fn(&mut Row<'_>) -> Option<T>) -> String {
    let object = Map::from_iter([("x".to_owned(), value)]);
    let now = Instant::parse("2026-09-01T00:00:00Z").unwrap();
    let mut problems = Problems::default();
    let context = FileContext { file: "f.json", now };
    let value = read(&mut Row::new(context, 3, &object, &mut problems));
    let problems: Vec<_> = problems.into_parts().0.iter().map(ToString::to_string).collect();
    format!("{value:?} {problems:?}")
}

#[test]
fn counters_are_whole_not_negative_and_not_absurd() {
    let counter = |value| read(value, |row| row.counter("x"));
    assert_snapshot!(counter(json!(7)), @"Some(7) []");
    assert_snapshot!(counter(json!(7.0)), @"Some(7) []");
    assert_snapshot!(counter(json!("7")), @"Some(7) []");
    assert_snapshot!(counter(json!(null)), @"None []");
    assert_snapshot!(counter(json!(-1)), @r#"None ["f.json:3: x: it cannot be negative: -1 (field left out)"]"#);
    assert_snapshot!(counter(json!(0.5)), @r#"None ["f.json:3: x: expected a whole number, found 0.5 (field left out)"]"#);
    assert_snapshot!(counter(json!(1e30)), @r#"None ["f.json:3: x: a counter cannot be that large: 1e+30 (field left out)"]"#);
    assert_snapshot!(counter(json!(u64::MAX)), @r#"None ["f.json:3: x: a counter cannot be that large: 18446744073709551615 (field left out)"]"#);
}

#[test]
fn dates_lie_between_the_hub_s_beginning_and_the_present() {
    let instant = |text: &str| read(json!(text), |row| row.instant("x").map(|at| at.to_string()));
    assert_snapshot!(instant("2026-08-19T07:36:31.000Z"), @r#"Some("2026-08-19T07:36:31Z") []"#);
    assert_snapshot!(instant("2026-08-19"), @r#"Some("2026-08-19T00:00:00Z") []"#);
    assert_snapshot!(instant("2999-01-01"), @r#"None ["f.json:3: x: 2999-01-01T00:00:00Z lies in the future (field left out)"]"#);
    assert_snapshot!(instant("1999-01-01"), @r#"None ["f.json:3: x: 1999-01-01T00:00:00Z lies before the Hub began (field left out)"]"#);
    assert_snapshot!(instant("soon"), @r#"None ["f.json:3: x: 'soon' is not a date (field left out)"]"#);
}

#[test]
fn a_row_without_a_sound_id_is_left_out() {
    let id = |value| read(value, |row| row.model_id("x"));
    assert_snapshot!(id(json!("Qwen/Qwen3-8B")), @r#"Some("Qwen/Qwen3-8B") []"#);
    assert_snapshot!(id(json!(null)), @r#"None ["f.json:3: x: the row has no model id (row left out)"]"#);
    assert_snapshot!(id(json!("")), @r#"None ["f.json:3: x: '' is empty (row left out)"]"#);
    assert_snapshot!(id(json!(5)), @r#"None ["f.json:3: x: a model id is text, not 5 (row left out)"]"#);
    assert_snapshot!(id(json!("a/b/c")), @r#"None ["f.json:3: x: 'a/b/c' has more than one '/', so it is a path and not a model id (row left out)"]"#);
    assert_snapshot!(id(json!("a/b c")), @r#"None ["f.json:3: x: 'a/b c' has characters that no model id has (row left out)"]"#);
}

#[test]
fn numbers_beyond_64_bits_are_unknown() {
    let quantity = |value| read(value, |row| row.quantity("x"));
    assert_snapshot!(quantity(json!(i64::MAX)), @"Some(9223372036854775807) []");
    assert_snapshot!(quantity(json!(u64::MAX)), @r#"None ["f.json:3: x: the number is beyond 64 bits: 18446744073709551615 (field left out)"]"#);
    assert_snapshot!(quantity(json!(1e300)), @r#"None ["f.json:3: x: the number is beyond 64 bits: 1e+300 (field left out)"]"#);
    assert_snapshot!(quantity(json!("99999999999999999999999")), @r#"None ["f.json:3: x: the number is beyond 64 bits: \"99999999999999999999999\" (field left out)"]"#);
    assert_snapshot!(quantity(json!("inf")), @r#"None ["f.json:3: x: expected a whole number, found \"inf\" (field left out)"]"#);
}

/// A path in place of an id would lead out of the folder or the address that it is put into.
#[test]
fn an_id_that_looks_like_a_path_is_left_out() {
    let id = |value: &str| read(json!(value), |row| row.model_id("x"));
    assert_snapshot!(id("../passwd"), @r#"None ["f.json:3: x: '../passwd' has a part of nothing but dots, so it is a path and not a model id (row left out)"]"#);
    for path in [
        "..",
        ".",
        "a/..",
        "a/.",
        "./a",
        "/etc",
        "a/",
        "C:\\models",
        "a\\b",
        "https://h/a",
        "~/a",
        "a//b",
        "a/b?c",
        "a/b#c",
        "a/b%2f..",
        "a/b\0",
        "a/b\n.",
        &"a".repeat(257),
    ] {
        assert!(id(path).starts_with("None [\"f.json:3: x: "), "{path}: {}", id(path));
    }
    // Dots within a name are a version's.
    assert_eq!(id("a/v1..2"), r#"Some("a/v1..2") []"#);
}

#[test]
fn an_id_with_a_unicode_trick_is_left_out() {
    let id = |value: &str| read(json!(value), |row| row.model_id("x"));
    assert_snapshot!(id("\u{202e}Qwen/Qwen3"), @r#"None ["f.json:3: x: '\\u{202e}Qwen/Qwen3' has characters that no model id has (row left out)"]"#);
    // A Cyrillic letter, a full-width stroke, a blank that shows nothing, a joined sign.
    for trick in ["Qw\u{435}n/Qwen3", "Qwen\u{ff0f}Qwen3", "Qwen/Qwen3\u{200b}", "Qwen/Qwe\u{f1}3"]
    {
        assert!(
            id(trick).ends_with("has characters that no model id has (row left out)\"]"),
            "{trick}"
        );
    }
}

#[test]
fn an_id_of_the_hub_is_hexadecimal() {
    let id = |value| read(value, |row| row.hub_id("x"));
    assert_snapshot!(id(json!("65d505951e2597ff935d1be2")), @r#"Some("65d505951e2597ff935d1be2") []"#);
    assert_snapshot!(id(json!("a/b")), @r#"None ["f.json:3: x: 'a/b' is not an id of the Hub (field left out)"]"#);
    assert_snapshot!(id(json!(["a"])), @r#"None ["f.json:3: x: expected text, found [\"a\"] (field left out)"]"#);
}

#[test]
fn texts_that_show_something_else_than_they_are_are_unknown() {
    let text = |value| read(value, |row| row.text("x"));
    assert_snapshot!(text(json!(" mit ")), @r#"Some("mit") []"#);
    assert_snapshot!(text(json!(" ")), @"None []");
    assert_snapshot!(text(json!(1.0)), @r#"Some("1.0") []"#);
    assert_snapshot!(text(json!("mit\u{200b}")), @r#"None ["f.json:3: x: a text has the hidden character U+200B (field left out)"]"#);
    assert_snapshot!(text(json!("\u{1b}[2Jmit")), @r#"None ["f.json:3: x: a text has the hidden character U+001B (field left out)"]"#);
    assert_snapshot!(text(json!("x".repeat(2_001))), @r#"None ["f.json:3: x: a text is longer than 2000 bytes (field left out)"]"#);
    // Persian parts letters by a sign that shows nothing, and emoji are joined by another.
    assert_snapshot!(text(json!("\u{645}\u{6cc}\u{200c}\u{631}")), @r#"Some("می\u{200c}ر") []"#);
}

#[test]
fn a_word_is_no_number() {
    let word = |value| read(value, |row| row.word("x"));
    assert_snapshot!(word(json!("llama")), @r#"Some("llama") []"#);
    assert_snapshot!(word(json!(5)), @r#"None ["f.json:3: x: expected text, found 5 (field left out)"]"#);
    assert_snapshot!(word(json!(["llama"])), @r#"None ["f.json:3: x: expected text, found [\"llama\"] (field left out)"]"#);
}

#[test]
fn lists_keep_what_is_sound_and_are_unknown_where_nothing_is() {
    let texts = |value| read(value, |row| row.texts("x"));
    assert_snapshot!(texts(json!([])), @"Some([]) []");
    assert_snapshot!(texts(json!("a")), @r#"Some(["a"]) []"#);
    assert_snapshot!(texts(json!([null, "", " a "])), @r#"Some(["a"]) []"#);
    assert_snapshot!(texts(json!(["a", {"b": 1}, [2]])), @r#"Some(["a"]) ["f.json:3: x: expected texts, found {\"b\":1} (field left out)"]"#);
    assert_snapshot!(texts(json!([{"b": 1}])), @r#"None ["f.json:3: x: expected texts, found {\"b\":1} (field left out)"]"#);
    assert_snapshot!(texts(json!(["a\u{202e}"])), @r#"None ["f.json:3: x: a text has the hidden character U+202E (field left out)"]"#);
    assert_snapshot!(texts(json!({"a": 1})), @r#"None ["f.json:3: x: expected a list of texts, found {\"a\":1} (field left out)"]"#);
    let few = |value| read(value, |row| row.texts_up_to("x", 2));
    assert_snapshot!(few(json!(["a", "b", "c"])), @r#"None ["f.json:3: x: the list has more than 2 entries (field left out)"]"#);
}

/// A reason goes to a terminal and to a page.
#[test]
fn what_is_shown_of_a_value_is_short_and_hides_nothing() {
    let long = Value::from(vec!["\u{202e}"; 1_000_000]);
    let shown = shown(&long);
    assert!(shown.starts_with(r#"["\u{202e}","\u{202e}""#) && shown.ends_with('…'), "{shown}");
    assert!(shown.len() < 600, "{}", shown.len());
    assert_eq!(cut("a\u{1b}[31m\nb"), r"a\u{1b}[31m\u{a}b");
}

#[test]
fn norwegian_survives_yaml() {
    assert_snapshot!(read(json!(["en", false]), |row| row.texts("x")), @r#"Some(["en", "no"]) []"#);
}
