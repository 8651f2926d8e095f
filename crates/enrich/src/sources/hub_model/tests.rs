use schema::Instant;
use serde_json::Value;

use crate::Facts;
use crate::fields::{FileContext, Row};
use crate::problems::Problems;

/// What one of the readers finds in an entry.
pub(super) fn facts_by(read: fn(&mut Row<'_>, &mut Facts), entry: &Value) -> Facts {
    let mut problems = Problems::default();
    let context = FileContext { file: "page.json", now: Instant::from_millis(0) };
    let mut facts = Facts::default();
    read(&mut Row::new(context, 1, entry.as_object().unwrap(), &mut problems), &mut facts);
    facts
}
