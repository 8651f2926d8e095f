//! What was received and is not built from, and why.

use std::collections::BTreeSet;

use schema::Instant;
use store::{Layer, RawDescription, Store};

/// The entries of a collection's raw layer, as their manifests tell of them.
///
/// Years of hourly entries are many, and an entry never changes: each manifest is read once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Received {
    /// The names of the entries that were read.
    known: BTreeSet<String>,
    /// Those that are not built from, the newest first.
    pub(crate) set_aside: Vec<SetAside>,
}

/// One entry that is kept and not built from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SetAside {
    /// Its name in the raw layer.
    pub(crate) name: String,
    /// The file's or address's name; empty where it cannot be told.
    pub(crate) file: String,
    /// When it was received.
    pub(crate) received_at: Option<Instant>,
    /// Whether it was received to its end, and then held back.
    pub(crate) is_complete: bool,
    /// Why it is not built from.
    pub(crate) reasons: Vec<String>,
}

impl Received {
    /// The same with the entries that came since; `None` if none did.
    pub(crate) fn refreshed(&self, store: &Store, collection: &str) -> store::Result<Option<Self>> {
        let names: BTreeSet<String> = store.entries(Layer::Raw, collection)?.into_iter().collect();
        if names == self.known {
            return Ok(None);
        }
        let mut set_aside = self.set_aside.clone();
        set_aside.retain(|entry| names.contains(&entry.name));
        set_aside
            .extend(names.difference(&self.known).filter_map(|name| read(store, collection, name)));
        set_aside.sort_by(|a, b| b.received_at.cmp(&a.received_at).then(b.name.cmp(&a.name)));
        Ok(Some(Self { known: names, set_aside }))
    }
}

/// Reads one manifest; `None` where the entry counts.
fn read(store: &Store, collection: &str, name: &str) -> Option<SetAside> {
    let blank = SetAside {
        name: name.to_owned(),
        file: String::new(),
        received_at: None,
        is_complete: false,
        reasons: Vec::new(),
    };
    let Ok(manifest) = store.manifest(Layer::Raw, collection, name) else {
        return Some(SetAside { reasons: vec!["its manifest cannot be read".to_owned()], ..blank });
    };
    let raw = manifest.raw?;
    // A snapshot that was held back counts once someone has accepted it.
    let is_sound = store.is_sound(collection, name, &raw).unwrap_or(false);
    let reasons = reasons(&raw);
    (!is_sound).then(|| SetAside {
        received_at: Instant::parse(&raw.received_at).ok(),
        is_complete: raw.is_complete,
        file: raw.file,
        reasons,
        ..blank
    })
}

fn reasons(raw: &RawDescription) -> Vec<String> {
    let mut reasons = raw.held_back.clone();
    if !raw.is_complete {
        reasons.push("broke off before its end".to_owned());
    }
    reasons
}
