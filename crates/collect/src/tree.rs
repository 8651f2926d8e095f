//! The files of a data set, as the Hub lists them, and their addresses.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::time::Duration;

use serde::Deserialize;

use crate::client::{Client, Manner};
use crate::clock::Clock;
use crate::error::{Error, Failure, Result};
use crate::http::Reply;
use crate::link;
use crate::options::Token;
use crate::origin::Origin;
use crate::retry::Failed;

/// The most pages of one folder, of 1,000 files each.
const PAGES_MAX: u32 = 200;

/// A folder or a file of a data set, in one of its revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetPath {
    /// The data set, as `cfahlgren1/hub-stats`.
    pub dataset: String,
    /// The branch, tag or commit, as `main` or `refs/convert/parquet`.
    pub revision: String,
    /// The path in it, without a slash at either end; empty for all of it.
    pub path: String,
}

/// Who asks for a list of files, where, and how patiently.
#[derive(Debug, Clone)]
pub struct Asking {
    /// The Hub, as `https://huggingface.co`, or a mirror of it.
    pub endpoint: String,
    /// Who asks, where that is not to be anonymous. No other host is told.
    pub token: Option<Token>,
    /// The longest time for one request, from connecting to the last byte.
    pub timeout: Duration,
    /// How often a request is repeated.
    pub max_retries: u32,
    /// The name under which requests are made.
    pub user_agent: String,
}

/// One file of a data set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TreeFile {
    /// Its path in the data set.
    pub path: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// SHA-256 in lower-case hex; the Hub names it of large files only.
    pub sha256: Option<String>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "type")]
    kind: String,
    path: String,
    #[serde(default)]
    size: u64,
    lfs: Option<Pointer>,
}

#[derive(Deserialize)]
struct Pointer {
    oid: String,
    size: u64,
}

impl DatasetPath {
    /// The address of the file at an endpoint; what it leads to are the file's bytes.
    #[must_use]
    pub fn file_url(&self, endpoint: &str) -> String {
        let endpoint = endpoint.trim_end_matches('/');
        let (revision, path) = (escaped(&self.revision, false), escaped(&self.path, true));
        format!("{endpoint}/datasets/{}/resolve/{revision}/{path}", escaped(&self.dataset, true))
    }

    fn tree_url(&self, endpoint: &str) -> String {
        let endpoint = endpoint.trim_end_matches('/');
        let (dataset, revision) = (escaped(&self.dataset, true), escaped(&self.revision, false));
        let slash = if self.path.is_empty() { "" } else { "/" };
        let path = escaped(&self.path, true);
        format!("{endpoint}/api/datasets/{dataset}/tree/{revision}{slash}{path}?recursive=true")
    }
}

/// Lists the files of a folder of a data set and of all folders below it, sorted by path.
///
/// Follows the Hub's own links until there is none; they may not lead to another host.
pub fn tree(folder: &DatasetPath, asking: &Asking, clock: &dyn Clock) -> Result<Vec<TreeFile>> {
    let manner = Manner {
        endpoint: &asking.endpoint,
        token: asking.token.as_ref(),
        timeout: asking.timeout,
        max_retries: asking.max_retries,
        user_agent: &asking.user_agent,
    };
    let mut client = Client::new(manner, clock)?;
    let mut files = Vec::new();
    let mut next = Some(folder.tree_url(&asking.endpoint));
    let mut pages = 0;
    while let Some(url) = next {
        if pages >= PAGES_MAX {
            return Err(Error::TooManyPages { url, pages });
        }
        let (entries, link) =
            client.ask(&url, None, read).map_err(|gave_up| gave_up.into_error(&url, pages))?;
        pages += 1;
        files.extend(entries.into_iter().filter_map(file));
        if let Some(link) = &link
            && Origin::of(link).as_ref() != Some(client.origin())
        {
            return Err(Error::ForeignLink { url, link: link.clone() });
        }
        next = link;
    }
    files.sort();
    files.dedup();
    Ok(files)
}

fn read(reply: Reply) -> std::result::Result<(Vec<Entry>, Option<String>), Failed> {
    if reply.status != 200 {
        return Err(Failed::with(reply.to_failure(), reply));
    }
    match serde_json::from_slice(&reply.body) {
        Ok(entries) => {
            let link = reply.header("link").and_then(link::next).map(str::to_owned);
            Ok((entries, link))
        }
        Err(_) => Err(Failed::with(Failure::NotATree { said: reply.said() }, reply)),
    }
}

fn file(entry: Entry) -> Option<TreeFile> {
    if entry.kind != "file" {
        return None;
    }
    let (bytes, sha256) = match entry.lfs {
        Some(lfs) => (lfs.size, Some(lfs.oid.to_ascii_lowercase())),
        None => (entry.size, None),
    };
    Some(TreeFile { path: entry.path, bytes, sha256 })
}

/// A text as a part of an address; a slash may stand for itself in a path.
fn escaped(text: &str, is_path: bool) -> Cow<'_, str> {
    let is_plain = |byte: u8| {
        byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || is_path && byte == b'/'
    };
    if text.bytes().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        if is_plain(byte) {
            escaped.push(char::from(byte));
        } else {
            write!(escaped, "%{byte:02X}").expect("writing to a string does not fail");
        }
    }
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests;
