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

#[test]
fn units_that_are_arranged_keep_their_models_and_names() {
    let values = ["d", "b", "unknown", "a", "b", "c"].map(|value| Some(value.to_owned()));
    let values: Vec<_> = values.into_iter().chain([None]).collect();
    let grouping = Grouping::by_value(&values, "unreviewed", "unknown");
    let order = [4_u32, 6, 0, 3, 1, 5, 2];
    let arranged = grouping.clone().arranged(&order);
    for (place, model) in order.iter().enumerate() {
        let (old, new) = (grouping.code(*model as usize), arranged.code(place));
        assert_eq!(arranged.label(new), grouping.label(old));
        assert_eq!(arranged.is_attributed(new), grouping.is_attributed(old));
        assert_eq!(arranged.find(arranged.label(new)), Some(new));
        assert_eq!(arranged.place_of_name(new), old, "names stand in the same order");
    }
    assert_eq!(arranged.unattributed(), [0, 1]);
    let codes: Vec<u32> = (0..order.len()).map(|place| arranged.code(place)).collect();
    assert_eq!(codes, [2, 1, 3, 4, 2, 5, 0], "as they are met, after mass that belongs to none");
}
