//! The standing jobs: which there are, how they stand, and which is next.

use anyhow::Context;
use schema::Instant;
use store::{Job, Store};

use super::{Args, work};
use crate::schedule::{Cadence, held_back_retry_at, retry_at};
use crate::{clock, output};

/// What a job does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Read the whole listing.
    Whole,
    /// Read the most downloaded models.
    Top,
    /// Read new and changed models.
    Changes,
    /// Read details of the models that weigh most.
    Details,
    /// Build what was read.
    Build,
}

/// The jobs, the most important first: a week that is missed can never be read again.
const TASKS: [(Task, &str, &str); 5] = [
    (Task::Whole, "whole", "Read the whole listing"),
    (Task::Build, "build", "Build what was read"),
    (Task::Top, "top", "Read the most downloaded models"),
    (Task::Changes, "changes", "Read new and changed models"),
    (Task::Details, "details", "Read details of the most downloaded models"),
];

/// The jobs and how they stand, as on disk.
pub(super) struct Standing {
    jobs: Vec<(Task, Cadence, Job)>,
    /// Until when a job that failed is left alone; by the job's place.
    resting: Vec<Option<Instant>>,
}

impl Standing {
    /// Takes up the jobs where an earlier run left them.
    pub(super) fn load(store: &Store, args: &Args, now: Instant) -> anyhow::Result<Self> {
        let known = store.jobs().context("the state of the jobs cannot be read")?;
        let mut jobs = Vec::new();
        for (task, name, title) in TASKS {
            let cadence = match task {
                Task::Whole => args.whole,
                Task::Top => args.top,
                Task::Changes => args.changes,
                Task::Details => args.details,
                // It is due whenever something was read; the period says how long it may take.
                Task::Build => Cadence::Hour,
            };
            let Some(period_seconds) = cadence.period_seconds() else { continue };
            let known = known.iter().find(|job| job.name == name);
            let succeeded_at = known.and_then(|job| job.succeeded_at.clone());
            // A job counts by when it was begun: what it read is of that time.
            let begun =
                known.filter(|_| succeeded_at.is_some()).and_then(|job| job.started_at.as_deref());
            let done = begun.and_then(|at| Instant::parse(at).ok());
            let due_at = known
                .filter(|job| job.period_seconds == period_seconds)
                .and_then(|job| job.due_at.clone())
                .or_else(|| Some(cadence.due_at(done, now)?.to_string()));
            let job = Job {
                name: name.to_owned(),
                title: title.to_owned(),
                collection: known.and_then(|job| job.collection.clone()),
                period_seconds,
                is_on_demand: task == Task::Build,
                due_at,
                started_at: known.and_then(|job| job.started_at.clone()),
                succeeded_at,
                failure_count: known.map_or(0, |job| job.failure_count),
                outcome: known.and_then(|job| job.outcome.clone()),
                is_running: false,
            };
            jobs.push((task, cadence, job));
        }
        let resting = vec![None; jobs.len()];
        let mut standing = Self { jobs, resting };
        standing.call_for_build(store, now)?;
        standing.write(store)?;
        Ok(standing)
    }

    /// One line that says what is done when.
    pub(super) fn summary(&self) -> String {
        let said = self
            .jobs
            .iter()
            .filter_map(|(_, _, job)| Some(format!("{} due {}", job.name, job.due_at.as_ref()?)));
        said.collect::<Vec<_>>().join(", ")
    }

    /// The place of the most important job that is due and may be tried.
    pub(super) fn next_due(&self, now: Instant) -> Option<usize> {
        (0..self.jobs.len()).find(|index| self.try_at(*index).is_some_and(|at| at <= now))
    }

    /// When the next job is to be tried.
    pub(super) fn next_at(&self) -> Option<Instant> {
        (0..self.jobs.len()).filter_map(|index| self.try_at(index)).min()
    }

    fn try_at(&self, index: usize) -> Option<Instant> {
        let due_at = Instant::parse(self.jobs[index].2.due_at.as_ref()?).ok()?;
        Some(self.resting[index].map_or(due_at, |resting| resting.max(due_at)))
    }

    /// Does a job and notes what became of it; returns whether it was done.
    pub(super) fn run(&mut self, store: &Store, args: &Args, index: usize) -> anyhow::Result<bool> {
        let started_at = clock::now();
        let (task, _, job) = &mut self.jobs[index];
        let task = *task;
        job.started_at = Some(started_at.to_string());
        job.is_running = true;
        output::say(&format!("{}: {}", job.name, job.title));
        self.write(store)?;
        let result = work::run(store, args, task);
        let now = clock::now();
        let (_, cadence, job) = &mut self.jobs[index];
        job.is_running = false;
        let (outcome, collection, retry_at) = match result {
            Ok(done) if !done.is_held_back => (done.outcome, done.collection, None),
            // To read all of it again at once would hardly give anything else.
            Ok(done) => {
                let late = held_back_retry_at(now, job.period_seconds);
                (done.outcome, done.collection, Some(late))
            }
            Err(error) => {
                let outcome = format!("failed: {error:#}");
                output::print_error(&error.context(format!("job '{}' failed", job.name)));
                (outcome, None, Some(retry_at(now, job.failure_count + 1)))
            }
        };
        job.collection = collection.or(job.collection.take());
        self.resting[index] = retry_at;
        output::say(&format!("{}: {outcome}", job.name));
        job.outcome = Some(outcome);
        match retry_at {
            None => {
                job.succeeded_at = Some(now.to_string());
                job.failure_count = 0;
                job.due_at = cadence.due_at(Some(started_at), now).map(|at| at.to_string());
            }
            Some(retry_at) => {
                job.failure_count += 1;
                output::say(&format!("{}: will be tried again at {retry_at}", job.name));
            }
        }
        self.call_for_build(store, now)?;
        self.write(store)?;
        Ok(retry_at.is_none())
    }

    /// Makes the build due when something has been read that is not built.
    fn call_for_build(&mut self, store: &Store, now: Instant) -> anyhow::Result<()> {
        let is_needed = !work::out_of_date(store)?.is_empty();
        let Some((_, _, job)) = self.jobs.iter_mut().find(|(task, _, _)| *task == Task::Build)
        else {
            return Ok(());
        };
        let due_at = job.due_at.as_ref().and_then(|due| Instant::parse(due).ok());
        if !is_needed {
            // Nothing to build is nothing that could be late.
            job.due_at = None;
        } else if due_at.is_none_or(|due| due > now) {
            job.due_at = Some(now.to_string());
        }
        Ok(())
    }

    fn write(&self, store: &Store) -> anyhow::Result<()> {
        let mut jobs: Vec<Job> = self.jobs.iter().map(|(_, _, job)| job.clone()).collect();
        jobs.sort_by(|left, right| left.name.cmp(&right.name));
        Ok(store.write_jobs(&jobs)?)
    }
}
