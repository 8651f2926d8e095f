//! Where people say that files are.

use std::fmt;

use anyhow::{Context, bail};
use collect::DatasetPath;

/// What an address may be; what is none of these is a path.
const FORMS: &str = "https://huggingface.co/datasets/OWNER/NAME, …/tree/REVISION/PATH, \
    …/resolve/REVISION/PATH, hf://datasets/OWNER/NAME[@REVISION][/PATH], \
    or the https:// address of a file";
const HUB_HOSTS: [&str; 2] = ["https://huggingface.co", "https://hf.co"];
const DEFAULT_REVISION: &str = "main";

/// Where files are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// A file of a data set on the Hub.
    HubFile(DatasetPath),
    /// A file or a folder of a data set on the Hub.
    Hub(DatasetPath),
    /// A file anywhere else.
    Other {
        url: String,
        /// The path in the address.
        path: String,
    },
}

impl Address {
    /// Reads an address; `None` for what is a path. The endpoint's addresses are those of the Hub.
    ///
    /// A slash in the name of a revision is written `%2F`.
    pub(crate) fn parse(text: &str, endpoint: &str) -> anyhow::Result<Option<Self>> {
        let Some((scheme, rest)) = text.split_once("://") else { return Ok(None) };
        let address = if scheme == "hf" {
            on_hub(rest, true)
        } else if let Some(path) = hub_path(text, endpoint) {
            // What the Hub has beside data sets, as its own conversions, are files like others.
            if path.starts_with("datasets/") { on_hub(path, false) } else { other(text) }
        } else if scheme == "https" {
            other(text)
        } else {
            bail!("cannot fetch '{text}': expected {FORMS}");
        };
        address.with_context(|| format!("cannot fetch '{text}': expected {FORMS}")).map(Some)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::HubFile(place) | Self::Hub(place) => {
                write!(f, "{}@{}/{}", place.dataset, place.revision, place.path)
            }
            Self::Other { url, .. } => f.write_str(url),
        }
    }
}

/// The path of an address on the Hub, or at the endpoint that stands in for it.
fn hub_path<'a>(text: &'a str, endpoint: &str) -> Option<&'a str> {
    let hosts = HUB_HOSTS.iter().copied().chain([endpoint.trim_end_matches('/')]);
    let mut paths = hosts.filter_map(|host| text.strip_prefix(host)?.strip_prefix('/'));
    paths.next()
}

/// Reads `datasets/OWNER/NAME` and what follows it.
fn on_hub(path: &str, is_short: bool) -> Option<Address> {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let parts = path.split('/').filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(unescaped).collect::<Option<_>>()?;
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let ["datasets", owner, name, rest @ ..] = parts.as_slice() else { return None };
    let (name, short_revision) = match name.split_once('@') {
        Some((name, revision)) if is_short => (name, revision),
        _ => (*name, DEFAULT_REVISION),
    };
    let place = |revision: &str, path: &[&str]| DatasetPath {
        dataset: format!("{owner}/{name}"),
        revision: revision.to_owned(),
        path: path.join("/"),
    };
    match rest {
        _ if is_short => Some(Address::Hub(place(short_revision, rest))),
        [] => Some(Address::Hub(place(DEFAULT_REVISION, &[]))),
        ["tree", revision, path @ ..] => Some(Address::Hub(place(revision, path))),
        ["resolve" | "blob" | "raw", revision, path @ ..] if !path.is_empty() => {
            Some(Address::HubFile(place(revision, path)))
        }
        _ => None,
    }
}

fn other(url: &str) -> Option<Address> {
    let (_, rest) = url.split_once("://")?;
    let (host, path) = rest.split_once('/')?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let is_file = !host.is_empty() && !path.is_empty() && !path.ends_with('/');
    is_file.then(|| Address::Other {
        url: url.to_owned(),
        path: unescaped(path).unwrap_or_else(|| path.to_owned()),
    })
}

/// A part of an address as plain text; `None` where its escapes make no sense.
fn unescaped(part: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            let digits = std::str::from_utf8(digits).ok()?;
            bytes.push(u8::from_str_radix(digits, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests;
