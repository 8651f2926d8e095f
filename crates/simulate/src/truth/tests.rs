use std::collections::BTreeMap;

use serde_json::Value;

use super::*;
use crate::{EventRates, Hub, Options, world_with_events};

const AT: &str = "2026-09-07T06:00:00Z";

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn economy(models: u64, rates: &EventRates) -> World {
    world_with_events(&Options { models, seed: 9, at: at(AT) }, rates)
}

/// Owner and counter of all time by `_id`, as the listing shows them.
fn listed(hub: &Hub, date: &str) -> BTreeMap<String, (String, u64)> {
    hub.clock().set(at(date));
    let query = "limit=1000&sort=createdAt&expand=author&expand=downloadsAllTime";
    let answer = hub.answer("http://hub.test", "/api/models", query);
    assert_eq!(answer.header("link"), None, "one page holds all");
    let entries: Vec<Value> = serde_json::from_str(answer.text()).unwrap();
    let text = |entry: &Value, key: &str| entry[key].as_str().unwrap().to_owned();
    let entries = entries.iter().map(|entry| {
        let count = entry["downloadsAllTime"].as_u64().unwrap();
        (text(entry, "_id"), (text(entry, "author"), count))
    });
    entries.collect()
}

/// Downloads by owner between two dates, from nothing but what the listing shows.
fn observed(hub: &Hub, from: &str, to: &str) -> BTreeMap<String, u64> {
    let (before, after) = (listed(hub, from), listed(hub, to));
    let mut by_owner = BTreeMap::new();
    for (id, (owner, count)) in after {
        let grown = count - before.get(&id).map_or(0, |(_, count)| *count);
        *by_owner.entry(owner).or_default() += grown;
    }
    by_owner.retain(|_, downloads| *downloads > 0);
    by_owner
}

#[test]
fn an_undisturbed_economy_is_found_by_who_reads_it_on_mondays() {
    let hub = Hub::new(economy(700, &EventRates::NONE), at(AT), None);
    let truth = truth(hub.world(), at(AT));
    let by_owner = observed(&hub, "2026-08-31T00:00:00Z", "2026-09-07T00:00:00Z");
    let total: u64 = by_owner.values().sum();
    assert_eq!(truth.weeks.len(), 8);
    assert_eq!((truth.weeks[7].week.as_str(), truth.weeks[7].downloads), ("2026-08-31", total));
    assert_eq!(
        (truth.last_week.downloads, truth.last_week.owner_count as usize),
        (total, by_owner.len())
    );
    let squares: f64 = by_owner.values().map(|count| (*count as f64 / total as f64).powi(2)).sum();
    assert!((truth.last_week.owner_hhi - squares * 10_000.0).abs() < 1e-6);

    let registry = owners_by_country(hub.world());
    let mut by_country: BTreeMap<Option<&str>, u64> = BTreeMap::new();
    for (owner, downloads) in &by_owner {
        *by_country.entry(registry.get(owner.as_str()).copied()).or_default() += downloads;
    }
    let planted: BTreeMap<Option<&str>, u64> = truth
        .last_week
        .countries
        .iter()
        .map(|country| (country.country_code, country.downloads))
        .collect();
    assert_eq!(planted, by_country);
    let shares: f64 = truth.last_week.countries.iter().map(|country| country.share).sum();
    assert!((shares - 1.0).abs() < 1e-9);
    assert!(truth.last_week.countries.is_sorted_by_key(|country| -country.share));
}

fn owners_by_country(world: &World) -> BTreeMap<String, &'static str> {
    crate::owner_registry(world)
        .into_iter()
        .map(|label| (label.owner, label.country_code))
        .collect()
}

#[test]
fn the_rolling_market_is_the_sum_of_the_rolling_counters() {
    let hub = Hub::new(economy(700, &EventRates::NONE), at(AT), None);
    let truth = truth(hub.world(), at(AT));
    let answer = hub.answer("http://hub.test", "/api/models", "limit=1000&expand=downloads");
    let entries: Vec<Value> = serde_json::from_str(answer.text()).unwrap();
    let total: u64 = entries.iter().map(|entry| entry["downloads"].as_u64().unwrap()).sum();
    assert_eq!((truth.last_30_days.downloads, truth.model_count as usize), (total, entries.len()));
    assert_eq!(
        (truth.last_30_days.first_on.as_str(), truth.last_30_days.last_on.as_str()),
        ("2026-08-08", "2026-09-06")
    );
}

#[test]
fn what_happens_is_counted_up_to_the_date() {
    let world = economy(5_000, &EventRates::USUAL);
    let counts = |date: &str| -> BTreeMap<&str, u64> {
        let truth = truth(&world, at(date));
        truth.events.iter().map(|event| (event.kind, event.count)).collect()
    };
    let (early, late) = (counts("2024-09-02T00:00:00Z"), counts(AT));
    for (kind, count) in &late {
        assert!(*count > 10 && *count > early[kind] * 2, "{kind}: {early:?} {late:?}");
    }
    let truth = truth(&world, at(AT));
    let deleted = late["deleted"];
    assert_eq!(truth.model_count + deleted, truth.birth_count);
    // Names are given up by all three; a third of them is taken again, some of them later.
    let given_up: u64 = ["renamed", "transferred", "deleted"].map(|kind| late[kind]).iter().sum();
    assert!(late["name_taken_again"] < given_up / 2, "{late:?}");
    // Two in a hundred in the end, of which the youngest still wait for theirs.
    let share = deleted as f64 / truth.birth_count as f64;
    assert!((0.007..0.02).contains(&share), "{share}");
}

#[test]
fn peculiar_counters_are_said_and_only_where_planted() {
    let plain = truth(&economy(300, &EventRates::NONE), at(AT));
    assert!(plain.definition_changes.is_empty() && plain.restatements.is_empty());
    assert!(plain.stillstands.is_empty());
    assert!(plain.events.iter().all(|event| event.count == 0));

    let world = economy(3_000, &EventRates::USUAL);
    let truth = truth(&world, at(AT));
    let changes: Vec<(&str, f64)> =
        truth.definition_changes.iter().map(|change| (change.library, change.factor)).collect();
    assert_eq!(changes, [("stable-baselines3", 6.0), ("peft", 0.5)]);
    let fall = &truth.restatements[0];
    assert!(fall.model_count > 30 && fall.downloads > 0, "{fall:?}");
    let recovering = fall.recovering_model_count;
    assert!(recovering > 5 && recovering < fall.model_count, "{fall:?}");
    assert_eq!(truth.restatements[1].recovering_model_count, 0);
    // Mondays on which a weekly reading finds nothing new.
    let days: Vec<&str> = truth.stillstands.iter().map(|days| days.first_on.as_str()).collect();
    assert_eq!(days, ["2026-05-31", "2026-08-16"]);
}

#[test]
fn trends_among_births_are_planted() {
    let truth = truth(&economy(10_000, &EventRates::USUAL), at(AT));
    let years: Vec<i32> = truth.years.iter().map(|year| year.year).collect();
    assert_eq!(years, [2022, 2023, 2024, 2025, 2026]);
    assert_eq!(truth.years.iter().map(|year| year.birth_count).sum::<u64>(), truth.birth_count);
    let (first, last) = (&truth.years[0], &truth.years[4]);
    assert!(last.quantized_share > first.quantized_share * 3.0);
    assert!(last.sparse_share > first.sparse_share * 3.0);
    assert!(last.multimodal_share > first.multimodal_share * 2.0);
    assert!(last.median_parameters > first.median_parameters * 3);
    let share = |year: &YearOfBirths, license: &str| -> f64 {
        let known = year.licenses.iter().filter(|known| known.license == Some(license));
        known.map(|known| known.share).sum()
    };
    assert!(share(last, "other") > share(first, "other") * 1.3);
    assert!(share(last, "creativeml-openrail-m") < share(first, "creativeml-openrail-m") * 0.7);
    for year in &truth.years {
        let sum: f64 = year.licenses.iter().map(|license| license.share).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{}", year.year);
        assert_eq!(year.licenses[0].license, Some("apache-2.0"));
    }
}
