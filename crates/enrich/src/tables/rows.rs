//! Records as rows of a table, and what the join reads of them.

use std::sync::LazyLock;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, TimestampMillisecondType};
use arrow_array::{Array, PrimitiveArray, RecordBatch};
use schema::{Instant, Value, ValueType};

use super::{FACT_COLUMNS, Identities, Identity};
use crate::{Counters, Record, WindowCount};

/// The columns of the records table before the facts. `ordinal` is the record's place in its entry;
/// `known_facts` has a bit for each of the first 64 facts that is known, the first fact's the
/// lowest, and `more_known_facts` for the next 64.
const OWN_COLUMNS: [(&str, ValueType); 12] = [
    ("ordinal", ValueType::Integer),
    ("line", ValueType::Integer),
    ("model_id", ValueType::Text),
    ("hub_id", ValueType::Text),
    ("at", ValueType::Instant),
    ("downloads_30d", ValueType::Integer),
    ("downloads_all_time", ValueType::Integer),
    ("window_downloads", ValueType::Integer),
    ("window_days", ValueType::Integer),
    ("likes", ValueType::Integer),
    ("known_facts", ValueType::Integer),
    ("more_known_facts", ValueType::Integer),
];

/// The columns of the records table, in order.
pub static RECORD_COLUMNS: LazyLock<Vec<(&'static str, ValueType)>> =
    LazyLock::new(|| [&OWN_COLUMNS[..], FACT_COLUMNS].concat());

/// The columns that tell of which model a record is.
pub const ID_COLUMNS: [&str; 4] = ["ordinal", "model_id", "hub_id", "at"];

/// The columns of a [`ShortRecord`].
pub const SHORT_COLUMNS: [&str; 10] = [
    "ordinal",
    "line",
    "at",
    "downloads_30d",
    "downloads_all_time",
    "window_downloads",
    "window_days",
    "likes",
    "known_facts",
    "more_known_facts",
];

const _: () = assert!(FACT_COLUMNS.len() <= 128, "a bit for each fact");

/// A record without its texts and without what its source says of the model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortRecord {
    /// Of which model it is.
    pub(super) identity: Identity,
    /// When the counters were read.
    pub at: Instant,
    /// The snapshot's place in the list of snapshots.
    pub snapshot: u32,
    /// The line of its file.
    pub line: i64,
    /// Its place in its entry.
    pub ordinal: i64,
    /// Its row in the snapshot's table.
    pub row: u32,
    /// What was read.
    pub counters: Counters,
    /// A bit for each fact that it knows.
    pub known_facts: u128,
}

/// Hands over a record with its place in its entry as a row: each value with the place of its
/// column in [`RECORD_COLUMNS`], in any order.
pub fn give_record(ordinal: u64, record: Record, mut take: impl FnMut(usize, Value)) {
    let Record { line, model_id, hub_id, at, counters, facts } = record;
    let (mut fact, mut known) = (0, 0_u128);
    facts.give(|value| {
        known |= u128::from(!value.is_null()) << fact;
        take(OWN_COLUMNS.len() + fact, value);
        fact += 1;
    });
    let window = counters.downloads_window;
    let own: [Value; OWN_COLUMNS.len()] = [
        (ordinal as i64).into(),
        (line as i64).into(),
        model_id.into(),
        hub_id.into(),
        at.into(),
        counters.downloads_30d.into(),
        counters.downloads_all_time.into(),
        window.map(|window| window.downloads).into(),
        window.map(|window| i64::from(window.days)).into(),
        counters.likes.into(),
        (known as u64).cast_signed().into(),
        ((known >> 64) as u64).cast_signed().into(),
    ];
    own.into_iter().enumerate().for_each(|(column, value)| take(column, value));
}

/// Reads some rows of a snapshot back, which have the [`SHORT_COLUMNS`] in their order.
///
/// # Panics
///
/// When the columns are others, or the batch does not have these rows.
#[must_use]
pub fn short_records(
    batch: &RecordBatch,
    snapshot: u32,
    rows: &[u32],
    identities: &Identities,
) -> Vec<ShortRecord> {
    assert_eq!(batch.num_rows(), rows.len(), "a row each");
    let integers = |column: usize| batch.column(column).as_primitive::<Int64Type>();
    let (ordinal, line) = (integers(0), integers(1));
    let at = batch.column(2).as_primitive::<TimestampMillisecondType>();
    let [downloads_30d, downloads_all_time, window, days, likes] = [3, 4, 5, 6, 7].map(integers);
    let (low, high) = (integers(8), integers(9));
    let bits =
        |column: &PrimitiveArray<Int64Type>, place| u128::from(column.value(place).cast_unsigned());
    let record = |(place, row): (usize, &u32)| ShortRecord {
        identity: identities.of_row(snapshot, *row),
        at: Instant::from_millis(at.value(place)),
        snapshot,
        line: line.value(place),
        ordinal: ordinal.value(place),
        row: *row,
        counters: Counters {
            downloads_30d: known(downloads_30d, place),
            downloads_all_time: known(downloads_all_time, place),
            downloads_window: known(window, place)
                .zip(known(days, place))
                .map(|(downloads, days)| WindowCount { downloads, days: days as u32 }),
            likes: known(likes, place),
        },
        known_facts: bits(low, place) | bits(high, place) << 64,
    };
    rows.iter().enumerate().map(record).collect()
}

fn known(column: &PrimitiveArray<Int64Type>, row: usize) -> Option<i64> {
    column.is_valid(row).then(|| column.value(row))
}
