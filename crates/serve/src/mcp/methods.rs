//! What can be asked for: who this is, the tools, and what a tool says.

use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value as Json, json};

use super::Mcp;
use super::call;
use super::message::{Code, Fault, Message};
use super::tools::TOOLS;
use super::version::{Era, agreed, era_of, supported};

/// What an assistant should know before it asks.
const INSTRUCTIONS: &str = "\
weighhouse measures the open-model economy: who makes the models that are downloaded from the Hugging \
Face Hub, how concentrated that is, how models change, and how sure that is. Begin with `collections`: \
each is one population, and numbers of different collections are never compared. `search` finds the \
exact names of models and owners; `attributes` lists what can be grouped and filtered by. Every number \
has an interval of measurement (low, high), bounds of what unattributed mass could do (bound_low, \
bound_high), n, and the share that is estimated: say them. null is not known, never zero. Say the \
collection, what it covers, how far its data reach, and whether they are simulated; give the link of the \
answer's page.";
/// The list of tools changes with the server's code alone.
const LIST_HOLDS_MS: u64 = 3_600_000;

/// The result of a request.
pub(super) async fn answer(mcp: &Mcp, message: &Message) -> Result<Box<RawValue>, Fault> {
    let era = era_of(message)?;
    let mut result = match (message.method.as_str(), era) {
        ("initialize", Era::WithHandshake) => json!({
            "protocolVersion": agreed(message),
            "capabilities": capabilities(),
            "serverInfo": server(mcp),
            "instructions": INSTRUCTIONS,
        }),
        ("server/discover", _) => json!({
            "supportedVersions": supported(),
            "capabilities": capabilities(),
            "instructions": INSTRUCTIONS,
            "ttlMs": LIST_HOLDS_MS,
            "cacheScope": "public",
        }),
        ("ping", Era::WithHandshake) => json!({}),
        ("tools/list", _) => json!({
            "tools": TOOLS.iter().map(super::tools::Tool::described).collect::<Vec<Json>>(),
            "ttlMs": LIST_HOLDS_MS,
            "cacheScope": "public",
        }),
        ("tools/call", _) => return called(mcp, message, era).await,
        (method, _) => {
            let text = format!("Method not found: {method}");
            return Err(Fault::new(Code::UnknownMethod, text));
        }
    };
    // Whoever looks for the newest way of the protocol is told of it so.
    if era == Era::Stateless || message.method == "server/discover" {
        result["resultType"] = json!("complete");
        result["_meta"] = meta(mcp);
    }
    Ok(to_raw_value(&result).expect("results have text keys only"))
}

async fn called(mcp: &Mcp, message: &Message, era: Era) -> Result<Box<RawValue>, Fault> {
    let wrong = |text: String| Fault::new(Code::WrongParams, text);
    let name = message.params.get("name").and_then(Json::as_str).unwrap_or_default();
    let tool = TOOLS.iter().find(|tool| tool.name == name).ok_or_else(|| {
        let known: Vec<&str> = TOOLS.iter().map(|tool| tool.name).collect();
        wrong(format!("Unknown tool: '{name}'; known are: {}", known.join(", ")))
    })?;
    let nothing = serde_json::Map::new();
    let arguments = match message.params.get("arguments") {
        None | Some(Json::Null) => &nothing,
        Some(Json::Object(arguments)) => arguments,
        Some(_) => return Err(wrong("arguments are an object".to_owned())),
    };
    let said = call::call(mcp, tool, arguments).await;
    let meta = (era == Era::Stateless).then(|| meta(mcp));
    Ok(said.result(meta))
}

fn capabilities() -> Json {
    json!({ "tools": { "listChanged": false } })
}

fn server(mcp: &Mcp) -> Json {
    let version = &mcp.live.options().code_version;
    json!({ "name": "weighhouse", "title": "weighhouse", "version": version })
}

fn meta(mcp: &Mcp) -> Json {
    json!({ "io.modelcontextprotocol/serverInfo": server(mcp) })
}
