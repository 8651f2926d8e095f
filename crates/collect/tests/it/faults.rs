//! Against everything that a Hub or a network does wrong.

use collect::{Error, FIELDS, Failure, Token};
use schema::Instant;

use crate::clock::TestClock;
use crate::replay::{announced, answer, link, replay};
use crate::{chain, collect, options};

const ONE: &str = r#"[{"_id":"1","id":"a/b"}]"#;
const TWO: &str = r#"[{"_id":"2","id":"c/d"},{"_id":"3","id":"e/f"}]"#;

fn good() -> Vec<u8> {
    answer(200, &[], ONE)
}

/// One answer that is wrong, then a good one: the listing succeeds after waiting so long.
fn recovers(wrong: Vec<u8>, seconds: u64) {
    let described = String::from_utf8_lossy(&wrong).into_owned();
    let hub = replay(|_| vec![wrong, good()]);
    let clock = TestClock::default();
    let collected = collect(&options(&hub.endpoint), &clock);
    let summary = collected.result.unwrap_or_else(|error| panic!("{described}: {}", chain(&error)));
    assert_eq!((summary.pages, summary.models, summary.retries), (1, 1, 1), "{described}");
    assert_eq!(clock.slept_seconds(), [seconds], "{described}");
    assert_eq!(collected.pages[0].body, ONE.as_bytes());
    assert_eq!(collected.progress[0].retries, 1);
    assert_eq!(hub.targets()[0], hub.targets()[1], "the same page is asked for again");
}

#[test]
fn what_passes_is_waited_for() {
    recovers(answer(429, &[("RateLimit", "\"api\";r=0;t=41")], "{}"), 42);
    recovers(answer(429, &[("RateLimit", "\"api\";r=9;t=41"), ("Retry-After", "7")], "{}"), 7);
    recovers(answer(429, &[], "<html>Too many requests</html>"), 1);
    recovers(answer(503, &[("Retry-After", "12")], ""), 12);
    for status in [408, 425, 500, 502, 503, 504, 520, 524] {
        recovers(answer(status, &[], "{}"), 1);
    }
}

#[test]
fn a_success_that_is_none_is_asked_for_again() {
    recovers(answer(200, &[], r#"{"error":"you are being throttled"}"#), 1);
    recovers(answer(200, &[], "<html>maintenance</html>"), 1);
    recovers(answer(200, &[], ""), 1);
    recovers(answer(200, &[], &ONE[..10]), 1);
}

#[test]
fn a_cut_connection_is_made_again() {
    recovers(announced(200, &[], ONE.as_bytes(), 9_000), 1);
    recovers(announced(200, &[], &ONE.as_bytes()[..10], ONE.len()), 1);
    recovers(b"HTTP/1.1 200 x\r\ncontent-len".to_vec(), 1);
    recovers(Vec::new(), 1);
    recovers(b"nonsense\r\n\r\n".to_vec(), 1);
    recovers(b"HTTP/1.1 200 x\r\ntransfer-encoding: chunked\r\n\r\n2\r\n[{\r\n".to_vec(), 1);
    // The first bytes of a gzip stream, whole by its announced length.
    let cut =
        announced(200, &[("content-encoding", "gzip")], b"\x1f\x8b\x08\0\0\0\0\0\0\x03\x8b", 11);
    recovers(cut, 1);
}

#[test]
fn waits_grow_and_a_success_resets_them() {
    let hub = replay(|endpoint| {
        let wrong = || answer(503, &[], "{}");
        let next = link(&format!("{endpoint}/api/models?cursor=2"));
        let first = answer(200, &[("Link", &next)], ONE);
        vec![wrong(), wrong(), wrong(), first, wrong(), wrong(), answer(200, &[], TWO)]
    });
    let clock = TestClock::default();
    let summary = collect(&options(&hub.endpoint), &clock).result.unwrap();
    assert_eq!((summary.pages, summary.models, summary.retries), (2, 3, 5));
    // Doubled each time, and up to half as much again, so that clients do not come back at once.
    let waits = clock.slept_seconds();
    let least = [1, 2, 4, 1, 2];
    assert_eq!(waits.len(), least.len());
    assert!(waits.iter().zip(least).all(|(wait, least)| (least..=least * 3 / 2).contains(wait)));
    assert!((10..=15).contains(&summary.waited.as_secs()), "{:?}", summary.waited);
}

#[test]
fn when_retries_are_spent_the_error_says_everything() {
    let hub = replay(|endpoint| {
        let next = link(&format!("{endpoint}/api/models?cursor=2"));
        let wrong = || answer(503, &[], r#"{"error":"the hub is resting"}"#);
        vec![answer(200, &[("Link", &next)], ONE), wrong(), wrong(), wrong(), wrong()]
    });
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    let error = collected.result.unwrap_err();
    assert_eq!(collected.pages.len(), 1, "what came before is kept");
    let expected = format!(
        "gave up on {}/api/models?cursor=2 (attempts: 4, pages received: 1): \
         the answer was 503: the hub is resting",
        hub.endpoint
    );
    assert_eq!(chain(&error), expected);
    assert_eq!(hub.heads().len(), 5, "one page, then a request and three repetitions");
}

#[test]
fn what_does_not_pass_is_not_repeated() {
    for status in [401, 403, 404, 410, 501, 505] {
        let hub = replay(|_| vec![answer(status, &[], r#"{"error":"no"}"#), good()]);
        let clock = TestClock::default();
        let error = collect(&options(&hub.endpoint), &clock).result.unwrap_err();
        assert!(chain(&error).ends_with(&format!("the answer was {status}: no")), "{error}");
        assert_eq!((hub.heads().len(), clock.slept_seconds().len()), (1, 0), "{status}");
    }
}

/// The Hub refuses a whole listing for one field that it no longer knows.
#[test]
fn a_field_that_the_hub_has_given_up_is_left_out() {
    let hub = replay(|_| {
        let refused = || answer(400, &[], r#"{"error":"\"expand\" must be one of …"}"#);
        let mut answers = vec![refused()];
        for field in FIELDS {
            answers.push(if field == "inference" { refused() } else { answer(200, &[], ONE) });
        }
        answers.push(answer(200, &[], TWO));
        answers
    });
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    let summary = collected.result.unwrap_or_else(|error| panic!("{}", chain(&error)));
    assert_eq!((summary.pages, summary.models), (1, 2));
    let url = &collected.pages[0].url;
    assert_eq!(url.matches("expand[]=").count(), FIELDS.len() - 1, "{url}");
    assert!(!url.contains("expand[]=inference&"), "{url}");
}

/// What every field is refused for is not a field's fault.
#[test]
fn a_listing_that_is_refused_whatever_is_asked_stops() {
    let hub = replay(|_| {
        let refused = || answer(400, &[], r#"{"error":"no such sort"}"#);
        (0..=FIELDS.len()).map(|_| refused()).collect()
    });
    let error = collect(&options(&hub.endpoint), &TestClock::default()).result.unwrap_err();
    assert!(chain(&error).ends_with("the answer was 400: no such sort"), "{}", chain(&error));
    let hub = replay(|_| {
        let good_fields = FIELDS.map(|_| answer(200, &[], ONE));
        [vec![answer(400, &[], r#"{"error":"no such sort"}"#)], good_fields.to_vec()].concat()
    });
    let error = collect(&options(&hub.endpoint), &TestClock::default()).result.unwrap_err();
    assert!(chain(&error).ends_with("the answer was 400: no such sort"), "{}", chain(&error));
}

#[test]
fn a_page_too_large_is_refused() {
    let hub = replay(|_| vec![answer(200, &[], vec![b' '; (64 << 20) + 1]), good()]);
    let error = collect(&options(&hub.endpoint), &TestClock::default()).result.unwrap_err();
    let is_too_large =
        matches!(error, Error::Request { attempts: 1, failure: Failure::TooLarge { .. }, .. });
    assert!(is_too_large, "{}", chain(&error));
}

#[test]
fn a_link_to_a_foreign_host_is_refused_and_told_nothing() {
    let stranger = replay(|_| vec![good()]);
    for foreign in [
        format!("{}/api/models?cursor=2", stranger.endpoint),
        "https://huggingface.co/api/models?cursor=2".to_owned(),
        "//huggingface.co/api/models".to_owned(),
        "/api/models?cursor=2".to_owned(),
    ] {
        let hub = replay(|_| vec![answer(200, &[("Link", &link(&foreign))], ONE)]);
        let mut options = options(&hub.endpoint);
        options.token = Some(Token::new("hf_secret").unwrap());
        let collected = collect(&options, &TestClock::default());
        let error = collected.result.unwrap_err();
        assert_eq!(collected.pages.len(), 1, "the page itself is good");
        assert!(matches!(&error, Error::ForeignLink { link, .. } if *link == foreign), "{error}");
        assert!(hub.heads()[0].contains("authorization: bearer hf_secret"), "{:?}", hub.heads());
    }
    assert!(stranger.heads().is_empty());
}

/// The same host under the other scheme is another host.
#[test]
fn a_link_to_the_other_scheme_is_refused() {
    let hub = replay(|endpoint| {
        let other = endpoint.replace("http://", "https://");
        vec![answer(200, &[("Link", &link(&format!("{other}/api/models?cursor=2")))], ONE)]
    });
    let error = collect(&options(&hub.endpoint), &TestClock::default()).result.unwrap_err();
    assert!(matches!(error, Error::ForeignLink { .. }), "{error}");
}

#[test]
fn a_listing_without_end_is_stopped() {
    let hub = replay(|endpoint| {
        let page = |number: u32| {
            let next = link(&format!("{endpoint}/api/models?cursor={number}"));
            answer(200, &[("Link", &next)], "[]")
        };
        (0..30).map(page).collect()
    });
    let mut options = options(&hub.endpoint);
    options.limit = Some(100);
    let collected = collect(&options, &TestClock::default());
    let error = collected.result.unwrap_err();
    assert!(matches!(error, Error::TooManyPages { pages: 20, .. }), "{error}");
    assert_eq!(collected.pages.len(), 20);
}

/// What does not pass within the retries stops the listing, resumable.
#[test]
fn a_page_that_follows_itself_is_stopped() {
    let hub = replay(|endpoint| {
        let next = link(&format!("{endpoint}/api/models?cursor=2"));
        let page = |body: &str| answer(200, &[("Link", &next)], body);
        vec![page(ONE), page(TWO), page(TWO), page(TWO), page(TWO)]
    });
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    let error = collected.result.unwrap_err();
    let is_repeated = matches!(error, Error::Request { failure: Failure::Repeated, pages: 1, .. });
    assert!(is_repeated, "{}", chain(&error));
    assert_eq!(collected.pages.len(), 1);
}

#[test]
fn a_page_that_comes_twice_is_asked_for_again() {
    let hub = replay(|endpoint| {
        let next = |number: u32| link(&format!("{endpoint}/api/models?cursor={number}"));
        vec![
            answer(200, &[("Link", &next(2))], ONE),
            answer(200, &[("Link", &next(2))], ONE),
            answer(200, &[("Link", &next(3))], ONE),
            answer(200, &[("Link", &next(3))], TWO),
            answer(200, &[], "[]"),
        ]
    });
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    let summary = collected.result.unwrap();
    assert_eq!((summary.pages, summary.models, summary.retries), (3, 3, 2));
    assert_eq!(collected.pages[1].body, TWO.as_bytes());
}

#[test]
fn a_redirect_on_the_same_host_is_followed() {
    let hub = replay(|_| {
        let elsewhere = ("Location", "/api/models?elsewhere=1");
        vec![answer(307, &[elsewhere], ""), answer(200, &[], ONE)]
    });
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    assert_eq!(collected.result.unwrap().models, 1);
    assert_eq!(hub.targets()[1], "/api/models?elsewhere=1");
}

#[test]
fn a_redirect_to_another_host_is_refused_and_told_nothing() {
    let stranger = replay(|_| vec![good()]);
    let away = format!("{}/api/models", stranger.endpoint);
    let hub = replay(|_| vec![answer(307, &[("Location", &away)], "")]);
    let mut options = options(&hub.endpoint);
    options.token = Some(Token::new("hf_secret").unwrap());
    let error = collect(&options, &TestClock::default()).result.unwrap_err();
    assert!(chain(&error).ends_with(&format!("refused to follow a redirect to '{away}'")));
    assert!(stranger.heads().is_empty());
}

#[test]
fn redirects_end() {
    let hub = replay(|_| (0..7).map(|_| answer(307, &[("Location", "/api/models")], "")).collect());
    let error = collect(&options(&hub.endpoint), &TestClock::default()).result.unwrap_err();
    assert!(chain(&error).contains("refused to follow a redirect"), "{}", chain(&error));
    assert_eq!(hub.heads().len(), 6, "one request and five redirects");
}

#[test]
fn odd_entries_fail_nothing_and_are_counted() {
    let odd = r#"[{"_id":"1","id":"a/b","downloads":"many","new":{"x":[null]}},{"id":"c/d"},null]"#;
    let hub = replay(|_| vec![answer(200, &[], odd)]);
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    let summary = collected.result.unwrap();
    assert_eq!((summary.models, summary.unexpected_entries), (3, 2));
    assert_eq!(collected.pages[0].body, odd.as_bytes());
}

#[test]
fn a_short_page_is_not_the_end() {
    let hub = replay(|endpoint| {
        let next = |number: u32| link(&format!("{endpoint}/api/models?cursor={number}"));
        vec![
            answer(200, &[("Link", &next(2))], ONE),
            answer(200, &[("Link", &next(3))], "[]"),
            answer(200, &[], TWO),
        ]
    });
    let summary = collect(&options(&hub.endpoint), &TestClock::default()).result.unwrap();
    assert_eq!((summary.pages, summary.models), (3, 3));
}

#[test]
fn without_a_date_our_own_clock_counts() {
    let hub = replay(|_| vec![good()]);
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    assert_eq!(collected.pages[0].received_at, Instant::parse("2026-01-02T03:04:05Z").unwrap());
    let hub = replay(|_| vec![answer(200, &[("Date", "Sun, 06 Nov 1994 08:49:37 GMT")], ONE)]);
    let collected = collect(&options(&hub.endpoint), &TestClock::default());
    assert_eq!(collected.pages[0].received_at, Instant::parse("1994-11-06T08:49:37Z").unwrap());
}

#[test]
fn whoever_cannot_keep_a_page_stops_the_listing() {
    let hub = replay(|endpoint| {
        let next = link(&format!("{endpoint}/api/models?cursor=2"));
        vec![answer(200, &[("Link", &next)], ONE), good()]
    });
    let result =
        collect::listing(&options(&hub.endpoint), None, &TestClock::default(), &mut |_, _| {
            Err("the disk is full".into())
        });
    assert_eq!(chain(&result.unwrap_err()), "cannot keep page 1: the disk is full");
    assert_eq!(hub.heads().len(), 1);
}

#[test]
fn requests_say_who_asks() {
    let hub = replay(|_| vec![good()]);
    let _ = collect(&options(&hub.endpoint), &TestClock::default());
    let heads = hub.heads();
    assert!(heads[0].contains("user-agent: weighhouse-test\r\n"), "{heads:?}");
    assert!(!heads[0].contains("authorization"), "{heads:?}");
}

/// The encrypted door is opened with what this build has: it fails for what stands behind it.
#[test]
fn a_server_without_encryption_is_a_failure_and_no_more() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let _ = std::io::Write::write_all(&mut connection, b"HTTP/1.1 400 x\r\n\r\n");
    });
    let mut options = options(&endpoint);
    options.max_retries = 0;
    let error = collect(&options, &TestClock::default()).result.unwrap_err();
    let is_transport = matches!(error, Error::Request { failure: Failure::Transport(_), .. });
    assert!(is_transport, "{}", chain(&error));
    assert!(chain(&error).contains("corrupt message"), "{}", chain(&error));
}
