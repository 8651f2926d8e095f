use super::*;
use crate::request::Request;

fn page(query: &str) -> Request {
    Request::get("http://hub.test", "/api/models", query)
}

fn switched(text: &str) -> Switch {
    let mut switch = Switch::default();
    switch.set(text.parse().unwrap());
    switch
}

/// The names of the faults of so many requests for one page, `-` for none.
fn run(text: &str, request: &Request, count: usize) -> String {
    let mut switch = switched(text);
    let names = (0..count).map(|_| switch.next(request).map_or("-", Fault::name));
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_script_says_which_request_gets_what() {
    let check = |text: &str, expected: &str| assert_eq!(run(text, &page(""), 6), expected);
    check("none", "- - - - - -");
    check("script 3:429", "- - 429 - - -");
    check("2-4:reset,3:500,6:html", "- reset reset reset - html");
    check("all*2:502", "502 502 - - - -");
    check("all*1:502,all*1:503", "502 503 - - - -");
    check("~/api/:timeout", "timeout timeout timeout timeout timeout timeout");
    check("~/nowhere:timeout", "- - - - - -");
    // There is no page before the first, and no cursor that could expire.
    check("1:repeat,2:expired-cursor,3:early-end,deep:504", "- - early-end - - -");
}

#[test]
fn deep_pages_are_those_with_a_cursor() {
    let deep = page("limit=5&cursor=abc");
    assert_eq!(run("deep:504", &deep, 2), "504 504");
    assert_eq!(run("deep*1:504", &deep, 2), "504 -");
    let other = Request::get("http://hub.test", "/api/datasets/a/b/tree/main", "cursor=abc");
    assert_eq!(run("deep:504", &other, 1), "-");
}

#[test]
fn times_are_counted_for_each_address() {
    let mut switch = switched("all*1:500");
    let mut next = |query: &str| switch.next(&page(query));
    assert_eq!(next("limit=1"), Some(Fault::InternalError));
    assert_eq!(next("limit=2"), Some(Fault::InternalError));
    assert_eq!(next("limit=1"), None);
}

#[test]
fn who_comes_by_a_detour_is_not_sent_on_another() {
    let mut switch = switched("all:detour");
    assert_eq!(switch.next(&page("limit=5")), Some(Fault::Detour));
    assert_eq!(switch.next(&page("limit=5&detour=1")), None);
}

#[test]
fn a_rate_is_kept_and_no_address_fails_for_ever() {
    let mut switch = switched("rate 0.2 seed 7");
    let faulty = (0..10_000).filter(|n| switch.next(&page(&format!("limit={n}"))).is_some());
    let count = faulty.count();
    // Five standard deviations around 2,000: √(10,000 · 0.2 · 0.8) is 40.
    assert!((1_800..2_200).contains(&count), "{count}");

    let mut switch = switched("rate 1 seed 7");
    for request in [page("limit=1"), page("limit=2&cursor=x")] {
        let in_a_row: Vec<bool> = (0..8).map(|_| switch.next(&request).is_some()).collect();
        assert_eq!(in_a_row, [true, true, true, false, true, true, true, false]);
    }
}

#[test]
fn a_rate_is_drawn_from_its_seed_and_its_kinds() {
    let page = page("limit=5&cursor=x");
    let of = |text: &str| run(text, &page, 60);
    assert_eq!(of("rate 0.5 seed 7"), of("rate 0.5 seed 7"));
    assert_ne!(of("rate 0.5 seed 7"), of("rate 0.5 seed 8"));
    let kinds = of("rate 0.5 seed 7 of 429,early-end");
    assert!(kinds.split(' ').all(|kind| ["-", "429", "early-end"].contains(&kind)), "{kinds}");
    assert!(kinds.contains("429") && kinds.contains("early-end"));
}

#[test]
fn a_rate_draws_every_kind_that_passes() {
    let mut switch = switched("rate 0.9 seed 1");
    let mut seen: Vec<&str> = (0..2_000)
        .filter_map(|n| switch.next(&page(&format!("limit={n}&cursor=x"))))
        .map(Fault::name)
        .collect();
    seen.sort_unstable();
    seen.dedup();
    let mut expected: Vec<&str> = Fault::ALL.map(|(_, name)| name).into();
    // These never come unasked, or not for a page.
    expected.retain(|name| !["early-end", "404", "expired-signature"].contains(name));
    expected.sort_unstable();
    assert_eq!(seen, expected);
}

#[test]
fn the_time_to_hold_an_answer_can_be_said() {
    assert_eq!(switched("1:timeout").hold(), Duration::from_secs(5));
    assert_eq!(switched("1:timeout hold 0.25").hold(), Duration::from_millis(250));
    assert_eq!(switched("rate 0.1 hold 2 seed 3").hold(), Duration::from_secs(2));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let check = |text: &str, expected: &str| {
        let error = text.parse::<Faults>().unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    };
    check("", "it is empty");
    check("rate", "no share");
    check("rate 1.5", "between 0 and 1");
    check("rate 0.1 seed", "a value has to follow");
    check("rate 0.1 of nonsense", "`nonsense`: expected one of 429, 429-retry-after");
    check("script", "no entries");
    check("sometimes", "expected PLACE:KIND");
    check("first:429", "expected a number");
    check("3:429 seed 4", "expected `hold`");
    check("3:429 hold -1", "expected seconds");
}
