use std::collections::BTreeMap;

use super::*;
use crate::{HistoryOptions, Scenario, history};

/// The counters of all time on a Monday, by model.
fn counters(listing: &HistoryListing<'_>, week: u32) -> BTreeMap<String, u64> {
    let mut counters = BTreeMap::new();
    for (page, count) in listing.pages(week, 100) {
        let entries: Vec<Value> = serde_json::from_str(&page).unwrap();
        assert_eq!(entries.len() as u64, count);
        assert!(count <= 100);
        for entry in entries {
            let id = entry["id"].as_str().unwrap().to_owned();
            let known = counters.insert(id, entry["downloadsAllTime"].as_u64().unwrap());
            assert_eq!(known, None, "no model is listed twice");
        }
    }
    counters
}

#[test]
fn two_mondays_tell_the_downloads_of_the_week_between() {
    let options =
        HistoryOptions { weeks: 104, ..HistoryOptions::four_years(6, 60, Scenario::Null) };
    let history = history(&options);
    let listing = HistoryListing::new(&history);
    for week in [0, 40, 103] {
        let (before, after) = (counters(&listing, week), counters(&listing, week + 1));
        let mut listed = 0;
        for model in &history.models {
            let Some(counter) = after.get(&model.id) else {
                let is_gone = model.removed_week.is_some_and(|removed| removed < week + 1);
                assert!(is_gone || model.first_week > week, "{}", model.id);
                continue;
            };
            listed += 1;
            let age = (week - model.first_week) as usize;
            let since = before.get(&model.id).copied().unwrap_or(0);
            assert_eq!(counter - since, u64::from(model.downloads[age]), "{}", model.id);
        }
        assert_eq!(listed, after.len());
    }
    let created = |place: usize| created_at(&history, &history.models[place]);
    assert!((1..history.models.len()).all(|place| created(place - 1) <= created(place)));
    assert!(history.models.iter().any(|model| model.removed_week.is_some()));
    for model in &history.models {
        let Some(removed) = model.removed_week else { continue };
        assert!(model.downloads[(removed - model.first_week) as usize..].iter().all(|it| *it == 0));
    }
}
