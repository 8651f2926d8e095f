//! `weighhouse status`: what is there, what is wrong, and what to do.

use std::path::Path;
use std::time::Duration;

use schema::{Health, Instant};
use serde_json::{Value, json};
use store::{Job, Layer, RawDescription, Store};

use crate::output::{Format, Rows, grouped, print_json, say};
use crate::pipeline::raw::complete_entries;
use crate::progress::spoken;
use crate::{Outcome, clock};

/// Say what is in the data directory, how fresh it is, what is wrong, and what to do.
///
/// The exit code is 1 when a standing job has stalled.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print; `csv` has the collections only.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// One collection's state.
struct State {
    row: Vec<String>,
    advice: Vec<String>,
}

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    let store = Store::open(data)?;
    let now = clock::now();
    let mut states = Vec::new();
    for collection in store.collections()? {
        states.push(state(&store, &collection, now)?);
    }
    let header = vec![
        "collection",
        "snapshots#",
        "rows#",
        "problems#",
        "data_through",
        "days_old#",
        "release",
        "state",
    ];
    let jobs = store.jobs()?;
    let advice: Vec<String> = states.iter().flat_map(|state| state.advice.clone()).collect();
    let collections = Rows { header, rows: states.into_iter().map(|state| state.row).collect() };
    match args.format {
        Format::Json => print_json(&json!({
            "collections": collections.objects(),
            "jobs": jobs.iter().map(|job| job_object(job, now)).collect::<Vec<_>>(),
            "advice": advice,
        }))?,
        Format::Csv => collections.print(Format::Csv)?,
        Format::Table => {
            if collections.rows.is_empty() {
                say(&format!(
                    "{} is empty; take readings in: weighhouse collect, or weighhouse import",
                    data.display()
                ));
            }
            collections.print(Format::Table)?;
            if !jobs.is_empty() {
                say("");
                job_rows(&jobs, now).print(Format::Table)?;
            }
        }
    }
    if args.format != Format::Json {
        let of_jobs = jobs.iter().filter_map(|job| job_advice(job, now));
        for line in advice.into_iter().chain(of_jobs) {
            say(&line);
        }
    }
    let has_stalled = jobs.iter().any(|job| health(job, now) == Some(Health::Stalled));
    Ok(if has_stalled { Outcome::CheckFailed } else { Outcome::Done })
}

fn state(store: &Store, collection: &str, now: Instant) -> anyhow::Result<State> {
    let (mut rows, mut problems) = (0, 0);
    let mut advice = Vec::new();
    let entries = store.entries(Layer::Raw, collection)?;
    let mut newest_sound: Option<&str> = None;
    let mut unsound: Vec<(&str, String)> = Vec::new();
    for name in &entries {
        let manifest = store.manifest(Layer::Raw, collection, name)?;
        rows += manifest.row_count;
        problems += manifest.problem_count;
        let Some(raw) = &manifest.raw else { continue };
        if store.is_sound(collection, name, raw)? {
            newest_sound = Some(name);
        } else {
            unsound.push((name, what_is_wrong(raw, collection)));
        }
    }
    // What was read again since needs nobody's attention.
    let open = unsound.iter().filter(|(name, _)| newest_sound.is_none_or(|sound| sound < *name));
    let open: Vec<_> = open.collect();
    advice.extend(open.iter().map(|(name, wrong)| format!("{collection}: {name} {wrong}")));
    let interrupted: usize =
        store.open_journals(collection)?.iter().map(|(_, pieces)| *pieces).sum();
    if interrupted > 0 {
        advice.push(format!(
            "{collection}: a listing is under way or was interrupted after {} pages; \
             weighhouse collect goes on with it",
            grouped(interrupted as u64)
        ));
    }
    let complete: Vec<String> =
        complete_entries(store, collection)?.into_iter().map(|entry| entry.name).collect();
    let release = store.release(collection)?;
    let state = match &release {
        None if complete.is_empty() => "incomplete",
        None => "not built",
        Some(release) if release.raw != complete => "out of date",
        Some(_) if !open.is_empty() || interrupted > 0 => "incomplete",
        Some(_) => "up to date",
    };
    match state {
        "incomplete" if open.is_empty() && interrupted == 0 => {
            advice.push(format!("{collection}: nothing was received yet; run weighhouse collect"));
        }
        "not built" => advice.push(format!("{collection}: run weighhouse build")),
        "out of date" => advice.push(format!("{collection}: new snapshots; run weighhouse build")),
        _ => {}
    }
    let data_through = release.as_ref().map(|release| release.data_through.clone());
    let days_old = data_through.as_deref().and_then(|text| Instant::parse(text).ok());
    let days_old = days_old.map(|at| format!("{:.1}", now.days_since(at)));
    let row = vec![
        collection.to_owned(),
        grouped(entries.len() as u64),
        grouped(rows),
        grouped(problems),
        data_through.unwrap_or_default(),
        days_old.unwrap_or_default(),
        release.map(|release| release.id).unwrap_or_default(),
        state.to_owned(),
    ];
    Ok(State { row, advice })
}

/// Why a snapshot is not built from, and what to do.
fn what_is_wrong(raw: &RawDescription, collection: &str) -> String {
    if !raw.is_complete {
        return "broke off and is not built from; run weighhouse collect again".to_owned();
    }
    format!(
        "is held back: {}; collect again, or if the Hub has changed: weighhouse accept {collection}",
        raw.held_back.join("; ")
    )
}

fn health(job: &Job, now: Instant) -> Option<Health> {
    let due_at = Instant::parse(job.due_at.as_ref()?).ok()?;
    Some(Health::of(due_at, job.period_seconds, now))
}

/// How long ago a job was due; nothing while it is not.
fn lag(job: &Job, now: Instant) -> Option<Duration> {
    let due_at = Instant::parse(job.due_at.as_ref()?).ok()?;
    let millis = u64::try_from(now.millis() - due_at.millis()).ok()?;
    Some(Duration::from_millis(millis))
}

fn health_name(job: &Job, now: Instant) -> &'static str {
    health(job, now).map_or("nothing to do", Health::name)
}

fn job_rows(jobs: &[Job], now: Instant) -> Rows {
    let row = |job: &Job| {
        let text = |at: &Option<String>| at.clone().unwrap_or_default();
        vec![
            job.name.clone(),
            if job.is_running { "running".to_owned() } else { health_name(job, now).to_owned() },
            text(&job.succeeded_at),
            text(&job.due_at),
            lag(job, now).map(spoken).unwrap_or_default(),
            job.failure_count.to_string(),
            text(&job.outcome),
        ]
    };
    Rows {
        header: vec!["job", "state", "last_success", "due", "lag", "failures#", "outcome"],
        rows: jobs.iter().map(row).collect(),
    }
}

fn job_object(job: &Job, now: Instant) -> Value {
    json!({
        "name": job.name,
        "title": job.title,
        "collection": job.collection,
        "health": health(job, now).map(Health::name),
        "is_running": job.is_running,
        "period_seconds": job.period_seconds,
        "due_at": job.due_at,
        "started_at": job.started_at,
        "succeeded_at": job.succeeded_at,
        "lag_seconds": lag(job, now).map(|lag| lag.as_secs()),
        "failure_count": job.failure_count,
        "outcome": job.outcome,
    })
}

fn job_advice(job: &Job, now: Instant) -> Option<String> {
    let lag = spoken(lag(job, now)?);
    let what = match health(job, now)? {
        Health::OnTime => return None,
        Health::Late => "is late",
        Health::Stalled => "has stalled",
    };
    let advice = if job.failure_count > 0 {
        format!("it failed {} times: {}", job.failure_count, job.outcome.as_deref().unwrap_or(""))
    } else if job.is_running {
        "it is running".to_owned()
    } else {
        "is weighhouse watch running?".to_owned()
    };
    Some(format!("job '{}' {what}, due {lag} ago; {advice}", job.name))
}
