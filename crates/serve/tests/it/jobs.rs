//! How the standing jobs stand, as the API and the pages say it.

use serde_json::json;
use serve::Notice;
use store::Job;

use crate::data::Directory;

/// A weekly job that is due a week after 2024-05-27; the clock begins three hours after that day began.
fn weekly() -> Job {
    Job {
        name: "whole".to_owned(),
        title: "The whole <listing>".to_owned(),
        collection: Some("tiny".to_owned()),
        period_seconds: 604_800,
        is_on_demand: false,
        due_at: Some("2024-06-03T00:00:00Z".to_owned()),
        started_at: Some("2024-05-27T00:00:00Z".to_owned()),
        succeeded_at: Some("2024-05-27T00:40:00Z".to_owned()),
        failure_count: 0,
        outcome: Some("5 models".to_owned()),
        is_running: false,
    }
}

fn watched(jobs: &[Job]) -> Directory {
    let directory = Directory::new();
    directory.write("tiny");
    directory.store.write_jobs(jobs).expect("the jobs are written");
    directory.live.look();
    directory.told();
    directory
}

/// The mark in the header, and whether it is hidden.
fn mark(directory: &Directory) -> (String, bool) {
    let body = directory.get("/power").body;
    let rest = body.split("<p class=\"standing\"").nth(1).expect("the mark is on every page");
    let (mark, _) = rest.split_once("</p>").expect("the mark ends");
    let (tag, content) = mark.split_once('>').expect("its tag ends");
    (content.to_owned(), tag.contains("hidden"))
}

#[test]
fn nobody_watches() {
    let directory = watched(&[]);
    let status = directory.get("/api/v1/status").json();
    assert_eq!((&status["health"], &status["jobs"]), (&json!(null), &json!([])));
    assert!(!directory.get("/data").body.contains("id=\"collecting\""));
    assert_eq!(mark(&directory), (String::new(), true));
}

#[test]
fn the_status_says_all_of_a_job() {
    let directory = watched(&[weekly()]);
    // Seven days to the due date less three hours, and nine hours more: late after 8.4 hours.
    directory.wait_hours(7 * 24 - 3 + 9);
    let status = directory.get("/api/v1/status").json();
    assert_eq!(status["health"], "late");
    assert_eq!(
        status["jobs"][0],
        json!({
            "name": "whole", "title": "The whole <listing>", "collection": "tiny",
            "health": "late", "period_seconds": 604_800, "due_at": "2024-06-03T00:00:00Z",
            "started_at": "2024-05-27T00:00:00Z", "succeeded_at": "2024-05-27T00:40:00Z",
            "lag_seconds": 9 * 3600, "failure_count": 0, "outcome": "5 models", "running": false
        })
    );
}

#[test]
fn a_job_turns_amber_and_then_red_by_time_alone() {
    let directory = watched(&[weekly()]);
    assert_eq!(mark(&directory), (String::new(), true), "green says nothing loud");
    let page = directory.get("/data").body;
    assert!(page.contains("The whole &lt;listing&gt;"), "{page}");
    for words in ["is-on-time", "> On time<", "27\u{a0}May\u{a0}2024\u{a0}00:40", "every week"] {
        assert!(page.contains(words), "{words}");
    }

    directory.wait_hours(7 * 24 - 3 + 9);
    let (words, is_hidden) = mark(&directory);
    assert!(words.contains("Data late") && words.contains("/data#collecting"), "{words}");
    assert!(!is_hidden);
    let page = directory.get("/data").body;
    assert!(page.contains("▲") && page.contains("> Late<") && page.contains("9 hours"), "{page}");

    directory.wait_hours(25);
    let (words, _) = mark(&directory);
    assert!(words.contains("Data stalled since 3\u{a0}Jun\u{a0}2024"), "{words}");
    let page = directory.get("/data").body;
    assert!(page.contains("■") && page.contains("> Stalled<") && page.contains("34 hours"));
}

#[test]
fn the_worst_job_speaks_for_all() {
    let hourly = |name: &str, due_at: &str| Job {
        name: name.to_owned(),
        period_seconds: 3600,
        due_at: Some(due_at.to_owned()),
        ..weekly()
    };
    // At 2024-05-27T03:00:00Z: six hours, two hours, and ten minutes late.
    let directory = watched(&[
        hourly("a", "2024-05-26T21:00:00Z"),
        hourly("b", "2024-05-27T01:00:00Z"),
        hourly("c", "2024-05-27T02:50:00Z"),
    ]);
    let status = directory.get("/api/v1/status").json();
    let each: Vec<_> = (0..3).map(|job| status["jobs"][job]["health"].clone()).collect();
    assert_eq!(each, ["stalled", "late", "on time"]);
    assert_eq!(status["health"], "stalled");
    assert!(mark(&directory).0.contains("since 26\u{a0}May\u{a0}2024"));
}

/// A build is due when something was read; until then it cannot be late.
#[test]
fn a_job_that_has_nothing_to_do_is_on_time() {
    let directory = watched(&[Job { is_on_demand: true, due_at: None, ..weekly() }]);
    directory.wait_hours(24 * 365);
    let job = &directory.get("/api/v1/status").json()["jobs"][0];
    let expected = (&json!("on time"), &json!(null), &json!(0));
    assert_eq!((&job["health"], &job["due_at"], &job["lag_seconds"]), expected);
    let page = directory.get("/data").body;
    assert!(page.contains("nothing to do") && page.contains("when there is something to do"));
    assert!(mark(&directory).1, "the mark is hidden");
}

#[test]
fn a_job_under_way_and_its_failures_are_said() {
    let directory = watched(&[Job {
        succeeded_at: None,
        failure_count: 2,
        outcome: Some("the Hub <rested>".to_owned()),
        is_running: true,
        ..weekly()
    }]);
    let page = directory.get("/data").body;
    for words in [
        "under way since 27\u{a0}May\u{a0}2024\u{a0}00:00",
        "never",
        "the Hub &lt;rested&gt;",
        "2 failures since it was last done",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let job = &directory.get("/api/v1/status").json()["jobs"][0];
    assert_eq!((&job["running"], &job["succeeded_at"]), (&json!(true), &json!(null)));
}

#[test]
fn a_page_is_sent_again_when_it_says_more_of_the_jobs() {
    let directory = watched(&[weekly()]);
    let tags = || {
        ["/power", "/data", "/api/v1/status"]
            .map(|address| directory.get(address).header("etag").to_owned())
    };
    let before = tags();
    directory.wait_hours(1);
    assert_eq!(tags(), before, "on time is on time");
    directory.wait_hours(7 * 24 + 6);
    for (after, before) in tags().iter().zip(&before) {
        assert_ne!(after, before);
    }
}

#[test]
fn jobs_that_cannot_be_read_are_told_once_and_those_known_stay() {
    let directory = watched(&[weekly()]);
    let bad = Job { due_at: Some("soon".to_owned()), ..weekly() };
    directory.store.write_jobs(&[bad]).unwrap();
    directory.live.look();
    directory.live.look();
    let told = directory.told();
    let [Notice::JobsUnreadable { reason }] = told.as_slice() else { panic!("{told:?}") };
    assert!(reason.contains("'whole'") && reason.contains("soon"), "{reason}");
    assert_eq!(directory.get("/api/v1/status").json()["jobs"][0]["name"], "whole");
    std::fs::write(directory.path().join("jobs.json"), b"{").unwrap();
    directory.live.look();
    assert_eq!(directory.told().len(), 1, "another reason");
    directory.store.write_jobs(&[]).unwrap();
    directory.live.look();
    assert_eq!(directory.get("/api/v1/status").json()["jobs"], json!([]));
}
