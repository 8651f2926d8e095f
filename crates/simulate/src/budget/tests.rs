use super::*;

fn said(allowance: &Allowance) -> String {
    allowance.headers()[0].1.clone()
}

/// hub-reference.md §8.1: the three buckets of anonymous callers.
#[test]
fn each_bucket_has_its_own_quota() {
    let limits = Limits::new(Some(Budget { quota: 500, window_seconds: 300 }));
    let check = |path: &str, first: &str| {
        let allowance = limits.allow(path, Duration::from_mins(5));
        assert_eq!(said(&allowance), first, "{path}");
    };
    check("/api/models", "\"api\";r=499;t=300");
    check("/api/models/a/b", "\"api\";r=498;t=300");
    check("/a/b/resolve/main/README.md", "\"resolvers\";r=2999;t=300");
    check("/api/resolve-cache/models/a/b/0/README.md", "\"resolvers\";r=2998;t=300");
    check("/a/b", "\"pages\";r=99;t=300");
    let policy = limits.allow("/a/b", Duration::from_mins(5)).headers()[1].1.clone();
    assert_eq!(policy, "\"fixed window\";\"pages\";q=100;w=300");
}

#[test]
fn a_window_is_spent_and_the_next_is_whole() {
    let limits = Limits::new(Some(Budget { quota: 2, window_seconds: 10 }));
    let mut seen = Vec::new();
    for millis in [0, 100, 200, 9_999, 10_000] {
        let allowance = limits.allow("/api/models", Duration::from_millis(millis));
        seen.push((allowance.is_spent, said(&allowance)));
    }
    let expected = [
        (false, "\"api\";r=1;t=10"),
        (false, "\"api\";r=0;t=10"),
        (true, "\"api\";r=0;t=10"),
        // A millisecond is left, and a second is the least that can be said.
        (true, "\"api\";r=0;t=1"),
        (false, "\"api\";r=1;t=10"),
    ];
    assert_eq!(seen, expected.map(|(is_spent, said)| (is_spent, said.to_owned())));
}

#[test]
fn limits_that_are_off_are_not_told() {
    let limits = Limits::off();
    for _ in 0..1_000 {
        let allowance = limits.allow("/api/models", Duration::ZERO);
        assert!(!allowance.is_spent);
        assert_eq!(allowance.headers(), []);
    }
}
