//! Who was downloaded, and how much.

use std::collections::{BTreeMap, HashMap};

use schema::{Day, Instant};

use super::{CountryShare, Market};
use crate::world::{World, owner_registry};

/// Downloads from the beginning of one day to that of another.
pub(super) fn total(world: &World, from: Day, to: Day) -> u64 {
    (0..world.models().len() as u32).map(|index| during(world, index, from, to)).sum()
}

/// The market of a span from the beginning of one day to that of another, which is later.
pub(super) fn market(world: &World, from: Day, to: Day) -> Market {
    let end = Instant::from_millis(to.start().millis() - 1);
    let mut by_owner: BTreeMap<&str, u64> = BTreeMap::new();
    for index in 0..world.models().len() as u32 {
        let downloads = during(world, index, from, to);
        if downloads > 0 {
            let owner = world.id_at(index, end).split_once('/').map_or("", |(owner, _)| owner);
            *by_owner.entry(owner).or_default() += downloads;
        }
    }
    let downloads: u64 = by_owner.values().sum();
    let share = |part: u64| if downloads == 0 { 0.0 } else { part as f64 / downloads as f64 };
    let labels = owner_registry(world);
    let known: HashMap<&str, &'static str> =
        labels.iter().map(|label| (label.owner.as_str(), label.country_code)).collect();
    let mut by_country: BTreeMap<Option<&'static str>, u64> = BTreeMap::new();
    for (owner, downloads) in &by_owner {
        *by_country.entry(known.get(owner).copied()).or_default() += downloads;
    }
    let mut countries: Vec<CountryShare> = by_country
        .into_iter()
        .map(|(country_code, downloads)| CountryShare {
            country_code,
            downloads,
            share: share(downloads),
        })
        .collect();
    countries.sort_by_key(|country| std::cmp::Reverse(country.downloads));
    Market {
        first_on: from.to_string(),
        last_on: Day::from_epoch_days(to.epoch_days() - 1).to_string(),
        downloads,
        owner_count: by_owner.len() as u64,
        owner_hhi: by_owner.values().map(|part| share(*part).powi(2)).sum::<f64>() * 10_000.0,
        countries,
    }
}

/// Downloads of a model in a span; a deleted model has none from the day of its deletion on.
fn during(world: &World, index: u32, from: Day, to: Day) -> u64 {
    let model = world.model(index);
    let end = world
        .history()
        .deletions
        .get(&index)
        .map_or(to, |since| to.min(Instant::from_millis(i64::from(*since) * 1_000).day()));
    if end <= from {
        return 0;
    }
    world.counting().counted(model, end) - world.counting().counted(model, from)
}
