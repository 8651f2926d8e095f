//! What a fault makes of an answer.

use std::time::Duration;

use super::{Fault, RETRY_AFTER_SECONDS, WINDOW_LEFT_SECONDS};
use crate::answer::Answer;
use crate::budget::Allowance;
use crate::request::{DETOUR, Request};

/// An answer, and how the connection treats it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    /// What is said.
    pub(crate) answer: Answer,
    /// How it arrives.
    pub(crate) delivery: Delivery,
}

/// How an answer arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// Whole.
    Whole,
    /// Its head and so many bytes of its body, then the connection ends.
    Cut(usize),
    /// Not at all; the connection is reset after so long.
    Reset(Duration),
}

impl Reply {
    /// An answer that arrives whole.
    pub(crate) const fn whole(answer: Answer) -> Self {
        Self { answer, delivery: Delivery::Whole }
    }
}

/// What is answered instead, where the fault needs no sound answer to begin with.
pub(crate) fn instead(
    fault: Fault,
    request: &Request,
    allowance: &Allowance,
    hold: Duration,
) -> Option<Reply> {
    let never = |after: Duration| Reply {
        answer: Answer::refusal(500, "this fault needs a connection that can be closed"),
        delivery: Delivery::Reset(after),
    };
    let gateway =
        |status: u16, line: &str| Reply::whole(Answer::page(status, line)).limited(allowance);
    let reply = match fault {
        Fault::TooMany => {
            let mut answer = Answer::refusal(429, &allowance.refusal());
            answer.headers.extend(allowance.headers_when_spent(WINDOW_LEFT_SECONDS));
            Reply::whole(answer)
        }
        Fault::TooManyRetryAfter => {
            let answer = Answer::refusal(429, "too many requests of this kind at once")
                .with("retry-after", &RETRY_AFTER_SECONDS.to_string());
            Reply::whole(answer).limited(allowance)
        }
        Fault::TooManyBare => Reply::whole(Answer::page(429, "429 Too Many Requests")),
        Fault::InternalError => {
            Reply::whole(Answer::refusal(500, "Internal Error")).limited(allowance)
        }
        Fault::BadGateway => gateway(502, "502 Bad Gateway"),
        Fault::Unavailable => gateway(503, "503 Service Unavailable"),
        Fault::GatewayTimeout => gateway(504, "504 Gateway Time-out"),
        Fault::Timeout => never(hold),
        Fault::Reset => never(Duration::ZERO),
        Fault::Html => gateway(200, "simulated hub"),
        Fault::ErrorObject => {
            let error = r#"{"error":"the simulated hub is busy, try again later"}"#;
            Reply::whole(Answer::ok(error.to_owned())).limited(allowance)
        }
        Fault::ExpiredCursor => {
            Reply::whole(Answer::bad_request("cursor: is no longer valid")).limited(allowance)
        }
        Fault::Detour => {
            let separator = if request.query.is_empty() { '?' } else { '&' };
            let location = format!("{}{separator}{DETOUR}", request.target());
            Reply::whole(Answer::moved(307, &location)).limited(allowance)
        }
        Fault::ExpiredSignature => Reply::whole(Answer::expired()),
        Fault::NotFound => Reply::whole(Answer::refusal_with_code(
            404,
            "EntryNotFound",
            "nothing is found here, as this fault has it",
        ))
        .limited(allowance),
        Fault::Truncated | Fault::CutJson | Fault::Repeat | Fault::EarlyEnd => return None,
    };
    Some(reply)
}

/// What becomes of a sound answer.
///
/// [`Fault::Repeat`] has no part in it: what it answers is sound, only not what was asked for.
pub(crate) fn turn(fault: Option<Fault>, mut answer: Answer) -> Reply {
    match fault {
        // An answer without a body, as a redirect, has nothing that could be missing.
        Some(Fault::Truncated) if !answer.body.is_empty() => {
            let kept = answer.body.len() / 2;
            return Reply { answer, delivery: Delivery::Cut(kept) };
        }
        Some(Fault::CutJson) => {
            answer.body = answer.body.slice(..answer.body.len() / 2);
        }
        Some(Fault::EarlyEnd) => answer.headers.retain(|(name, _)| *name != "link"),
        _ => {}
    }
    Reply::whole(answer)
}

impl Reply {
    /// The reply with what the limits say.
    fn limited(mut self, allowance: &Allowance) -> Self {
        self.answer.headers.extend(allowance.headers());
        self
    }
}
