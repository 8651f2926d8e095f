//! Crawls of a simulated Hub over HTTP on loopback.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use super::measured::{Hub, Took, run as measure};
use super::{Figure, bare};
use crate::workspace::{Profile, Workspace};

/// Crawls of a simulated Hub.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Models of the crawl without limits; the others read a twentieth of them.
    #[arg(long, default_value_t = 1_000_000)]
    models: u64,
}

/// A budget that takes seconds where the Hub's own takes minutes: 50 requests in 20 s.
const QUOTA: f64 = 50.0;
const WINDOW_SECONDS: f64 = 20.0;
const LATENCY_MS: u64 = 100;
/// What may be lost to anything but the policy or the server.
const PROMISED_RATIO: f64 = 1.1;

/// Measures and says what came out.
pub(crate) fn run(workspace: &Workspace, args: &Args) -> Result<Vec<Figure>> {
    let binary = workspace.build_binary(Profile::Release)?;
    let folder = std::env::temp_dir().join(format!("weighhouse-bench-{}", std::process::id()));
    let bench = Bench { binary, folder };
    let figures = bench.all(args.models);
    // Whatever came out, a million models need not stay on this disk.
    let _ = fs::remove_dir_all(&bench.folder);
    figures
}

struct Bench {
    binary: PathBuf,
    folder: PathBuf,
}

/// What one crawl came to.
struct Crawl {
    took: Took,
    models: u64,
    requests_repeated: u64,
    /// SHA-256 over the pages.
    received: String,
}

impl Bench {
    fn all(&self, models: u64) -> Result<Vec<Figure>> {
        let mut figures = self.unlimited(models)?;
        let few = (models / 20).max(2_000);
        figures.extend(self.limited(few)?);
        figures.extend(self.troubled(few)?);
        Ok(figures)
    }

    /// One whole crawl with nothing in its way, beside a reader that throws the pages away.
    fn unlimited(&self, models: u64) -> Result<Vec<Figure>> {
        println!("crawling {models} models without limits");
        let hub = Hub::start(&self.binary, &["--models", &models.to_string()])?;
        let before = hub.took();
        let crawl = self.crawl("whole", &hub, 1_000)?;
        let hub_cpu = hub.took().cpu_seconds - before.cpu_seconds;
        let path = self.first_path("whole")?;
        let (alone, pages) = bare::read_all(&hub.endpoint, &path)?;
        let bytes = size_of(&self.folder.join("whole"))?;
        let (asked, read) = (grouped(models), crawl.models);
        let name = format!(
            "whole crawl of {asked} models ({} visible, {pages} pages), no limits",
            grouped(read)
        );
        let seconds = crawl.took.wall.as_secs_f64();
        Ok(vec![
            Figure::new(&name, format!("{seconds:.1} s"), "under 600 s"),
            Figure::new(
                "— a reader that throws the same pages away",
                format!("{:.1} s", alone.as_secs_f64()),
                "",
            ),
            Figure::new(
                "— CPU of the collector",
                format!("{:.1} s", crawl.took.cpu_seconds),
                "under 180 s",
            ),
            Figure::new("— CPU of the simulated Hub", format!("{hub_cpu:.1} s"), ""),
            Figure::new(
                "— peak memory of the collector",
                format!("{:.0} MiB", crawl.took.peak_mib),
                "under 500 MiB",
            ),
            Figure::new("— on disk", format!("{:.0} MiB", bytes as f64 / 1_048_576.0), ""),
        ])
    }

    /// Crawls that a budget or the server's latency bounds.
    fn limited(&self, models: u64) -> Result<Vec<Figure>> {
        let count = models.to_string();
        let pages = 100;
        let page_size = models.div_ceil(pages);
        println!("crawling {models} models within a budget");
        let budget = format!("{QUOTA}/{WINDOW_SECONDS}");
        let hub = Hub::start(&self.binary, &["--models", &count, "--budget", &budget])?;
        let paced = self.crawl("paced", &hub, page_size)?;
        drop(hub);
        println!("crawling {models} models against latency");
        let latency = LATENCY_MS.to_string();
        let hub = Hub::start(&self.binary, &["--models", &count, "--latency-ms", &latency])?;
        let slow = self.crawl("slow", &hub, page_size)?;
        let path = self.first_path("slow")?;
        let (alone, read) = bare::read_all(&hub.endpoint, &path)?;
        let ratio_of = |crawl: &Crawl, allowed: f64| {
            let seconds = crawl.took.wall.as_secs_f64();
            format!("{seconds:.1} s, {:.2} of {allowed:.1} s", seconds / allowed)
        };
        // Of the crawl's requests, one asks what the Hub is and two confirm the end.
        let allowed = (f64::from(read) + 3.0) / QUOTA * WINDOW_SECONDS;
        let per_page = alone.as_secs_f64() / f64::from(read);
        Ok(vec![
            Figure::new(
                format!("{read} pages at {budget} s: time, of what the policy allows"),
                ratio_of(&paced, allowed),
                format!("at most {PROMISED_RATIO}"),
            ),
            Figure::new("— answers of 429", paced.requests_repeated.to_string(), "none"),
            Figure::new(
                format!("{read} pages at {LATENCY_MS} ms each: time, of what the server allows"),
                ratio_of(&slow, per_page * (f64::from(read) + 3.0)),
                format!("at most {PROMISED_RATIO}"),
            ),
        ])
    }

    /// A crawl with a fifth of the answers faulty, against one without.
    fn troubled(&self, models: u64) -> Result<Vec<Figure>> {
        println!("crawling {models} models with 20 % of the answers faulty");
        let hub = Hub::start(&self.binary, &["--models", &models.to_string()])?;
        let sound = self.crawl("sound", &hub, models.div_ceil(100))?;
        put(&hub.endpoint, "/simulated/faults", "rate 0.2 seed 7 hold 1")?;
        let troubled = self.crawl("troubled", &hub, models.div_ceil(100))?;
        ensure!(sound.received == troubled.received, "the two crawls received different pages");
        Ok(vec![Figure::new(
            "100 pages with 20 % of the answers faulty",
            format!(
                "the same pages; {} requests repeated, {:.0} s",
                troubled.requests_repeated,
                troubled.took.wall.as_secs_f64()
            ),
            "the same listing",
        )])
    }

    fn crawl(&self, name: &str, hub: &Hub, page_size: u64) -> Result<Crawl> {
        let mut command = Command::new(&self.binary);
        command.arg("--data").arg(self.folder.join(name)).args(["--log-format", "json", "collect"]);
        command.args(["--page-size", &page_size.to_string(), "--endpoint", &hub.endpoint]);
        let (took, said) = measure(&mut command)?;
        let done = said.lines().find(|line| line.contains("\"event\":\"collected\""));
        let done = done.context("the collector did not say what it collected")?;
        let manifest =
            fs::read_to_string(only_entry(&self.folder.join(name))?.join("manifest.json"))?;
        Ok(Crawl {
            took,
            models: number(done, "models").context("models")?,
            requests_repeated: number(done, "retries").context("retries")?,
            received: text(&manifest, "received_sha256").context("received_sha256")?,
        })
    }

    /// The path of the first page of a crawl, as its journal has it.
    fn first_path(&self, name: &str) -> Result<String> {
        let entry = only_entry(&self.folder.join(name))?;
        let pieces = fs::read_to_string(entry.join("pieces.jsonl"))?;
        let url = text(pieces.lines().next().unwrap_or_default(), "url").context("url")?;
        let path = url.strip_prefix("http://").and_then(|url| url.find('/').map(|at| &url[at..]));
        Ok(path.context("path")?.to_owned())
    }
}

/// A whole number with thousands apart.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut groups: Vec<&str> = Vec::new();
    let mut end = digits.len();
    while end > 3 {
        groups.push(&digits[end - 3..end]);
        end -= 3;
    }
    groups.push(&digits[..end]);
    groups.reverse();
    groups.join(",")
}

/// The folder of the only raw entry below a data directory.
fn only_entry(data: &Path) -> Result<PathBuf> {
    let mut folder = data.join("raw");
    for _ in 0..2 {
        let mut below = fs::read_dir(&folder)?;
        folder = below.next().context("nothing was collected")??.path();
    }
    Ok(folder)
}

pub(super) fn size_of(folder: &Path) -> Result<u64> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let metadata = entry.metadata()?;
        bytes += if metadata.is_dir() { size_of(&entry.path())? } else { metadata.len() };
    }
    Ok(bytes)
}

/// The value of a text in JSON that we have written ourselves.
fn text(json: &str, key: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    find(&value, key)?.as_str().map(str::to_owned)
}

fn number(json: &str, key: &str) -> Option<u64> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    find(&value, key)?.as_u64()
}

/// The first value under a key, however deep; `raw` before `files`, whose checksums are others.
fn find<'a>(value: &'a serde_json::Value, key: &str) -> Option<&'a serde_json::Value> {
    let object = value.as_object()?;
    object.get(key).or_else(|| object.values().find_map(|below| find(below, key)))
}

/// Tells the simulated Hub something.
pub(super) fn put(endpoint: &str, path: &str, body: &str) -> Result<()> {
    use std::io::{Read, Write};
    let host = endpoint.strip_prefix("http://").context("expected http://")?;
    let mut connection = std::net::TcpStream::connect(host)?;
    let length = body.len();
    write!(
        connection,
        "PUT {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    connection.read_to_string(&mut answer)?;
    ensure!(answer.starts_with("HTTP/1.1 2"), "{path} was answered with {answer}");
    Ok(())
}
