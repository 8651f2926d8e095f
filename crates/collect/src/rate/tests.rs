use super::*;

const NOW: &str = "2026-08-19T07:36:31Z";

fn now() -> Instant {
    Instant::parse(NOW).unwrap()
}

fn reply(headers: &[(&str, &str)]) -> Reply {
    Reply::for_test(429, headers, b"")
}

fn after(headers: &[(&str, &str)], repeated: u32) -> u64 {
    backoff(Some(&reply(headers)), repeated, 0.0, now()).as_secs()
}

/// The pause in milliseconds after an answer with this `RateLimit`, so long after the request.
fn pause(header: &str, to_come: Option<u64>, elapsed_ms: i64) -> u128 {
    let mut pacer = Pacer::default();
    pacer.ask(now());
    let later = Instant::from_millis(now().millis() + elapsed_ms);
    pacer.hear(&reply(&[("ratelimit", header)]), later);
    pacer.pause(to_come, later).as_millis()
}

#[test]
fn a_spent_budget_waits_for_the_end_of_the_window() {
    assert_eq!(pause("\"api\";r=0;t=295", None, 200), 296_000);
    assert_eq!(pause("\"api\"; r=0; t=0", Some(1), 0), 1_000);
    assert_eq!(pause("\"api\";r=0;t=99999999", None, 0), 3_601_000);
}

#[test]
fn the_window_is_spent_evenly() {
    // 500 in 300 s are one each 0.6 s; what the answer took is not waited for again.
    assert_eq!(pause("\"api\";r=499;t=300", None, 0), 600);
    assert_eq!(pause("\"api\";r=499;t=300", None, 200), 400);
    assert_eq!(pause("\"api\";r=499;t=300", None, 900), 0);
    // Half the window is left, and a tenth of its requests.
    assert_eq!(pause("\"api\";r=49;t=150", None, 0), 3_000);
    assert_eq!(pause("\"api\";r=1;t=300", None, 0), 150_000);
}

#[test]
fn what_fits_into_the_window_need_not_be_spread() {
    assert_eq!(pause("\"api\";r=49;t=150", Some(49), 0), 0);
    assert_eq!(pause("\"api\";r=49;t=150", Some(50), 0), 3_000);
}

#[test]
fn what_cannot_be_read_is_no_limit() {
    for header in ["\"api\";r=zero;t=5", "nonsense", "\"api\";r=0", ""] {
        assert_eq!(pause(header, None, 0), 0, "{header}");
    }
}

#[test]
fn the_policy_is_read() {
    let policy = ("ratelimit-policy", "\"fixed window\";\"api\";q=500;w=300");
    let allowance = allowance(&reply(&[("ratelimit", "\"api\";r=499;t=295"), policy])).unwrap();
    assert_eq!((allowance.remaining, allowance.quota), (499, Some(500)));
    assert_eq!(allowance.left, Duration::from_secs(295));
}

#[test]
fn the_window_comes_before_retry_after_before_backoff() {
    let window = ("ratelimit", "\"api\";r=0;t=9");
    let open = ("ratelimit", "\"api\";r=3;t=9");
    assert_eq!(after(&[window, ("retry-after", "7")], 0), 10);
    assert_eq!(after(&[open, ("retry-after", "7")], 3), 7);
    assert_eq!(after(&[open], 3), 8);
}

#[test]
fn retry_after_may_be_a_date() {
    let until = ("retry-after", "Wed, 19 Aug 2026 07:37:01 GMT");
    assert_eq!(after(&[until], 0), 30);
    assert_eq!(after(&[until, ("date", "Wed, 19 Aug 2026 07:37:00 GMT")], 0), 1);
    assert_eq!(after(&[until, ("date", "Wed, 19 Aug 2026 08:00:00 GMT")], 0), 0);
    assert_eq!(after(&[("retry-after", "soon")], 1), 2);
}

#[test]
fn backoff_doubles_up_to_a_minute_and_half_as_much_again() {
    let waits: Vec<u64> = (0..9).map(|repeated| after(&[], repeated)).collect();
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    assert_eq!(backoff(None, u32::MAX, 0.0, now()), Duration::from_mins(1));
    assert_eq!(backoff(None, 0, 1.0, now()), Duration::from_millis(1_500));
    assert_eq!(backoff(None, 9, 0.5, now()), Duration::from_secs(75));
    // What the Hub asks for is neither stretched nor shortened.
    let asked = reply(&[("retry-after", "7")]);
    assert_eq!(backoff(Some(&asked), 0, 1.0, now()), Duration::from_secs(7));
}
