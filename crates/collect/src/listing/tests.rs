use std::time::Duration;

use super::*;
use crate::options::USER_AGENT;

fn options(limit: Option<u64>, page_size: u32) -> Options {
    Options {
        endpoint: "https://hub.test/".to_owned(),
        token: None,
        sort: Sort::Likes,
        limit,
        since: None,
        page_size,
        expected_models: None,
        end_confirmations: 0,
        timeout: Duration::from_secs(1),
        max_retries: 0,
        user_agent: USER_AGENT.to_owned(),
    }
}

#[test]
fn the_first_page_asks_for_every_field() {
    let url = first_url(&options(None, PAGE_SIZE_MAX), &FIELDS);
    let (start, fields) = url.split_once("&expand[]=").unwrap();
    assert_eq!(start, "https://hub.test/api/models?limit=1000&sort=likes&direction=-1");
    assert_eq!(fields.split("&expand[]=").collect::<Vec<_>>(), FIELDS);
}

#[test]
fn no_page_is_larger_than_it_need_be() {
    let check = |limit, asked, expected| assert_eq!(page_size(&options(limit, asked)), expected);
    check(None, 500, 500);
    check(None, 5_000, 1_000);
    check(None, 0, 1);
    check(Some(120), 500, 120);
    check(Some(1_200), 500, 500);
}

#[test]
fn pages_are_bounded() {
    assert_eq!(pages_max(&options(Some(1_000), 500)), 24);
    assert_eq!(pages_max(&options(None, 500)), PAGES_MAX);
    assert_eq!(pages_max(&options(Some(u64::MAX), 1)), PAGES_MAX);
}
