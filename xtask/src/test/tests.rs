use std::time::Duration;

use super::web::{npm_failure, parse_node_version};
use super::{Done, Outcome, Step, is_ci, judge, summary, table};

fn done(step: Step, outcome: Outcome, millis: u64) -> Done {
    Done { step, outcome, took: Duration::from_millis(millis) }
}

#[test]
fn table_names_each_step_once_with_its_time_and_reason() {
    let done = [
        done(Step::Fmt, Outcome::Passed, 1_240),
        done(Step::Tidy, Outcome::Failed("2 findings".to_owned()), 40),
        done(Step::Browser, Outcome::Skipped("no Node here".to_owned()), 0),
    ];
    let expect = "\
step     outcome   seconds
fmt      passed        1.2
tidy     failed        0.0  2 findings
browser  skipped       0.0  no Node here
";
    assert_eq!(table(&done), expect);
    assert_eq!(summary(&done), "weighhouse steps: passed: fmt; failed: tidy; skipped: browser");
}

#[test]
fn summary_says_none_rather_than_nothing() {
    let done = [done(Step::Fmt, Outcome::Passed, 0), done(Step::Web, Outcome::Passed, 0)];
    assert_eq!(summary(&done), "weighhouse steps: passed: fmt web; failed: none; skipped: none");
}

#[test]
fn a_skip_is_a_failure_in_ci_only() {
    let skipped = Outcome::Skipped("no Node here".to_owned());
    assert_eq!(judge(skipped.clone(), false), skipped);
    assert!(
        matches!(judge(skipped, true), Outcome::Failed(reason) if reason.contains("no Node here"))
    );
    assert_eq!(judge(Outcome::Passed, true), Outcome::Passed);
}

#[test]
fn ci_is_what_sets_the_variable_to_something() {
    assert!(is_ci(Some("true")));
    assert!(is_ci(Some("1")));
    assert!(!is_ci(Some("false")));
    assert!(!is_ci(Some("")));
    assert!(!is_ci(None));
}

#[test]
fn node_version_is_the_major_one() {
    assert_eq!(parse_node_version("v20.20.2"), Some(20));
    assert_eq!(parse_node_version("20.20.2"), None);
    assert_eq!(parse_node_version("vnext"), None);
}

#[test]
fn npm_without_a_network_is_a_skip_and_a_bad_lock_file_is_not() {
    let offline = "npm error code EAI_AGAIN\nnpm error request failed, getaddrinfo EAI_AGAIN";
    assert!(matches!(npm_failure(offline), Outcome::Skipped(_)));
    let out_of_step =
        "npm error code EUSAGE\nnpm error package.json and package-lock.json are not in sync";
    assert!(matches!(npm_failure(out_of_step), Outcome::Failed(_)));
}
