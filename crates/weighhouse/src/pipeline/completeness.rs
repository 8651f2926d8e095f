//! Each whole snapshot held against the one before it.

use collect::{Comparison, Tally, findings as judge};
use schema::Instant;
use store::{Census, Layer, Store, decode};

use super::pages::Receiving;

/// A snapshot that later ones are held against.
pub(crate) struct Earlier {
    pub name: String,
    pub at: Instant,
    pub census: Census,
}

/// The last whole snapshot of a collection that was found sound.
pub(crate) fn last_sound(store: &Store, collection: &str) -> store::Result<Option<Earlier>> {
    for name in store.entries(Layer::Raw, collection)?.into_iter().rev() {
        let Some(raw) = store.manifest(Layer::Raw, collection, &name)?.raw else { continue };
        if raw.is_partial || !store.is_sound(collection, &name, &raw)? {
            continue;
        }
        let at = raw.read_at.as_deref().and_then(|at| Instant::parse(at).ok());
        if let (Some(at), Some(census)) = (at, raw.census) {
            return Ok(Some(Earlier { name, at, census }));
        }
    }
    Ok(None)
}

/// What about a new snapshot is outside tolerance, a line each; nothing if it is sound.
///
/// What falls outside may be the Hub's own change and not a loss of ours. Only a person can tell:
/// two readings that are cut short by the same limit would agree with each other.
pub(crate) fn findings(
    store: &Store,
    collection: &str,
    before: Option<&Earlier>,
    receiving: &mut Receiving,
    is_whole: bool,
) -> anyhow::Result<Vec<String>> {
    let days = before.map_or(0.0, |before| receiving.at().days_since(before.at));
    let vanished = match before.filter(|_| is_whole) {
        Some(before) => {
            let mut earlier = tally(store, collection, &before.name)?;
            Some(earlier.vanished_in(receiving.tally()))
        }
        None => None,
    };
    let now = receiving.census();
    let before = before.map(|before| &before.census);
    Ok(judge(&Comparison { before, now: &now, days, vanished }))
}

/// The models of a snapshot, read from its pages once more.
fn tally(store: &Store, collection: &str, entry: &str) -> anyhow::Result<Tally> {
    let mut tally = Tally::default();
    for piece in store.pieces(collection, entry)? {
        let body = decode(&store.read_file(Layer::Raw, collection, entry, &piece.file)?).bytes;
        tally.add(&body, piece.about["entry_count"].as_u64().unwrap_or(u64::MAX));
    }
    Ok(tally)
}
