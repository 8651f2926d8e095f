//! Listings that were interrupted and go on.

use collect::{Page, Position, Sort};
use proptest::prelude::*;

use crate::clock::TestClock;
use crate::simulated::served;
use crate::{collect, options, resume};

/// Where a listing stands after these pages.
fn position(pages: &[Page]) -> Position {
    let last = pages.last().unwrap();
    Position {
        pages: last.number,
        models: pages.iter().map(|page| page.entry_count).sum(),
        url: last.url.clone(),
        next: last.next.clone(),
        first_id: last.first_id.clone(),
    }
}

#[test]
fn an_interrupted_listing_ends_like_one_that_was_not() {
    let hub = served(430, None);
    proptest!(ProptestConfig::with_cases(24), |(
        stop in 1_usize..9,
        limit in prop::option::of(1_u64..430),
        page_size in 50_u32..200,
    )| {
        let mut options = options(&hub.endpoint);
        (options.sort, options.limit, options.page_size) = (Sort::CreatedAt, limit, page_size);
        let whole = collect(&options, &TestClock::default());
        let stop = stop.min(whole.pages.len());
        let rest = resume(&options, Some(&position(&whole.pages[..stop])), &TestClock::default());
        let joined = [&whole.pages[..stop], &rest.pages[..]].concat();
        prop_assert_eq!(&joined, &whole.pages);
        let (rest, whole) = (rest.result.unwrap(), whole.result.unwrap());
        prop_assert_eq!((rest.pages, rest.models), (whole.pages, whole.models));
        prop_assert_eq!(rest.is_to_the_end, whole.is_to_the_end);
    });
}

#[test]
fn a_listing_that_had_ended_asks_for_nothing_more() {
    let hub = served(30, None);
    let options = options(&hub.endpoint);
    let whole = collect(&options, &TestClock::default());
    let position = position(&whole.pages);
    drop(hub);
    let again = resume(&options, Some(&position), &TestClock::default());
    assert!(again.pages.is_empty());
    let summary = again.result.unwrap();
    assert_eq!((summary.pages, summary.models), (1, 30));
    assert!(summary.is_to_the_end);
}
