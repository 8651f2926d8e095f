//! Who serves the model, and what was made with it, as the Hub tells it.

use serde_json::Value;

use super::counts;
use crate::Facts;
use crate::fields::{self, Row, fault_of_text};

/// Providers of a model; the Hub knows some dozens in all.
const MAX_PROVIDERS: usize = 200;

/// Reads the state of inference, the providers, the Spaces and the children.
pub(super) fn read(row: &mut Row<'_>, facts: &mut Facts) {
    // Old answers write yes and no, which says nothing of the state.
    if !matches!(row.present("inference"), Some(Value::Bool(_))) {
        facts.inference_state = row.word("inference");
    }
    providers(row, facts);
    facts.space_count = row.list("spaces").map(|spaces| spaces.len() as i64);
    facts.hub_children = counts(row, "childrenModelCount");
}

/// An array in listings, an object by provider in details.
fn providers(row: &mut Row<'_>, facts: &mut Facts) {
    const KEY: &str = "inferenceProviderMapping";
    let (count, named) = match row.present(KEY) {
        None => return,
        Some(Value::Array(providers)) => {
            let named = row.entries(KEY, providers, MAX_PROVIDERS, |entry| {
                let name = entry.get("provider").and_then(Value::as_str);
                name.and_then(|name| shown(name, entry)).ok_or_else(|| fault_of(entry)).map(Some)
            });
            (providers.len(), named)
        }
        Some(Value::Object(providers)) => {
            let named = row.entries(KEY, providers, MAX_PROVIDERS, |(name, entry)| {
                shown(name, entry).ok_or_else(|| fault_of(entry)).map(Some)
            });
            (providers.len(), named)
        }
        Some(other) => {
            row.fault(KEY, fault_of(other));
            return;
        }
    };
    facts.provider_count = named.is_some().then_some(count as i64);
    facts.providers = named;
}

fn fault_of(entry: &Value) -> String {
    format!("expected providers, found {}", fields::shown(entry))
}

/// As `fal-ai:live`; the name alone where no state is told.
fn shown(name: &str, entry: &Value) -> Option<String> {
    let name = name.trim();
    let status = entry.get("status").and_then(Value::as_str).map(str::trim);
    let status = status.filter(|status| !status.is_empty());
    let shown = status.map_or_else(|| name.to_owned(), |status| format!("{name}:{status}"));
    (!name.is_empty() && fault_of_text(&shown).is_none()).then_some(shown)
}

#[cfg(test)]
mod tests;
