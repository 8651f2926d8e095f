use schema::Instant;

use super::{duration, moment};

#[test]
fn a_moment_is_said_to_the_minute() {
    let said = |text: &str| moment(Instant::parse(text).unwrap()).replace('\u{a0}', " ");
    assert_eq!(said("2026-08-21T07:36:59Z"), "21 Aug 2026 07:36");
    assert_eq!(said("2026-08-21T00:00:00Z"), "21 Aug 2026 00:00");
    assert_eq!(said("1969-12-31T23:59:00Z"), "31 Dec 1969 23:59");
}

#[test]
fn a_duration_is_said_in_its_largest_unit() {
    let said = [59, 60, 119, 3_599, 3_600, 172_799, 172_800].map(duration);
    let expected =
        ["under a minute", "1 minute", "1 minute", "59 minutes", "1 hour", "47 hours", "2 days"];
    assert_eq!(said, expected);
}
