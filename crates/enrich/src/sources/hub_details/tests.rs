use schema::Instant;
use serde_json::{Value, json};

use crate::sources::Source;
use crate::{Facts, Input};

/// A model's line as the collector writes it, with an answer to the request for its card.
fn read(card_data: &Value, card: Option<Value>) -> (Facts, String) {
    let body = json!({"_id": "6f", "id": "a/b", "cardData": card_data, "tags": []});
    let mut line = json!({
        "status": {"code": 200}, "date": "Thu, 20 Aug 2026 10:00:00 GMT", "body": body.to_string(),
    });
    if let Some(card) = card {
        line["card"] = card;
    }
    let now = Instant::parse("2026-09-01T00:00:00Z").unwrap();
    let bytes = line.to_string();
    let (file, bytes) = ("details.jsonl", bytes.as_bytes());
    let input = Input { file, bytes, fault: None, now, read_at: None };
    let mut parsed = Source::HubDetails.parse(input);
    let problems: Vec<String> = parsed.problems.iter().map(ToString::to_string).collect();
    (parsed.records.remove(0).facts, problems.join("; "))
}

#[test]
fn the_text_of_the_card_is_read_beside_the_model() {
    let text = "---\nlicense: mit\n---\n# Whale\n\nTrained on songs.\n";
    let answer = json!({"status": {"code": 200}, "body": text});
    let (facts, problems) = read(&json!({"license": "mit"}), Some(answer));
    assert_eq!(problems, "");
    assert_eq!(facts.readme_headings.unwrap(), ["whale"]);
    assert_eq!(facts.readme_topics.unwrap(), ["training data"]);
    assert_eq!(facts.license.as_deref(), Some("mit"));
}

#[test]
fn no_card_is_known_and_a_closed_or_unasked_one_is_not() {
    let answer = |code: i64| Some(json!({"status": {"code": code}, "body": "Entry not found"}));
    let characters = |card| read(&json!(null), card).0.readme_characters;
    assert_eq!(characters(answer(404)), Some(0));
    assert_eq!(characters(answer(401)), None);
    assert_eq!(characters(answer(403)), None);
    assert_eq!(characters(None), None);
}

#[test]
fn faults_of_the_text_name_the_model() {
    let answer = json!({"status": {"code": 200}, "body": "---\nlicense: [mit\n---\n"});
    let (facts, problems) = read(&json!(null), Some(answer));
    let expected = "details.jsonl:1: a/b: card: the Hub could not read the front matter as YAML \
                    (field left out)";
    assert_eq!(problems, expected);
    // The rest of the card is read all the same.
    assert_eq!((facts.readme_characters, facts.card_keys), (Some(0), None));
}
