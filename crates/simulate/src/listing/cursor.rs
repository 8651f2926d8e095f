//! Where a page begins: a condition on keys, in the Hub's own form.

use schema::Instant;
use serde_json::{Value, json};

use super::{Order, Place, Sort};
use crate::base64;
use crate::entry::{halves, timestamp};
use crate::model::ObjectId;

/// A place in an order after which a page begins.
///
/// It names no position, so it stays good when models are added or removed before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    sort: Sort,
    key: i64,
    object_id: ObjectId,
}

impl Cursor {
    /// The cursor for the page after `place`.
    pub(crate) const fn after(sort: Sort, place: &Place) -> Self {
        Self { sort, key: place.key, object_id: place.object_id }
    }

    /// Reads a cursor that was made for this order; `None` for anything else.
    pub(crate) fn read(text: &str, sort: Sort) -> Option<Self> {
        let condition: Value = serde_json::from_slice(&base64::decode(text)?).ok()?;
        let first = condition.get("$or")?.get(0)?;
        let object_id = ObjectId::parse(first.get("_id")?.get("$gt")?.as_str()?)?;
        let key = key(first.get(sort.name())?, sort)?;
        Some(Self { sort, key, object_id })
    }

    /// The cursor as text: base64 of its condition.
    pub(crate) fn to_text(&self) -> String {
        // Written by hand to keep the members in the Hub's order.
        let name = self.sort.name();
        let key = value(self.key, self.sort);
        let id = self.object_id;
        let condition = format!(
            r#"{{"$or":[{{"{name}":{key},"_id":{{"$gt":"{id}"}}}},{{"{name}":{{"$lt":{key}}}}},{{"{name}":null}}]}}"#
        );
        base64::encode(condition.as_bytes())
    }

    /// The first place of the order that the condition admits.
    pub(crate) fn start(&self, order: &Order) -> usize {
        order.partition_point(|place| {
            place.key > self.key || (place.key == self.key && place.object_id <= self.object_id)
        })
    }
}

fn value(key: i64, sort: Sort) -> Value {
    match sort {
        Sort::CreatedAt | Sort::LastModified => json!(timestamp(Instant::from_millis(key))),
        Sort::TrendingScore => halves(key.cast_unsigned()),
        Sort::Downloads | Sort::Likes => json!(key),
    }
}

fn key(value: &Value, sort: Sort) -> Option<i64> {
    match sort {
        Sort::CreatedAt | Sort::LastModified => {
            Instant::parse(value.as_str()?).ok().map(Instant::millis)
        }
        Sort::TrendingScore => value.as_f64().map(|score| (score * 2.0).round() as i64),
        Sort::Downloads | Sort::Likes => value.as_i64(),
    }
}
