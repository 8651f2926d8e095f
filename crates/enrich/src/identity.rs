//! Which names mean the same model.

use schema::Instant;

use crate::Registry;

/// Names on the Hub are shorter; sources cut or pad none.
const MAX_ID_CHARS: usize = 256;

/// What is wrong with a model id, if anything, completing "'x' …".
pub(crate) fn fault_of_id(id: &str) -> Option<&'static str> {
    if id.is_empty() {
        return Some("is empty");
    }
    if id.len() > MAX_ID_CHARS {
        return Some("is too long for a model id");
    }
    if id.matches('/').count() > 1 {
        return Some("has more than one '/', so it is a path and not a model id");
    }
    if id.starts_with('/') || id.ends_with('/') {
        return Some("lacks its owner or its name");
    }
    if id.split('/').any(|part| part.bytes().all(|byte| byte == b'.')) {
        return Some("has a part of nothing but dots, so it is a path and not a model id");
    }
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    (!id.chars().all(is_allowed)).then_some("has characters that no model id has")
}

/// The owner's namespace; `None` for a legacy id without one.
#[must_use]
pub(crate) fn owner_of(id: &str) -> Option<&str> {
    id.split_once('/').map(|(owner, _)| owner)
}

/// The name without the namespace.
#[must_use]
pub(crate) fn name_of(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, name)| name)
}

/// The id that a model carries today, by the dated alias table, of one that was read at an instant.
///
/// A legacy id without a namespace means the model that moved at any date: nothing new can be
/// created without one. An old id with a namespace means it until the day of the move; from then on
/// whoever is read under it is another repository, created anew.
#[must_use]
pub(crate) fn current_id<'a>(registry: &'a Registry, id: &'a str, at: Instant) -> &'a str {
    match registry.dated_alias(id) {
        Some((current, moved_on)) if owner_of(id).is_none() || at < moved_on.start() => current,
        _ => id,
    }
}

#[cfg(test)]
mod tests;
