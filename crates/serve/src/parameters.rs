//! The parameters of an address, read and written.

use axum::extract::Query;
use axum::http::Uri;

use crate::refusal::Refusal;

/// The parameters of an address, in order; those left empty by a form are not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

/// Characters of a value that a program gives.
pub(crate) const MOST_VALUE: usize = 2_000;
/// The parameters that may be given more than once.
const REPEATABLE: [&str; 3] = ["hide", "unit", "open"];

impl Parameters {
    /// Reads those of an address; one that is not known is refused with the list of those that are.
    pub(crate) fn read(uri: &Uri, known: &[&str]) -> Result<Self, Refusal> {
        Self::read_pairs(uri, known, |_| Ok(()))
    }

    /// The same for programs, which leave out what they do not ask: one without a value is refused,
    /// and one whose value is longer than any.
    pub(crate) fn read_strictly(uri: &Uri, known: &[&str]) -> Result<Self, Refusal> {
        let empty = |name: &str| Err(Refusal::empty_parameter(name));
        let given = Self::read_pairs(uri, known, empty)?;
        let is_long = |(_, value): &&(String, String)| value.chars().count() > MOST_VALUE;
        let long = given.0.iter().find(is_long).map(|(name, _)| Refusal::long_parameter(name));
        long.map_or(Ok(given), Err)
    }

    fn read_pairs(
        uri: &Uri,
        known: &[&str],
        of_empty: fn(&str) -> Result<(), Refusal>,
    ) -> Result<Self, Refusal> {
        let mut parameters = Self::default();
        for (name, value) in pairs(uri)? {
            if !known.contains(&name.as_str()) {
                return Err(Refusal::unknown_parameter(&name, known));
            }
            if value.trim().is_empty() {
                of_empty(&name)?;
                continue;
            }
            if !REPEATABLE.contains(&name.as_str()) && parameters.get(&name).is_some() {
                return Err(Refusal::repeated_parameter(&name));
            }
            parameters.0.push((name, value));
        }
        Ok(parameters)
    }

    /// Reads all those of an address, whatever they are.
    pub(crate) fn all_of(uri: &Uri) -> Result<Self, Refusal> {
        let pairs = pairs(uri)?;
        Ok(Self(pairs.into_iter().filter(|(_, value)| !value.trim().is_empty()).collect()))
    }

    /// The value of a parameter.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a parameter.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every parameter with its value, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Adds a parameter.
    pub(crate) fn push(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// The parameters with one of them changed.
    #[must_use]
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let mut changed = self.without(name);
        changed.push(name, value);
        changed
    }

    /// The parameters without some.
    #[must_use]
    pub(crate) fn without(&self, name: &str) -> Self {
        Self(self.0.iter().filter(|(known, _)| known != name).cloned().collect())
    }

    /// The parameters in the order of their names, in which equal questions are equal.
    #[must_use]
    pub(crate) fn sorted(&self) -> Self {
        let mut sorted = self.0.clone();
        sorted.sort();
        Self(sorted)
    }

    /// The parameters of these names alone.
    #[must_use]
    pub(crate) fn only(&self, names: &[&str]) -> Self {
        let is_kept = |(known, _): &&(String, String)| names.contains(&known.as_str());
        Self(self.0.iter().filter(is_kept).cloned().collect())
    }

    /// An address with these parameters.
    pub(crate) fn address(&self, path: &str) -> String {
        let pairs: Vec<String> =
            self.0.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }
}

fn pairs(uri: &Uri) -> Result<Vec<(String, String)>, Refusal> {
    let unreadable = "cannot read the address's parameters";
    let Query(pairs) =
        Query::try_from_uri(uri).map_err(|_| Refusal::unreadable(unreadable.to_owned()))?;
    Ok(pairs)
}

/// A value as it stands in an address (RFC 3986 §2.1).
pub(crate) fn encoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' | b':' => {
                out.push(byte as char);
            }
            _ => {
                use std::fmt::Write as _;
                write!(out, "%{byte:02X}").expect("writing to a string cannot fail");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests;
