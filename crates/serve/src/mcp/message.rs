//! Messages of JSON-RPC 2.0, as far as the protocol has them: requests, notifications, answers.

use serde::Serialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

const VERSION: &str = "2.0";

/// A request, or a notification where it has no id.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Message {
    /// A text or a whole number.
    pub(super) id: Option<Json>,
    pub(super) method: String,
    /// An object; empty where there is none.
    pub(super) params: Json,
}

/// What is wrong with a request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) data: Option<Json>,
}

/// The errors of JSON-RPC, and those of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    Unparsable = -32_700,
    NoRequest = -32_600,
    UnknownMethod = -32_601,
    WrongParams = -32_602,
    HeaderMismatch = -32_020,
    UnsupportedVersion = -32_022,
}

impl Message {
    pub(super) fn parse(text: &str) -> Result<Self, Fault> {
        let whole: Json = serde_json::from_str(text)
            .map_err(|error| Fault::new(Code::Unparsable, format!("not JSON: {error}")))?;
        let wrong = |message: &str| Fault::new(Code::NoRequest, message.to_owned());
        let Json::Object(mut parts) = whole else {
            return Err(wrong("a message is one object; batches are not taken"));
        };
        if parts.get("jsonrpc").and_then(Json::as_str) != Some(VERSION) {
            return Err(wrong("a message says \"jsonrpc\": \"2.0\""));
        }
        let id = parts.remove("id");
        if !id.as_ref().is_none_or(|id| id.is_string() || id.is_i64() || id.is_u64()) {
            return Err(wrong("an id is a text or a whole number"));
        }
        let method = parts.get("method").and_then(Json::as_str).map(str::to_owned);
        let params = parts.remove("params").unwrap_or_else(|| Json::Object(serde_json::Map::new()));
        let Some(method) = method else {
            // An answer to something that was never asked.
            return Err(wrong("a message names a method"));
        };
        if !params.is_object() {
            return Err(Fault::new(Code::WrongParams, "params are an object".to_owned()));
        }
        Ok(Self { id, method, params })
    }

    /// The metadata of a request, by the name that the protocol gives it.
    pub(super) fn meta(&self, name: &str) -> Option<&Json> {
        self.params.get("_meta")?.get(format!("io.modelcontextprotocol/{name}"))
    }
}

impl Fault {
    pub(super) fn new(code: Code, message: String) -> Self {
        Self { code, message, data: None }
    }

    /// The error as an answer, to a request where it could be read.
    pub(super) fn reply(&self, id: Option<&Json>) -> String {
        #[derive(Serialize)]
        struct Reply<'a> {
            jsonrpc: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            id: Option<&'a Json>,
            error: Inner<'a>,
        }
        #[derive(Serialize)]
        struct Inner<'a> {
            code: i32,
            message: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            data: &'a Option<Json>,
        }
        let error = Inner { code: self.code as i32, message: &self.message, data: &self.data };
        written(&Reply { jsonrpc: VERSION, id, error })
    }
}

/// A result as an answer.
pub(super) fn reply(id: &Json, result: &RawValue) -> String {
    #[derive(Serialize)]
    struct Reply<'a> {
        jsonrpc: &'static str,
        id: &'a Json,
        result: &'a RawValue,
    }
    written(&Reply { jsonrpc: VERSION, id, result })
}

pub(super) fn written<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("messages have text keys only")
}
