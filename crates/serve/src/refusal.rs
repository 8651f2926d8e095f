//! Why a request is not answered, in words for the one who asked.

mod codes;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use codes::CODES;

/// Seconds after which to ask again, where nothing is known of how long it takes.
const RETRY_SECONDS: u32 = 10;
/// While the server has too much to do for a moment.
const BUSY_SECONDS: u32 = 2;
/// An answer that is asked for the first time since a release may take a minute.
const COMPUTING_SECONDS: u32 = 30;
/// Listeners stay for long.
const LISTENING_SECONDS: u32 = 60;

/// A request that is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// Stable, for programs.
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    /// What was wrong with what, and which values are known.
    pub(crate) detail: String,
    /// Seconds after which to ask again; every 503 says so, and nothing else does.
    pub(crate) retry_seconds: Option<u32>,
}

/// The body of an error: `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: `code` names the kind.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What is wrong, in a few words.
    pub title: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// The kind of error, stable; the document's description lists them.
    pub code: &'static str,
    /// What was wrong with what, and which values are known.
    pub detail: String,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, title: &'static str, detail: String) -> Self {
        let retry_seconds = (status == StatusCode::SERVICE_UNAVAILABLE).then_some(RETRY_SECONDS);
        Self { status, code, title, detail, retry_seconds }
    }

    /// The address names nothing.
    pub(crate) fn not_found(detail: String) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing at this address", detail)
    }

    /// A collection that was never imported.
    pub(crate) fn unknown_collection<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.collect();
        let known = if known.is_empty() { "none yet".to_owned() } else { known.join(", ") };
        let detail = format!("unknown collection '{name}'; known are: {known}");
        Self::new(StatusCode::NOT_FOUND, "unknown_collection", "Unknown collection", detail)
    }

    /// A collection that was imported and not built.
    pub(crate) fn not_built(name: &str) -> Self {
        let detail = format!(
            "the collection '{name}' has been imported and not built; run `weighhouse build`, \
             and the server shows it by itself"
        );
        Self::new(StatusCode::NOT_FOUND, "not_built", "Not built yet", detail)
    }

    /// A collection whose release could not be read.
    pub(crate) fn failed(name: &str) -> Self {
        let detail = format!(
            "the collection '{name}' could not be loaded; `weighhouse build --collection {name}` \
             rebuilds it, and the server's terminal says what is wrong"
        );
        let title = "The collection could not be loaded";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "collection_failed", title, detail)
    }

    /// A collection whose files are no longer those that were loaded.
    pub(crate) fn damaged(name: &str) -> Self {
        let detail = format!(
            "files of the collection '{name}' changed or are damaged; what is in memory is still \
             answered, and `weighhouse build --collection {name}` rebuilds them"
        );
        Self { detail, ..Self::failed(name) }
    }

    /// No collection can be asked.
    pub(crate) fn empty() -> Self {
        let detail = "no collection has been built yet; run `weighhouse import` and \
                      `weighhouse build`, and the server shows it by itself";
        Self::new(StatusCode::NOT_FOUND, "empty", "No data yet", detail.to_owned())
    }

    /// A parameter that means nothing here.
    pub(crate) fn unknown_parameter(name: &str, known: &[&str]) -> Self {
        let detail = format!("unknown parameter '{name}'; known are: {}", known.join(", "));
        Self::bad("unknown_parameter", "Unknown parameter", detail)
    }

    /// A parameter given more than once.
    pub(crate) fn repeated_parameter(name: &str) -> Self {
        let detail = format!("the parameter '{name}' is given more than once; give it once");
        Self::bad("contradiction", "A question that contradicts itself", detail)
    }

    /// A parameter that is given without a value.
    pub(crate) fn empty_parameter(name: &str) -> Self {
        Self::unreadable(format!("the parameter '{name}' has no value; leave it out"))
    }

    /// A parameter whose value is longer than any.
    pub(crate) fn long_parameter(name: &str) -> Self {
        let most = crate::parameters::MOST_VALUE;
        Self::unreadable(format!("the parameter '{name}' is longer than {most} characters"))
    }

    /// A parameter without which there is no question.
    pub(crate) fn missing_parameter(name: &str, meaning: &str) -> Self {
        let detail = format!("the parameter '{name}' is missing: {meaning}");
        Self::bad("missing_parameter", "A parameter is missing", detail)
    }

    /// Something that cannot be read.
    pub(crate) fn unreadable(detail: String) -> Self {
        Self::bad("unreadable", "Something cannot be read", detail)
    }

    /// A cursor that does not go on with this question.
    pub(crate) fn unusable_cursor() -> Self {
        let detail = "the cursor is of another question, or of a release that is no longer shown; \
                      begin the list again without it";
        Self::bad("unusable_cursor", "Unusable cursor", detail.to_owned())
    }

    /// A method that the address does not answer.
    pub(crate) fn method_not_allowed(method: &str) -> Self {
        let detail = format!("the address does not answer {method}");
        let title = "Another method is needed";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", title, detail)
    }

    /// An address that is longer than any question.
    pub(crate) fn too_long(most_bytes: usize) -> Self {
        let detail = format!("the address is longer than {most_bytes} bytes; ask in parts");
        Self::new(StatusCode::URI_TOO_LONG, "too_long", "The address is too long", detail)
    }

    /// There is no room for one more listener.
    pub(crate) fn no_seat() -> Self {
        let detail = "too many listen to the events already; ask again later".to_owned();
        let retry_seconds = Some(LISTENING_SECONDS);
        let title = "No room for one more";
        let refusal = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", title, detail);
        Self { retry_seconds, ..refusal }
    }

    /// As much is being computed as can be, and as many wait as may.
    pub(crate) fn busy() -> Self {
        let detail = "the server is computing as much as it can; ask again in a moment".to_owned();
        let refusal = Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Too busy", detail);
        Self { retry_seconds: Some(BUSY_SECONDS), ..refusal }
    }

    /// The answer took longer than a request may.
    pub(crate) fn timed_out() -> Self {
        let detail = "the answer took longer than a request may; ask for less at once, or again \
                      when the server has less to do";
        let title = "It took too long";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "timed_out", title, detail.to_owned())
    }

    /// So many pictures are being drawn that there is no room for another.
    pub(crate) fn no_place() -> Self {
        let detail = "too many pictures are being drawn at the moment; ask again in a few seconds";
        let title = "No room for another picture";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", title, detail.to_owned())
    }

    /// A table was asked for as a picture.
    pub(crate) fn no_picture() -> Self {
        let detail = "this view is a table and has no picture; it is there as csv, json, parquet, \
                      arrow and zip";
        Self::not_found(detail.to_owned())
    }

    /// What is asked takes longer than a request may; it goes on, and its answer is kept.
    pub(crate) fn computing() -> Self {
        let detail = "this is asked for the first time since the release, of every model, and is \
                      still being computed; ask again in a minute, and the answer is there";
        let title = "Being computed";
        let refusal =
            Self::new(StatusCode::SERVICE_UNAVAILABLE, "computing", title, detail.to_owned());
        Self { retry_seconds: Some(COMPUTING_SECONDS), ..refusal }
    }

    /// The server failed; what happened is not for the one who asked.
    pub(crate) fn internal() -> Self {
        let detail = "the server failed to answer; trying again may help".to_owned();
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed", detail)
    }

    fn bad(code: &'static str, title: &'static str, detail: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, title, detail)
    }

    /// The refusal as a program reads it.
    pub(crate) fn into_problem(self) -> Response {
        debug_assert!(CODES.iter().any(|code| code.name == self.code), "{} is listed", self.code);
        let problem = Problem {
            kind: "about:blank",
            title: self.title,
            status: self.status.as_u16(),
            code: self.code,
            detail: self.detail.clone(),
        };
        let body = serde_json::to_string(&problem).expect("texts and numbers are JSON");
        let kind = [(header::CONTENT_TYPE, "application/problem+json")];
        let mut response = (self.status, kind, body).into_response();
        response.extensions_mut().insert(self.clone());
        self.asking_again(response)
    }

    /// A response with when to ask again, where asking again may help.
    pub(crate) fn asking_again(&self, mut response: Response) -> Response {
        if let Some(seconds) = self.retry_seconds {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<analyze::Error> for Refusal {
    fn from(error: analyze::Error) -> Self {
        use analyze::Error;
        let detail = error.to_string();
        match error {
            Error::Store(store::Error::Damaged { .. }) => {
                let detail = "files of the collection changed or are damaged; `weighhouse build` \
                              rebuilds them";
                Self { detail: detail.to_owned(), ..Self::failed("") }
            }
            Error::Store(_) | Error::Cells(_) => Self::internal(),
            Error::Word(word) => word.into(),
            Error::NotBuilt { collection } => Self::not_built(&collection),
            Error::UnknownAttribute { .. } => Self::bad("unknown_name", "Unknown name", detail),
            Error::UnknownValue { .. } | Error::UnknownUnit { .. } => {
                Self::bad("unknown_value", "Unknown value", detail)
            }
            Error::UnreadableCondition { .. } | Error::UnreadableChange { .. } => {
                Self::unreadable(detail)
            }
            Error::OutOfReach { .. } => {
                Self::new(StatusCode::NOT_FOUND, "no_data", "No data for this question", detail)
            }
            Error::Contradiction { .. } => {
                Self::bad("contradiction", "A question that contradicts itself", detail)
            }
        }
    }
}

impl From<why::Error> for Refusal {
    fn from(error: why::Error) -> Self {
        let detail = error.to_string();
        match error {
            why::Error::Store(_) => Self::internal(),
            why::Error::UnknownModel { .. } => {
                Self::new(StatusCode::NOT_FOUND, "unknown_model", "Unknown model", detail)
            }
            why::Error::UnknownAttribute { .. } => {
                Self::new(StatusCode::NOT_FOUND, "unknown_name", "Unknown name", detail)
            }
        }
    }
}

impl From<schema::Error> for Refusal {
    fn from(error: schema::Error) -> Self {
        let detail = error.to_string();
        match error {
            schema::Error::UnknownName { .. } => Self::bad("unknown_name", "Unknown name", detail),
            schema::Error::UnreadableTime { .. } => Self::unreadable(detail),
        }
    }
}
