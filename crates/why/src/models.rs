//! The models of a release at hand, for questions about one after another.

use std::sync::{Mutex, OnceLock, PoisonError};

use enrich::Registry;
use schema::{Value, ValueType};
use store::{Column, Layer, Release, Store, Table, values_of_batch};

use crate::former::{Former, former_of};
use crate::kinship::Bases;
use crate::lineage::lineage_of;
use crate::model::{ATTRIBUTES, MODELS};
use crate::texts::{Coded, Texts};
use crate::{Error, Result};

/// The models of a release, and what is kept of all of them to answer about one.
///
/// To read that takes seconds where there are a million, and to answer from it milliseconds. Each
/// part is read when it is first wanted; who else wants it meanwhile waits.
#[derive(Debug)]
pub struct Models {
    pub(crate) store: Store,
    pub(crate) release: Release,
    reading: Mutex<()>,
    names: OnceLock<Names>,
    bases: OnceLock<Bases>,
    members: OnceLock<Members>,
}

impl Models {
    /// Those of a release, of which nothing is read yet.
    #[must_use]
    pub fn of(store: &Store, release: &Release) -> Self {
        Self {
            store: store.clone(),
            release: release.clone(),
            reading: Mutex::default(),
            names: OnceLock::new(),
            bases: OnceLock::new(),
            members: OnceLock::new(),
        }
    }

    /// The table of what is known of each.
    pub(crate) fn table(&self) -> Result<Table> {
        let Release { collection, tables, .. } = &self.release;
        Ok(self.store.open_table(Layer::Tables, collection, tables, MODELS)?)
    }

    /// The table of what was derived of each.
    pub(crate) fn attributes(&self) -> Result<Table> {
        let Release { collection, attributes, .. } = &self.release;
        Ok(self.store.open_table(Layer::Attributes, collection, attributes, ATTRIBUTES)?)
    }

    pub(crate) fn names(&self) -> Result<&Names> {
        self.kept(&self.names, || {
            let ids = Texts::read(&self.table()?.read(Some(&["model_id"]))?, "model_id")?;
            let former = former_of(&self.store, &self.release, &|row| ids.get(row))?;
            Ok(Names { ids, former })
        })
    }

    pub(crate) fn bases(&self) -> Result<&Bases> {
        self.kept(&self.bases, || {
            Ok(Bases::of(&lineage_of(&self.table()?, None, Registry::builtin())?))
        })
    }

    pub(crate) fn members(&self) -> Result<&Members> {
        self.kept(&self.members, || {
            let batches = self.attributes()?.read(Some(&Members::COLUMNS))?;
            let [families, roles, derivations, sums] = Members::COLUMNS;
            let [families, roles, derivations] =
                [families, roles, derivations].map(|name| Coded::read(&batches, name));
            let sums = Column { name: sums, value_type: ValueType::Integer };
            let sum = |value| if let Value::Integer(sum) = value { Some(sum) } else { None };
            let downloads_30d = values_of_batch(&batches, &sums)?.into_iter().map(sum).collect();
            let (families, roles, derivations) = (families?, roles?, derivations?);
            Ok(Members { families, roles, derivations, downloads_30d })
        })
    }

    /// The ids that are near one that is not there.
    pub(crate) fn unknown(&self, given: &str, near: Vec<String>) -> Error {
        let collection = self.release.collection.clone();
        Error::UnknownModel { collection, given: given.to_owned(), near }
    }

    fn kept<'a, T>(
        &self,
        place: &'a OnceLock<T>,
        read: impl FnOnce() -> Result<T>,
    ) -> Result<&'a T> {
        // What is there already is had without waiting for who reads another part.
        if let Some(known) = place.get() {
            return Ok(known);
        }
        let _turn = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        match place.get() {
            Some(known) => Ok(known),
            None => read().map(|found| place.get_or_init(|| found)),
        }
    }
}

/// What models are called, and were.
#[derive(Debug)]
pub(crate) struct Names {
    /// By row.
    pub(crate) ids: Texts,
    /// Names that models had before.
    pub(crate) former: Vec<Former>,
}

/// What the sums of a family are made of, by row.
#[derive(Debug)]
pub(crate) struct Members {
    pub(crate) families: Coded,
    pub(crate) roles: Coded,
    pub(crate) derivations: Coded,
    pub(crate) downloads_30d: Vec<Option<i64>>,
}

impl Members {
    const COLUMNS: [&'static str; 4] = ["family", "role", "derivation", "downloads_30d"];
}
