use serde_json::json;

use super::super::tests::facts_by;
use super::*;

fn facts_of(entry: &Value) -> Facts {
    facts_by(read, entry)
}

/// The two shapes of the recorded answers: a listing's array and a detail's object.
#[test]
fn providers_are_read_in_both_shapes() {
    let listing = facts_of(&json!({"inferenceProviderMapping": [
        {"_id": "0a", "provider": "acme-cloud", "providerId": "acme/tiny", "status": "live"},
        {"provider": "other"}, {"status": "live"}, "text",
    ]}));
    assert_eq!(listing.providers.unwrap(), ["acme-cloud:live", "other"]);
    assert_eq!(listing.provider_count, Some(4));
    let detail = facts_of(&json!({"inferenceProviderMapping": {
        "fal-ai": {"status": "live", "providerId": "fal-ai/x", "task": "text-to-image"},
        "replicate": {"status": "error", "providerId": "x"},
    }}));
    assert_eq!(detail.providers.unwrap(), ["fal-ai:live", "replicate:error"]);
    assert_eq!(detail.provider_count, Some(2));
    let none = facts_of(&json!({"inferenceProviderMapping": {}}));
    assert_eq!((none.providers, none.provider_count), (Some(vec![]), Some(0)));
    let unknown = facts_of(&json!({"inferenceProviderMapping": "none"}));
    assert_eq!((unknown.providers, unknown.provider_count), (None, None));
}

#[test]
fn use_is_read_as_the_hub_counts_it() {
    let facts = facts_of(&json!({
        "inference": "warm", "spaces": ["a/b", "c/d"],
        "childrenModelCount": {"adapter": 4, "merge": 0, "quantized": 12, "finetune": "many"},
    }));
    assert_eq!(facts.inference_state.as_deref(), Some("warm"));
    assert_eq!(facts.space_count, Some(2));
    assert_eq!(facts.hub_children.unwrap(), ["adapter:4", "merge:0", "quantized:12"]);
    let old = facts_of(&json!({"inference": true, "childrenModelCount": []}));
    assert_eq!((old.inference_state, old.space_count, old.hub_children), (None, None, None));
}
