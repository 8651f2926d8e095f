//! Where files come from, which says how they are read and what they cover.

use std::path::Path;

use anyhow::Context;
use enrich::{Opened, Record, Source, Summary, TableMap};
use schema::{Collection, Instant};
use store::{Content, Draft, Layer, Store, decode};

use super::raw::RawEntry;

/// The map of a table's columns, beside the table.
pub(super) const MAP: &str = "map.toml";

/// Where files come from, which says how they are read.
#[derive(Debug, Clone)]
pub(crate) enum Origin {
    /// A source that weighhouse knows.
    Known(Source),
    /// Any table, by a map of its columns and the text of that map.
    Table(Box<TableMap>, String),
}

impl Origin {
    /// The origin of a raw entry.
    pub(crate) fn of_entry(
        store: &Store,
        collection: &str,
        entry: &RawEntry,
    ) -> anyhow::Result<Self> {
        let Some(file) = &entry.map else {
            return Ok(Self::Known(Source::from_raw_name(&entry.description.source)?));
        };
        let bytes = store.read_file(Layer::Raw, collection, &entry.name, file)?;
        let text = String::from_utf8(decode(&bytes).bytes).context("the map is not UTF-8")?;
        Self::of_map(text)
    }

    /// The origin of tables that are read by a map.
    pub(crate) fn of_map(text: String) -> anyhow::Result<Self> {
        Ok(Self::Table(Box::new(TableMap::parse(&text)?), text))
    }

    /// The source, as a raw entry names it.
    pub(crate) fn source(&self) -> Source {
        match self {
            Self::Known(source) => *source,
            Self::Table(..) => Source::Table,
        }
    }

    /// The map, for tables.
    pub(crate) fn map(&self) -> Option<&TableMap> {
        match self {
            Self::Known(_) => None,
            Self::Table(map, _) => Some(map),
        }
    }

    /// The name of the collection that imported files make.
    pub(crate) fn collection_name(&self) -> String {
        match self {
            Self::Known(source) => source.name().to_owned(),
            Self::Table(map, _) => map.collection().name,
        }
    }

    /// What a collection of this origin covers.
    pub(crate) fn about(&self, collection: &str) -> Collection {
        match self {
            Self::Known(source) => source.collection(collection),
            Self::Table(map, _) => map.collection(),
        }
    }

    /// Whether a file in a folder looks like one of this origin.
    pub(crate) fn is_file(&self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        match self {
            Self::Known(source) => source.is_file(path),
            Self::Table(map, _) => map.is_file(name),
        }
    }

    /// How many parts of a path, from its end, make a file's name; a folder that holds its date
    /// belongs to it.
    pub(crate) fn name_parts(&self) -> usize {
        match self {
            Self::Known(Source::HubStats) => 2,
            Self::Known(_) => 1,
            Self::Table(map, _) => map.name_parts(),
        }
    }

    /// The name under which messages speak of a file.
    pub(crate) fn file_name(&self, path: &Path) -> String {
        let names = path.components().rev().take(self.name_parts());
        let mut names: Vec<_> = names.map(|part| part.as_os_str().to_string_lossy()).collect();
        names.reverse();
        names.join("/")
    }

    /// Reads a file of this origin, handing over each record as it is found.
    pub(crate) fn read(
        &self,
        named: &Named<'_>,
        content: Content,
        on_record: &mut dyn FnMut(Record),
    ) -> Summary {
        let read = |opened: Opened<'_, store::Parts>| match self {
            Self::Known(source) => source.read(opened, on_record),
            Self::Table(map, _) => map.read(opened, on_record),
        };
        named.open(content, read)
    }

    /// Writes what reading needs beside the bytes.
    pub(super) fn write(&self, draft: &mut Draft) -> store::Result<()> {
        match self {
            Self::Known(_) => Ok(()),
            Self::Table(_, text) => draft.write_received(MAP, text.as_bytes()),
        }
    }
}

/// What is known of a file beside its content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'a> {
    /// Its name in messages.
    pub file: &'a str,
    /// The present, which no date may lie beyond.
    pub now: Instant,
    /// When it was read, where the file itself does not say.
    pub read_at: Option<Instant>,
}

impl Named<'_> {
    /// Hands a content that the store opened to whoever reads it.
    pub(crate) fn open<T>(
        &self,
        content: Content,
        use_it: impl FnOnce(Opened<'_, store::Parts>) -> T,
    ) -> T {
        let Self { file, now, read_at } = *self;
        match content {
            Content::Parts(parts) => {
                use_it(Opened { file, now, read_at, content: enrich::Content::Parts(parts) })
            }
            Content::Text(mut text) => {
                use_it(Opened { file, now, read_at, content: enrich::Content::Text(&mut text) })
            }
        }
    }
}

/// What a collection covers, as its newest whole entry says; a part, as the details of some models,
/// says it only where there is nothing else.
pub(crate) fn about(
    store: &Store,
    collection: &str,
    entries: &[RawEntry],
) -> anyhow::Result<Collection> {
    let newest = entries
        .iter()
        .max_by_key(|entry| (!entry.description.is_partial, &entry.description.received_at));
    let newest = newest.context("there is no raw entry")?;
    Ok(Origin::of_entry(store, collection, newest)?.about(collection))
}
