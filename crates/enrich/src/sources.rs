//! One module for each source format.
//!
//! A parser takes decoded bytes and returns records and problems; it never fails and never
//! panics on what it is given.

mod dated_name;
mod embeddings_trending;
mod hub_details;
mod hub_listing;
mod hub_model;
mod hub_stats;
mod json_array;
mod json_lines;
mod llmfit;
mod open_model_evolution;
mod parquet_rows;
mod radar;

use std::collections::HashSet;
use std::fmt;
use std::path::Path;
use std::str::FromStr;

use schema::{Collection, Error, Instant, Problem, Severity};

use crate::Parsed;
use crate::fields::FileContext;

/// With these a text in UTF-16 begins, and no file that we take does.
const UTF_16_MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

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
    /// Pages of the Hub's listing, as `collect` receives them.
    HubListing,
}

/// A file to be parsed.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The file's name, as the person who imports it knows it.
    pub file: &'a str,
    /// Its bytes after decompression.
    pub bytes: &'a [u8],
    /// What went wrong in decompression.
    pub fault: Option<&'a str>,
    /// The present, which no date may lie beyond.
    pub now: Instant,
    /// When the bytes were read, where the file itself does not say.
    pub read_at: Option<Instant>,
}

impl<'a> Input<'a> {
    fn context(&self) -> FileContext<'a> {
        FileContext { file: self.file, now: self.now }
    }

    fn file_problem(&self, line: Option<u64>, reason: String) -> Problem {
        Problem {
            file: self.file.to_owned(),
            line,
            model: None,
            field: String::new(),
            reason,
            severity: Severity::File,
        }
    }
}

impl Source {
    /// Every source that files can be imported from.
    pub const IMPORTABLE: [Self; 6] = [
        Self::Radar,
        Self::LlmFit,
        Self::EmbeddingsTrending,
        Self::HubDetails,
        Self::OpenModelEvolution,
        Self::HubStats,
    ];

    /// The source that a raw entry names, importable or not.
    pub fn from_raw_name(name: &str) -> Result<Self, Error> {
        if name == Self::HubListing.name() { Ok(Self::HubListing) } else { name.parse() }
    }

    /// The source's name in commands; files imported from it make the collection of this name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Radar => "radar",
            Self::LlmFit => "llmfit",
            Self::EmbeddingsTrending => "embeddings-trending",
            Self::HubDetails => "hub-details",
            Self::OpenModelEvolution => "open-model-evolution",
            Self::HubStats => "hub-stats",
            Self::HubListing => "hub-listing",
        }
    }

    /// Whether a file in a folder looks like one of this source.
    #[must_use]
    pub fn is_file(self, path: &Path) -> bool {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let name = name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").or(name.strip_suffix(".zst")).unwrap_or(&name);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        match self {
            Self::Radar | Self::HubDetails => extension == "jsonl",
            Self::LlmFit | Self::HubListing => extension == "json",
            Self::EmbeddingsTrending => extension == "csv",
            Self::OpenModelEvolution => extension == "parquet",
            Self::HubStats => extension == "parquet" && stem == "models",
        }
    }

    /// What the source's collection covers; for listings, `collection` says which.
    #[must_use]
    pub fn collection(self, collection: &str) -> Collection {
        let is_simulated = collection.starts_with(SIMULATED);
        let (title, covers, source) = if is_simulated { INVENTED } else { describe(self) };
        Collection {
            name: collection.to_owned(),
            title: if self == Self::HubListing { hub_title(collection) } else { title.to_owned() },
            covers: covers.to_owned(),
            source: source.to_owned(),
            is_simulated,
        }
    }

    /// Parses a file into records and problems.
    #[must_use]
    pub fn parse(self, input: Input<'_>) -> Parsed {
        if UTF_16_MARKS.iter().any(|mark| input.bytes.starts_with(mark)) {
            let reason = "the file is UTF-16; expected UTF-8".to_owned();
            return Parsed {
                problems: vec![input.file_problem(Some(1), reason)],
                ..Parsed::default()
            };
        }
        let mut parsed = match self {
            Self::Radar => radar::parse(input),
            Self::LlmFit => llmfit::parse(input),
            Self::EmbeddingsTrending => embeddings_trending::parse(input),
            Self::HubDetails => hub_details::parse(input),
            Self::OpenModelEvolution => open_model_evolution::parse(input),
            Self::HubStats => hub_stats::parse(input),
            Self::HubListing => hub_listing::parse(input),
        };
        if let Some(fault) = input.fault {
            parsed.problems.push(input.file_problem(None, fault.to_owned()));
        }
        leave_out_duplicates(&mut parsed, input.file);
        parsed
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

/// The beginning of the names of collections that a simulated Hub invented.
const SIMULATED: &str = "simulated-";
const INVENTED: (&str, &str, &str) = (
    "Simulated Hub",
    "Models that exist nowhere but in weighhouse's simulated Hub.",
    "weighhouse's simulated Hub",
);

fn describe(source: Source) -> (&'static str, &'static str, &'static str) {
    match source {
        Source::Radar => (
            "Model radar",
            "Models that the radar's author had seen, most of them created in August 2026; shares \
             are shares of this panel, not of the Hub.",
            "github.com/686f6c61/radar-huggingface-dataset (CC-BY-4.0)",
        ),
        Source::LlmFit => (
            "llmfit catalogue",
            "Language models listed by the llmfit tool, 33 to about 1,100 of them at irregular \
             dates; a model's absence is the catalogue's choice.",
            "github.com/AlexsJones/llmfit (MIT)",
        ),
        Source::EmbeddingsTrending => (
            "Trending embedding models",
            "Feature-extraction models on a daily list; absence means not on the list that day.",
            "github.com/do-me/trending-huggingface-models (MIT)",
        ),
        Source::HubDetails => (
            "Recorded model details",
            "Single models whose answers of the Hub were recorded by its client's tests.",
            "github.com/huggingface/huggingface_hub test cassettes (Apache-2.0)",
        ),
        Source::OpenModelEvolution => (
            "Economies of Open Intelligence, released data",
            "About 2,000 models that the paper's authors annotated; models created after July \
             2025 never enter.",
            "Hub data set mmpr/open_model_evolution_data",
        ),
        Source::HubStats => (
            "hub-stats dumps",
            "All public models of the Hub on the days that were dumped.",
            "Hub data set cfahlgren1/hub-stats (Apache-2.0)",
        ),
        Source::HubListing => (
            "Hugging Face Hub",
            "Public models of the Hub, as its listing showed them.",
            "huggingface.co, read by weighhouse",
        ),
    }
}

fn hub_title(collection: &str) -> String {
    let (prefix, name) = match collection.strip_prefix(SIMULATED) {
        Some(name) => ("Simulated Hub", name),
        None => ("Hugging Face Hub", collection),
    };
    match name.strip_prefix("hub-top-").and_then(|rest| rest.rsplit_once('-')) {
        Some((sort, limit)) => format!("{prefix}, top {limit} by {sort}"),
        None => prefix.to_owned(),
    }
}

/// Keeps the first reading of a model at an instant; a second one is a problem.
fn leave_out_duplicates(parsed: &mut Parsed, file: &str) {
    let mut seen = HashSet::new();
    let problems = &mut parsed.problems;
    parsed.records.retain(|record| {
        let is_first = seen.insert((record.model_id.clone(), record.at));
        if !is_first {
            problems.push(Problem {
                file: file.to_owned(),
                line: Some(record.line),
                model: Some(record.model_id.clone()),
                field: String::new(),
                reason: "the model was read before at the same time".to_owned(),
                severity: Severity::Row,
            });
        }
        is_first
    });
}

#[cfg(test)]
mod tests;
