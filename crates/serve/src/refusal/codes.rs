//! Every kind of error that the API answers with, as its documents list them.

/// A kind of error: stable, so that programs can act on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) name: &'static str,
    /// The HTTP statuses that it comes with.
    pub(crate) statuses: &'static [u16],
    /// When it is answered, and what to do, in one sentence.
    pub(crate) meaning: &'static str,
}

const fn code(name: &'static str, statuses: &'static [u16], meaning: &'static str) -> Code {
    Code { name, statuses, meaning }
}

/// By status, then by name. A code keeps its meaning for as long as `/api/v1` is served.
pub(crate) const CODES: [Code; 20] = [
    code("contradiction", &[400], "Two parts of the question cannot both hold; leave one out."),
    code("missing_parameter", &[400], "A parameter is missing without which there is no question."),
    code("unknown_parameter", &[400], "A parameter means nothing here; the known ones are listed."),
    code("unknown_value", &[400], "An attribute or group has no such value in the collection."),
    code("unreadable", &[400], "A value cannot be read; the detail shows one that can."),
    code(
        "unusable_cursor",
        &[400],
        "The cursor is of another question or release; begin the list again without it.",
    ),
    code(
        "unknown_name",
        &[400, 404],
        "A name of something is not known; the known ones are listed.",
    ),
    code("empty", &[404], "No collection has been built yet."),
    code("no_data", &[404], "The collection has nothing at the time that is asked about."),
    code("not_built", &[404], "The collection was received and is not built yet."),
    code("not_found", &[404], "There is nothing at this address."),
    code(
        "unknown_collection",
        &[404],
        "There is no collection of this name; the known are listed.",
    ),
    code("unknown_model", &[404], "The collection has no model of this id; near ones are listed."),
    code("method_not_allowed", &[405], "The address answers other methods; Allow lists them."),
    code("too_long", &[414], "The address is longer than 8,192 bytes; ask in parts."),
    code("internal", &[500], "The server failed; its terminal says how."),
    code("busy", &[503], "The server has as much to do as it can; ask again after Retry-After."),
    code(
        "collection_failed",
        &[503],
        "The collection's release cannot be loaded and there is none before it; pages and figures \
         answer so, the API with 200 and the quality `blocked`.",
    ),
    code(
        "computing",
        &[503],
        "The answer is asked for the first time since the release and is being computed; ask again \
         after Retry-After.",
    ),
    code("timed_out", &[503], "The answer took longer than a request may; ask for less at once."),
];
