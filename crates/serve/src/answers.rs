//! Answers that were given a moment ago, kept as they were sent: compressed, with their headers.
//!
//! Most of those who look at a dashboard ask the same. An answer is kept for the state of things
//! that it is made from, so nobody gets one of another release; and those who ask at the same time
//! wait for one answer, instead of each for their own.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use schema::Instant;
use tokio::sync::OnceCell;

use crate::Live;
use crate::compute::AppState;
use crate::refusal::Refusal;

/// Larger answers are made anew each time.
const MOST_ANSWER_BYTES: usize = 4 << 20;
/// What an entry takes beside its body: address, headers, places in the lists.
const ENTRY_BYTES: usize = 1_024;
/// A few answers say how long ago something was; all are made anew after this.
const MOST_AGE_MS: i64 = 600_000;
/// Longer questions are answered anew each time.
const MOST_KEY_BYTES: usize = 2_048;
/// What a handler marks an answer with that is not to be kept, since a part of it is on its way.
pub(crate) const NOT_KEPT: &str = "no-store";
/// The headers of a request that its answer may depend on.
const ASKED_BY: [&str; 6] =
    ["accept-encoding", "host", "x-forwarded-host", "x-forwarded-proto", "range", "if-range"];
/// Answers that are of the present alone.
const OF_THE_PRESENT: [&str; 3] = ["/api/v1/status", "/api/v1/events", "/data"];

/// The answers that are kept, bounded in bytes; those that were kept first go first.
#[derive(Debug)]
pub(crate) struct Answers {
    most_bytes: usize,
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    /// The state of things that all of them are made from.
    standing: String,
    slots: HashMap<String, Arc<Slot>>,
    /// Those that are filled, the oldest first, with their size.
    filled: VecDeque<(String, usize)>,
    bytes: usize,
}

/// The place of one answer, which may be on its way; empty where it is no answer to share.
type Slot = OnceCell<Option<Answer>>;

#[derive(Debug, Clone)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    made_at: Instant,
}

impl Answers {
    pub(crate) fn new(most_bytes: usize) -> Self {
        Self { most_bytes, kept: Mutex::default() }
    }

    /// The place of the answer to a question in a state of things, as long as it is not too old.
    fn slot(&self, standing: &str, key: &str, now: Instant) -> Arc<Slot> {
        let mut kept = self.kept();
        if kept.standing != standing {
            *kept = Kept { standing: standing.to_owned(), ..Kept::default() };
        }
        // A clock that went backward tells no age.
        let is_fresh = |slot: &Arc<Slot>| {
            let answer = slot.get().and_then(Option::as_ref);
            let age = answer.map(|answer| now.millis() - answer.made_at.millis());
            age.is_none_or(|age| (0..MOST_AGE_MS).contains(&age))
        };
        if let Some(slot) = kept.slots.get(key).filter(|slot| is_fresh(slot)) {
            return Arc::clone(slot);
        }
        kept.forget(key);
        let slot = Arc::<Slot>::default();
        kept.slots.insert(key.to_owned(), Arc::clone(&slot));
        slot
    }

    /// Counts an answer that was put into its place, and makes room for it.
    fn count(&self, standing: &str, key: &str, answer: &Answer) {
        let mut kept = self.kept();
        if kept.standing != standing {
            return;
        }
        let size = answer.body.len() + key.len() + ENTRY_BYTES;
        kept.bytes += size;
        kept.filled.push_back((key.to_owned(), size));
        while kept.bytes > self.most_bytes {
            let Some((oldest, size)) = kept.filled.pop_front() else { break };
            kept.bytes -= size;
            kept.slots.remove(&oldest);
        }
    }

    /// Gives a place up whose answer is not to be kept, or never came.
    fn give_up(&self, key: &str, slot: &Arc<Slot>) {
        let mut kept = self.kept();
        if kept.slots.get(key).is_some_and(|own| Arc::ptr_eq(own, slot)) {
            kept.slots.remove(key);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn forget(&mut self, key: &str) {
        self.slots.remove(key);
        if let Some(place) = self.filled.iter().position(|(known, _)| known == key) {
            let (_, size) = self.filled.remove(place).expect("it was found here");
            self.bytes -= size;
        }
    }
}

/// One who waits at the place of an answer; the last thing to see to it that the place is not kept
/// for an answer that never comes.
struct Waiting<'a> {
    answers: &'a Answers,
    key: &'a str,
    slot: Arc<Slot>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if !self.slot.get().and_then(Option::as_ref).is_some_and(Answer::is_kept) {
            self.answers.give_up(self.key, &self.slot);
        }
    }
}

/// Answers with what is kept, or keeps what is answered.
pub(crate) async fn keep(
    State(live): State<Live>,
    Extension(state): Extension<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let is_shared =
        request.method() == Method::GET && !OF_THE_PRESENT.contains(&request.uri().path());
    let Some(key) = is_shared.then(|| key(&request)).flatten() else {
        return next.run(request).await;
    };
    let answers = live.answers();
    let slot = answers.slot(&state.standing, &key, state.now);
    let waiting = Waiting { answers, key: &key, slot };
    let mut asked = Some((request, next));
    let mut alone = None;
    let made = waiting.slot.get_or_init(async || {
        let (request, next) = asked.take()?;
        match make(request, next, state.now).await {
            Ok(answer) => {
                if answer.is_kept() {
                    answers.count(&state.standing, &key, &answer);
                }
                Some(answer)
            }
            Err(response) => {
                alone = Some(response);
                None
            }
        }
    });
    if let Some(answer) = made.await {
        return answer.clone().into_response();
    }
    match (alone, asked) {
        (Some(response), _) => response,
        (None, Some((request, next))) => next.run(request).await,
        (None, None) => Refusal::internal().into_problem(),
    }
}

impl Answer {
    /// Whether others may have it later: what was refused now may be answered then.
    fn is_kept(&self) -> bool {
        let control = self.headers.get(header::CACHE_CONTROL);
        let is_passing = control.is_some_and(|value| value == NOT_KEPT);
        self.status == StatusCode::OK && self.body.len() <= MOST_ANSWER_BYTES && !is_passing
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        response
    }
}

/// What an answer depends on, beside the state of things; nothing where that is too much to keep.
fn key(request: &Request) -> Option<String> {
    let address = request.uri().path_and_query()?.as_str();
    let mut key = address.to_owned();
    for name in ASKED_BY {
        let value = request.headers().get(name).map_or(&b""[..], |value| value.as_bytes());
        key.push('\n');
        key.push_str(std::str::from_utf8(value).ok()?);
    }
    (key.len() <= MOST_KEY_BYTES).then_some(key)
}

/// Makes an answer; a stream of events has no end that could be waited for, and is handed back.
async fn make(request: Request, next: Next, now: Instant) -> Result<Answer, Response> {
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream")) {
        return Err(response);
    }
    let (parts, body) = response.into_parts();
    // Each answer is in memory already: what makes it has bounded it.
    let body = to_bytes(body, usize::MAX).await.map_err(|_| Refusal::internal().into_problem())?;
    Ok(Answer { status: parts.status, headers: parts.headers, body, made_at: now })
}

#[cfg(test)]
mod tests;
