//! What a client asks for.

use std::fmt::Write as _;

use crate::files::SIGNED;
use crate::listing::PATH;
use crate::numbers::mix;
use crate::query::parameters;

/// The parameter that a detour adds to an address, and that the server takes off again.
pub(crate) const DETOUR: &str = "detour=1";

/// A request, read from the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Request {
    /// Whether the body of the answer is left out.
    pub(crate) is_head: bool,
    /// Scheme and host, for absolute links.
    pub(crate) base: String,
    /// The path, as sent.
    pub(crate) path: String,
    /// The query, as sent but for a detour; empty where there is none.
    pub(crate) query: String,
    /// Whether the client comes by a detour.
    pub(crate) is_detour: bool,
    /// The range of bytes that is asked for, as sent.
    pub(crate) range: Option<String>,
}

impl Request {
    /// A `GET` of `path?query`; `base` is what links begin with.
    pub(crate) fn get(base: &str, path: &str, query: &str) -> Self {
        let kept: Vec<&str> = query.split('&').filter(|part| *part != DETOUR).collect();
        let is_detour = kept.len() < query.split('&').count();
        Self {
            is_head: false,
            base: base.to_owned(),
            path: path.to_owned(),
            query: kept.join("&"),
            is_detour,
            range: None,
        }
    }

    /// Path and query, as one text.
    pub(crate) fn target(&self) -> String {
        if self.query.is_empty() {
            self.path.clone()
        } else {
            format!("{}?{}", self.path, self.query)
        }
    }

    /// The query with its question mark, or nothing.
    pub(crate) fn query_part(&self) -> String {
        if self.query.is_empty() { String::new() } else { format!("?{}", self.query) }
    }

    /// Whether a page of the listing of models is asked for.
    pub(crate) fn is_listing(&self) -> bool {
        self.path == PATH
    }

    /// Whether a page of the listing other than the first is asked for.
    pub(crate) fn has_cursor(&self) -> bool {
        self.is_listing()
            && parameters(&self.query).iter().any(|parameter| parameter.name == "cursor")
    }

    /// Whether the address is one that was signed.
    pub(crate) fn is_signed(&self) -> bool {
        self.path.starts_with(SIGNED)
    }

    /// The id that the answer bears: the same for the same request, so that a crawl of an
    /// unmoved Hub can be compared byte for byte with the next.
    pub(crate) fn id(&self) -> String {
        let mut bits = u64::from(self.is_head);
        for byte in self.target().bytes() {
            bits = mix(bits ^ u64::from(byte));
        }
        let mut id = String::from("Root=1-");
        let words = [bits, mix(bits), mix(bits ^ 1), mix(bits ^ 2)];
        let digits = words.iter().fold(String::new(), |mut digits, word| {
            write!(digits, "{word:016x}").expect("writing to a string cannot fail");
            digits
        });
        let mut rest = digits.as_str();
        for (length, end) in [(8, "-"), (24, ";"), (8, "-"), (4, "-"), (4, "-"), (4, "-"), (12, "")]
        {
            let (part, after) = rest.split_at(length);
            id.push_str(part);
            id.push_str(end);
            rest = after;
        }
        id
    }
}

#[cfg(test)]
mod tests;
