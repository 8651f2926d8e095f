//! Many users of a dashboard over a large collection, and more than it can bear.

pub(super) mod client;
mod mix;
mod users;

use std::process::Command;
use std::time::Duration;

use anyhow::{Result, ensure};

use super::Figure;
use super::collect::grouped;
use super::panel::build_example;
use crate::server::Server;
use crate::workspace::Workspace;

use mix::Kind;
use users::{Answered, Load, Memory};

/// Users with time to think, and then as many questions at once as there are connections.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Models of the collection.
    #[arg(long, default_value_t = 1_000_000)]
    models: u32,
    /// Its weeks.
    #[arg(long, default_value_t = 270)]
    weeks: u16,
    /// Users at the same time.
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u16).range(1..=2_000))]
    users: u16,
    /// Minutes that they stay; 30 for the long form.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=60))]
    minutes: u16,
    /// Seconds between two requests of a user, on average.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=600))]
    think: u16,
}

const SEED: u32 = 7;
const MODELS_AN_OWNER: u32 = 5;
/// Users who ask without thinking, to ask for more than there is.
const CROWD: u16 = 150;
const CROWD_TIME: Duration = Duration::from_secs(20);
/// Before anything is measured, each page has been seen once.
const WARM_UP: Duration = Duration::from_secs(15);

/// Measures and says what came out.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<Vec<Figure>> {
    let example = build_example(workspace, "weighhouse", "load_server")?;
    let owners = args.models / MODELS_AN_OWNER;
    let words = [args.models, args.weeks.into(), owners, SEED].map(|word| word.to_string());
    println!("making {} models × {} weeks", grouped(args.models.into()), args.weeks);
    let mut server = Server::start(Command::new(example).args(words))?;
    let think = Duration::from_secs(args.think.into());
    let load = |users, think, time, mix| Load { users, think, time, mix };
    println!("{} users warm up for {} s", args.users, WARM_UP.as_secs());
    users::run(&server, &load(args.users, think, WARM_UP, &mix::DASHBOARD[..]))?;
    println!("{} users for {} min", args.users, args.minutes);
    let time = Duration::from_secs(u64::from(args.minutes) * 60);
    let (calm, memory) = users::run(&server, &load(args.users, think, time, &mix::DASHBOARD[..]))?;
    println!("{CROWD} users without a thought for {} s", CROWD_TIME.as_secs());
    let crowd = load(CROWD, Duration::ZERO, CROWD_TIME, &mix::ARBITRARY[..]);
    let (crowded, _) = users::run(&server, &crowd)?;
    ensure!(server.is_running(), "the server ended meanwhile");
    let mut figures = told(args, &calm);
    figures.extend(remembered(&memory));
    figures.extend(refused(&crowded));
    Ok(figures)
}

/// What users with time to think saw, by kind of request.
fn told(args: &Args, answers: &[Answered]) -> Vec<Figure> {
    let count = answers.len() as u64;
    let failed = answers.iter().filter(|answer| answer.status != Some(200)).count();
    let title = format!(
        "{} users, a request each {} s, {} min, {} models × {} weeks: requests",
        args.users,
        args.think,
        args.minutes,
        grouped(args.models.into()),
        args.weeks
    );
    let mut figures = vec![
        Figure::new(title, grouped(count), ""),
        Figure::new("— failed or refused", grouped(failed as u64), "none"),
    ];
    for kind in Kind::ALL {
        let of_kind = answers.iter().filter(|answer| answer.kind == kind);
        let times = Times::of(of_kind.map(|answer| answer.took));
        let promise = match kind {
            Kind::Arbitrary => "p99 under 250 ms",
            _ => "p99 under 50 ms",
        };
        let what = format!("— {}: {}, from when it was due", kind.title(), times.count());
        figures.push(Figure::new(what, times.to_string(), promise));
    }
    figures
}

/// What the server held, from the first minute to the last.
fn remembered(memory: &[Memory]) -> Vec<Figure> {
    let mib = |at: usize| memory.get(at).map_or(0.0, |seen| seen.mib);
    let (tenth, last) = (memory.len() / 10, memory.len().saturating_sub(1));
    let most = memory.iter().map(|seen| seen.mib).fold(0.0, f64::max);
    let what = "— memory of the server: after a tenth of the time, at the end, at most";
    let result = format!("{:.0}, {:.0}, {most:.0} MiB", mib(tenth), mib(last));
    vec![Figure::new(what, result, "flat")]
}

/// What more users than can be answered saw.
fn refused(answers: &[Answered]) -> Vec<Figure> {
    let of = |status: Option<u16>| {
        let of_status = answers.iter().filter(move |answer| answer.status == status);
        Times::of(of_status.map(|answer| answer.took))
    };
    let others = answers.iter().filter(|answer| !matches!(answer.status, Some(200 | 503))).count();
    let (answered, told) = (of(Some(200)), of(Some(503)));
    let what = format!("{CROWD} users ask arbitrary questions at once, {} s", CROWD_TIME.as_secs());
    vec![
        Figure::new(format!("{what}: answered {}", answered.count()), answered.to_string(), ""),
        Figure::new(
            format!("— told to come back (503): {}", told.count()),
            told.to_string(),
            "at once",
        ),
        Figure::new("— neither", grouped(others as u64), "none"),
    ]
}

/// Times in order.
struct Times(Vec<Duration>);

impl Times {
    fn of(times: impl Iterator<Item = Duration>) -> Self {
        let mut times: Vec<Duration> = times.collect();
        times.sort_unstable();
        Self(times)
    }

    fn count(&self) -> String {
        grouped(self.0.len() as u64)
    }

    /// The time, in ms, that this part of all is within.
    fn within(&self, part: f64) -> f64 {
        let place = ((self.0.len() as f64 * part).ceil() as usize).max(1) - 1;
        self.0.get(place).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }
}

impl std::fmt::Display for Times {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return f.write_str("none");
        }
        let [half, most, nearly, all] = [0.5, 0.9, 0.99, 1.0].map(|part| self.within(part));
        write!(f, "p50 {half:.1}, p90 {most:.1}, p99 {nearly:.1}, longest {all:.0} ms")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_least_that_so_many_are_within() {
        let times = Times::of((1..=200).rev().map(Duration::from_millis));
        let within = |part| times.within(part).round() as u64;
        assert_eq!([0.5, 0.99, 0.995, 1.0].map(within), [100, 198, 199, 200]);
        let one = Times::of(std::iter::once(Duration::from_millis(7)));
        assert_eq!(one.within(0.99).round() as u64, 7);
        assert_eq!(Times::of(std::iter::empty()).to_string(), "none");
    }
}
