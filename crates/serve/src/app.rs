//! What is shown at one moment: every built collection, and why the others are not.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::received::Received;
use crate::refusal::Refusal;
use crate::shown::Shown;

/// Everything that is shown, in memory; clones share it, and nothing in it changes.
#[derive(Debug, Clone, Default)]
pub(crate) struct App {
    collections: Arc<BTreeMap<String, Collection>>,
}

/// One collection; clones share what is loaded.
#[derive(Debug, Clone)]
pub(crate) struct Collection {
    pub(crate) loaded: Loaded,
    /// The release on disk that cannot be loaded, where there is one.
    pub(crate) refused: Option<Refused>,
    /// What was received for it and is not built from.
    pub(crate) received: Arc<Received>,
}

/// What became of one collection.
#[derive(Debug, Clone)]
pub(crate) enum Loaded {
    /// It can be asked; the release may be older than the one on disk.
    Ready(Arc<Shown>),
    /// Something was received for it, and nothing built.
    NotBuilt,
    /// Its release could not be read, and there is no older one to show.
    Failed,
}

/// A release that could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    /// Its id; `None` where the file that names it cannot be read.
    pub(crate) release: Option<String>,
    /// Why, for the operator.
    pub(crate) reason: String,
}

impl App {
    /// Every collection by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &Collection)> {
        self.collections.iter().map(|(name, collection)| (name.as_str(), collection))
    }

    /// One collection, whatever became of it.
    pub(crate) fn get(&self, name: &str) -> Option<&Collection> {
        self.collections.get(name)
    }

    /// The same with one collection as it is now.
    pub(crate) fn with(&self, name: &str, collection: Collection) -> Self {
        let mut collections = BTreeMap::clone(&self.collections);
        collections.insert(name.to_owned(), collection);
        Self { collections: Arc::new(collections) }
    }

    /// The same without the collections that are not among these names; `None` if all are.
    pub(crate) fn without_others(&self, names: &[String]) -> Option<Self> {
        let mut collections = BTreeMap::clone(&self.collections);
        collections.retain(|name, _| names.contains(name));
        let is_other = collections.len() < self.collections.len();
        is_other.then(|| Self { collections: Arc::new(collections) })
    }

    /// The collections that can be asked, by name.
    pub(crate) fn ready(&self) -> impl Iterator<Item = &Arc<Shown>> {
        self.collections.values().filter_map(Collection::shown)
    }

    /// The collection that is shown when none is named: real before simulated, then the newest
    /// reading, then the most models.
    pub(crate) fn default_collection(&self) -> Option<&Arc<Shown>> {
        self.ready().max_by_key(|shown| {
            let market = &shown.market;
            let is_real = !market.release.is_simulated;
            (is_real, market.data_through, market.model_count())
        })
    }

    /// The collection of this name, or the default one.
    pub(crate) fn collection(&self, name: Option<&str>) -> Result<Arc<Shown>, Refusal> {
        let Some(name) = name else {
            return self.default_collection().cloned().ok_or_else(Refusal::empty);
        };
        match self.get(name).map(|collection| &collection.loaded) {
            Some(Loaded::Ready(shown)) => Ok(Arc::clone(shown)),
            Some(Loaded::NotBuilt) => Err(Refusal::not_built(name)),
            Some(Loaded::Failed) => Err(Refusal::failed(name)),
            None => Err(Refusal::unknown_collection(name, self.all().map(|(name, _)| name))),
        }
    }
}

impl Collection {
    /// What can be asked of it.
    pub(crate) fn shown(&self) -> Option<&Arc<Shown>> {
        match &self.loaded {
            Loaded::Ready(shown) => Some(shown),
            Loaded::NotBuilt | Loaded::Failed => None,
        }
    }
}
