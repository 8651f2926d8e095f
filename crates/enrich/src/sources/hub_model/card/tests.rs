use proptest::prelude::*;
use schema::Instant;
use serde_json::json;

use super::*;
use crate::fields::FileContext;
use crate::problems::Problems;

/// The facts of an entry's card and results, and what is wrong with them.
fn read_entry(entry: &Value) -> (Facts, String) {
    let mut problems = Problems::default();
    let context = FileContext { file: "page.json", now: Instant::from_millis(0) };
    let mut facts = Facts::default();
    let mut row = Row::new(context, 1, entry.as_object().unwrap(), &mut problems);
    results::of_index(&mut row, &mut facts);
    read(&mut row, &mut facts);
    results::of_files(&mut row, &mut facts);
    security(&mut row, &mut facts);
    let (problems, _) = problems.into_parts();
    let shown = problems.iter().map(|problem| format!("{}: {}", problem.field, problem.reason));
    (facts, shown.collect::<Vec<_>>().join("; "))
}

fn read_card(card: &Value) -> (Facts, String) {
    read_entry(&json!({ "cardData": card }))
}

/// In the shape of a question-answering model's card of 2025; the values are our own.
#[test]
fn results_are_kept_in_short() {
    let index = json!([{"name": "a/b", "results": [
        {"task": {"type": "question-answering", "name": "Question Answering"},
         "dataset": {"name": "SQuAD | 2", "type": "squad_v2", "split": "validation"},
         "metrics": [
            {"type": "exact_match", "value": 79.5, "verified": true, "verifyToken": "x"},
            {"type": "unknown", "name": "F1 score", "value": "20.0 ± 1.2", "verified": false},
            {"value": 3}],
         "source": {"name": "Own runs", "url": "https://runs.example"}},
        {"task": {"type": "question-answering"}, "dataset": {"name": "SQuAD | 2"},
         "metrics": "none", "source": {"name": "Own runs"}}]}]);
    let (facts, problems) = read_card(&json!({"model-index": index, "metrics": ["f1"]}));
    assert_eq!(problems, "");
    let results = facts.evaluation_results.clone().unwrap();
    let first = "question-answering | squad_v2 | exact_match=79.5 F1_score=20.0±1.2";
    assert_eq!(results, [first, "question-answering | SQuAD / 2 | "]);
    assert_eq!((facts.evaluation_count, facts.evaluation_verified_count), (Some(2), Some(1)));
    assert_eq!(facts.evaluation_sources, Some(vec!["Own runs".to_owned()]));
    // The same results beside the card are the same facts.
    let (beside, _) = read_entry(&json!({"model-index": index, "cardData": {"metrics": "f1"}}));
    assert_eq!(beside.evaluation_results, facts.evaluation_results);
    assert_eq!(beside.metrics, facts.metrics);
}

/// In the shape of a recorded entry of 2026.
#[test]
fn results_of_files_stand_above_those_of_the_card() {
    let entry = json!({
        "cardData": {"model-index": [{"name": "x", "results": [{"metrics": []}]}]},
        "evalResults": [{"filename": ".eval_results/A.yaml", "verified": false, "data": {
            "dataset": {"id": "mteb/arguana", "task_id": "ArguAna"}, "value": 50.25,
            "source": {"url": "https://mteb.example", "user": "mteb"}}}],
    });
    let (facts, problems) = read_entry(&entry);
    assert_eq!(problems, "");
    assert_eq!(facts.evaluation_results.unwrap(), ["ArguAna | mteb/arguana | value=50.25"]);
    assert_eq!(facts.evaluation_sources.unwrap(), ["https://mteb.example"]);
}

#[test]
fn emissions_are_grams_however_they_are_written() {
    let grams = |value: Value| read_card(&json!({ "co2_eq_emissions": value }));
    for (value, expected) in [
        (json!(1.5), Some(1_500_000)),
        (json!("0.0054"), Some(5_400)),
        (json!({"emissions": 149_200_000, "source": "own"}), Some(149_200_000_000_000)),
        (json!({"emissions": "1,390 tCO2eq"}), Some(1_390_000_000_000_000)),
        (json!({"emissions": "2.5 kg of CO2"}), Some(2_500_000_000)),
        (json!({"source": "own"}), None),
    ] {
        let (facts, problems) = grams(value.clone());
        assert_eq!((facts.emissions_micrograms, problems.as_str()), (expected, ""), "{value}");
    }
    for wrong in [json!(-1), json!("a lot"), json!(1e300), json!([1]), json!("5 miles")] {
        let (facts, problems) = grams(wrong.clone());
        assert_eq!(facts.emissions_micrograms, None, "{wrong}");
        assert!(problems.starts_with("co2_eq_emissions: expected grams"), "{problems}");
    }
    let about = json!({"emissions": 1, "source": "CodeCarbon", "training_type": "fine-tuning",
                       "geographical_location": "Quebec, Canada", "hardware_used": "1 x T4"});
    let (facts, _) = grams(about);
    let texts = [
        facts.emissions_source,
        facts.emissions_stage,
        facts.emissions_location,
        facts.emissions_hardware,
    ];
    let expected = ["CodeCarbon", "fine-tuning", "Quebec, Canada", "1 x T4"];
    assert_eq!(texts.map(Option::unwrap_or_default), expected);
}

#[test]
fn a_gate_tells_what_it_asks_for() {
    let (facts, problems) = read_card(&json!({
        "extra_gated_prompt": "Agree to the terms.",
        "extra_gated_fields": {"Affiliation": "text", "Country": "country"},
        "extra_gated_eu_disallowed": true,
    }));
    assert_eq!(problems, "");
    assert_eq!(facts.gate_fields.unwrap(), ["Affiliation", "Country"]);
    assert_eq!((facts.gate_has_terms, facts.gate_excludes_eu), (Some(true), Some(true)));
    let (facts, _) = read_card(&json!({"license": "mit"}));
    assert_eq!((facts.gate_fields, facts.gate_has_terms), (None, None));
}

#[test]
fn the_card_stands_in_for_what_the_entry_lacks() {
    let card = json!({"pipeline_tag": "fill-mask", "library_name": "timm", "widget": [1, 2],
                      "new_version": "a/b-2", "language": false});
    let (facts, problems) = read_card(&card);
    assert_eq!(problems, "");
    let texts = [&facts.task, &facts.library, &facts.new_version];
    assert_eq!(texts.map(|text| text.as_deref().unwrap()), ["fill-mask", "timm", "a/b-2"]);
    assert_eq!(facts.widget_count, Some(2));
    // YAML 1.1 reads Norwegian as false.
    assert_eq!(facts.languages.unwrap(), ["no"]);
}

#[test]
fn what_is_not_as_expected_is_a_problem_and_null() {
    for (card, expected) in [
        (json!({"license": {"name": "mit"}}), "license: expected text"),
        (json!({"license": [{"name": "mit"}]}), "license: expected texts"),
        (json!({"license": "x".repeat(2_001)}), "license: a text is longer than 2000 bytes"),
        (json!({"datasets": {"a": 1}}), "datasets: expected a list of texts"),
        (json!({"datasets": [{"name": "a"}]}), "datasets: expected texts"),
        (json!({"metrics": vec!["f1"; 5_001]}), "metrics: the list has more than 5000 entries"),
        (json!({"model-index": {"name": "a"}}), "model-index: expected a list, found"),
        (json!({"extra_gated_fields": ["Name"]}), "extra_gated_fields: expected an object"),
        (json!("not json"), "cardData: the text is not JSON"),
        (json!("[1]"), "cardData: expected fields, found [1]"),
        (json!(7), "cardData: expected fields, found 7"),
    ] {
        let (facts, problems) = read_card(&card);
        assert!(problems.starts_with(expected), "{card}: {problems}");
        let facts = (facts.license, facts.metrics, facts.evaluation_results, facts.gate_fields);
        assert_eq!(facts, (None, None, None, None), "{card}");
    }
    for silent in [json!(null), json!("null"), json!({}), json!({"license": null, "tags": []})] {
        assert_eq!(read_card(&silent).1, "", "{silent}");
    }
}

#[test]
fn the_security_scan_is_read_where_it_is_shown() {
    let status = |status: Value| {
        let (facts, _) = read_entry(&json!({ "securityRepoStatus": status }));
        (facts.security_scan.unwrap_or_default(), facts.security_issue_count)
    };
    let done = |files: Value| status(json!({"scansDone": true, "filesWithIssues": files}));
    assert_eq!(done(json!([])), ("clean".to_owned(), Some(0)));
    assert_eq!(done(json!([{"path": "x.bin"}])), ("issues".to_owned(), Some(1)));
    let pending = status(json!({"scansDone": false, "filesWithIssues": []}));
    assert_eq!(pending, ("pending".to_owned(), None));
    assert_eq!(status(json!({})), (String::new(), None));
}

/// Any value that YAML may make of what somebody wrote.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("1.5 kg")),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        let key = prop::sample::select(vec![
            "results",
            "task",
            "dataset",
            "metrics",
            "type",
            "name",
            "value",
            "source",
            "verified",
            "emissions",
            "data",
            "id",
            "x",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((key, inner), 0..4).prop_map(|fields| {
                Value::Object(fields.into_iter().map(|(k, v)| (k.to_owned(), v)).collect())
            }),
        ]
    })
}

proptest! {
    #[test]
    fn any_card_can_be_read(values in prop::collection::vec(any_value(), 14)) {
        let keys = [
            "license", "language", "datasets", "base_model", "metrics", "model-index",
            "co2_eq_emissions", "widget", "new_version", "extra_gated_fields",
            "extra_gated_prompt", "extra_gated_eu_disallowed", "pipeline_tag", "library_name",
        ];
        let card: Map<String, Value> =
            keys.iter().map(|key| (*key).to_owned()).zip(values.iter().cloned()).collect();
        let entry = json!({"cardData": card, "model-index": values[0], "evalResults": values[1],
                           "securityRepoStatus": values[2]});
        let (facts, _) = read_entry(&entry);
        prop_assert_eq!(facts.card_keys.map(|keys| keys.len()), Some(14));
        prop_assert!(facts.emissions_micrograms.is_none_or(|micrograms| micrograms >= 0));
    }
}
