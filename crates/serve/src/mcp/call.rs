//! Asking the API what a tool asks.

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value as Json};
use tower::ServiceExt;

use super::Mcp;
use super::message::written;
use super::tools::{QUESTIONS, Tool};
use crate::parameters::{Parameters, encoded};

/// Longer answers are refused with what to do: assistants read no more, and would cut them unseen.
const MOST_BYTES: usize = 96 << 10;
/// No answer of the API is larger.
const MOST_BYTES_OF_API: usize = 32 << 20;

/// What a tool says.
pub(super) enum Said {
    /// The answer, as JSON.
    Answer(String),
    /// Why there is none, and what to do.
    Refusal(String),
}

/// What was answered, with where it is from.
#[derive(Serialize)]
struct Answer<'a> {
    /// The address of the API that gives the same.
    query: &'a str,
    /// The page that shows it.
    page: &'a str,
    #[serde(rename = "answer")]
    said: &'a RawValue,
}

/// Asks the question of a tool.
pub(super) async fn call(mcp: &Mcp, tool: &Tool, arguments: &Map<String, Json>) -> Said {
    let given = match texts(arguments) {
        Ok(given) => given,
        Err(reason) => return Said::Refusal(reason),
    };
    let address = match address(tool.path, &given, None) {
        Ok(address) => address,
        Err(missing) => {
            return Said::Refusal(format!("the argument '{missing}' is missing"));
        }
    };
    let page = address_of_page(tool, &given);
    let site = mcp.site.as_deref().unwrap_or_default();
    let (query, page) = (format!("{site}{address}"), format!("{site}{page}"));
    let Ok(mut request) = Request::builder().uri(&address).body(Body::empty()) else {
        return Said::Refusal("the arguments make no address".to_owned());
    };
    let state = mcp.live.state(&request);
    request.extensions_mut().insert(state);
    let Ok(response) = QUESTIONS.clone().oneshot(request).await;
    read(response, &query, &page).await
}

/// Reads what the API answered, letter for letter: a number is the one that was sent.
async fn read(response: Response, query: &str, page: &str) -> Said {
    let status = response.status();
    let wait = response.headers().get(header::RETRY_AFTER).cloned();
    let unreadable = || Said::Refusal("the answer could not be read; try again".to_owned());
    let Ok(bytes) = to_bytes(response.into_body(), MOST_BYTES_OF_API).await else {
        return unreadable();
    };
    if status != StatusCode::OK {
        let problem: Json = serde_json::from_slice(&bytes).unwrap_or_default();
        let detail = problem["detail"].as_str().unwrap_or("there is no answer").to_owned();
        let wait = wait.as_ref().and_then(|wait| wait.to_str().ok());
        let wait = wait.map_or_else(String::new, |wait| format!(" (after {wait} s)"));
        return Said::Refusal(format!("{detail}{wait}"));
    }
    let Ok(said) = serde_json::from_slice::<&RawValue>(&bytes) else { return unreadable() };
    let text = written(&Answer { query, page, said });
    if text.len() <= MOST_BYTES {
        return Said::Answer(text);
    }
    Said::Refusal(format!(
        "the answer has {} kB, more than is read well; ask for less of it: fewer units (`top`), a shorter \
         time, one attribute. All of it is at {query}",
        text.len() / 1000
    ))
}

impl Said {
    /// The result as the protocol has it.
    pub(super) fn result(self, meta: Option<Json>) -> Box<RawValue> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Outcome<'a> {
            content: [Text<'a>; 1],
            #[serde(skip_serializing_if = "Option::is_none")]
            structured_content: Option<&'a RawValue>,
            is_error: bool,
            #[serde(skip_serializing_if = "Option::is_none")]
            result_type: Option<&'static str>,
            #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
            meta: Option<Json>,
        }
        #[derive(Serialize)]
        struct Text<'a> {
            #[serde(rename = "type")]
            kind: &'static str,
            text: &'a str,
        }
        let (text, is_error) = match &self {
            Self::Answer(text) => (text, false),
            Self::Refusal(text) => (text, true),
        };
        let structured = (!is_error).then(|| serde_json::from_str::<&RawValue>(text));
        let outcome = Outcome {
            content: [Text { kind: "text", text }],
            structured_content: structured.and_then(Result::ok),
            is_error,
            result_type: meta.is_some().then_some("complete"),
            meta,
        };
        to_raw_value(&outcome).expect("results have text keys only")
    }
}

/// Arguments as an address has them; lists as one text with commas.
fn texts(arguments: &Map<String, Json>) -> Result<Parameters, String> {
    let text = |value: &Json| match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(is_true) => Some(is_true.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    };
    let mut given = Parameters::default();
    for (name, value) in arguments {
        let written = match value {
            Json::Null => continue,
            Json::Array(items) => {
                items.iter().map(text).collect::<Option<Vec<_>>>().map(|items| items.join(","))
            }
            value => text(value),
        };
        let wrong = || format!("the argument '{name}' is a text or a number");
        given.push(name, &written.ok_or_else(wrong)?);
    }
    Ok(given)
}

/// An address with its places filled, and of what is left those that are kept; the name of a place
/// for which nothing is given.
fn address<'a>(
    path: &'a str,
    given: &Parameters,
    kept: Option<&[&str]>,
) -> Result<String, &'a str> {
    let mut filled = String::new();
    let mut rest = path;
    let mut left = given.clone();
    while let Some((before, (place, after))) =
        rest.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    {
        let value = given.get(place).ok_or(place)?;
        filled.push_str(before);
        // One part of a path, whatever it holds.
        filled.push_str(&encoded(value).replace('/', "%2F"));
        left = left.without(place);
        rest = after;
    }
    filled.push_str(rest);
    if let Some(kept) = kept {
        left = left.only(kept);
    }
    Ok(left.address(&filled))
}

fn address_of_page(tool: &Tool, given: &Parameters) -> String {
    address(tool.page, given, Some(tool.kept)).unwrap_or_else(|_| "/".to_owned())
}
