//! The real binary, killed and starved: nothing that was committed is lost, nothing is doubled.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::{Bench, Hub};

/// Kills of each part of the test; four parts run side by side.
const KILLS: usize = 50;
/// Kills of each part when the long form is asked for.
const MANY_KILLS: usize = 1_000;

/// The file, beside the data, of what the last process said.
const SAID: &str = "said.txt";

/// A Hub whose date stands still, so that two readings of it are the same.
fn hub() -> Hub {
    Hub::start(&["--models", "1500", "--seed", "5", "--at", "2026-09-07T06:00:00Z"])
}

fn collect(hub: &Hub) -> [&str; 5] {
    ["collect", "--page-size", "50", "--endpoint", &hub.endpoint]
}

/// Collects and builds undisturbed, and says how long each took.
fn undisturbed(hub: &Hub) -> (Bench, [Duration; 2]) {
    let bench = Bench::new();
    let time_of = |arguments: &[&str]| {
        let begun = Instant::now();
        bench.done(arguments);
        begun.elapsed()
    };
    let times = [time_of(&collect(hub)), time_of(&["build"])];
    (bench, times)
}

/// Runs a command again and again, killing it at a random instant within its time, until it ends
/// by itself. Returns how often it was killed.
fn kill_until_done(bench: &Bench, arguments: &[&str], time: Duration, seed: &mut u64) -> usize {
    let mut kills = 0;
    loop {
        let mut process = start(bench, arguments);
        let deadline = Instant::now() + time.mul_f64(1.1 * random(seed));
        let status = loop {
            if let Some(status) = process.try_wait().unwrap() {
                break Some(status);
            }
            if Instant::now() >= deadline {
                break None;
            }
            std::thread::yield_now();
        };
        if let Some(status) = status {
            let said = std::fs::read_to_string(bench.file_path(SAID)).unwrap();
            assert!(status.success(), "{arguments:?} after {kills} kills: {status}: {said}");
            return kills;
        }
        // SIGKILL: the process has no say in it.
        process.kill().unwrap();
        process.wait().unwrap();
        kills += 1;
    }
}

fn start(bench: &Bench, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weighhouse"));
    command.env_clear().arg("--data").arg(bench.data()).args(arguments);
    let said = std::fs::File::create(bench.file_path(SAID)).unwrap();
    command.stdout(Stdio::null()).stderr(said).spawn().unwrap()
}

/// The next of a series of numbers from 0 to 1.
fn random(seed: &mut u64) -> f64 {
    *seed += 1;
    let mut hasher = DefaultHasher::new();
    seed.hash(&mut hasher);
    f64::from(hasher.finish() as u32) / f64::from(u32::MAX)
}

/// Kills collection, commit and build at random instants, and compares every byte of every layer
/// with those of an undisturbed run.
fn survives_kills(part: u64) {
    let wanted = if std::env::var_os("SLOW_TESTS").is_some() { MANY_KILLS } else { KILLS };
    let hub = hub();
    let (expected, [collect_time, build_time]) = undisturbed(&hub);
    let expected = expected.files();
    let mut seed = part << 32;
    let mut kills = 0;
    while kills < wanted {
        let bench = Bench::new();
        kills += kill_until_done(&bench, &collect(&hub), collect_time, &mut seed);
        kills += kill_until_done(&bench, &["build"], build_time, &mut seed);
        let files = bench.files();
        let names = |files: &[(String, Vec<u8>)]| -> Vec<String> {
            files.iter().map(|(name, _)| name.clone()).collect()
        };
        assert_eq!(names(&files), names(&expected), "after {kills} kills");
        for ((name, bytes), (_, expected)) in files.iter().zip(&expected) {
            assert!(bytes == expected, "{name} differs after {kills} kills");
        }
    }
}

#[test]
fn killed_at_random_instants_first_part() {
    survives_kills(1);
}

#[test]
fn killed_at_random_instants_second_part() {
    survives_kills(2);
}

#[test]
fn killed_at_random_instants_third_part() {
    survives_kills(3);
}

#[test]
fn killed_at_random_instants_fourth_part() {
    survives_kills(4);
}

/// Collects where no file may be longer than so many blocks of 1,024 bytes.
#[cfg(unix)]
fn collect_into(bench: &Bench, hub: &Hub, blocks: u32) -> std::process::Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
    let mut command = Command::new("bash");
    command.args(["-c", &script, "bash", env!("CARGO_BIN_EXE_weighhouse"), "--data"]);
    command.arg(bench.data()).args(collect(hub)).output().unwrap()
}

/// What was interrupted too long ago is kept apart: its readings are of another time.
#[test]
#[cfg(unix)]
fn a_crawl_that_lay_for_days_begins_anew() {
    let hub = hub();
    let bench = Bench::new();
    assert_eq!(collect_into(&bench, &hub, 16).status.code(), Some(2));
    hub.set("at", "2026-09-10T06:00:00Z");
    let run = bench.done(&collect(&hub));
    assert!(!run.stderr.contains("before an interruption"), "{}", run.stderr);
    let built = bench.done(&["build"]).stderr;
    assert!(built.contains("1 snapshots, data through 2026-09-10"), "{built}");
    let raw = bench.data().join("raw/simulated-hub");
    let mut names: Vec<String> = std::fs::read_dir(raw)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names[0].starts_with("20260907T060000Z-"), "{names:?}");
    assert!(names[0].ends_with("-incomplete"), "{names:?}");
}

/// A disk that takes no more: the list of pages outgrows what a file may be.
#[test]
#[cfg(unix)]
fn a_full_disk_loses_nothing() {
    let hub = hub();
    let (expected, _) = undisturbed(&hub);
    let bench = Bench::new();
    // Room for some 10 of 30 lines, then for some 20.
    for blocks in [16, 32] {
        let run = collect_into(&bench, &hub, blocks);
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{said}");
        assert!(said.contains("failed to write"), "{said}");
        assert!(said.contains("are kept, and the same command goes on from there"), "{said}");
    }
    let run = bench.done(&collect(&hub));
    assert!(run.stderr.contains("before an interruption"), "{}", run.stderr);
    bench.done(&["build"]);
    assert!(bench.files() == expected.files());
}
