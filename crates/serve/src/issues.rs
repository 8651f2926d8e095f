//! The releases that a collection has had, for those who follow it.
//!
//! Only the one that is shown is in memory; of those before it is known what was noted when each
//! became the current one.

use std::cmp::Ordering;

use analyze::Market;
use schema::Instant;
use store::{Publication, Store};

use crate::parts::{counted, grouped};

/// So many are told of.
pub(crate) const MOST: usize = 20;

/// One release of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Issue {
    /// The release's id.
    pub(crate) release: String,
    /// When it became the current one; `None` of one that was before this was noted.
    pub(crate) published_at: Option<Instant>,
    /// The newest reading in it.
    pub(crate) data_through: Instant,
    model_count: u64,
    snapshot_count: u64,
    /// The version that made it, where that is known.
    code_version: Option<String>,
}

/// The release that is shown and those before it, the newest first.
pub(crate) fn issues(store: &Store, market: &Market) -> Vec<Issue> {
    let shown = &market.release;
    // A note that cannot be read is of those before; the one that is shown is known without it.
    let noted = store.publications(&shown.collection).unwrap_or_default();
    let place = noted.iter().rposition(|one| one.release == shown.id);
    // What is noted after it is not shown yet, or cannot be.
    let until = place.map_or(noted.len(), |place| place + 1);
    let mut issues: Vec<Issue> = noted[..until].iter().rev().filter_map(Issue::of).collect();
    if place.is_none() {
        issues.insert(0, Issue::of_market(market));
    }
    issues.truncate(MOST);
    issues
}

impl Issue {
    fn of(noted: &Publication) -> Option<Self> {
        Some(Self {
            release: noted.release.clone(),
            published_at: Some(Instant::parse(&noted.published_at).ok()?),
            data_through: Instant::parse(&noted.data_through).ok()?,
            model_count: noted.model_count,
            snapshot_count: noted.snapshot_count,
            code_version: Some(noted.code_version.clone()),
        })
    }

    fn of_market(market: &Market) -> Self {
        Self {
            release: market.release.id.clone(),
            published_at: None,
            data_through: market.data_through,
            model_count: market.model_count() as u64,
            snapshot_count: market.release.raw.len() as u64,
            code_version: None,
        }
    }

    /// When it came, as far as that is known: it is no older than its newest reading.
    pub(crate) fn updated_at(&self) -> Instant {
        self.published_at.unwrap_or(self.data_through)
    }

    /// What it holds, and what is other than in the one before, in sentences.
    pub(crate) fn news(&self, before: Option<&Self>) -> Vec<String> {
        let models = counted(self.model_count, "model", "models");
        let snapshots = counted(self.snapshot_count, "snapshot", "snapshots");
        let Some(before) = before else {
            return vec![format!("{models}, read in {snapshots}.")];
        };
        let mut news = vec![format!(
            "{models} ({} in the release before), read in {snapshots} ({} before).",
            against(self.model_count, before.model_count),
            against(self.snapshot_count, before.snapshot_count),
        )];
        if self.data_through == before.data_through {
            news.push("No reading is newer than those of the release before.".to_owned());
        }
        if let (Some(own), Some(other)) = (&self.code_version, &before.code_version)
            && own != other
        {
            news.push(
                "Another version of weighhouse made it: what was counted before may be counted \
                 otherwise, as its changelog says."
                    .to_owned(),
            );
        }
        news
    }
}

fn against(number: u64, before: u64) -> String {
    match number.cmp(&before) {
        Ordering::Equal => "as many as".to_owned(),
        Ordering::Greater => format!("{} more than", grouped(number - before)),
        Ordering::Less => format!("{} fewer than", grouped(before - number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(day: &str, model_count: u64, snapshot_count: u64, version: Option<&str>) -> Issue {
        let at = Instant::parse(&format!("2026-11-{day}T00:00:00Z")).unwrap();
        Issue {
            release: format!("radar-{day}"),
            published_at: None,
            data_through: at,
            model_count,
            snapshot_count,
            code_version: version.map(str::to_owned),
        }
    }

    #[test]
    fn news_are_what_is_other_than_before() {
        let first = issue("01", 1_000, 1, Some("a"));
        assert_eq!(first.news(None), ["1,000 models, read in 1 snapshot."]);
        let second = issue("08", 1_250, 2, Some("a"));
        let said = "1,250 models (250 more than in the release before), read in 2 snapshots \
                    (1 more than before).";
        assert_eq!(second.news(Some(&first)), [said]);
        let third = issue("08", 1_249, 2, Some("b"));
        let news = third.news(Some(&second));
        assert!(news[0].contains("1 fewer than in") && news[0].contains("as many as before"));
        assert!(news[1].starts_with("No reading is newer"), "{news:?}");
        assert!(news[2].starts_with("Another version"), "{news:?}");
        let unknown = issue("15", 1_249, 3, None);
        assert_eq!(unknown.news(Some(&third)).len(), 1, "nothing is said of what is not known");
    }
}
