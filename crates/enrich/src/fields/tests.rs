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
    assert_snapshot!(counter(json!(1e30)), @r#"None ["f.json:3: x: a counter cannot be that large: 9223372036854775807 (field left out)"]"#);
    assert_snapshot!(counter(json!(u64::MAX)), @r#"None ["f.json:3: x: a counter cannot be that large: 9223372036854775807 (field left out)"]"#);
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
fn norwegian_survives_yaml() {
    assert_snapshot!(read(json!(["en", false]), |row| row.texts("x")), @r#"Some(["en", "no"]) []"#);
}
