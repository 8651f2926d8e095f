use std::collections::{BTreeMap, BTreeSet};

use schema::Day;

use super::*;
use crate::catalogue::Kind;
use crate::model::{Format, Relation};

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn economy(models: u64, seed: u64) -> World {
    world(&Options { models, seed, at: at("2026-09-07T06:00:00Z") })
}

/// Birth in the year, as shares of what was born in it.
fn share_in(world: &World, year: i32, is_counted: impl Fn(&Model) -> bool) -> f64 {
    let born: Vec<_> =
        world.models.iter().filter(|model| model.created_at().day().year() == year).collect();
    born.iter().filter(|model| is_counted(model)).count() as f64 / born.len() as f64
}

#[test]
fn as_many_models_exist_as_were_asked_for() {
    for models in [0, 1, 7, 1_000] {
        let economy = economy(models, 3);
        assert_eq!(economy.model_count(at("2026-09-07T06:00:00Z")), models);
    }
    let economy = economy(1_000, 3);
    assert!(economy.model_count(at("2024-09-07T06:00:00Z")) < 500);
    assert!(economy.model_count(at("2027-09-07T06:00:00Z")) > 1_300);
}

/// Drawn once with this code; a machine on which the economy differs fails here.
#[test]
fn the_same_seed_grows_the_same_economy_everywhere() {
    let world = economy(500, 42);
    let sample: Vec<String> = [0, 100, 250, 499]
        .map(|index| {
            let model = world.model(index);
            let count = model.flow.all_time(at("2026-09-07T06:00:00Z").day());
            format!("{} {} {} {count}", model.object_id, model.id, model.parameters)
        })
        .into();
    insta::assert_snapshot!(sample.join("\n"), @r"
    621ffdc0ae90bfb5395d5ba1 vetaen120/Vouteth-kesk-4-2M 1004498 4
    65c62e4a9ab387434e7696d7 yunhe-intelligence/Gaskour-klax-2-23M-news 22007444 297694
    6812610c49e8684cc1683ff6 quantsmith/Siovel-fith-1-3B-Base-GGUF 3039394126 23768
    6a9e49c1042b1d25e160cc90 hahiol0/Skegouth-3-88M 87699435 0
    ");
    assert_ne!(economy(500, 43).model(250).id, world.model(250).id);
}

/// Repo id rules: hub-reference.md §1.
#[test]
fn ids_are_unique_and_allowed() {
    let world = economy(5_000, 1);
    let mut ids = BTreeSet::new();
    let mut object_ids = BTreeSet::new();
    for model in &world.models {
        assert!(ids.insert(model.id.to_lowercase()), "{} twice", model.id);
        assert!(object_ids.insert(model.object_id.to_string()));
        assert!(model.id.len() <= 96, "{}", model.id);
        assert_eq!(model.id.matches('/').count(), 1, "{}", model.id);
        assert!(!model.id.contains("--") && !model.id.contains(".."), "{}", model.id);
        for part in [model.owner(), model.name()] {
            let is_allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
            assert!(part.chars().all(is_allowed), "{}", model.id);
            assert!(!part.starts_with(['-', '.']) && !part.ends_with(['-', '.']), "{}", model.id);
        }
    }
}

#[test]
fn lineage_leads_back_in_time() {
    let world = economy(5_000, 2);
    let mut derived = 0;
    for (index, model) in world.models.iter().enumerate() {
        let Some((relation, origins)) = &model.origin else { continue };
        derived += 1;
        assert_eq!(origins.len(), if *relation == Relation::Merge { 2 } else { 1 });
        for origin in origins {
            assert!((*origin as usize) < index);
            assert!(world.model(*origin).created_at() <= model.created_at());
        }
    }
    assert!(derived > world.models.len() / 3);
}

#[test]
fn planted_trends_are_there() {
    let world = economy(20_000, 4);
    let rises = |name: &str, least: f64, is_counted: &dyn Fn(&Model) -> bool| {
        let early = share_in(&world, 2023, is_counted);
        let late = share_in(&world, 2026, is_counted);
        assert!(late > early * least, "{name}: {early:.3} to {late:.3}");
    };
    rises("quantized", 3.0, &|model| {
        model.origin.as_ref().is_some_and(|(relation, _)| *relation == Relation::Quantized)
    });
    rises("gguf", 3.0, &|model| model.format == Format::Gguf);
    rises("sparse", 2.5, &|model| model.architecture().kind == Kind::Sparse);
    rises("multimodal", 2.0, &|model| model.architecture().kind == Kind::Multimodal);
    rises("above 5 B parameters", 1.5, &|model| model.parameters > 5_000_000_000);
}

/// Downloads of a month by the country of the labelled owner.
fn by_country(world: &World, day: Day) -> BTreeMap<&'static str, u64> {
    let countries: BTreeMap<_, _> =
        world.labels.iter().map(|label| (label.owner.as_str(), label.country_code)).collect();
    let mut downloads = BTreeMap::new();
    for model in &world.models {
        if let Some(country) = countries.get(model.owner()) {
            *downloads.entry(*country).or_default() += world.counters(model, day).rolling;
        }
    }
    downloads
}

#[test]
fn the_second_country_overtakes_the_first() {
    for seed in [1, 2, 3] {
        let world = economy(4_000, seed);
        let early = by_country(&world, Day::from_ymd(2023, 9, 4).unwrap());
        let late = by_country(&world, Day::from_ymd(2026, 9, 7).unwrap());
        assert!(early["US"] > early["CN"], "seed {seed}: {early:?}");
        assert!(late["CN"] > late["US"], "seed {seed}: {late:?}");
    }
}

#[test]
fn popularity_has_a_heavy_tail() {
    let world = economy(5_000, 6);
    let day = Day::from_ymd(2026, 9, 7).unwrap();
    let mut downloads: Vec<u64> =
        world.models.iter().map(|model| world.counters(model, day).rolling).collect();
    downloads.sort_unstable_by(|left, right| right.cmp(left));
    let total: u64 = downloads.iter().sum();
    let first_hundredth: u64 = downloads.iter().take(downloads.len() / 100).sum();
    let share = first_hundredth as f64 / total as f64;
    assert!((0.4..0.99).contains(&share), "{share}");
    assert!(downloads.iter().filter(|count| **count == 0).count() > 50);
}

#[test]
fn every_organisation_in_the_registry_is_named_once() {
    let world = economy(2_000, 9);
    let registry = owner_registry(&world);
    let owners: BTreeSet<_> = registry.iter().map(|label| &label.owner).collect();
    assert_eq!(owners.len(), registry.len());
    let labelled = world.models.iter().filter(|model| {
        registry.binary_search_by(|label| label.owner.as_str().cmp(model.owner())).is_ok()
    });
    let share = labelled.count() as f64 / world.models.len() as f64;
    assert!((0.2..0.7).contains(&share), "some owners are unreviewed: {share}");
}
