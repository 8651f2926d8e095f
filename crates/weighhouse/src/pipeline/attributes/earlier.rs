//! The attributes of an earlier release, of which those that rest on a model alone are taken over.

use schema::Value;
use store::{Column, Layer, RecordBatch, Store, Table, values_of_batch};

use super::{ATTRIBUTES, FINGERPRINT, FINGERPRINTS, KEY};

/// The attributes of an earlier release.
pub(super) struct Earlier {
    attributes: Table,
    /// The keys of its models, rising.
    keys: Vec<String>,
    fingerprints: Vec<i64>,
}

/// What of an earlier release holds for a part of the models.
pub(super) struct Kept {
    /// For each model its row in the batch, where nothing changed that is said of it.
    rows: Vec<Option<u32>>,
    batch: Option<RecordBatch>,
}

impl Earlier {
    pub(super) fn open(store: &Store, collection: &str, name: &str) -> anyhow::Result<Self> {
        let attributes = store.open_table(Layer::Attributes, collection, name, ATTRIBUTES)?;
        let keys = keys(&attributes.read(Some(&[KEY.name]))?)?;
        let table = store.read_table(Layer::Attributes, collection, name, FINGERPRINTS)?;
        let number = |value| if let Value::Integer(number) = value { number } else { 0 };
        let fingerprints = values_of_batch(&table, &FINGERPRINT)?.into_iter().map(number).collect();
        Ok(Self { attributes, keys, fingerprints })
    }

    /// Finds a part of the models again, which lie in the order of their keys, and reads some
    /// columns of those of which nothing changed that is said of them.
    pub(super) fn keep(
        &self,
        models: &RecordBatch,
        fingerprints: &[i64],
        columns: &[Column],
    ) -> anyhow::Result<Kept> {
        let keys = keys(std::slice::from_ref(models))?;
        let mut at = keys.first().map_or(0, |first| self.keys.partition_point(|key| key < first));
        let mut found = Vec::new();
        let mut rows = Vec::with_capacity(keys.len());
        for (key, fingerprint) in keys.iter().zip(fingerprints) {
            while self.keys.get(at).is_some_and(|earlier| earlier < key) {
                at += 1;
            }
            let is_same =
                self.keys.get(at) == Some(key) && self.fingerprints.get(at) == Some(fingerprint);
            rows.push(is_same.then_some(found.len() as u32));
            if is_same {
                found.push(at as u32);
            }
        }
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        Ok(Kept { rows, batch: self.attributes.read_rows(&found, &names)? })
    }
}

impl Kept {
    /// Nothing is kept of so many models.
    pub(super) fn nothing(models: usize) -> Self {
        Self { rows: vec![None; models], batch: None }
    }

    /// For some models that follow each other, their rows in the batch.
    pub(super) fn rows(&self, first: usize, count: usize) -> &[Option<u32>] {
        &self.rows[first..first + count]
    }

    /// What is kept; `None` where nothing is.
    pub(super) fn batch(&self) -> Option<&RecordBatch> {
        self.batch.as_ref()
    }
}

fn keys(batches: &[RecordBatch]) -> anyhow::Result<Vec<String>> {
    let text = |value| if let Value::Text(text) = value { text } else { String::new() };
    Ok(values_of_batch(batches, &KEY)?.into_iter().map(text).collect())
}
