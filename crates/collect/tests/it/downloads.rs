//! Files, and the way to them.

use std::time::Duration;

use collect::{Download, Error, Failure, Token, download};

use crate::chain;
use crate::clock::TestClock;
use crate::replay::{Replay, announced, answer, replay};

const PATH: &str = "datasets/a/b/resolve/main/c.parquet";

fn file(hub: &Replay) -> Download {
    Download {
        endpoint: hub.endpoint.clone(),
        path: PATH.to_owned(),
        token: Some(Token::new("hf_secret").unwrap()),
        max_bytes: 1_000,
        timeout: Duration::from_secs(20),
        max_retries: 2,
        user_agent: "weighhouse-test".to_owned(),
    }
}

#[test]
fn the_token_goes_to_no_other_host() {
    let storage = replay(|_| vec![answer(200, &[], "PAR1")]);
    let signed = format!("{}/bridge/c?X-Amz-Expires=3600", storage.endpoint);
    let hub = replay(|_| {
        // As hub-reference.md §6: small files stay on the host, large ones lie elsewhere.
        vec![
            answer(307, &[("Location", "/api/resolve-cache/c")], ""),
            answer(302, &[("Location", &signed), ("X-Linked-Size", "4")], ""),
        ]
    });
    assert_eq!(download(&file(&hub), &TestClock::default()).unwrap(), b"PAR1");
    assert_eq!(hub.targets(), [format!("/{PATH}").as_str(), "/api/resolve-cache/c"]);
    assert!(hub.heads().iter().all(|head| head.contains("authorization: bearer hf_secret")));
    assert_eq!(storage.targets(), ["/bridge/c?X-Amz-Expires=3600"]);
    assert!(!storage.heads()[0].contains("authorization"), "{:?}", storage.heads());
}

#[test]
fn a_file_of_another_length_is_fetched_again() {
    let hub = replay(|_| {
        let sized = [("X-Linked-Size", "4")];
        vec![
            answer(200, &sized, "PA"),
            announced(200, &sized, b"PA", 4),
            answer(200, &sized, "PAR1"),
        ]
    });
    let clock = TestClock::default();
    assert_eq!(download(&file(&hub), &clock).unwrap(), b"PAR1");
    assert_eq!(clock.slept_seconds(), [1, 2]);
}

#[test]
fn an_expired_address_is_asked_for_again() {
    let storage =
        replay(|_| vec![answer(403, &[], "Request has expired"), answer(200, &[], "PAR1")]);
    let hub = replay(|_| {
        let there = || answer(302, &[("Location", &format!("{}/c", storage.endpoint))], "");
        vec![there(), there()]
    });
    assert_eq!(download(&file(&hub), &TestClock::default()).unwrap(), b"PAR1");
}

#[test]
fn a_file_too_large_is_refused() {
    let hub = replay(|_| vec![answer(200, &[], vec![0; 1_001])]);
    let error = download(&file(&hub), &TestClock::default()).unwrap_err();
    assert!(chain(&error).ends_with("the answer is larger than 1000 bytes"), "{}", chain(&error));
    let hub = replay(|_| vec![answer(200, &[], vec![0; 1_000])]);
    assert_eq!(download(&file(&hub), &TestClock::default()).unwrap().len(), 1_000);
}

#[test]
fn a_missing_file_is_not_asked_for_again() {
    let hub = replay(|_| vec![answer(404, &[], r#"{"error":"Entry not found"}"#)]);
    let error = download(&file(&hub), &TestClock::default()).unwrap_err();
    let expected = format!(
        "gave up on {}/{PATH} (attempts: 1, pages received: 0): \
         the answer was 404: Entry not found",
        hub.endpoint
    );
    assert_eq!(chain(&error), expected);
}

#[test]
fn redirects_are_followed_only_so_far() {
    let hub = replay(|_| (0..20).map(|_| answer(302, &[("Location", "/again")], "")).collect());
    let error = download(&file(&hub), &TestClock::default()).unwrap_err();
    let is_refused = matches!(error, Error::Request { failure: Failure::Redirect { .. }, .. });
    assert!(is_refused, "{}", chain(&error));
    assert_eq!(hub.heads().len(), 11);
    for location in ["", "relative", "//elsewhere/x", "file:///etc/passwd"] {
        let hub = replay(|_| vec![answer(302, &[("Location", location)], "")]);
        let error = download(&file(&hub), &TestClock::default()).unwrap_err();
        assert!(
            chain(&error).ends_with(&format!("a redirect to '{location}'")),
            "{}",
            chain(&error)
        );
    }
}
