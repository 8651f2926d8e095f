//! `GET /api/datasets/{id}/tree/{rev}/{path}`: which files there are.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sha1::{Digest as _, Sha1};

use super::{File, Files, at_revision};
use crate::answer::Answer;
use crate::base64;
use crate::query::{encode, parameters};
use crate::request::Request;

/// The longest page, and the page without a limit.
const PAGE_MAX: usize = 1_000;

/// Lists a folder, `rest` being `NAMESPACE/NAME/tree/REVISION/PATH`.
pub(crate) fn tree(files: &Files, rest: &str, request: &Request) -> Answer {
    let Some((dataset, rest)) = rest.split_once("/tree/") else {
        return Answer::no_route(&request.path);
    };
    let (revision, folder) = rest.split_once('/').unwrap_or((rest, ""));
    let there = at_revision(files, dataset, revision);
    if there.is_empty() {
        return Answer::refusal(401, "Invalid username or password.");
    }
    let given = parameters(&request.query);
    let first = |name: &str| {
        given.iter().find(|parameter| parameter.name == name).map(|parameter| &*parameter.value)
    };
    let entries = entries(&there, folder.trim_end_matches('/'), first("recursive") == Some("true"));
    if entries.is_empty() {
        return Answer::refusal_with_code(404, "EntryNotFound", "no such folder");
    }
    let limit = match first("limit").map(str::parse::<usize>) {
        None => PAGE_MAX,
        Some(Ok(limit)) if limit > 0 => limit.min(PAGE_MAX),
        Some(_) => return Answer::bad_request("limit: expected a whole number above 0"),
    };
    let start = match first("cursor") {
        None => 0,
        Some(cursor) => {
            let last = base64::decode(cursor).and_then(|bytes| String::from_utf8(bytes).ok());
            let place = last.and_then(|last| entries.iter().position(|(path, _)| *path == last));
            match place {
                Some(place) => place + 1,
                None => return Answer::bad_request("cursor: is malformed"),
            }
        }
    };
    let page: Vec<&(String, Value)> = entries.iter().skip(start).take(limit).collect();
    let values: Vec<&Value> = page.iter().map(|(_, value)| value).collect();
    let answer = Answer::ok(json!(values).to_string());
    match page.last() {
        Some((last, _)) if start + page.len() < entries.len() => {
            let kept = given.iter().filter(|parameter| parameter.name != "cursor");
            let mut parts: Vec<String> = kept.map(|parameter| parameter.raw.to_owned()).collect();
            parts.push(format!("cursor={}", encode(&base64::encode(last.as_bytes()))));
            let url = format!("{}{}?{}", request.base, request.path, parts.join("&"));
            answer.with("link", &format!("<{url}>; rel=\"next\""))
        }
        _ => answer,
    }
}

/// Folders, then files, each by path.
fn entries(there: &[(&str, &File)], folder: &str, is_recursive: bool) -> Vec<(String, Value)> {
    let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let mut folders = BTreeSet::new();
    let mut files = Vec::new();
    for (path, file) in there {
        let Some(rest) = path.strip_prefix(&prefix) else { continue };
        for (end, _) in rest.match_indices('/') {
            folders.insert(format!("{prefix}{}", &rest[..end]));
            if !is_recursive {
                break;
            }
        }
        if is_recursive || !rest.contains('/') {
            files.push(((*path).to_owned(), file_entry(path, file)));
        }
    }
    let folders = folders.into_iter().map(|path| {
        let oid = hex(&Sha1::digest(path.as_bytes()));
        let value = json!({ "type": "directory", "path": path, "oid": oid, "size": 0 });
        (path, value)
    });
    folders.chain(files).collect()
}

fn file_entry(path: &str, file: &File) -> Value {
    let size = file.bytes.len();
    json!({
        "type": "file",
        "path": path,
        "oid": hex(&Sha1::digest(file.sha256.as_bytes())),
        "size": size,
        // The pointer that git holds: three lines, of which one has the size.
        "lfs": {
            "oid": file.sha256,
            "size": size,
            "pointerSize": 125 + size.to_string().len(),
        },
    })
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}
