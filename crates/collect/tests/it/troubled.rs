//! Against a simulated Hub on which much goes wrong.

use std::time::Duration;

use collect::{DetailOptions, Error, ModelDetails, Page, Sort, details, probe};
use simulate::Fault;

use crate::clock::TestClock;
use crate::simulated::{Served, served};
use crate::{chain, collect, options};

/// Every fault that a listing can meet, by the names that the simulated Hub has for them.
const LISTING_FAULTS: [Fault; 17] = [
    Fault::TooMany,
    Fault::TooManyRetryAfter,
    Fault::TooManyBare,
    Fault::InternalError,
    Fault::BadGateway,
    Fault::Unavailable,
    Fault::GatewayTimeout,
    Fault::Timeout,
    Fault::Reset,
    Fault::Truncated,
    Fault::CutJson,
    Fault::Html,
    Fault::ErrorObject,
    Fault::Repeat,
    Fault::ExpiredCursor,
    Fault::Detour,
    Fault::EarlyEnd,
];

fn trouble(hub: &Served, faults: &str) {
    hub.hub.set_faults(faults.parse().unwrap());
}

/// Reads the whole listing, with as many retries as the binary allows.
fn pages(hub: &Served) -> Vec<Page> {
    let mut options = options(&hub.endpoint);
    (options.sort, options.page_size) = (Sort::CreatedAt, 20);
    (options.max_retries, options.end_confirmations) = (8, 2);
    let collected = collect(&options, &TestClock::default());
    if let Err(error) = &collected.result {
        panic!("after {} pages: {}", collected.pages.len(), chain(error));
    }
    collected.pages
}

/// The fifth answer is faulty: the listing is the same.
#[test]
fn each_fault_is_borne() {
    let hub = served(200, None);
    let undisturbed = pages(&hub);
    assert_eq!(undisturbed.len(), 10);
    for fault in LISTING_FAULTS {
        trouble(&hub, &format!("script 5:{} hold 0", fault.name()));
        assert!(pages(&hub) == undisturbed, "{}", fault.name());
        // Also where it lasts for as many as three requests of one page.
        trouble(&hub, &format!("script deep*1:{} hold 0", fault.name()));
        assert!(pages(&hub) == undisturbed, "each page once: {}", fault.name());
    }
}

#[test]
fn with_a_fifth_of_the_answers_faulty_the_listing_is_the_same() {
    let hub = served(1_000, None);
    let undisturbed = pages(&hub);
    let names: Vec<&str> = LISTING_FAULTS.iter().map(|fault| fault.name()).collect();
    for seed in 1..=4 {
        trouble(&hub, &format!("rate 0.2 seed {seed} of {} hold 0", names.join(",")));
        assert!(pages(&hub) == undisturbed, "seed {seed}");
    }
}

#[test]
fn a_hub_that_stays_down_stops_the_listing_and_says_so() {
    let hub = served(200, None);
    trouble(&hub, "script 4-100:503");
    let mut options = options(&hub.endpoint);
    (options.page_size, options.max_retries) = (20, 4);
    let clock = TestClock::default();
    let collected = collect(&options, &clock);
    let error = collected.result.unwrap_err();
    let is_spent = matches!(error, Error::Request { attempts: 5, pages: 3, .. });
    assert!(is_spent, "{}", chain(&error));
    assert!(chain(&error).contains("the answer was 503"), "{}", chain(&error));
}

/// A Hub in trouble is a Hub; a port where nobody listens is none, and is asked once.
#[test]
fn what_is_there_is_asked_again_and_nobody_is_not() {
    let hub = served(5, None);
    trouble(&hub, "script 1-3:503");
    let clock = TestClock::default();
    assert!(probe(&hub.endpoint, Duration::from_secs(20), &clock).unwrap().is_simulated);
    assert_eq!(clock.slept_seconds().len(), 2, "the first time at once");
    let clock = TestClock::default();
    // Port 9 (discard) is closed on loopback.
    assert!(probe("http://127.0.0.1:9", Duration::from_secs(20), &clock).is_err());
    assert!(clock.slept_seconds().is_empty());
}

fn found(hub: &Served, ids: &[String]) -> Vec<ModelDetails> {
    let options = DetailOptions {
        endpoint: hub.endpoint.clone(),
        token: None,
        timeout: Duration::from_secs(20),
        max_retries: 8,
        user_agent: "weighhouse-test".to_owned(),
    };
    let mut found = Vec::new();
    let result = details(&options, ids, &TestClock::default(), &mut |model| {
        found.push(model);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{}", chain(&error)));
    found
}

#[test]
fn details_show_what_the_listing_does_not() {
    let hub = served(60, None);
    let mut ids: Vec<String> = pages(&hub)
        .iter()
        .flat_map(|page| serde_json::from_slice::<Vec<serde_json::Value>>(&page.body).unwrap())
        .map(|entry| entry["id"].as_str().unwrap().to_owned())
        .collect();
    ids.truncate(10);
    ids.push("nobody/nothing".to_owned());
    let undisturbed = found(&hub, &ids);
    let json = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).unwrap();
    for (model, id) in undisturbed.iter().zip(&ids).take(10) {
        let (whole, expanded) = (json(&model.model.body), json(&model.expanded.body));
        assert_eq!((whole["id"].as_str().unwrap(), model.model.status), (id.as_str(), 200));
        assert!(whole["siblings"][0]["size"].is_u64(), "{whole}");
        assert!(expanded["childrenModelCount"].is_object(), "{expanded}");
        assert!(expanded["usedStorage"].is_u64(), "{expanded}");
        assert_eq!(expanded["_id"], whole["_id"]);
    }
    let has_card = |model: &&ModelDetails| model.card.status == 200;
    assert!(
        undisturbed.iter().any(|model| has_card(&model) && model.card.body.starts_with(b"---"))
    );
    // What is gone is answered as such.
    assert_eq!(undisturbed[10].model.status, 401);
    // A card that ends early and says so of itself cannot be told from a short one.
    let kinds = "429,429-bare,500,502,503,504,timeout,reset,truncated,html,error-object,detour";
    trouble(&hub, &format!("rate 0.2 seed 3 of {kinds} hold 0"));
    let troubled = found(&hub, &ids);
    for (model, expected) in troubled.iter().zip(&undisturbed) {
        assert_eq!(model, expected);
    }
}
