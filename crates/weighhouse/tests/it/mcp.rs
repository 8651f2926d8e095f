//! Assistants ask over stdin and stdout.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::{Bench, radar};

#[test]
fn every_line_is_a_message_and_every_request_is_answered_in_one() {
    let bench = Bench::new();
    let file = bench.file("2026-02-09T010000.jsonl.gz", &radar(&[("a/x", 3), ("b/y", 1)]));
    bench.import("radar", &file);
    bench.done(&["build"]);
    let asked = [
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "protocolVersion": "2025-06-18" } }),
        json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }),
        json!({ "jsonrpc": "2.0", "id": "two", "method": "tools/call", "params": {
            "name": "query", "arguments": { "stat": "hhi", "measure": "downloads_30d" } } }),
        json!({ "jsonrpc": "2.0", "id": 3, "method": "nothing" }),
    ];
    let lines: Vec<String> = asked.iter().map(|message| format!("{message}\n")).collect();
    let mut child = Command::new(env!("CARGO_BIN_EXE_weighhouse"))
        .arg("--data")
        .arg(bench.data())
        .args(["mcp", "--public-url", "https://example.org"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(lines.concat().as_bytes()).unwrap();
    input.write_all(b"\nnot JSON\n").unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("a message a line")).collect();
    assert_eq!(answers.len(), 4, "{said}");
    let of = |id: Value| answers.iter().find(|answer| answer["id"] == id).unwrap();
    assert_eq!(of(json!(1))["result"]["protocolVersion"], "2025-06-18");
    assert_eq!(of(json!(3))["error"]["code"], -32_601);
    assert!(answers.iter().any(|answer| answer["error"]["code"] == -32_700));
    // By hand: (3² + 1²) / 4² of 10,000.
    let structured = &of(json!("two"))["result"]["structuredContent"];
    assert_eq!(structured["answer"]["rows"][0]["value"], 6250.0);
    assert_eq!(
        structured["query"],
        "https://example.org/api/v1/query?measure=downloads_30d&stat=hhi"
    );
}
