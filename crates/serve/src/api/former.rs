//! Names that models had before, in the shape in which they are sent.

use schema::Instant;
use serde::Serialize;
use utoipa::ToSchema;
use why::Former;

use crate::parts::day;

/// A name that a model had before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct FormerName {
    /// The id that it had.
    pub id: String,
    /// How that is known: by `readings` of the same `_id` of the Hub, or by the `registry`.
    pub known_by: &'static str,
    /// Until when it had it, as far as is known (RFC 3339): its last reading under it; by the
    /// registry, the day by which it was renamed.
    pub until: String,
}

/// A model that had the same name before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Namesake {
    /// The id that it has now.
    pub model: String,
    /// Until when it had the name, as far as is known (RFC 3339).
    pub until: String,
}

impl FormerName {
    /// How it is known and until when, as it stands in brackets behind the name.
    pub(crate) fn said(&self) -> String {
        let until =
            Instant::parse(&self.until).map_or_else(|_| self.until.clone(), |at| day(at.day()));
        match self.known_by {
            "registry" => format!("renamed by {until}, as the registry knows"),
            _ => format!("last read under it on {until}"),
        }
    }
}

impl From<&Former> for FormerName {
    fn from(former: &Former) -> Self {
        Self {
            id: former.id.clone(),
            known_by: former.known.name(),
            until: former.known.until().to_string(),
        }
    }
}

impl From<&Former> for Namesake {
    fn from(former: &Former) -> Self {
        Self { model: former.current.clone(), until: former.known.until().to_string() }
    }
}
