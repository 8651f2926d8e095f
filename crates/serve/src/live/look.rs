//! Looking at the data directory, and showing what is new there.

use std::collections::BTreeMap;
use std::sync::{Arc, MutexGuard, PoisonError};

use analyze::Market;

use super::{Live, Moment};
use crate::api::events::{jobs_event, release_event};
use crate::app::{App, Collection, Loaded};
use crate::jobs::Jobs;
use crate::options::Notice;
use crate::reload::{self, Look, cause_chain};
use crate::shown::Shown;

/// Every so many looks is a close one: with a look every two seconds, once a minute.
const LOOKS_TO_CLOSE: u64 = 30;

/// What the one who looks remembers.
#[derive(Debug, Default)]
pub(super) struct Looker {
    look_count: u64,
    /// What was told of each thing that is wrong, so that it is not told again.
    told: BTreeMap<&'static str, String>,
}

impl Live {
    /// Looks at the data directory once, and shows what is new there. Every so many looks is a
    /// close one. Blocks while it loads.
    pub fn look(&self) {
        let mut looker = self.looker();
        let is_turn = looker.look_count.is_multiple_of(LOOKS_TO_CLOSE);
        looker.look_count += 1;
        // A job that ended may have received something, or mended what could not be loaded.
        let is_close = self.look_at_jobs(&mut looker) || is_turn;
        self.look_at_releases(&mut looker, if is_close { Look::Close } else { Look::Quick });
    }

    /// Looks at the data directory once, also for entries received and held back, and once more
    /// at releases that could not be loaded. Blocks while it loads.
    pub fn look_closely(&self) {
        let mut looker = self.looker();
        self.look_at_jobs(&mut looker);
        self.look_at_releases(&mut looker, Look::Close);
    }

    /// Shows a collection that no data directory holds, until the next look: for measurements.
    pub fn show_market(&self, market: Market) {
        let name = market.release.collection.clone();
        let loaded = Loaded::Ready(Arc::new(Shown::new(&self.0.store, market)));
        let collection = Collection { loaded, refused: None, received: Arc::default() };
        let before = self.moment();
        self.show(before.app.with(&name, collection), before.jobs, before.jobs_digest);
    }

    /// Tells the operator that a look itself failed.
    pub(crate) fn tell_unreadable(&self, reason: String) {
        (self.0.options.on_notice)(&Notice::Unreadable { reason });
    }

    /// Whether the standing jobs, or how they keep their schedule, are others than before.
    fn look_at_jobs(&self, looker: &mut Looker) -> bool {
        let now = (self.0.options.now)();
        let written = self.0.store.jobs().map_err(|error| cause_chain(&error));
        let read = written.and_then(Jobs::read);
        let trouble = read.as_ref().err().cloned();
        self.tell_once(looker, "jobs", trouble, |reason| Notice::JobsUnreadable { reason });
        let before = self.moment();
        let jobs = read.unwrap_or(before.jobs);
        let digest = jobs.digest(now);
        if digest == before.jobs_digest {
            return false;
        }
        let moment = self.show(before.app, jobs, digest);
        self.0.events.tell(jobs_event(&moment.jobs, now, Some(moment.id)));
        true
    }

    fn look_at_releases(&self, looker: &mut Looker, look: Look) {
        let listed = self.0.store.collections();
        let trouble = listed.as_ref().err().map(|error| cause_chain(error));
        self.tell_once(looker, "directory", trouble, |reason| Notice::Unreadable { reason });
        let Ok(names) = listed else { return };
        let before = self.moment();
        if let Some(app) = before.app.without_others(&names) {
            self.show(app, before.jobs, before.jobs_digest);
        }
        for name in &names {
            self.look_at_collection(name, look);
        }
    }

    fn look_at_collection(&self, name: &str, look: Look) {
        let moment = self.moment();
        let before = moment.app.get(name);
        let Some(after) = reload::next(&self.0.store, name, before, look) else { return };
        let notice = notice(name, before, &after);
        let app = moment.app.with(name, after);
        let next = self.show(app, moment.jobs, moment.jobs_digest);
        let Some(notice) = notice else { return };
        let shown = next.app.get(name).and_then(Collection::shown);
        if let (Notice::Shown { .. }, Some(shown)) = (&notice, shown) {
            self.0.events.tell(release_event(&shown.market, Some(next.id)));
        }
        (self.0.options.on_notice)(&notice);
    }

    /// Shows another state of things from now on.
    fn show(&self, app: App, jobs: Jobs, jobs_digest: String) -> Moment {
        let now = (self.0.options.now)();
        let moment = Moment::new(&self.0.code_version, app, jobs, jobs_digest, now);
        self.0.moment.send_replace(moment.clone());
        moment
    }

    fn tell_once(
        &self,
        looker: &mut Looker,
        about: &'static str,
        trouble: Option<String>,
        notice: fn(String) -> Notice,
    ) {
        let Some(reason) = trouble else {
            looker.told.remove(about);
            return;
        };
        if looker.told.get(about) != Some(&reason) {
            looker.told.insert(about, reason.clone());
            (self.0.options.on_notice)(&notice(reason));
        }
    }

    fn looker(&self) -> MutexGuard<'_, Looker> {
        // A look that ended in a panic leaves nothing half done behind.
        self.0.looker.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the operator should know of a change: another release is shown, or one cannot be.
fn notice(name: &str, before: Option<&Collection>, after: &Collection) -> Option<Notice> {
    let collection = name.to_owned();
    if let Some(refused) = &after.refused {
        let is_told = before.is_some_and(|before| before.refused.as_ref() == Some(refused));
        let reason = refused.reason.clone();
        return (!is_told).then_some(Notice::Refused { collection, reason });
    }
    let shown = after.shown()?;
    let earlier = before.and_then(Collection::shown);
    let is_same = earlier.is_some_and(|earlier| Arc::ptr_eq(earlier, shown));
    let market = &shown.market;
    (!is_same).then(|| Notice::Shown {
        collection,
        release: market.release.id.clone(),
        data_through: market.data_through,
    })
}
