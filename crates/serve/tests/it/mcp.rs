//! The Model Context Protocol: both of its ways, over HTTP and without it.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use serde_json::{Value as Json, json};
use serve::Mcp;
use tower::ServiceExt;

use crate::{Reply, data, get};

fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime starts")
}

/// What a message without a server is answered.
fn answer(message: &Json) -> Option<Json> {
    let mcp = Mcp::new(&data::live(), Some("https://example.org/"));
    let text = runtime().block_on(mcp.answer(&message.to_string()))?;
    Some(serde_json::from_str(&text).expect("answers are JSON"))
}

fn request(method: &str, params: impl Into<Json>) -> Json {
    let params = params.into();
    json!({ "jsonrpc": "2.0", "id": 7, "method": method, "params": params })
}

/// A request that carries its version.
fn stateless(method: &str, mut params: Json) -> Json {
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    request(method, params)
}

fn result(message: &Json) -> Json {
    let answer = answer(message).expect("a request is answered");
    assert_eq!(answer["id"], 7, "{answer}");
    assert!(answer.get("error").is_none(), "{answer}");
    answer["result"].clone()
}

fn error(message: &Json) -> (i64, Json) {
    let answer = answer(message).expect("a request is answered");
    (answer["error"]["code"].as_i64().expect("an error"), answer)
}

fn call(tool: &str, arguments: &Json) -> Json {
    result(&request("tools/call", json!({ "name": tool, "arguments": arguments })))
}

fn post(body: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::builder().method("POST").uri("/mcp").header("host", "here:1");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).expect("a request");
    runtime().block_on(async {
        let response = data::server().oneshot(request).await.expect("a router cannot fail");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.expect("the body is whole").to_vec();
        let body = String::from_utf8(bytes.clone()).expect("bodies are text");
        Reply { status: parts.status, headers: parts.headers, body, bytes }
    })
}

#[test]
fn a_handshake_agrees_on_the_version_asked_for_or_the_newest() {
    for (asked, agreed) in
        [("2025-06-18", "2025-06-18"), ("2024-11-05", "2024-11-05"), ("1999-01-01", "2025-11-25")]
    {
        let params = json!({ "protocolVersion": asked, "capabilities": {}, "clientInfo": {} });
        let result = result(&request("initialize", params));
        assert_eq!(result["protocolVersion"], agreed);
        assert_eq!(result["serverInfo"]["name"], "weighhouse");
        assert!(result["capabilities"]["tools"].is_object());
    }
    assert_eq!(result(&request("ping", json!({}))), json!({}));
    let initialized = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert_eq!(answer(&initialized), None, "a notification wants no answer");
}

#[test]
fn without_a_handshake_each_request_says_its_version() {
    let discovered = result(&stateless("server/discover", json!({})));
    assert_eq!(discovered["supportedVersions"][0], "2026-07-28");
    assert_eq!(discovered["resultType"], "complete");
    let who = &discovered["_meta"]["io.modelcontextprotocol/serverInfo"];
    assert_eq!(who["version"], "test");
    let list = result(&stateless("tools/list", json!({})));
    assert_eq!(list["resultType"], "complete");
    assert_eq!(list["cacheScope"], "public");

    let mut old = stateless("tools/list", json!({}));
    old["params"]["_meta"]["io.modelcontextprotocol/protocolVersion"] = json!("1900-01-01");
    let (code, answer) = error(&old);
    assert_eq!(code, -32_022);
    assert_eq!(answer["error"]["data"]["requested"], "1900-01-01");
    assert_eq!(answer["error"]["data"]["supported"][0], "2026-07-28");
    assert_eq!(error(&stateless("ping", json!({}))).0, -32_601, "there is no ping any more");
}

/// Every tool takes what its question of the API takes, in the words of the API.
#[test]
fn tools_take_the_parameters_of_the_api() {
    let list = result(&request("tools/list", json!({})));
    let tools = list["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    for wanted in [
        "search",
        "query",
        "leaderboard",
        "average",
        "results",
        "claims",
        "robustness",
        "what_if",
        "why",
        "family",
        "collections",
        "status",
    ] {
        assert!(names.contains(&wanted), "{wanted} of {names:?}");
    }
    let query = tools.iter().find(|tool| tool["name"] == "query").unwrap();
    let schema = &query["inputSchema"];
    assert_eq!(schema["required"], json!(["stat"]));
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["properties"]["stat"]["type"], "string");
    assert_eq!(schema["properties"]["window"]["type"], "integer");
    let told = schema["properties"]["group"]["description"].as_str().unwrap();
    assert!(told.contains("any groupable attribute"));
    let robustness = tools.iter().find(|tool| tool["name"] == "robustness").unwrap();
    assert_eq!(robustness["inputSchema"]["required"], json!(["claim"]));
    for tool in tools {
        assert!(tool["description"].as_str().unwrap().len() > 20, "{tool}");
        assert_eq!(tool["annotations"]["readOnlyHint"], true);
    }
}

#[test]
fn a_tool_says_what_the_api_says_letter_for_letter() {
    let cases = [
        (
            "query",
            json!({ "stat": ["hhi", "gini"], "collection": "tiny" }),
            "/api/v1/query?stat=hhi%2Cgini&collection=tiny",
        ),
        (
            "leaderboard",
            json!({ "top": 3, "collection": "tiny" }),
            "/api/v1/leaderboard?top=3&collection=tiny",
        ),
        (
            "search",
            json!({ "q": "alpha", "collection": "tiny" }),
            "/api/v1/search?q=alpha&collection=tiny",
        ),
        ("collections", json!({}), "/api/v1/collections"),
        ("status", json!({}), "/api/v1/status"),
        ("attributes", json!({ "collection": "tiny" }), "/api/v1/attributes?collection=tiny"),
        ("results", json!({}), "/api/v1/results"),
        (
            "what_if",
            json!({ "remove": "alpha", "collection": "tiny" }),
            "/api/v1/whatif?remove=alpha&collection=tiny",
        ),
        (
            "result",
            json!({ "name": "concentration", "collection": "tiny" }),
            "/api/v1/results/concentration?collection=tiny",
        ),
        ("claims", json!({ "collection": "tiny" }), "/api/v1/replication?collection=tiny"),
    ];
    for (tool, arguments, address) in cases {
        let said = call(tool, &arguments);
        assert_eq!(said["isError"], false, "{tool}: {said}");
        let structured = &said["structuredContent"];
        let asked = structured["query"].as_str().unwrap();
        assert!(asked.starts_with("https://example.org/api/v1/"), "{asked}");
        let here = get(asked.trim_start_matches("https://example.org"));
        assert_eq!(structured["answer"], here.json(), "{tool}");
        assert_eq!(here.body, get(address).body, "{tool} asks what is expected");
        // The text is the same for those who read no structure.
        let text = said["content"][0]["text"].as_str().unwrap();
        assert!(text.contains(&here.body), "{tool}: not letter for letter");
        let page = structured["page"].as_str().unwrap().trim_start_matches("https://example.org");
        assert_eq!(get(page).status, 200, "{tool} links to {page}");
    }
}

#[test]
fn what_cannot_be_answered_says_what_to_do() {
    let said = call("query", &json!({ "stat": "hhi", "group": "owner" }));
    assert_eq!(said["isError"], true);
    assert!(said["content"][0]["text"].as_str().unwrap().contains("known are: model, uploader"));
    assert!(said.get("structuredContent").is_none());
    let said = call("query", &json!({ "statistics": "hhi" }));
    assert!(said["content"][0]["text"].as_str().unwrap().contains("known are: stat"));
    let said = call("robustness", &json!({}));
    assert!(said["content"][0]["text"].as_str().unwrap().contains("'claim' is missing"));
    let said = call("query", &json!({ "stat": { "name": "hhi" } }));
    assert!(said["content"][0]["text"].as_str().unwrap().contains("'stat' is a text"));
    let said = call("robustness", &json!({ "claim": "../query?stat=hhi" }));
    assert_eq!(said["isError"], true, "an argument is one part of a path");

    assert_eq!(error(&request("tools/call", json!({ "name": "drop" }))).0, -32_602);
    assert_eq!(
        error(&request("tools/call", json!({ "name": "query", "arguments": [] }))).0,
        -32_602
    );
    assert_eq!(error(&request("prompts/list", json!({}))).0, -32_601);
    assert_eq!(error(&json!({ "id": 7, "method": "ping" })).0, -32_600);
    assert_eq!(error(&json!([request("ping", json!({}))])).0, -32_600);
    assert_eq!(error(&json!({ "jsonrpc": "2.0", "id": null, "method": "ping" })).0, -32_600);
}

#[test]
fn over_http_one_message_is_one_request() {
    let body = request("tools/call", json!({ "name": "collections" })).to_string();
    let reply = post(&body, &[("accept", "application/json, text/event-stream")]);
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/json");
    let structured = &reply.json()["result"]["structuredContent"];
    assert_eq!(structured["query"], "http://here:1/api/v1/collections");
    assert_eq!(structured["answer"], get("/api/v1/collections").json());

    let notice = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string();
    let reply = post(&notice, &[]);
    assert_eq!((reply.status.as_u16(), reply.body.as_str()), (202, ""));
    assert_eq!(post("{", &[]).status, 400);
    assert_eq!(post("{", &[]).json()["error"]["code"], -32_700);
    assert_eq!(post(&body, &[("mcp-protocol-version", "1999-01-01")]).status, 400);
    assert_eq!(post(&body, &[("mcp-protocol-version", "2025-06-18")]).status, 200);
    assert_eq!(get("/mcp").status, 405, "there are no sessions to listen to");
    let long = format!("{{\"jsonrpc\": \"2.0\", \"method\": \"{}\"}}", "x".repeat(70_000));
    assert_eq!(post(&long, &[]).status, 400);
}

#[test]
fn pages_of_other_sites_ask_nothing() {
    let body = request("ping", json!({})).to_string();
    for origin in ["https://evil.example", "http://localhost.evil.example", "null"] {
        assert_eq!(post(&body, &[("origin", origin)]).status, 403, "{origin}");
    }
    for origin in ["http://localhost:6274", "http://127.0.0.1", "http://[::1]:80"] {
        assert_eq!(post(&body, &[("origin", origin)]).status, 200, "{origin}");
    }
}

#[test]
fn headers_say_what_the_message_says() {
    let body = stateless("tools/call", json!({ "name": "collections" })).to_string();
    let all = [
        ("mcp-protocol-version", "2026-07-28"),
        ("mcp-method", "tools/call"),
        ("mcp-name", "collections"),
    ];
    assert_eq!(post(&body, &all).json()["result"]["resultType"], "complete");
    for missing in 0..all.len() {
        let some: Vec<_> = all.into_iter().enumerate().filter(|(at, _)| *at != missing).collect();
        let some: Vec<(&str, &str)> = some.into_iter().map(|(_, header)| header).collect();
        let reply = post(&body, &some);
        assert_eq!(reply.status, 400);
        assert_eq!(reply.json()["error"]["code"], -32_020);
    }
    let other = [all[0], all[1], ("mcp-name", "status")];
    assert_eq!(post(&body, &other).json()["error"]["code"], -32_020);
    let unknown = stateless("sampling/createMessage", json!({})).to_string();
    let reply = post(&unknown, &[all[0], ("mcp-method", "sampling/createMessage")]);
    assert_eq!(reply.status, 404);
    assert_eq!(reply.json()["error"]["code"], -32_601);
}
