use super::*;

fn record(id: &str, hub_id: Option<&str>, at: &str, downloads: i64) -> Record {
    Record {
        line: 1,
        model_id: id.to_owned(),
        hub_id: hub_id.map(str::to_owned),
        at: Instant::parse(at).unwrap(),
        counters: Counters { downloads_30d: Some(downloads), ..Counters::default() },
        facts: Facts::default(),
    }
}

fn join(records: &[Record]) -> Tables {
    let snapshots = records.iter().enumerate().map(|(index, record)| SnapshotRecords {
        snapshot: index as u32,
        records: vec![record.clone()],
    });
    Tables::join(Registry::builtin(), snapshots.collect())
}

fn ids(tables: &Tables) -> Vec<(&str, usize)> {
    let readings =
        |index: usize| tables.readings.iter().filter(|r| r.model as usize == index).count();
    tables.models.iter().enumerate().map(|(i, m)| (m.model_id.as_str(), readings(i))).collect()
}

#[test]
fn a_rename_keeps_one_series() {
    let renamed = join(&[
        record("old/name", Some("1"), "2026-01-01T00:00:00Z", 5),
        record("new/name", Some("1"), "2026-01-08T00:00:00Z", 6),
    ]);
    assert_eq!(ids(&renamed), [("new/name", 2)]);
}

#[test]
fn a_recreated_name_is_a_new_model() {
    let recreated = join(&[
        record("a/name", Some("1"), "2026-01-01T00:00:00Z", 5),
        record("a/name", Some("2"), "2026-01-08T00:00:00Z", 6),
    ]);
    assert_eq!(ids(&recreated), [("a/name", 1), ("a/name", 1)]);
}

#[test]
fn ids_without_a_namespace_join_the_model_that_moved() {
    let moved = join(&[
        record("bert-base-uncased", None, "2023-01-01T00:00:00Z", 5),
        record("google-bert/bert-base-uncased", Some("621f"), "2026-01-08T00:00:00Z", 6),
    ]);
    assert_eq!(ids(&moved), [("google-bert/bert-base-uncased", 2)]);
}

#[test]
fn a_transfer_to_another_owner_keeps_one_series() {
    let transferred = join(&[
        record("CohereForAI/aya-23-8B", None, "2025-01-01T00:00:00Z", 5),
        record("CohereLabs/aya-23-8B", None, "2026-01-08T00:00:00Z", 6),
    ]);
    assert_eq!(ids(&transferred), [("CohereLabs/aya-23-8B", 2)]);
}

#[test]
fn a_name_that_was_given_up_and_created_anew_is_a_new_model() {
    let recreated = join(&[
        record("CohereForAI/aya-23-8B", Some("1"), "2025-01-01T00:00:00Z", 5),
        record("CohereLabs/aya-23-8B", Some("1"), "2026-01-08T00:00:00Z", 6),
        record("CohereForAI/aya-23-8B", Some("2"), "2026-01-08T00:00:00Z", 1),
    ]);
    assert_eq!(ids(&recreated), [("CohereLabs/aya-23-8B", 2), ("CohereForAI/aya-23-8B", 1)]);
}

#[test]
fn an_id_without_a_namespace_joins_before_and_after_the_move() {
    let moved = join(&[
        record("gpt2", None, "2023-01-01T00:00:00Z", 5),
        record("openai-community/gpt2", None, "2024-06-01T00:00:00Z", 6),
        record("gpt2", None, "2026-01-01T00:00:00Z", 7),
    ]);
    assert_eq!(ids(&moved), [("openai-community/gpt2", 3)]);
}

#[test]
fn newer_facts_win_and_older_ones_stay_where_the_newer_say_nothing() {
    let mut first = record("a/b", None, "2026-01-01T00:00:00Z", 5);
    first.facts.license = Some("mit".into());
    first.facts.task = Some("fill-mask".into());
    let mut second = record("a/b", None, "2026-01-08T00:00:00Z", 6);
    second.facts.license = Some("apache-2.0".into());
    for order in [[&first, &second], [&second, &first]] {
        let tables = join(&order.map(Clone::clone));
        let facts = &tables.models[0].facts;
        assert_eq!(facts.license.as_deref(), Some("apache-2.0"));
        assert_eq!(facts.task.as_deref(), Some("fill-mask"));
    }
}
