//! The join in parts against the join in memory, which says what is meant.

use proptest::prelude::*;

use super::*;
use crate::tables::{IdentityFinder, Model, SnapshotRecords, Tables};
use crate::{Counters, Facts, Record, Registry, WindowCount};

/// Names that meet: a model that moved, legacy names, names of which one is another's `_id`.
const NAMES: [&str; 7] = [
    "gpt2",
    "openai-community/gpt2",
    "CohereForAI/aya-23-8B",
    "CohereLabs/aya-23-8B",
    "a/one",
    "b/two",
    "id-1",
];
const HUB_IDS: [&str; 3] = ["id-1", "id-2", "id-3"];
/// Around the day on which the models of the list moved (2025-04-16).
const FIRST_MS: i64 = 1_744_700_000_000;
const STEP_MS: i64 = 20_000_000;

prop_compose! {
    fn record()(
        line in 1_u64..4,
        name in prop::sample::select(&NAMES),
        hub_id in prop::option::of(prop::sample::select(&HUB_IDS)),
        step in 0..8_i64,
        counts in prop::collection::vec(prop::option::of(0..5_i64), 4),
        license in prop::option::of("[a-c]"),
        task in prop::option::of("[a-c]"),
        tags in prop::option::of(prop::collection::vec("[a-c]", 0..3)),
        is_moe in prop::option::of(any::<bool>()),
        annotated_developer in prop::option::of("[a-c]"),
    ) -> Record {
        Record {
            line,
            model_id: name.to_owned(),
            hub_id: hub_id.map(str::to_owned),
            at: Instant::from_millis(FIRST_MS + step * STEP_MS),
            counters: Counters {
                downloads_30d: counts[0],
                downloads_all_time: counts[1],
                downloads_window: counts[2].map(|downloads| WindowCount { downloads, days: 7 }),
                likes: counts[3],
            },
            facts: Facts { license, task, tags, is_moe, annotated_developer, ..Facts::default() },
        }
    }
}

/// Joins in parts of so many models, as a build does, with the facts taken from where they stand.
fn join_in_parts(snapshots: &[SnapshotRecords], models_at_once: u32) -> Tables {
    let mut finder = IdentityFinder::new(Registry::builtin());
    for snapshot in snapshots {
        finder.begin_snapshot();
        for record in &snapshot.records {
            finder.see(&record.model_id, record.hub_id.as_deref(), record.at);
        }
    }
    let identities = finder.finish();
    let mut tables = Tables::default();
    for start in (0..identities.model_count()).step_by(models_at_once as usize) {
        let models = start..identities.model_count().min(start + models_at_once);
        let records = snapshots.iter().flat_map(|snapshot| {
            let rows = identities.rows_of(snapshot.snapshot, &models);
            let short = |row| short(snapshot, row, &identities);
            rows.into_iter().map(short).collect::<Vec<_>>()
        });
        let merged = merge(&models, records.collect());
        let rows = merged.identity_values(&identities);
        for place in 0..models.len() {
            let own = rows.iter().map(|column| column[place].clone());
            let facts = merged.facts.iter().enumerate().map(|(fact, places)| {
                let Some(at) = places[place] else { return Value::Null };
                let record = &snapshots[at.snapshot as usize].records[at.row as usize];
                record.facts.clone().into_values().swap_remove(fact)
            });
            tables.models.push(model(own.collect(), facts.collect()));
        }
        tables.former_ids.extend(merged.former_ids(&identities));
        tables.readings.extend(merged.readings);
    }
    tables
}

fn model(own: Vec<Value>, facts: Vec<Value>) -> Model {
    let own: [Value; 5] = own.try_into().unwrap();
    let [Value::Text(key), Value::Text(model_id), hub_id, first, last] = own else {
        panic!("a model has a key and an id")
    };
    let instant = |value| match value {
        Value::Instant(at) => at,
        other => panic!("{other:?} is no instant"),
    };
    Model {
        key,
        model_id,
        hub_id: if let Value::Text(hub_id) = hub_id { Some(hub_id) } else { None },
        first_seen_at: instant(first),
        last_seen_at: instant(last),
        facts: Facts::from_values(&mut facts.into_iter()),
    }
}

fn short(snapshot: &SnapshotRecords, row: u32, identities: &Identities) -> ShortRecord {
    let record = &snapshot.records[row as usize];
    let facts = record.facts.clone().into_values();
    let known = facts.iter().enumerate().filter(|(_, value)| !value.is_null());
    ShortRecord {
        identity: identities.of_row(snapshot.snapshot, row),
        at: record.at,
        snapshot: snapshot.snapshot,
        line: record.line as i64,
        ordinal: i64::from(row),
        row,
        counters: record.counters,
        known_facts: known.map(|(fact, _)| 1 << fact).sum(),
    }
}

proptest! {
    #[test]
    fn the_join_in_parts_is_the_join_in_memory(
        snapshots in prop::collection::vec(prop::collection::vec(record(), 0..12), 1..4),
        models_at_once in 1_u32..5,
    ) {
        let snapshots: Vec<SnapshotRecords> = snapshots
            .into_iter()
            .enumerate()
            .map(|(index, records)| SnapshotRecords { snapshot: index as u32, records })
            .collect();
        let whole = Tables::join(Registry::builtin(), snapshots.clone());
        prop_assert_eq!(join_in_parts(&snapshots, models_at_once), whole);
    }
}
