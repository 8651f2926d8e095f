//! What the collections of the built-in sources cover.

use schema::Collection;

use super::{Source, maps};

/// The beginning of the names of collections that a simulated Hub invented.
const SIMULATED: &str = "simulated-";
const INVENTED: (&str, &str, &str) = (
    "Simulated Hub",
    "Models that exist nowhere but in weighhouse's simulated Hub.",
    "weighhouse's simulated Hub",
);

/// What the collection of this name covers, which holds readings of a source.
pub(super) fn collection(source: Source, name: &str) -> Collection {
    let is_simulated = name.starts_with(SIMULATED);
    if let Some(map) = maps::of(source).filter(|_| !is_simulated) {
        return Collection { name: name.to_owned(), ..map.collection() };
    }
    let (title, covers, from) = if is_simulated { INVENTED } else { describe(source) };
    Collection {
        name: name.to_owned(),
        title: if source == Source::HubListing { hub_title(name) } else { title.to_owned() },
        covers: covers.to_owned(),
        source: from.to_owned(),
        is_simulated,
    }
}

fn describe(source: Source) -> (&'static str, &'static str, &'static str) {
    match source {
        Source::LlmFit => (
            "llmfit catalogue",
            "Language models listed by the llmfit tool, 33 to about 1,100 of them at irregular \
             dates; a model's absence is the catalogue's choice.",
            "github.com/AlexsJones/llmfit (MIT)",
        ),
        Source::HubDetails => (
            "Recorded model details",
            "Single models whose answers of the Hub were recorded by its client's tests.",
            "github.com/huggingface/huggingface_hub test cassettes (Apache-2.0)",
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
        // The others are described by their maps.
        _ => ("Imported table", "What its map says.", "its map"),
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
