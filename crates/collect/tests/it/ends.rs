//! Where a listing ends, and where it only seems to.

use collect::{Error, Failure};

use crate::clock::TestClock;
use crate::replay::{Replay, answer, link, replay};
use crate::{chain, collect, options};

const ONE: &str = r#"[{"_id":"1","id":"a/b"}]"#;
const TWO: &str = r#"[{"_id":"2","id":"c/d"}]"#;
const THREE: &str = r#"[{"_id":"3","id":"e/f"}]"#;

/// Answers by body and by the number of the next page.
fn hub(answers: &[(&str, Option<u32>)]) -> Replay {
    replay(|endpoint| {
        let page = |(body, next): &(&str, Option<u32>)| match next {
            Some(number) => {
                let next = link(&format!("{endpoint}/api/models?cursor={number}"));
                answer(200, &[("Link", &next)], body)
            }
            None => answer(200, &[], body),
        };
        answers.iter().map(page).collect()
    })
}

#[test]
fn the_end_is_confirmed() {
    let hub = hub(&[(ONE, Some(2)), (TWO, None), (TWO, None), (TWO, None)]);
    let mut options = options(&hub.endpoint);
    options.end_confirmations = 2;
    let collected = collect(&options, &TestClock::default());
    let summary = collected.result.unwrap();
    assert_eq!((summary.pages, summary.models, summary.retries), (2, 2, 0));
    assert!(summary.is_to_the_end);
    assert_eq!(hub.heads().len(), 4);
}

#[test]
fn a_listing_that_seems_to_end_early_goes_on() {
    let hub = hub(&[
        (ONE, Some(2)),
        (TWO, None),
        (TWO, None),
        (TWO, Some(3)),
        (THREE, None),
        (THREE, None),
        (THREE, None),
    ]);
    let mut options = options(&hub.endpoint);
    options.end_confirmations = 2;
    let collected = collect(&options, &TestClock::default());
    let summary = collected.result.unwrap();
    assert_eq!((summary.pages, summary.models), (3, 3));
    assert_eq!(collected.pages[2].body, THREE.as_bytes());
}

#[test]
fn a_limit_that_is_reached_needs_no_confirmation() {
    let hub = hub(&[(ONE, None)]);
    let mut options = options(&hub.endpoint);
    (options.limit, options.end_confirmations) = (Some(1), 2);
    assert_eq!(collect(&options, &TestClock::default()).result.unwrap().models, 1);
    assert_eq!(hub.heads().len(), 1);
}

fn expired() -> Vec<u8> {
    answer(400, &[], r#"{"error":"cursor: has expired"}"#)
}

/// The page before names the same address: it is good after all.
#[test]
fn an_address_that_expires_for_a_moment_is_asked_for_again() {
    let hub = replay(|endpoint| {
        let next = link(&format!("{endpoint}/api/models?cursor=2"));
        let first = || answer(200, &[("Link", &next)], ONE);
        vec![first(), expired(), first(), answer(200, &[], TWO)]
    });
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    assert_eq!(collected.result.unwrap().models, 2);
    let bodies: Vec<_> = collected.pages.iter().map(|page| page.body.as_slice()).collect();
    assert_eq!(bodies, [ONE.as_bytes(), TWO.as_bytes()]);
}

/// The page before names another address, behind other entries: none of them may be lost.
#[test]
fn an_address_that_has_expired_is_renewed_by_the_page_before() {
    let hub = replay(|endpoint| {
        let next = |number: u32| link(&format!("{endpoint}/api/models?cursor={number}"));
        let moved = r#"[{"_id":"1","id":"a/b"},{"_id":"9","id":"x/y"}]"#;
        vec![
            answer(200, &[("Link", &next(2))], ONE),
            expired(),
            answer(200, &[("Link", &next(3))], moved),
            answer(200, &[], TWO),
        ]
    });
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    let summary = collected.result.unwrap();
    assert_eq!((summary.pages, summary.models), (3, 4));
    assert_eq!(collected.pages[2].body, TWO.as_bytes());
    assert_eq!(hub.targets()[3], "/api/models?cursor=3");
}

#[test]
fn an_address_that_stays_unknown_stops_the_listing() {
    let hub = replay(|endpoint| {
        let next = link(&format!("{endpoint}/api/models?cursor=2"));
        let first = || answer(200, &[("Link", &next)], ONE);
        let again = || [expired(), first()];
        [vec![first()], again().into(), again().into(), again().into(), vec![expired()]].concat()
    });
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    let error = collected.result.unwrap_err();
    let is_expired = matches!(
        error,
        Error::Expired { pages: 1, failure: Failure::Status { status: 400, .. }, .. }
    );
    assert!(is_expired, "{}", chain(&error));
    assert_eq!(collected.pages.len(), 1);
    assert!(
        chain(&error).ends_with("the answer was 400: cursor: has expired"),
        "{}",
        chain(&error)
    );
}
