use super::*;

#[test]
fn conditions_on_one_attribute_are_alternatives() {
    let conditions = Condition::parse_list("sector=industry, country=China,country=USA").unwrap();
    assert_eq!(conditions.len(), 2);
    assert_eq!(conditions[1].values, ["China", "USA"]);
    assert_eq!(Condition::list_text(&conditions), "sector=industry,country=China,country=USA");
    let refused = Condition::parse_list("sector").unwrap_err().to_string();
    assert!(refused.contains("'sector'") && refused.contains("attribute=value"), "{refused}");
}

#[test]
fn values_may_hold_commas_and_backslashes() {
    let values = ["a, b", "c\\d", "e\\,f", "g=h", "日本, 東京"];
    let values: Vec<String> = values.map(str::to_owned).to_vec();
    let conditions = vec![Condition { attribute: "license".to_owned(), values }];
    let text = Condition::list_text(&conditions);
    assert_eq!(Condition::parse_list(&text).unwrap(), conditions, "{text}");
    let plain = Condition::parse_list("license=a\\b").unwrap();
    assert_eq!(plain[0].values, ["a\\b"], "a backslash before anything else is itself");
}

#[test]
fn periods_that_contradict_are_refused() {
    assert_eq!(Period::parse(None, None, None).unwrap(), Period::Newest);
    assert!(Period::parse(Some("2026-01-01"), Some("2026-01-01"), None).is_err());
    assert!(Period::parse(None, Some("2026-02-01"), Some("2026-01-01")).is_err());
    let weeks = Period::parse(None, Some("2026-01-07"), None).unwrap();
    let monday = "2026-01-05".parse().unwrap();
    assert_eq!(weeks, Period::Weeks { from: Some(monday), to: None });
}
