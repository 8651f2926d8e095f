//! Lines of CSV (RFC 4180), each of which says where it comes from.

/// Where the numbers of a file come from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) collection: &'a str,
    pub(crate) release: &'a str,
    pub(crate) data_through: &'a str,
    pub(crate) is_simulated: bool,
}

/// One line: its cells, then its origin.
pub(crate) fn line(cells: &[String], origin: &Origin<'_>) -> String {
    let simulated = if origin.is_simulated { "true" } else { "false" };
    let origin = [origin.collection, origin.release, origin.data_through, simulated];
    let cells = cells.iter().map(String::as_str).chain(origin);
    let mut line = cells.map(quoted).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A number in full; empty where there is none.
pub(crate) fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

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
        let origin =
            Origin { collection: "a,b", release: "r", data_through: "d", is_simulated: true };
        let cells = ["plain".to_owned(), "one \"two\"".to_owned(), number(None)];
        let expected = "plain,\"one \"\"two\"\"\",,\"a,b\",r,d,true\r\n";
        assert_eq!(line(&cells, &origin), expected);
        assert_eq!(number(Some(0.25)), "0.25");
        assert_eq!(quoted("a\nb"), "\"a\nb\"");
    }
}
