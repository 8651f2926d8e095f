//! The query string of a request.

use std::fmt::Write as _;

/// One parameter, as sent and as meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter<'a> {
    /// The text between two ampersands.
    pub(crate) raw: &'a str,
    /// The name, decoded, without a trailing `[]`.
    pub(crate) name: String,
    /// The value, decoded.
    pub(crate) value: String,
}

/// Reads a query string; bytes that are not UTF-8 are replaced.
pub(crate) fn parameters(query: &str) -> Vec<Parameter<'_>> {
    let mut parameters = Vec::new();
    for raw in query.split('&').filter(|raw| !raw.is_empty()) {
        let (name, value) = raw.split_once('=').unwrap_or((raw, ""));
        let name = decode(name);
        let name = name.strip_suffix("[]").unwrap_or(&name).to_owned();
        parameters.push(Parameter { raw, name, value: decode(value) });
    }
    parameters
}

/// Writes a value so that it can stand in a query string.
pub(crate) fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            write!(text, "%{byte:02X}").expect("writing to a string cannot fail");
        }
    }
    text
}

/// Undoes percent-encoding; an escape that is none stands for itself.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = (first == b'%').then(|| escape(after)).flatten();
        bytes.push(escaped.unwrap_or(if first == b'+' { b' ' } else { first }));
        rest = if escaped.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Undoes percent-encoding in a path, where a plus sign is one.
pub(crate) fn decode_path(text: &str) -> String {
    decode(&text.replace('+', "%2B"))
}

fn escape(digits: &[u8]) -> Option<u8> {
    let high = char::from(*digits.first()?).to_digit(16)?;
    let low = char::from(*digits.get(1)?).to_digit(16)?;
    Some((high * 16 + low) as u8)
}

#[cfg(test)]
mod tests;
