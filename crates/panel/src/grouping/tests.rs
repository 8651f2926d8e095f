use super::*;

fn group(values: &[Option<&str>], null_label: &str) -> Vec<(String, bool)> {
    let values: Vec<_> = values.iter().map(|value| value.map(str::to_owned)).collect();
    let grouping = Grouping::by_value(&values, null_label, "unknown");
    let unit = |model| {
        let code = grouping.code(model);
        (grouping.label(code).to_owned(), grouping.is_attributed(code))
    };
    (0..values.len()).map(unit).collect()
}

#[test]
fn null_and_unknown_are_kept_apart_from_the_units() {
    let units = group(&[Some("China"), None, Some("unknown"), Some("USA")], "unreviewed");
    let expected = [("China", true), ("unreviewed", false), ("unknown", false), ("USA", true)];
    assert_eq!(units, expected.map(|(label, is_attributed)| (label.to_owned(), is_attributed)));
}

#[test]
fn null_is_unknown_where_it_has_no_name_of_its_own() {
    let units = group(&[None, Some("unknown"), Some("mit")], "unknown");
    let expected = [("unknown", false), ("unknown", false), ("mit", true)];
    assert_eq!(units, expected.map(|(label, is_attributed)| (label.to_owned(), is_attributed)));
}
