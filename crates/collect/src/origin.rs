//! Where an address leads: scheme, host and port.

use ureq::http::Uri;

/// What two addresses must share for one to be trusted like the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Origin {
    is_encrypted: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// The origin of an absolute address; `None` for any other text.
    pub(crate) fn of(url: &str) -> Option<Self> {
        let uri: Uri = url.parse().ok()?;
        let is_encrypted = match uri.scheme_str()? {
            "https" => true,
            "http" => false,
            _ => return None,
        };
        let authority = uri.authority()?;
        // A name or password before the host has no use here and has misled readers of addresses.
        if authority.as_str().contains('@') {
            return None;
        }
        let port = authority.port_u16().unwrap_or(if is_encrypted { 443 } else { 80 });
        let host = authority.host().to_ascii_lowercase();
        (!host.is_empty()).then_some(Self { is_encrypted, host, port })
    }

    /// Whether what is sent there can be read on the way.
    pub(crate) const fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }
}

/// The address that `location` means on the page `url`; `None` where it is neither absolute nor
/// a path from the root.
pub(crate) fn resolve(url: &str, location: &str) -> Option<String> {
    if Origin::of(location).is_some() {
        return Some(location.to_owned());
    }
    if !location.starts_with('/') || location.starts_with("//") {
        return None;
    }
    let uri: Uri = url.parse().ok()?;
    Some(format!("{}://{}{location}", uri.scheme_str()?, uri.authority()?))
}

/// The address `url` with `endpoint` in the place of its host; `None` where it is no address.
pub(crate) fn on_another_host(url: &str, endpoint: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let path = uri.path_and_query()?;
    Some(format!("{}{path}", endpoint.trim_end_matches('/')))
}

#[cfg(test)]
mod tests;
