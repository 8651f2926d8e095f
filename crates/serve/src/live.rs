//! What is shown now, and how the next release comes to be shown in its place.
//!
//! A request takes the state of the moment and keeps it until it is answered, so a switch neither
//! waits for requests nor disturbs them; the old state is freed when its last request ends.

mod look;

use std::sync::{Arc, Mutex};

use axum::http::{HeaderValue, Request};
use look::Looker;
use schema::Instant;
use store::Store;
use tokio::sync::{Semaphore, watch};

use crate::answers::Answers;
use crate::api::events::{jobs_event, release_event};
use crate::app::App;
use crate::compute::{AppState, Desk, digest, entity_tag};
use crate::events::{Event, Events, Listener};
use crate::jobs::Jobs;
use crate::kept::MOST_LONG_AT_ONCE;
use crate::options::Options;
use crate::refusal::Refusal;
use crate::site;
use crate::takeaway::Pictures;
use crate::{RequestLog, Result};

/// What is shown, as it changes; clones show the same.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    store: Store,
    options: Options,
    code_version: Arc<str>,
    moment: watch::Sender<Moment>,
    /// Held during a look, so that there is one at a time, and so one load.
    looker: Mutex<Looker>,
    events: Events,
    desk: Desk,
    answers: Answers,
    long: Arc<Semaphore>,
    pictures: Pictures,
}

/// The state of things between two changes.
#[derive(Debug, Clone)]
struct Moment {
    app: App,
    jobs: Jobs,
    jobs_digest: String,
    /// The entity tag of everything that is made from the releases alone.
    tag: HeaderValue,
    /// Names all of it, for listeners that come back.
    id: String,
    /// Names what answers are made from: all but when jobs ran and will run.
    standing: String,
}

/// What one who begins to listen is told at once, and how they hear the rest.
#[derive(Debug)]
pub(crate) struct Listening {
    /// The state of things as events; none where the listener knows it already.
    pub(crate) first: Vec<Event>,
    pub(crate) listener: Listener,
}

impl Live {
    /// Loads every built collection of a data directory, which may hold none yet.
    ///
    /// One that cannot be loaded does not keep the others from being shown: it is told of by a
    /// notice and on the data page. Fails when the directory itself cannot be listed.
    pub fn open(store: Store, options: Options) -> Result<Self> {
        store.collections()?;
        let code_version: Arc<str> = options.code_version.as_str().into();
        let now = (options.now)();
        let nothing =
            Moment::new(&code_version, App::default(), Jobs::default(), String::new(), now);
        let live = Self(Arc::new(Inner {
            store,
            code_version,
            moment: watch::Sender::new(nothing),
            looker: Mutex::default(),
            events: Events::new(options.most_listeners),
            desk: Desk::new(options.limits.most_computing, options.limits.most_waiting),
            answers: Answers::new(options.limits.kept_bytes),
            long: Arc::new(Semaphore::new(MOST_LONG_AT_ONCE)),
            pictures: Pictures::default(),
            options,
        }));
        live.look();
        Ok(live)
    }

    /// The state of things now, for one request.
    pub(crate) fn state<B>(&self, request: &Request<B>) -> AppState {
        let moment = self.moment();
        AppState {
            app: moment.app,
            jobs: moment.jobs,
            now: (self.0.options.now)(),
            code_version: Arc::clone(&self.0.code_version),
            tag: moment.tag,
            standing: moment.standing.into(),
            desk: self.0.desk.clone(),
            long: Arc::clone(&self.0.long),
            store: self.0.store.clone(),
            pictures: self.0.pictures.clone(),
            site: site::of(self.0.options.public_url.as_deref(), request.headers()).into(),
            asked: request.uri().clone(),
        }
    }

    /// Waits until other releases are shown than those of a tag, and tells the tag of these.
    pub(crate) async fn next_tag(&self, known: Option<&HeaderValue>) -> HeaderValue {
        let mut moment = self.0.moment.subscribe();
        let next = moment.wait_for(|moment| Some(&moment.tag) != known).await;
        next.expect("who says what is shown is there as long as this").tag.clone()
    }

    /// What whoever started the server told it.
    pub(crate) fn options(&self) -> &Options {
        &self.0.options
    }

    /// The answers that are kept to be given again.
    pub(crate) fn answers(&self) -> &Answers {
        &self.0.answers
    }

    /// Tells whoever started the server of an answer, if they want to know.
    pub(crate) fn log(&self, request: &RequestLog) {
        if let Some(on_request) = &self.0.options.on_request {
            on_request(request);
        }
    }

    /// Lets one more listen, who knows the state of this id or none.
    pub(crate) fn listen(&self, known: Option<&str>) -> std::result::Result<Listening, Refusal> {
        // In this order, a change in between is heard twice rather than not at all.
        let listener = self.0.events.listen()?;
        let moment = self.moment();
        if known == Some(moment.id.as_str()) {
            return Ok(Listening { first: Vec::new(), listener });
        }
        // Only the last one carries the id: who misses it must be told all again.
        let releases = moment.app.ready().map(|shown| release_event(&shown.market, None));
        let mut first: Vec<Event> = releases.collect();
        let now = (self.0.options.now)();
        first.push(jobs_event(&moment.jobs, now, Some(moment.id)));
        Ok(Listening { first, listener })
    }

    /// Ends the streams of all who listen, for good.
    pub(crate) fn end_events(&self) {
        self.0.events.end();
    }

    fn moment(&self) -> Moment {
        self.0.moment.borrow().clone()
    }
}

impl Moment {
    fn new(code_version: &str, app: App, jobs: Jobs, jobs_digest: String, now: Instant) -> Self {
        let mut parts = vec![code_version.to_owned()];
        for (name, collection) in app.all() {
            let release = collection.shown().map(|shown| shown.market.release.id.as_str());
            parts.push(format!("{name} {}", release.unwrap_or_default()));
        }
        let tag = entity_tag(parts.join("\n").as_bytes());
        let mut standing = parts.clone();
        standing.push(jobs.standing(now));
        standing.extend(app.all().map(|(_, collection)| {
            format!("{:?} {:?}", collection.refused, collection.received.set_aside)
        }));
        let standing = digest(standing.join("\n").as_bytes());
        parts.push(jobs_digest.clone());
        let id = digest(parts.join("\n").as_bytes());
        Self { app, jobs, jobs_digest, tag, id, standing }
    }
}
