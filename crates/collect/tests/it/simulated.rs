//! Against the simulated Hub.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use collect::{Sort, Token, probe};
use schema::Instant;
use serde_json::Value;
use simulate::{Budget, Hub, world};

use crate::clock::TestClock;
use crate::{Collected, collect, options};

/// A simulated Hub that listens until it is dropped.
pub(crate) struct Served {
    pub(crate) endpoint: String,
    pub(crate) hub: Arc<Hub>,
    clock: simulate::Clock,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<simulate::Result<()>>>,
}

pub(crate) fn served(models: u64, budget: Option<Budget>) -> Served {
    let at = Instant::parse("2026-09-07T06:00:00Z").unwrap();
    let hub = Arc::new(Hub::new(world(&simulate::Options { models, seed: 8, at }), at, budget));
    let clock = hub.clock();
    let shown = Arc::clone(&hub);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let thread = thread::spawn(move || {
        runtime.block_on(simulate::serve(shown, listener, async {
            let _ = stopped.await;
        }))
    });
    Served { endpoint, hub, clock, stop: Some(stop), thread: Some(thread) }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.stop.take());
        let thread = self.thread.take().expect("it is taken here only");
        thread.join().expect("the server does not panic").expect("the server does not fail");
    }
}

fn entries(collected: &Collected) -> Vec<Value> {
    let pages = collected.pages.iter();
    pages.flat_map(|page| serde_json::from_slice::<Vec<Value>>(&page.body).unwrap()).collect()
}

#[test]
fn the_whole_listing_is_read_in_every_order() {
    let hub = served(450, None);
    for sort in Sort::ALL {
        let mut options = options(&hub.endpoint);
        options.sort = sort;
        let collected = collect(&options, &TestClock::default());
        let summary = collected.result.as_ref().unwrap();
        assert_eq!((summary.pages, summary.models, summary.retries), (5, 450, 0), "{sort}");
        assert!(summary.is_to_the_end, "{sort}");
        assert_eq!(summary.unexpected_entries, 0, "{sort}");
        let entries = entries(&collected);
        let ids: BTreeSet<_> = entries.iter().map(|entry| entry["_id"].as_str().unwrap()).collect();
        assert_eq!((entries.len(), ids.len()), (450, 450), "{sort}");
        let key = |entry: &Value| entry[sort.name()].to_string();
        if matches!(sort, Sort::CreatedAt | Sort::LastModified) {
            assert!(entries.is_sorted_by(|left, right| key(left) >= key(right)), "{sort}");
        }
    }
}

#[test]
fn a_page_is_handed_over_as_it_came() {
    let hub = served(30, None);
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    let page = &collected.pages[0];
    assert_eq!((page.number, page.entry_count), (1, 30));
    assert_eq!(page.received_at, Instant::parse("2026-09-07T06:00:00Z").unwrap());
    let allowance = collected.progress[0].allowance.unwrap();
    assert_eq!((allowance.remaining, allowance.quota), (499, Some(500)));
    assert_eq!(allowance.left, Duration::from_mins(5));
    assert!(page.is_simulated);
    assert!(page.url.starts_with(&format!("{}/api/models?limit=100&sort=downloads", hub.endpoint)));
    let entries = entries(&collected);
    let has = |field: &str| entries.iter().any(|entry| entry.get(field).is_some());
    for field in ["downloadsAllTime", "baseModels", "safetensors", "siblings", "cardData", "sha"] {
        assert!(has(field), "{field} was not asked for");
    }
    assert!(!has("modelId"), "the fields of an unexpanded listing");
}

#[test]
fn the_limit_is_kept_to_the_entry() {
    let hub = served(450, None);
    let check = |limit: u64, pages: u32, counts: &[u64], last_body: usize| {
        let mut options = options(&hub.endpoint);
        options.limit = Some(limit);
        let collected = collect(&options, &TestClock::default());
        let summary = collected.result.unwrap();
        assert_eq!((summary.pages, summary.models), (pages, limit), "{limit}");
        assert_eq!(summary.is_to_the_end, limit == 450, "{limit}");
        let counted: Vec<u64> = collected.pages.iter().map(|page| page.entry_count).collect();
        assert_eq!(counted, counts, "{limit}");
        let last: Vec<Value> =
            serde_json::from_slice(&collected.pages.last().unwrap().body).unwrap();
        assert_eq!(last.len(), last_body, "the body is kept whole: {limit}");
        let so_far: Vec<u64> = collected.progress.iter().map(|progress| progress.models).collect();
        assert_eq!(so_far.last(), Some(&limit));
        assert!(so_far.is_sorted());
        assert!(collected.progress.iter().all(|progress| progress.limit == Some(limit)));
    };
    check(7, 1, &[7], 7);
    check(250, 3, &[100, 100, 50], 100);
    check(300, 3, &[100, 100, 100], 100);
    check(450, 5, &[100, 100, 100, 100, 50], 50);
}

#[test]
fn a_limit_of_nothing_asks_for_nothing() {
    let mut options = options("http://127.0.0.1:9");
    options.limit = Some(0);
    let collected = collect(&options, &TestClock::default());
    let summary = collected.result.unwrap();
    assert_eq!((summary.pages, summary.models), (0, 0));
}

#[test]
fn a_budget_is_never_overspent() {
    let hub = served(450, Some(Budget { quota: 2, window_seconds: 300 }));
    let clock = TestClock::moving(hub.clock.clone());
    let collected = collect(&options(&hub.endpoint), &clock);
    let summary = collected.result.unwrap();
    assert_eq!((summary.pages, summary.models, summary.retries), (5, 450, 0));
    // Two pages a window of 300 s: one at its beginning, one in its middle, and a second more.
    // The second window is a second old when it is entered, and half of 299 s is 149.5 s.
    assert_eq!(clock.slept_seconds(), [150, 151, 149, 151]);
    assert!(summary.waited < Duration::from_secs(602), "{:?}", summary.waited);
}

#[test]
fn a_hub_says_what_it_is_or_nothing() {
    let hub = served(5, None);
    let (timeout, clock) = (Duration::from_secs(20), TestClock::default());
    let probed = probe(&hub.endpoint, timeout, &clock).unwrap();
    assert!(probed.is_simulated);
    assert_eq!(probed.at, Instant::parse("2026-09-07T06:00:00Z").unwrap());
    let endpoint = hub.endpoint.clone();
    drop(hub);
    assert!(probe(&endpoint, timeout, &clock).is_err());
    assert!(probe("not an address", timeout, &clock).is_err());
}

#[test]
fn a_token_does_not_disturb() {
    let hub = served(5, None);
    let mut options = options(&hub.endpoint);
    options.token = Some(Token::new("hf_test").unwrap());
    assert_eq!(collect(&options, &TestClock::default()).result.unwrap().models, 5);
}

#[test]
fn a_listing_that_fits_into_the_window_is_not_spread_over_it() {
    let hub = served(450, Some(Budget { quota: 6, window_seconds: 300 }));
    let clock = TestClock::moving(hub.clock.clone());
    let mut options = options(&hub.endpoint);
    options.expected_models = Some(400);
    assert_eq!(collect(&options, &clock).result.unwrap().models, 450);
    assert!(clock.slept_seconds().is_empty(), "{:?}", clock.slept_seconds());
}

#[test]
fn changes_are_read_back_to_an_instant() {
    let hub = served(450, None);
    let since = Instant::parse("2026-08-01T00:00:00Z").unwrap();
    let mut options = options(&hub.endpoint);
    (options.sort, options.since) = (Sort::LastModified, Some(since));
    options.page_size = 20;
    let collected = collect(&options, &TestClock::default());
    let summary = collected.result.as_ref().unwrap();
    options.since = None;
    let whole = collect(&options, &TestClock::default());
    let changed_at = |entry: &Value| Instant::parse(entry["lastModified"].as_str().unwrap());
    let is_changed = |entry: &&Value| changed_at(entry).unwrap() >= since;
    let expected = entries(&whole).iter().filter(is_changed).count() as u64;
    assert!(expected > 20, "more than a page: {expected}");
    assert_eq!(summary.models, expected);
    assert!(summary.is_to_the_end && summary.pages < 23, "{summary:?}");
    let counted: u64 = collected.pages.iter().map(|page| page.entry_count).sum();
    assert_eq!(counted, expected);
}
