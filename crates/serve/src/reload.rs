//! From what is shown of a collection to what is shown next.

use std::sync::Arc;
use std::thread;

use analyze::Market;
use store::{Release, Store};

use crate::app::{Collection, Loaded, Refused};
use crate::received::Received;
use crate::shown::Shown;

/// How closely the data directory is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// For another release alone: a few small files are read.
    Quick,
    /// Also for entries received, and once more at a release that could not be loaded.
    Close,
}

/// Looks at one collection and loads its release if it is another one than before; `None` if
/// nothing changed. A release that cannot be loaded leaves the one before in place.
pub(crate) fn next(
    store: &Store,
    name: &str,
    before: Option<&Collection>,
    look: Look,
) -> Option<Collection> {
    let found = store.release(name);
    let is_known = before.is_some_and(|before| is_known(before, &found) && !is_broken(before));
    if is_known && look == Look::Quick {
        return None;
    }
    let received = received(store, name, before);
    let is_settled = is_known && before.is_some_and(|before| before.refused.is_none());
    if let Some(before) = before.filter(|_| is_settled) {
        return received.map(|received| Collection { received, ..before.clone() });
    }
    let kept = before.and_then(|before| before.shown().cloned());
    let (loaded, refused) = load(store, found, kept);
    let received = received.or_else(|| before.map(|before| Arc::clone(&before.received)));
    Some(Collection { loaded, refused, received: received.unwrap_or_default() })
}

/// Why a release that is no longer named is shown all the same.
const GONE: &str = "the file that names the current release is gone; the one before is shown";

/// Whether files of what is shown are not those that were loaded, and nobody has been told.
fn is_broken(before: &Collection) -> bool {
    before.refused.is_none() && before.shown().is_some_and(|shown| !shown.seal.is_unbroken())
}

/// Whether the release on disk is the one that is shown, or that could not be loaded.
fn is_known(before: &Collection, found: &store::Result<Option<Release>>) -> bool {
    match (found, &before.refused) {
        (Ok(Some(found)), Some(refused)) => refused.release.as_ref() == Some(&found.id),
        (Ok(Some(found)), None) => {
            before.shown().is_some_and(|shown| shown.market.release.id == found.id)
        }
        (Ok(None), None) => matches!(before.loaded, Loaded::NotBuilt),
        (Ok(None), Some(refused)) => refused.reason == GONE,
        (Err(error), refused) => {
            let reason = cause_chain(error);
            refused.as_ref().is_some_and(|refused| refused.reason == reason)
        }
    }
}

fn load(
    store: &Store,
    found: store::Result<Option<Release>>,
    kept: Option<Arc<Shown>>,
) -> (Loaded, Option<Refused>) {
    let refused = match found {
        Ok(None) if kept.is_none() => return (Loaded::NotBuilt, None),
        Ok(None) => Refused { release: None, reason: GONE.to_owned() },
        Ok(Some(release)) => {
            let id = release.id.clone();
            match read(store, release) {
                Ok(shown) => {
                    let shown = Arc::new(shown);
                    list_names(&shown);
                    return (Loaded::Ready(shown), None);
                }
                Err(error) => Refused { release: Some(id), reason: cause_chain(&error) },
            }
        }
        Err(error) => Refused { release: None, reason: cause_chain(&error) },
    };
    (kept.map_or(Loaded::Failed, Loaded::Ready), Some(refused))
}

/// Lists beside the requests what can be looked for by name, so that loading does not take longer.
fn list_names(shown: &Arc<Shown>) {
    let listing = Arc::clone(shown);
    let named = thread::Builder::new().name("names".to_owned());
    // Without a thread for it, it is done when it is first wanted.
    drop(named.spawn(move || {
        listing.names();
    }));
}

/// Loads a release whose files are those of its manifests, before it is read and after.
fn read(store: &Store, release: Release) -> analyze::Result<Shown> {
    let seal = store.seal(&release)?;
    let market = Market::of_release(store, release)?;
    let former = why::former_names(store, &market.release)?;
    // Written to meanwhile, they have to be what they were.
    let seal = if seal.is_unbroken() { seal } else { store.seal(&market.release)? };
    let mut shown = Shown::new(store, market);
    shown.seal = seal;
    shown.former = former.into();
    Ok(shown)
}

/// What was received, if more was than before. A listing that fails now is tried again later.
fn received(store: &Store, name: &str, before: Option<&Collection>) -> Option<Arc<Received>> {
    let nothing = Received::default();
    let known = before.map_or(&nothing, |before| &before.received);
    known.refreshed(store, name).ok().flatten().map(Arc::new)
}

/// An error with its causes, in one line.
pub(crate) fn cause_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // A transparent error repeats its source.
        if !text.ends_with(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
