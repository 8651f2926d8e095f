//! A large release on disk as it is read: served, asked for one model, and told in a report.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use anyhow::{Context, Result, bail, ensure};

use super::Figure;
use super::build::{Args, Bench};
use super::collect::grouped;
use super::load::client::Client;
use super::measured::{Took, look, run as measure};
use crate::server::Server;
use crate::workspace::{Profile, Workspace, output_of};

const COLLECTION: &str = "simulated-hub";
/// A server rests in a second in which it used less of the processors than this.
const RESTING_CPU_SECONDS: f64 = 0.02;
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// It has come to rest after so many of these, in which it would have asked again for what was not
/// there in time.
const RESTING_SECONDS: u32 = 15;
/// No server needs longer to come to rest.
const PATIENCE: Duration = Duration::from_mins(20);
/// Each address is asked so often once it was asked, and the time in the middle is told.
const ASKED_AGAIN: usize = 9;

/// Measures and says what came out.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<Vec<Figure>> {
    let binary = workspace.build_binary(Profile::Release)?;
    let data = env::temp_dir().join(format!("weighhouse-bench-{}", std::process::id()));
    let bench = Bench::new(binary.clone(), data.clone());
    let made = bench.collect_and_build(args);
    let reader = Reader { binary, data };
    let figures = made.and_then(|_| reader.all(args.models));
    // Whatever came out, a million models need not stay on this disk.
    let _ = fs::remove_dir_all(&reader.data);
    figures
}

struct Reader {
    binary: PathBuf,
    data: PathBuf,
}

impl Reader {
    fn all(&self, models: u64) -> Result<Vec<Figure>> {
        println!("asking at the command line");
        let begun = Instant::now();
        let [most, other] = self.largest()?;
        let mut figures =
            vec![Figure::new("`query` for the two largest models", seconds(begun.elapsed()), "")];
        for (what, words) in [("why", ["why", &most]), ("family", ["family", &most])] {
            let (took, _) = measure(self.command().args(words))?;
            figures.push(Figure::new(format!("`{what} MODEL`"), told(took), ""));
        }
        println!("serving");
        figures.extend(self.served([&most, &other])?);
        println!("writing a report");
        let output = self.data.join("report.html");
        let report = ["report", "--collection", COLLECTION, "--output"];
        let (took, _) = measure(self.command().args(report).arg(&output))?;
        let size = fs::metadata(&output)?.len() as f64 / 1e6;
        figures.push(Figure::new(
            format!("`report`, {size:.1} MB, 1,000 draws of each result"),
            told(took),
            "",
        ));
        if let Some(first) = figures.first_mut() {
            first.what = format!("{} models on disk: {}", grouped(models), first.what);
        }
        Ok(figures)
    }

    /// What readers of pages wait for, from the start of the server on.
    fn served(&self, models: [&str; 2]) -> Result<Vec<Figure>> {
        let begun = Instant::now();
        let server = Server::of_data(&self.binary, &self.data)?;
        let listening = begun.elapsed();
        let address: SocketAddr = server.origin.trim_start_matches("http://").parse()?;
        let mut client = Client::new(address);
        asked(&mut client, "/")?;
        let mut figures = vec![Figure::new(
            "`serve` listens; has sent its first page, its files held against their checksums",
            format!("{}; {}", seconds(listening), seconds(begun.elapsed())),
            "",
        )];
        let pages = models.map(|model| format!("/model?collection={COLLECTION}&model={model}"));
        let took = asked(&mut client, &pages[0])?;
        figures.push(Figure::new(
            "— a model's page, asked for next, what is kept of all models not being there yet",
            seconds(took),
            "",
        ));
        let worked_for = rest(server.process())?.duration_since(begun);
        let memory = look(server.process()).map_or(0.0, |took| took.peak_mib);
        figures.push(Figure::new(
            "— at rest, all that is asked beforehand worked out; most memory until then",
            format!("after {}; {memory:.0} MiB", seconds(worked_for)),
            "",
        ));
        let why = format!("/api/v1/why?collection={COLLECTION}&model={}", models[1]);
        let leaders = format!("/api/v1/leaderboard?collection={COLLECTION}&group=model");
        for (what, path) in [
            ("another model's page", &pages[1]),
            ("`why` of the API", &why),
            ("the leaderboard of models", &leaders),
        ] {
            let first = asked(&mut client, path)?;
            let again: Result<Vec<Duration>> =
                (0..ASKED_AGAIN).map(|_| asked(&mut client, path)).collect();
            let mut again = again?;
            again.sort_unstable();
            let (first, again) = (millis(first), millis(again[ASKED_AGAIN / 2]));
            figures.push(Figure::new(
                format!("— {what}: first; kept"),
                format!("{first}; {again}"),
                "",
            ));
        }
        Ok(figures)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg("--data").arg(&self.data);
        command
    }

    /// The two models that are downloaded most.
    fn largest(&self) -> Result<[String; 2]> {
        let words = "--measure downloads_30d --group model --top 2 --format json share";
        let mut query = self.command();
        query.args(["query", "--collection", COLLECTION]).args(words.split(' '));
        let said = output_of(&mut query).context("the largest models cannot be asked for")?;
        let answer: serde_json::Value = serde_json::from_str(&said)?;
        let row = |at: usize| Some(answer["rows"][at]["unit"].as_str()?.to_owned());
        Ok([row(0).context("a first model")?, row(1).context("a second model")?])
    }
}

/// How long an answer took, with the waits of who was told to come back.
fn asked(client: &mut Client, path: &str) -> Result<Duration> {
    const COME_BACK: u16 = 503;
    let begun = Instant::now();
    loop {
        match client.get(path)? {
            200 => return Ok(begun.elapsed()),
            COME_BACK if begun.elapsed() < PATIENCE => thread::sleep(LOOK_EVERY),
            status => bail!("{path} was answered with {status}"),
        }
    }
}

/// Waits until a process has nothing to do; tells when it did something last.
fn rest(process: u32) -> Result<Instant> {
    let used = || look(process).map(|took| took.cpu_seconds).context("the server ended");
    let begun = Instant::now();
    let (mut before, mut busy_at, mut resting) = (used()?, begun, 0);
    while resting < RESTING_SECONDS {
        ensure!(begun.elapsed() < PATIENCE, "the server does not come to rest");
        thread::sleep(LOOK_EVERY);
        let now = used()?;
        if now - before > RESTING_CPU_SECONDS {
            (busy_at, resting) = (Instant::now(), 0);
        } else {
            resting += 1;
        }
        before = now;
    }
    Ok(busy_at)
}

fn told(took: Took) -> String {
    format!("{}; {:.0} MiB", seconds(took.wall), took.peak_mib)
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn millis(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}
