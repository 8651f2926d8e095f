//! One module for each source format, and maps for what is a plain table.
//!
//! A parser is handed an opened file of any size, reads it once or twice from its beginning to its
//! end, and hands over record after record; it never fails and never panics on what it is given.

mod about;
mod arrow_values;
mod content;
mod dated_name;
mod hub_details;
mod hub_listing;
mod hub_model;
mod hub_stats;
mod json_array;
mod json_lines;
mod llmfit;
mod maps;
mod parquet_rows;
mod readme;
mod sink;
mod table_map;

use std::fmt;
use std::io::BufRead;
use std::path::Path;
use std::str::FromStr;

use parquet::file::reader::ChunkReader;
use schema::{Collection, Error};

use crate::fields::FileContext;
use crate::{Parsed, Record};
use content::{NotText, with_text};
use sink::Sink;

pub use content::{Content, Input, Opened};
pub use sink::Summary;
pub use table_map::{ColumnSearch, MapError, TableMap};

/// A kind of file that can be taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Full snapshots of a model radar: JSON lines, the local time in the file's name.
    Radar,
    /// Versions of a catalogue of language models: a JSON array, the commit time in the name.
    LlmFit,
    /// Daily lists of embedding models: CSV, the day in the file's name.
    EmbeddingsTrending,
    /// Recorded answers of the Hub for single models: JSON lines.
    HubDetails,
    /// The released data of *Economies of Open Intelligence*: Parquet.
    OpenModelEvolution,
    /// Daily dumps of the whole listing by `hub-stats`: Parquet.
    HubStats,
    /// Any table; what its columns mean says a [`TableMap`].
    Table,
    /// Pages of the Hub's listing, as `collect` receives them.
    HubListing,
}

impl Source {
    /// Every source that files can be imported from.
    pub const IMPORTABLE: [Self; 7] = [
        Self::Radar,
        Self::LlmFit,
        Self::EmbeddingsTrending,
        Self::HubDetails,
        Self::OpenModelEvolution,
        Self::HubStats,
        Self::Table,
    ];

    /// The source that a raw entry names, importable or not.
    pub fn from_raw_name(name: &str) -> Result<Self, Error> {
        if name == Self::HubListing.name() { Ok(Self::HubListing) } else { name.parse() }
    }

    /// The source's name in commands; files imported from it make the collection of this name,
    /// except for tables, whose map names it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Radar => "radar",
            Self::LlmFit => "llmfit",
            Self::EmbeddingsTrending => "embeddings-trending",
            Self::HubDetails => "hub-details",
            Self::OpenModelEvolution => "open-model-evolution",
            Self::HubStats => "hub-stats",
            Self::Table => "table",
            Self::HubListing => "hub-listing",
        }
    }

    /// Whether a file in a folder looks like one of this source.
    #[must_use]
    pub fn is_file(self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if let Some(map) = maps::of(self) {
            return map.is_file(name);
        }
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        match self {
            Self::HubDetails => extension == "jsonl",
            Self::LlmFit | Self::HubListing => extension == "json",
            Self::HubStats => extension == "parquet" && stem == "models",
            // The others have maps, or are told by one.
            _ => false,
        }
    }

    /// What the source's collection covers; for listings, `collection` says which.
    #[must_use]
    pub fn collection(self, collection: &str) -> Collection {
        about::collection(self, collection)
    }

    /// Parses a small file into records and problems.
    #[must_use]
    pub fn parse(self, input: Input<'_>) -> Parsed {
        let mut records = Vec::new();
        let summary = input.open(|opened| self.read(opened, &mut |record| records.push(record)));
        let Summary { read_at, problems, problem_count, .. } = summary;
        Parsed { records, read_at, problems, problem_count }
    }

    /// Parses a file of any size, handing over each record as it is found.
    ///
    /// A table needs its map: see [`TableMap::read`].
    pub fn read<R: ChunkReader + Clone + 'static>(
        self,
        opened: Opened<'_, R>,
        on_record: &mut dyn FnMut(Record),
    ) -> Summary {
        let Opened { file, content, now, read_at } = opened;
        let mut sink = Sink::new(FileContext { file, now }, on_record);
        let sink_now = &mut sink;
        match self {
            Self::Radar | Self::EmbeddingsTrending | Self::OpenModelEvolution | Self::Table => {
                match maps::of(self) {
                    Some(map) => map.read_into(content, sink_now),
                    None => sink_now.leave_out_rest(None, "a table needs its map".to_owned()),
                }
            }
            Self::HubStats => hub_stats::read(content, sink_now),
            Self::LlmFit => read_text(content, sink_now, llmfit::read),
            Self::HubDetails => read_text(content, sink_now, hub_details::read),
            Self::HubListing => read_text(content, sink_now, |text, sink| {
                hub_listing::read(text, read_at, sink);
            }),
        }
        // What a built-in source does not read is known.
        Summary { unmapped_columns: std::collections::BTreeSet::new(), ..sink.summary() }
    }
}

impl TableMap {
    /// Parses a file of any size, handing over each record as it is found.
    pub fn read<R: ChunkReader + Clone + 'static>(
        &self,
        opened: Opened<'_, R>,
        on_record: &mut dyn FnMut(Record),
    ) -> Summary {
        let context = FileContext { file: opened.file, now: opened.now };
        let mut sink = Sink::new(context, on_record);
        self.read_into(opened.content, &mut sink);
        sink.summary()
    }
}

/// Reads a content that must be text; what is not is a problem of the file.
fn read_text<R: ChunkReader>(
    content: Content<'_, R>,
    sink: &mut Sink<'_>,
    read: impl FnOnce(&mut dyn BufRead, &mut Sink<'_>),
) {
    match with_text(content, |text| read(text, sink)) {
        Ok(()) => {}
        Err(NotText::Other(reason)) => sink.leave_out_rest(Some(1), reason.to_owned()),
        Err(NotText::Broken(fault)) => sink.leave_out_rest(None, fault.to_string()),
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Source {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::IMPORTABLE.into_iter().find(|source| source.name() == text).ok_or_else(|| {
            Error::UnknownName {
                what: "source",
                given: text.to_owned(),
                known: Self::IMPORTABLE.iter().map(ToString::to_string).collect(),
            }
        })
    }
}

#[cfg(test)]
mod tests;
