//! What the server says to a request.

use serde_json::json;

/// A whole response, before it is put on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// HTTP status.
    pub(crate) status: u16,
    /// Headers besides those that every response carries.
    pub(crate) headers: Vec<(&'static str, String)>,
    /// The body; JSON unless it is empty.
    pub(crate) body: String,
}

impl Answer {
    /// A success.
    pub(crate) const fn ok(body: String) -> Self {
        Self { status: 200, headers: Vec::new(), body }
    }

    /// A refusal, with the reason in the body and in a header as the Hub gives it.
    pub(crate) fn refusal(status: u16, reason: &str) -> Self {
        Self {
            status,
            headers: vec![("x-error-message", reason.to_owned())],
            body: json!({ "error": reason }).to_string(),
        }
    }

    /// A bad parameter.
    pub(crate) fn bad_request(reason: &str) -> Self {
        Self::refusal(400, reason)
    }

    /// The same model under its present name.
    pub(crate) fn moved(location: String) -> Self {
        Self { status: 307, headers: vec![("location", location)], body: String::new() }
    }

    /// The value of a header.
    #[cfg(test)]
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}
