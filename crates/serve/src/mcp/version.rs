//! Which revisions of the protocol are spoken.

use serde_json::{Value as Json, json};

use super::message::{Code, Fault, Message};

/// Revisions whose requests each carry their version.
const STATELESS: [&str; 1] = ["2026-07-28"];
/// Revisions that begin with an `initialize`, the newest first.
const WITH_HANDSHAKE: [&str; 4] = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"];

/// Which way of the protocol a request speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    Stateless,
    WithHandshake,
}

/// Every revision, the newest first.
pub(super) fn supported() -> Vec<&'static str> {
    STATELESS.into_iter().chain(WITH_HANDSHAKE).collect()
}

/// Which way a request speaks; one that carries a version that is not spoken is refused with those
/// that are.
pub(super) fn era_of(message: &Message) -> Result<Era, Fault> {
    match message.meta("protocolVersion") {
        None => Ok(Era::WithHandshake),
        Some(version) if STATELESS.iter().any(|known| version == known) => Ok(Era::Stateless),
        Some(version) => Err(unsupported(version)),
    }
}

/// That a version is not spoken.
pub(super) fn unsupported(requested: &Json) -> Fault {
    Fault {
        code: Code::UnsupportedVersion,
        message: "Unsupported protocol version".to_owned(),
        data: Some(json!({ "supported": supported(), "requested": requested })),
    }
}

/// The revision that an `initialize` agrees on: the one asked for, or the newest that has one.
pub(super) fn agreed(message: &Message) -> &'static str {
    let asked = message.params.get("protocolVersion").and_then(Json::as_str);
    let known = WITH_HANDSHAKE.into_iter().find(|known| Some(*known) == asked);
    known.unwrap_or(WITH_HANDSHAKE[0])
}
