//! `POST /mcp`: the protocol over HTTP, one message a request.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value as Json, json};

use super::Mcp;
use super::message::{Code, Fault, Message};
use super::version::{Era, era_of, supported, unsupported};
use crate::Live;

/// Questions are short.
const MOST_BYTES: usize = 64 << 10;
/// Browsers may ask from pages of the same machine, as development tools do.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Answers one message.
pub(crate) async fn show(State(live): State<Live>, request: Request) -> Response {
    let headers = request.headers().clone();
    if !is_from_here(&headers) {
        let text = "questions from pages of other sites are not taken".to_owned();
        return refused(StatusCode::FORBIDDEN, None, &Fault::new(Code::NoRequest, text));
    }
    let body = axum::body::to_bytes(request.into_body(), MOST_BYTES).await;
    let text = body.ok().and_then(|bytes| String::from_utf8(bytes.to_vec()).ok());
    let Some(text) = text else {
        let text = "the message is too long, or no text".to_owned();
        return refused(StatusCode::BAD_REQUEST, None, &Fault::new(Code::Unparsable, text));
    };
    let message = match Message::parse(&text) {
        Ok(message) => message,
        Err(fault) => return refused(StatusCode::BAD_REQUEST, None, &fault),
    };
    if let Err(fault) = check_headers(&headers, &message) {
        return refused(StatusCode::BAD_REQUEST, message.id.as_ref(), &fault);
    }
    let Some(id) = message.id.clone() else { return StatusCode::ACCEPTED.into_response() };
    let site = crate::site::of(live.options().public_url.as_deref(), &headers);
    let mcp = Mcp::new(&live, Some(&site));
    match super::methods::answer(&mcp, &message).await {
        Ok(result) => json_text(StatusCode::OK, super::message::reply(&id, &result)),
        Err(fault) => {
            let status = match (fault.code, era_of(&message)) {
                (Code::UnknownMethod, Ok(Era::Stateless)) => StatusCode::NOT_FOUND,
                (Code::UnsupportedVersion, _) => StatusCode::BAD_REQUEST,
                _ => StatusCode::OK,
            };
            refused(status, Some(&id), &fault)
        }
    }
}

/// Whether a request may come from a page: a browser says of which site it is, and a foreign one
/// could reach a server on its reader's own machine.
fn is_from_here(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Some((_, host)) = origin.to_str().ok().and_then(|origin| origin.split_once("://")) else {
        return false;
    };
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    LOOPBACK.contains(&name.map_or(host, |(name, _)| name))
}

/// Headers repeat what a message says, for whoever stands between; they must not contradict it.
fn check_headers(headers: &HeaderMap, message: &Message) -> Result<(), Fault> {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let version = said("mcp-protocol-version");
    if let Some(version) = version
        && !supported().contains(&version)
    {
        return Err(unsupported(&json!(version)));
    }
    if message.id.is_none() || era_of(message)? == Era::WithHandshake {
        return Ok(());
    }
    let expect = |name: &str, said: Option<&str>, expected: Option<&Json>| {
        let expected = expected.and_then(Json::as_str);
        if said.is_some() && said == expected {
            return Ok(());
        }
        let text = format!("Header mismatch: {name} does not say what the message says");
        Err(Fault::new(Code::HeaderMismatch, text))
    };
    expect("MCP-Protocol-Version", version, message.meta("protocolVersion"))?;
    expect("Mcp-Method", said("mcp-method"), Some(&json!(message.method)))?;
    if message.method == "tools/call" {
        // The names of all tools are plain, so that one that had to be encoded names none.
        expect("Mcp-Name", said("mcp-name"), message.params.get("name"))?;
    }
    Ok(())
}

fn refused(status: StatusCode, id: Option<&Json>, fault: &Fault) -> Response {
    json_text(status, fault.reply(id))
}

fn json_text(status: StatusCode, text: String) -> Response {
    (status, [(header::CONTENT_TYPE, "application/json")], text).into_response()
}
