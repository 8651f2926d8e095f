use super::*;

fn reply(headers: &[(&str, &str)]) -> Reply {
    Reply::for_test(429, headers, b"")
}

fn after(headers: &[(&str, &str)], repeated: u32) -> u64 {
    let now = Instant::parse("2026-08-19T07:36:31Z").unwrap();
    backoff(Some(&reply(headers)), repeated, now).as_secs()
}

#[test]
fn a_spent_budget_waits_for_the_end_of_the_window() {
    let check = |header: &str, seconds: u64| {
        assert_eq!(
            pause(&reply(&[("ratelimit", header)])),
            Duration::from_secs(seconds),
            "{header}"
        );
    };
    check("\"api\";r=0;t=295", 296);
    check("\"api\"; r=0; t=0", 1);
    check("\"api\";r=1;t=295", 0);
    check("\"api\";r=0;t=99999999", 3_600);
    check("\"api\";r=zero;t=5", 0);
    check("nonsense", 0);
    assert_eq!(pause(&reply(&[])), Duration::ZERO);
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
fn backoff_doubles_up_to_a_minute() {
    let waits: Vec<u64> = (0..9).map(|repeated| after(&[], repeated)).collect();
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    let now = Instant::from_millis(0);
    assert_eq!(backoff(None, u32::MAX, now), Duration::from_mins(1));
}
