//! `watch`: what is due is done, what fails is tried again, and everyone can see how it stands.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{Bench, Hub, Server};

fn watch(endpoint: &str) -> [&str; 8] {
    ["watch", "--once", "--top-limit", "50", "--details-limit", "20", "--endpoint", endpoint]
}

fn status(bench: &Bench) -> Value {
    serde_json::from_str(&bench.run(&["status", "--format", "json"]).stdout).unwrap()
}

fn job<'a>(status: &'a Value, name: &str) -> &'a Value {
    status["jobs"].as_array().unwrap().iter().find(|job| job["name"] == name).unwrap()
}

#[test]
fn what_is_due_is_collected_and_built_once() {
    let bench = Bench::new();
    let hub = Hub::start(&["--models", "300", "--seed", "6"]);
    let run = bench.done(&watch(&hub.endpoint));
    assert!(run.stderr.contains("build: released simulated-hub-"), "{}", run.stderr);
    let state = status(&bench);
    for name in ["whole", "top", "changes", "details"] {
        let job = job(&state, name);
        assert_eq!(
            (&job["health"], &job["failure_count"]),
            (&"on time".into(), &0.into()),
            "{job}"
        );
        assert!(job["succeeded_at"].is_string() && !job["is_running"].as_bool().unwrap(), "{job}");
    }
    assert_eq!(job(&state, "build")["health"], Value::Null);
    let collections: Vec<&str> = state["collections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|collection| collection["state"].as_str().unwrap())
        .collect();
    assert_eq!(collections, ["up to date", "up to date"]);
    // Nothing is due within the same hour, or only the changes where the hour has just turned.
    let again = bench.done(&watch(&hub.endpoint)).stderr;
    assert!(!again.contains("whole: "), "{again}");
}

/// A server that had nothing to show shows what `watch` built, and how its jobs stand.
#[test]
fn a_server_follows_what_is_collected() {
    let bench = Bench::new();
    let hub = Hub::start(&["--models", "300", "--seed", "6"]);
    let server = Server::start(&bench);
    assert_eq!(server.json("/api/v1/status")["health"], Value::Null, "nobody watches yet");
    let mut events = server.open("/api/v1/events");
    bench.done(&watch(&hub.endpoint));
    // The server may look in the middle of the run, and is followed to its end.
    let mut line = String::new();
    let (mut is_released, mut is_on_time) = (false, false);
    while !(is_released && is_on_time) {
        line.clear();
        assert!(events.read_line(&mut line).unwrap() > 0, "the events ended");
        is_released |= line.contains("\"collection\":\"simulated-hub-top-downloads-50\"");
        is_on_time |= line.starts_with("data: {\"health\":\"on time\"");
    }
    let status = server.json("/api/v1/status");
    assert_eq!(status["health"], "on time", "{status}");
    assert_eq!(status["jobs"].as_array().unwrap().len(), 5, "{status}");
    assert_eq!(status["collections"][1]["state"], "ready", "{status}");
}

#[test]
fn what_fails_is_said_and_kept_due() {
    let bench = Bench::new();
    // Port 9 (discard) is closed on loopback.
    let run = bench.run(&watch("http://127.0.0.1:9"));
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("error: job 'whole' failed"), "{}", run.stderr);
    assert!(run.stderr.contains("whole: will be tried again at"), "{}", run.stderr);
    let state = status(&bench);
    let whole = job(&state, "whole");
    assert_eq!((&whole["failure_count"], &whole["succeeded_at"]), (&1.into(), &Value::Null));
    assert!(whole["outcome"].as_str().unwrap().starts_with("failed: "), "{whole}");
    // It has been due since Monday, which is within the week: late or stalled but for its first hours.
    let hub = Hub::start(&["--models", "100", "--seed", "6"]);
    bench.done(&watch(&hub.endpoint));
    let state = status(&bench);
    assert_eq!(job(&state, "whole")["failure_count"], 0);
}

#[test]
fn one_process_watches_and_one_collects() {
    let bench = Bench::new();
    let hub = Hub::start(&["--models", "100", "--seed", "6", "--latency-ms", "20"]);
    let mut first = Command::new(env!("CARGO_BIN_EXE_weighhouse"))
        .env_clear()
        .arg("--data")
        .arg(bench.data())
        .args(["watch", "--endpoint", &hub.endpoint])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(first.stderr.take().unwrap()).lines();
    assert!(said.next().unwrap().unwrap().starts_with("watching "));
    let second = bench.run(&watch(&hub.endpoint));
    assert_eq!(second.code, 2);
    assert!(second.stderr.contains("another weighhouse is watching over"), "{}", second.stderr);
    // The lock ends with its holder, however that ends.
    first.kill().unwrap();
    first.wait().unwrap();
    bench.done(&watch(&hub.endpoint));
}

#[test]
fn machines_read_lines_of_json() {
    let bench = Bench::new();
    let hub = Hub::start(&["--models", "60", "--seed", "6"]);
    let run = bench.done(&["--log-format", "json", "collect", "--endpoint", &hub.endpoint]);
    let lines: Vec<Value> =
        run.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(!lines.is_empty());
    for line in &lines {
        assert!(line["at"].is_string() && line["message"].is_string(), "{line}");
        assert_eq!(line["level"], "info");
    }
    let run = bench.run(&["--log-format", "json", "collect", "--endpoint", "http://127.0.0.1:9"]);
    let last: Value = serde_json::from_str(run.stderr.lines().next().unwrap()).unwrap();
    assert_eq!(last["level"], "error");
}

/// A token is sent to the Hub that was named, and shown to nobody.
#[test]
fn a_token_is_never_said() {
    let bench = Bench::new();
    let hub = Hub::start(&["--models", "60", "--seed", "6", "--faults", "script 2-90:500"]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_weighhouse"));
    command.env_clear().env("HF_TOKEN", "hf_a-secret").env("HF_ENDPOINT", &hub.endpoint);
    let help = command.args(["collect", "--help"]).output().unwrap();
    assert!(!String::from_utf8_lossy(&help.stdout).contains("hf_a-secret"));
    for faults in ["none", "script 2-90:404"] {
        hub.set("faults", faults);
        let mut command = Command::new(env!("CARGO_BIN_EXE_weighhouse"));
        command.env_clear().env("HF_TOKEN", "hf_a-secret").env("HF_ENDPOINT", &hub.endpoint);
        let run = command.arg("--data").arg(bench.data()).arg("collect").output().unwrap();
        for said in [run.stdout, run.stderr] {
            assert!(!String::from_utf8_lossy(&said).contains("hf_a-secret"), "{faults}");
        }
    }
    for (name, bytes) in bench.files() {
        let holds = bytes.windows(11).any(|window| window == b"hf_a-secret");
        assert!(!holds, "{name} holds the token");
    }
}
