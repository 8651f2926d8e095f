//! Cells of CSV (RFC 4180).

/// A cell as CSV needs it: quoted where it holds a comma, a quote or a line's end.
pub(crate) fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_needs_quotes_has_them() {
        assert_eq!(quoted("plain"), "plain");
        assert_eq!(quoted("one \"two\""), "\"one \"\"two\"\"\"");
        assert_eq!(quoted("a\nb"), "\"a\nb\"");
    }
}
