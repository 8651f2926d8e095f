//! Where the server is reached, as the one who asks knows it.

use axum::http::{HeaderMap, header};

/// Stands for the beginning of the server's addresses in markup, which does not know who asks.
pub(crate) const HERE: &str = "https://here.invalid";

/// Markup with the server's addresses as the one who asks knows them.
pub(crate) fn told(html: &str, site: &str) -> String {
    html.replace(HERE, site)
}

/// A name and a port are not longer.
const MOST_CHARS: usize = 255;
const FORWARDED_SCHEME: &str = "x-forwarded-proto";

/// The beginning of the server's addresses: as it was told, or else as the request says it.
pub(crate) fn of(public_url: Option<&str>, headers: &HeaderMap) -> String {
    if let Some(told) = public_url {
        return told.trim_end_matches('/').to_owned();
    }
    let said = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = said.filter(|host| is_host(host)).unwrap_or("localhost");
    let scheme = headers.get(FORWARDED_SCHEME).is_some_and(|scheme| scheme == "https");
    format!("{}://{host}", if scheme { "https" } else { "http" })
}

/// Whether a text is a name or an address with a port: what a reader sees as a link must be no more.
fn is_host(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-.:[]".contains(c);
    !text.is_empty() && text.len() <= MOST_CHARS && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(public_url: Option<&str>, headers: &[(&'static str, &str)], expect: &str) {
        let pairs = headers
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), value.parse().unwrap()));
        assert_eq!(of(public_url, &pairs.collect()), expect);
    }

    #[test]
    fn the_site_is_as_told_or_as_asked() {
        check(None, &[("host", "127.0.0.1:8642")], "http://127.0.0.1:8642");
        let behind = [("host", "example.org"), ("x-forwarded-proto", "https")];
        check(None, &behind, "https://example.org");
        check(Some("https://weigh.example/"), &behind, "https://weigh.example");
        check(None, &[("host", "x\"><script>")], "http://localhost");
        check(None, &[], "http://localhost");
    }
}
