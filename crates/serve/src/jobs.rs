//! The standing jobs of `watch`, as they were written down, and how they keep their schedule.

use std::sync::Arc;

use schema::{Health, Instant};

use crate::compute::digest;

/// The standing jobs; clones share them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Jobs(Arc<[Job]>);

/// A job that is done again and again, with its times read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Job {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) collection: Option<String>,
    pub(crate) period_seconds: u64,
    pub(crate) is_on_demand: bool,
    /// `None` while there is nothing to do.
    pub(crate) due_at: Option<Instant>,
    pub(crate) started_at: Option<Instant>,
    pub(crate) succeeded_at: Option<Instant>,
    pub(crate) failure_count: u32,
    pub(crate) outcome: Option<String>,
    pub(crate) is_running: bool,
}

impl Jobs {
    /// Reads the times of jobs; fails on one that is not a time, with the job's name.
    pub(crate) fn read(written: Vec<store::Job>) -> Result<Self, String> {
        let jobs: Result<Vec<Job>, String> = written.into_iter().map(Job::read).collect();
        Ok(Self(jobs?.into()))
    }

    /// Every job by name.
    pub(crate) fn all(&self) -> &[Job] {
        &self.0
    }

    /// The job that is worst off: of those that lag the most, the one that was due first.
    pub(crate) fn worst(&self, now: Instant) -> Option<&Job> {
        self.0.iter().min_by_key(|job| (std::cmp::Reverse(job.health(now)), job.due_at))
    }

    /// How the worst of them keeps its schedule; `None` where nobody watches.
    pub(crate) fn health(&self, now: Instant) -> Option<Health> {
        self.worst(now).map(|job| job.health(now))
    }

    /// A name of what is said of them beside the numbers: how each keeps its schedule, and since
    /// when one has not.
    pub(crate) fn standing(&self, now: Instant) -> String {
        let said = self.0.iter().map(|job| {
            let health = job.health(now);
            let since = job.due_at.filter(|_| health != Health::OnTime);
            format!("{} {:?} {health} {since:?}", job.name, job.collection)
        });
        digest(said.collect::<Vec<_>>().join("\n").as_bytes())
    }

    /// A name of all that is said of them, apart from how long ago things were.
    pub(crate) fn digest(&self, now: Instant) -> String {
        let said: Vec<String> =
            self.0.iter().map(|job| format!("{job:?} {}", job.health(now))).collect();
        digest(said.join("\n").as_bytes())
    }
}

impl Job {
    fn read(job: store::Job) -> Result<Self, String> {
        let read = |text: &str| {
            Instant::parse(text).map_err(|error| format!("the job '{}': {error}", job.name))
        };
        let maybe = |text: &Option<String>| text.as_deref().map(read).transpose();
        Ok(Self {
            due_at: maybe(&job.due_at)?,
            started_at: maybe(&job.started_at)?,
            succeeded_at: maybe(&job.succeeded_at)?,
            name: job.name,
            title: job.title,
            collection: job.collection,
            period_seconds: job.period_seconds,
            is_on_demand: job.is_on_demand,
            failure_count: job.failure_count,
            outcome: job.outcome,
            is_running: job.is_running,
        })
    }

    /// How it keeps its schedule; what has nothing to do is on time.
    pub(crate) fn health(&self, now: Instant) -> Health {
        self.due_at.map_or(Health::OnTime, |due_at| Health::of(due_at, self.period_seconds, now))
    }

    /// Seconds since it was due; 0 when it is not.
    pub(crate) fn lag_seconds(&self, now: Instant) -> u64 {
        let due_at = self.due_at.unwrap_or(now);
        ((now.millis() - due_at.millis()) / 1000).max(0).unsigned_abs()
    }
}
