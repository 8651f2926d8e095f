//! Users, each a thread with a connection, and a plan of when each request is due.
//!
//! The plan does not wait for answers: a request that is due while the one before is under way is
//! sent late, and its time counts from when it was due. So a server that stands still for a second
//! is seen to by everyone who would have asked in that second.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use super::client::Client;
use super::mix::{Dice, Kind, Mix, next};
use crate::server::Server;

/// Users need no more.
const STACK_BYTES: usize = 256 << 10;
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Who was refused by a crowd asks again after this.
const BREATH: Duration = Duration::from_millis(50);

/// How many ask, how often, how long, and for what.
pub(super) struct Load<'a> {
    pub(super) users: u16,
    /// Between two requests of a user, on average; none where each waits only for its answer.
    pub(super) think: Duration,
    pub(super) time: Duration,
    pub(super) mix: &'a Mix,
}

/// One request, and what came of it.
pub(super) struct Answered {
    pub(super) kind: Kind,
    /// None where the connection failed.
    pub(super) status: Option<u16>,
    /// From when it was due to the end of its answer.
    pub(super) took: Duration,
}

/// What the server held at one moment.
pub(super) struct Memory {
    pub(super) mib: f64,
}

/// Lets the users ask until the time is over.
pub(super) fn run(server: &Server, load: &Load<'_>) -> Result<(Vec<Answered>, Vec<Memory>)> {
    let address = server.origin.trim_start_matches("http://");
    let address: SocketAddr = address.parse().context("failed to read the server's address")?;
    let is_over = AtomicBool::new(false);
    let begun = Instant::now();
    thread::scope(|scope| {
        let watching = scope.spawn(|| watched(server.process(), &is_over));
        let mut users = Vec::new();
        for user in 0..load.users {
            let ask = move || asked(address, load, begun, u64::from(user));
            users.push(thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, ask)?);
        }
        let mut answers = Vec::new();
        for user in users {
            answers.extend(user.join().expect("a user does not panic"));
        }
        is_over.store(true, Ordering::Relaxed);
        let memory = watching.join().expect("looking does not panic");
        Ok((answers, memory))
    })
}

/// All requests of one user.
fn asked(address: SocketAddr, load: &Load<'_>, begun: Instant, user: u64) -> Vec<Answered> {
    let mut dice = Dice::new(user + 1);
    let mut client = Client::new(address);
    let mut answers = Vec::new();
    // Nobody waits for the others to begin.
    let mut due = begun + load.think.mul_f64(dice.part());
    while due < begun + load.time {
        thread::sleep(due.saturating_duration_since(Instant::now()));
        let (kind, path) = next(load.mix, &mut dice);
        let status = client.get(&path).ok();
        let now = Instant::now();
        answers.push(Answered { kind, status, took: now - due });
        due = if load.think.is_zero() {
            if status == Some(200) { now } else { now + BREATH }
        } else {
            // Times between requests of one who is not in a hurry: exponential.
            due + load.think.mul_f64(-(1.0 - dice.part()).ln())
        };
    }
    answers
}

/// What the server holds, second by second.
fn watched(process: u32, is_over: &AtomicBool) -> Vec<Memory> {
    let mut seen = Vec::new();
    while !is_over.load(Ordering::Relaxed) {
        seen.extend(resident_mib(process).map(|mib| Memory { mib }));
        thread::sleep(LOOK_EVERY);
    }
    seen
}

fn resident_mib(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}
