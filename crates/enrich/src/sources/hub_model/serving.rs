//! Who serves the model, and what was made with it, as the Hub tells it.

use serde_json::Value;

use super::counts;
use crate::Facts;
use crate::fields::Row;

/// Providers of a model; the Hub knows some dozens in all.
const MAX_PROVIDERS: usize = 200;

/// Reads the state of inference, the providers, the Spaces and the children.
pub(super) fn read(row: &mut Row<'_>, facts: &mut Facts) {
    // Old answers write yes and no, which says nothing of the state.
    if let Some(Value::String(state)) = row.present("inference") {
        facts.inference_state = Some(state.trim().to_owned()).filter(|state| !state.is_empty());
    }
    providers(row, facts);
    let spaces = row.present("spaces").and_then(Value::as_array);
    facts.space_count = spaces.map(|spaces| spaces.len() as i64);
    facts.hub_children = row.present("childrenModelCount").and_then(counts);
}

/// An array in listings, an object by provider in details.
fn providers(row: &Row<'_>, facts: &mut Facts) {
    let (count, named): (usize, Vec<String>) = match row.present("inferenceProviderMapping") {
        Some(Value::Array(providers)) => {
            let name = |entry: &Value| shown(entry.get("provider")?.as_str()?, entry);
            (providers.len(), providers.iter().filter_map(name).take(MAX_PROVIDERS).collect())
        }
        Some(Value::Object(providers)) => {
            let name = |(name, entry): (&String, &Value)| shown(name, entry);
            (providers.len(), providers.iter().filter_map(name).take(MAX_PROVIDERS).collect())
        }
        _ => return,
    };
    facts.provider_count = Some(count as i64);
    facts.providers = Some(named);
}

/// As `fal-ai:live`; the name alone where no state is told.
fn shown(name: &str, entry: &Value) -> Option<String> {
    let name = name.trim();
    let status = entry.get("status").and_then(Value::as_str).map(str::trim);
    let status = status.filter(|status| !status.is_empty());
    let shown = status.map_or_else(|| name.to_owned(), |status| format!("{name}:{status}"));
    (!name.is_empty()).then_some(shown)
}

#[cfg(test)]
mod tests;
