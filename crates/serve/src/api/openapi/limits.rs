//! What each parameter of the API can be, from the same lists that read it.

use analyze::EventKind;
use analyze::claims::with_curves;
use analyze::results::RESULTS;
use schema::{Flagged, Measure, Statistic, Window};
use utoipa::openapi::schema::{Object, ObjectBuilder, Schema, Type};

use crate::api::search::MOST as MOST_FOUND;
use crate::cursor::MOST_LIMIT;
use crate::names::Kind;
use crate::parameters::MOST_VALUE;

const DAY: &str = r"\d{4}-\d{2}-\d{2}";
const WEEK: &str = r"^(\d{4}-\d{2}-\d{2}|\d{4}-W\d{2})$";
const PERIOD: &str = r"(\.\.)?\d{4}(-Q[1-4]|-\d{2})?";
const CURSOR: &str = r"^[0-9a-f]{1,16}\.[0-9a-f]{1,16}\.[0-9a-f]{16}$";
const CHANGE: &str = r"^[^=;]{1,200}=[^=;]{1,200}(;[^=;]{1,200}=[^=;]{1,200}){0,9}$";

/// What a parameter of an address can be; nothing where the handler has said all there is.
pub(super) fn schema(path: &str, name: &str) -> Option<Schema> {
    let object = match (path, name) {
        (_, "measure") => one_of(Measure::ALL.map(Measure::name)),
        (_, "flagged") => one_of(Flagged::ALL.map(Flagged::name)),
        (_, "sampling") => one_of(["yes", "no"]),
        (_, "attribution") => one_of(["uploader", "developer"]),
        (_, "weight") => one_of(["measure", "model"]),
        (_, "window") => windows(),
        ("/api/v1/counter-events", "kind") => one_of(EventKind::ALL.map(EventKind::name)),
        ("/api/v1/results/{name}", "name") => one_of(RESULTS.iter().map(|result| result.name)),
        ("/api/v1/robustness/{claim}", "claim") => one_of(with_curves().map(|claim| claim.name)),
        ("/api/v1/query", "stat") => text(Some(list_of(&statistics()))),
        ("/api/v1/averages", "stat") => text(Some(list_of("mean|median|p[1-9][0-9]?"))),
        (_, "as_of") => text(Some(format!("^{DAY}(T[0-9:]{{8}}Z)?$"))),
        (_, "from" | "to") => text(Some(WEEK.to_owned())),
        (_, "period") => text(Some(list_of(PERIOD))),
        (_, "cursor") => text(Some(CURSOR.to_owned())),
        (_, "where") => text(Some("^[^=,]{1,100}=[^=,]{1,100}(,.*)?$".to_owned())),
        (_, "merge" | "reclassify") => text(Some(CHANGE.to_owned())),
        (_, "remove") => text(None),
        ("/api/v1/search", "kind") => one_of(Kind::ALL.map(Kind::name)),
        ("/api/v1/search", "limit") => number(Some(MOST_FOUND)),
        (_, "limit") => number(Some(MOST_LIMIT)),
        // More than there are, or than an answer holds, are all that can be had.
        (_, "top") => number(None),
        (_, "collection" | "group" | "of" | "model" | "attribute" | "q") => text(None),
        _ => return None,
    };
    Some(Schema::Object(object))
}

fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).build()
}

fn windows() -> Object {
    let weeks = Window::ALL.map(Window::weeks);
    ObjectBuilder::new().schema_type(Type::Integer).enum_values(Some(weeks)).build()
}

fn text(pattern: Option<String>) -> Object {
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1));
    text.max_length(Some(MOST_VALUE)).pattern(pattern).build()
}

fn number(most: Option<usize>) -> Object {
    let number = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1));
    number.maximum(most).build()
}

fn statistics() -> String {
    Statistic::ALL.map(Statistic::name).join("|")
}

/// One or more of something, separated by commas.
fn list_of(one: &str) -> String {
    format!("^({one})(,({one}))*$")
}
