//! One request and its answer.

use std::io::Read;
use std::time::Duration;

use schema::Instant;
use serde_json::Value;
use ureq::http::HeaderMap;
use ureq::{Agent, Body};

use crate::error::Failure;
use crate::options::Token;

/// How much of an answer that is no JSON is repeated in a message, in characters.
const SAID_MAX: usize = 200;
/// How much of an answer that is no success is read, in bytes.
const BEGINNING_BYTES: u64 = 64 << 10;

/// How time is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Patience {
    /// The whole request may take this long.
    InAll(Duration),
    /// Each step, and each wait for more of the body, may take this long.
    EachStep(Duration),
}

/// One request.
pub(crate) struct Request<'a> {
    pub(crate) url: &'a str,
    /// Sent as it is: whoever makes the request has seen to it that the host may know it.
    pub(crate) token: Option<&'a Token>,
    /// The largest body that is accepted, after decompression.
    pub(crate) max_bytes: u64,
    /// Whether the body must come as it lies there, so that its length can be checked.
    pub(crate) is_plain: bool,
}

/// A whole answer, of whatever status.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// A client that follows nothing and judges nothing by itself.
pub(crate) fn agent(patience: Patience, user_agent: &str) -> Agent {
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        // Unasked, the client would look for a proxy in the environment.
        .proxy(None)
        .user_agent(user_agent);
    let config = match patience {
        Patience::InAll(limit) => config.timeout_global(Some(limit)),
        Patience::EachStep(limit) => config
            .timeout_resolve(Some(limit))
            .timeout_connect(Some(limit))
            .timeout_recv_response(Some(limit))
            .timeout_per_read(Some(limit)),
    };
    config.build().new_agent()
}

/// An answer whose body is still to be read.
pub(crate) struct Opened {
    /// The answer so far, without its body.
    pub(crate) reply: Reply,
    body: Body,
}

/// Makes the request and reads the whole answer.
pub(crate) fn get(agent: &Agent, request: &Request) -> Result<Reply, Failure> {
    open(agent, request, &[])?.into_reply(request.max_bytes)
}

/// Makes the request with these headers besides its own, and reads the head of the answer.
pub(crate) fn open(
    agent: &Agent,
    request: &Request,
    headers: &[(&str, &str)],
) -> Result<Opened, Failure> {
    let mut call = agent.get(request.url);
    if let Some(token) = request.token {
        call = call.header("authorization", token.to_header());
    }
    if request.is_plain {
        call = call.header("accept-encoding", "identity");
    }
    for (name, value) in headers {
        call = call.header(*name, *value);
    }
    let (parts, body) = call.call().map_err(transport)?.into_parts();
    let reply = Reply { status: parts.status.as_u16(), headers: parts.headers, body: Vec::new() };
    Ok(Opened { reply, body })
}

impl Opened {
    /// Reads the rest.
    pub(crate) fn into_reply(mut self, max_bytes: u64) -> Result<Reply, Failure> {
        match self.body.with_config().limit(max_bytes).read_to_vec() {
            Ok(body) => Ok(Reply { body, ..self.reply }),
            Err(ureq::Error::BodyExceedsLimit(_)) => Err(Failure::TooLarge { max_bytes }),
            Err(error) => Err(transport(error)),
        }
    }

    /// Reads the beginning of the rest, as far as it comes: enough to see why something failed.
    pub(crate) fn into_beginning(self) -> Reply {
        let mut body = Vec::new();
        // What came before a failure says more than the failure of saying it.
        let _ = self.body.into_reader().take(BEGINNING_BYTES).read_to_end(&mut body);
        Reply { body, ..self.reply }
    }

    /// The body, to be read piece by piece.
    pub(crate) fn into_reader(self) -> impl Read {
        self.body.into_reader()
    }
}

fn transport(error: ureq::Error) -> Failure {
    Failure::Transport(Box::new(error))
}

impl Reply {
    /// The value of a header that is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// When the server says that it answered.
    pub(crate) fn sent_at(&self) -> Option<Instant> {
        Instant::parse_http_date(self.header("date")?).ok()
    }

    /// The failure that an answer other than a success is.
    pub(crate) fn to_failure(&self) -> Failure {
        Failure::Status { status: self.status, said: self.said() }
    }

    /// The reason that the answer gives, on one line.
    pub(crate) fn said(&self) -> String {
        let reason =
            serde_json::from_slice::<Value>(&self.body).ok().and_then(|body| reason(&body));
        let reason = reason
            .or_else(|| self.header("x-error-message").map(str::to_owned))
            .or_else(|| self.header("location").map(|location| format!("see {location}")))
            .unwrap_or_else(|| String::from_utf8_lossy(&self.body).into_owned());
        let words: Vec<&str> = reason.split_whitespace().collect();
        let line = words.join(" ");
        if line.is_empty() {
            return "no reason given".to_owned();
        }
        if line.chars().count() <= SAID_MAX {
            return line;
        }
        line.chars().take(SAID_MAX).chain(['…']).collect()
    }

    /// An answer made up for a test.
    #[cfg(test)]
    pub(crate) fn for_test(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        use ureq::http::{HeaderName, HeaderValue};
        let headers = headers.iter().map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
            (name, HeaderValue::from_str(value).unwrap())
        });
        Self { status, headers: headers.collect(), body: body.to_vec() }
    }
}

/// The reason in an error body, in any of the forms that the Hub is known to use.
fn reason(body: &Value) -> Option<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let texts = |values: &Value| -> Option<String> {
        let found: Vec<String> = values
            .as_array()?
            .iter()
            .filter_map(|value| text(value).or_else(|| text(value.get("message")?)))
            .collect();
        (!found.is_empty()).then(|| found.join("; "))
    };
    if let Some(error) = body.get("error") {
        let description = body.get("error_description").and_then(text);
        return match (text(error).or_else(|| texts(error)), description) {
            (Some(error), Some(description)) => Some(format!("{error}: {description}")),
            (error, description) => error.or(description),
        };
    }
    body.get("errors").and_then(texts)
}

#[cfg(test)]
mod tests;
