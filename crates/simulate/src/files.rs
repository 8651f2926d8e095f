//! Files of data sets, which whoever runs the Hub puts there.
//!
//! They are served as the Hub serves large files: an address under `resolve` leads by 302 to a
//! signed address at another place, which is good for an hour of the simulated clock, knows
//! ranges, and refuses with 403 when the hour is over.

mod range;
mod tree;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use bytes::Bytes;
use schema::Instant;
use sha2::{Digest as _, Sha256};

use crate::answer::Answer;
use crate::numbers::mix;
use crate::query::parameters;
use crate::request::Request;

pub(crate) use range::ranged;
pub(crate) use tree::tree;

/// What every signed address begins with.
pub(crate) const SIGNED: &str = "/simulated/store/";
/// How long a signed address is good, in seconds.
const LIFETIME_SECONDS: i64 = 3_600;

/// Files by path, as `datasets/NAMESPACE/NAME/resolve/REVISION/PATH`.
pub(crate) type Files = BTreeMap<String, File>;

/// A file in memory.
#[derive(Debug, Clone)]
pub(crate) struct File {
    /// What is in it.
    pub(crate) bytes: Bytes,
    /// The SHA-256 of that, in hexadecimal digits.
    pub(crate) sha256: String,
}

impl File {
    /// Takes bytes as a file.
    pub(crate) fn new(bytes: Bytes) -> Self {
        let sha256 = Sha256::digest(&bytes).iter().fold(String::new(), |mut text, byte| {
            write!(text, "{byte:02x}").expect("writing to a string cannot fail");
            text
        });
        Self { bytes, sha256 }
    }
}

impl Answer {
    /// The refusal of a signed address whose time is over.
    pub(crate) fn expired() -> Self {
        let body = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>\
                    <Message>Request has expired</Message></Error>";
        Self::of(403, "application/xml", Bytes::from_static(body.as_bytes()))
    }
}

/// The commit that a revision of a data set stands at: a revision that is one already names
/// itself, others are hashed from what is in them.
pub(crate) fn commit(files: &Files, dataset: &str, revision: &str) -> String {
    if is_commit(revision) {
        return revision.to_owned();
    }
    let mut digest = Sha256::new();
    for (path, file) in under(files, &format!("datasets/{dataset}/resolve/{revision}/")) {
        digest.update(path);
        digest.update(&file.sha256);
    }
    let digits = digest.finalize();
    digits.iter().take(20).fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}

fn is_commit(revision: &str) -> bool {
    revision.len() == 40 && revision.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The files of a data set at a revision, by path within it.
pub(crate) fn at_revision<'a>(
    files: &'a Files,
    dataset: &str,
    revision: &str,
) -> Vec<(&'a str, &'a File)> {
    let found: Vec<_> = under(files, &format!("datasets/{dataset}/resolve/{revision}/")).collect();
    // The commit that `main` stands at is another name for it.
    if found.is_empty() && is_commit(revision) && commit(files, dataset, "main") == revision {
        return under(files, &format!("datasets/{dataset}/resolve/main/")).collect();
    }
    found
}

fn under<'a>(files: &'a Files, prefix: &str) -> impl Iterator<Item = (&'a str, &'a File)> {
    let prefix = prefix.to_owned();
    files
        .range(prefix.clone()..)
        .map_while(move |(path, file)| Some((path.strip_prefix(&prefix)?, file)))
}

/// Leads from the address of a file to where its bytes lie.
pub(crate) fn resolve(files: &Files, at: Instant, path: &str, base: &str) -> Answer {
    let parts = path
        .strip_prefix("datasets/")
        .and_then(|rest| rest.split_once("/resolve/"))
        .and_then(|(dataset, rest)| Some((dataset, rest.split_once('/')?)));
    let Some((dataset, (revision, path))) = parts else {
        return Answer::no_route(path);
    };
    let there = at_revision(files, dataset, revision);
    if there.is_empty() {
        return Answer::refusal(401, "Invalid username or password.");
    }
    let Some((_, file)) = there.into_iter().find(|(known, _)| *known == path) else {
        return Answer::refusal_with_code(404, "EntryNotFound", "Entry not found");
    };
    let location = format!("{base}{SIGNED}{}?{}", file.sha256, signature(&file.sha256, at));
    let linked_etag = format!("\"{}\"", file.sha256);
    Answer::moved(302, &location)
        .with("x-repo-commit", &commit(files, dataset, revision))
        .with("x-linked-size", &file.bytes.len().to_string())
        .with("x-linked-etag", &linked_etag)
        .with("etag", &linked_etag)
        .with("accept-ranges", "bytes")
}

/// What is signed: when, for how long, and that it was us.
fn signature(sha256: &str, at: Instant) -> String {
    let signed_at = at.millis().div_euclid(1_000);
    let bits = sha256
        .bytes()
        .fold(mix(signed_at.cast_unsigned()), |bits, byte| mix(bits ^ u64::from(byte)));
    format!("X-Amz-Date={signed_at}&X-Amz-Expires={LIFETIME_SECONDS}&X-Amz-Signature={bits:016x}")
}

/// The bytes behind a signed address.
pub(crate) fn signed(files: &Files, at: Instant, request: &Request) -> Answer {
    let sha256 = request.path.trim_start_matches(SIGNED);
    let given = parameters(&request.query);
    let signed_at = given
        .iter()
        .find(|parameter| parameter.name == "X-Amz-Date")
        .and_then(|parameter| parameter.value.parse::<i64>().ok())
        .map(|seconds| Instant::from_millis(seconds.saturating_mul(1_000)));
    let is_good = signed_at.is_some_and(|signed_at| {
        let age = at.millis() - signed_at.millis();
        request.query == signature(sha256, signed_at) && age < LIFETIME_SECONDS * 1_000
    });
    if !is_good {
        return Answer::expired();
    }
    match files.values().find(|file| file.sha256 == sha256) {
        Some(file) => ranged(file.bytes.clone(), "application/octet-stream", request)
            .with("etag", &format!("\"{}\"", file.sha256)),
        None => Answer::refusal_with_code(404, "EntryNotFound", "Entry not found"),
    }
}

#[cfg(test)]
mod tests;
