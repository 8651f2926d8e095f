//! From an address to files on disk, one at a time: downloaded, handed over, removed.

mod address;

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, bail};
use collect::{
    Asking, Clock, DatasetPath, Download, Downloaded, Listener, Token, Transfer, USER_AGENT,
};
use schema::Day;
use store::{Layer, Store, is_lfs_pointer};

pub(crate) use self::address::Address;

/// The largest file that is accepted: ten times the largest dump of the Hub's listing known.
const MAX_BYTES: u64 = 16 << 30;
const TIMEOUT: Duration = Duration::from_mins(1);
const MAX_RETRIES: u32 = 5;

/// What to fetch, from where, and what not.
pub(crate) struct Request<'a> {
    pub address: &'a Address,
    /// Which files of a folder are fetched.
    pub is_wanted: &'a dyn Fn(&Path) -> bool,
    /// The name under which messages speak of a file of this path.
    pub name: &'a dyn Fn(&Path) -> String,
    /// Only files with a date in their path from this day on.
    pub from: Option<Day>,
    /// Only files with a date in their path up to this day, this day included.
    pub until: Option<Day>,
    /// The SHA-256 of what is not fetched again; see [`received`].
    pub known: &'a BTreeSet<String>,
    /// The Hub, or a mirror of it.
    pub endpoint: &'a str,
    pub token: Option<Token>,
}

/// A file on disk, which goes away when whoever is handed it is done.
#[derive(Debug)]
pub(crate) struct Fetched<'a> {
    pub path: &'a Path,
    /// Its name in messages.
    pub name: &'a str,
}

/// What is going on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    /// The next file is looked for: its number, from 1, of how many.
    Begun { name: &'a str, number: usize, of: usize },
    /// More of it came.
    Received(Transfer),
    /// It is there already, and was not fetched.
    Known,
}

/// One file to be fetched.
struct Wanted {
    url: String,
    path: String,
    sha256: Option<String>,
}

/// Fetches the files that an address means, in the order of their paths, and hands each one over
/// before the next is fetched. Returns how many files there were, known ones among them.
///
/// What fails to arrive ends it; what arrived of it stays, and the next call goes on there. A file
/// that could not be taken stays as well.
pub(crate) fn each(
    store: &Store,
    request: &Request<'_>,
    clock: &dyn Clock,
    on_event: &mut dyn FnMut(Event<'_>),
    take: &mut dyn FnMut(Fetched<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<usize> {
    let wanted = wanted(request, clock)?;
    for (index, file) in wanted.iter().enumerate() {
        let name = (request.name)(Path::new(&file.path));
        on_event(Event::Begun { name: &name, number: index + 1, of: wanted.len() });
        if file.sha256.as_ref().is_some_and(|sha256| request.known.contains(sha256)) {
            on_event(Event::Known);
            continue;
        }
        fetch(store, request, file, &name, clock, on_event, take)
            .with_context(|| format!("failed to fetch {name}"))?;
    }
    Ok(wanted.len())
}

/// The SHA-256 of every file that a collection was received as.
pub(crate) fn received(store: &Store, collection: &str) -> store::Result<BTreeSet<String>> {
    let mut known = BTreeSet::new();
    for name in store.entries(Layer::Raw, collection)? {
        let manifest = store.manifest(Layer::Raw, collection, &name)?;
        known.extend(manifest.raw.map(|raw| raw.received_sha256));
    }
    Ok(known)
}

/// Refuses a file that is only a git-lfs pointer to the file meant; `advice` says what to do.
pub(crate) fn expect_no_pointer(path: &Path, name: &str, advice: &str) -> anyhow::Result<()> {
    if is_lfs_pointer(path)? {
        bail!("{name} is a git-lfs pointer, not the file itself; {advice}");
    }
    Ok(())
}

fn fetch(
    store: &Store,
    request: &Request<'_>,
    file: &Wanted,
    name: &str,
    clock: &dyn Clock,
    on_event: &mut dyn FnMut(Event<'_>),
    take: &mut dyn FnMut(Fetched<'_>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let download = Download {
        url: file.url.clone(),
        endpoint: request.endpoint.to_owned(),
        token: request.token.clone(),
        sha256: file.sha256.clone(),
        max_bytes: MAX_BYTES,
        timeout: TIMEOUT,
        max_retries: MAX_RETRIES,
        user_agent: USER_AGENT.to_owned(),
    };
    let mut partial = store.partial(&file.url)?;
    let mut listener = Listener {
        on_progress: &mut |transfer| on_event(Event::Received(transfer)),
        is_known: &|sha256| request.known.contains(sha256),
    };
    let ended = collect::download(&download, &mut partial, clock, &mut listener)?;
    let whole = partial.finish()?;
    if ended == Downloaded::Whole && !request.known.contains(whole.sha256()) {
        let advice = "give its address with /resolve/";
        if let Err(error) = expect_no_pointer(whole.path(), &file.url, advice) {
            whole.remove()?;
            return Err(error);
        }
        take(Fetched { path: whole.path(), name })?;
    } else {
        on_event(Event::Known);
    }
    whole.remove()?;
    Ok(())
}

/// The files that are asked for.
fn wanted(request: &Request<'_>, clock: &dyn Clock) -> anyhow::Result<Vec<Wanted>> {
    let mut files = match request.address {
        Address::HubFile(file) => {
            vec![Wanted { url: hub_url(file), path: file.path.clone(), sha256: None }]
        }
        Address::Hub(place) => on_hub(request, place, clock)?,
        Address::Other { url, path } => {
            vec![Wanted { url: url.clone(), path: path.clone(), sha256: None }]
        }
    };
    if files.is_empty() {
        bail!("there is no file of this source in {}", request.address);
    }
    if request.from.is_some() || request.until.is_some() {
        files.retain(|file| {
            date_in(&file.path).is_some_and(|day| {
                request.from.is_none_or(|from| from <= day)
                    && request.until.is_none_or(|until| day <= until)
            })
        });
        if files.is_empty() {
            bail!(
                "no file in {} has a date in its path that is within the limits",
                request.address
            );
        }
    }
    Ok(files)
}

/// The file of this path on the Hub, or the wanted ones in the folder of this path.
fn on_hub(
    request: &Request<'_>,
    place: &DatasetPath,
    clock: &dyn Clock,
) -> anyhow::Result<Vec<Wanted>> {
    let asking = Asking {
        endpoint: request.endpoint.to_owned(),
        token: request.token.clone(),
        timeout: TIMEOUT,
        max_retries: MAX_RETRIES,
        user_agent: USER_AGENT.to_owned(),
    };
    // Whether a path is a file or a folder shows in the list of all files only.
    let all = DatasetPath { path: String::new(), ..place.clone() };
    let files = collect::tree(&all, &asking, clock)?;
    let is_within = |path: &str| {
        let rest = path.strip_prefix(&place.path);
        place.path.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
    };
    let is_asked =
        |path: &str| path == place.path || is_within(path) && (request.is_wanted)(Path::new(path));
    let asked = files.into_iter().filter(|file| is_asked(&file.path));
    Ok(asked
        .map(|file| Wanted {
            url: hub_url(&DatasetPath { path: file.path.clone(), ..place.clone() }),
            path: file.path,
            sha256: file.sha256,
        })
        .collect())
}

/// The address on the Hub itself, by which a download is known whatever mirror it comes from.
fn hub_url(file: &DatasetPath) -> String {
    file.file_url("https://huggingface.co")
}

/// The last date in a path, as that of `models/2026-01-05/models.parquet`.
fn date_in(path: &str) -> Option<Day> {
    const LENGTH: usize = "2026-01-05".len();
    let is_digit = |at: usize| path.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    (0..(path.len() + 1).saturating_sub(LENGTH)).rev().find_map(|at| {
        let is_apart = (at == 0 || !is_digit(at - 1)) && !is_digit(at + LENGTH);
        let text = path.get(at..at + LENGTH).filter(|_| is_apart && is_digit(at))?;
        text.parse().ok()
    })
}

#[cfg(test)]
mod tests;
