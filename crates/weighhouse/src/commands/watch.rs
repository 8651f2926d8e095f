//! `weighhouse watch`: keep an observatory up to date by itself.

mod jobs;
mod work;

use std::path::Path;
use std::time::Duration;

use schema::Instant;
use store::Store;

use self::jobs::Standing;
use super::collect::HubArgs;
use crate::schedule::Cadence;
use crate::{Outcome, clock, output};

/// Collect by a schedule, build what changed, and let a running `serve` show it.
///
/// The whole listing is read each Monday, the top of the Hub each day, new and changed models
/// each hour (UTC). What fails is tried again ever later, at least hourly; what was interrupted
/// goes on where it was. `weighhouse status` and the dashboard say how each job stands.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How often the whole listing is read.
    #[arg(long, value_enum, value_name = "EVERY", default_value_t = Cadence::Week)]
    whole: Cadence,
    /// How often the most downloaded models are read.
    #[arg(long, value_enum, value_name = "EVERY", default_value_t = Cadence::Day)]
    top: Cadence,
    /// How often new and changed models are read.
    #[arg(long, value_enum, value_name = "EVERY", default_value_t = Cadence::Hour)]
    changes: Cadence,
    /// How often the details of the most downloaded models are read.
    #[arg(long, value_enum, value_name = "EVERY", default_value_t = Cadence::Week)]
    details: Cadence,
    /// Of how many models details are read; each costs two requests of the API.
    #[arg(long, value_name = "N", default_value_t = 1000)]
    details_limit: u64,
    /// How many of the most downloaded models are read.
    #[arg(long, value_name = "N", default_value_t = 5000)]
    top_limit: u64,
    /// Do what is due now, and end.
    #[arg(long)]
    once: bool,
    #[command(flatten)]
    hub: HubArgs,
}

/// The longest sleep: whoever changes the clock or the directory is noticed within this time.
const NAP_MAX: Duration = Duration::from_secs(30);

pub(crate) fn run(data: &Path, args: &Args) -> anyhow::Result<Outcome> {
    // A token that cannot be used is said at once, and not by the first job.
    args.hub.token()?;
    let store = Store::create(data)?;
    let _lock = store.lock_watching()?;
    let mut standing = Standing::load(&store, args, clock::now())?;
    output::say(&format!("watching {}: {}", data.display(), standing.summary()));
    let mut is_clean = true;
    loop {
        let now = clock::now();
        if let Some(index) = standing.next_due(now) {
            is_clean &= standing.run(&store, args, index)?;
        } else if args.once {
            return Ok(if is_clean { Outcome::Done } else { Outcome::CheckFailed });
        } else {
            std::thread::sleep(nap(standing.next_at(), now));
        }
        if args.once && !is_clean {
            return Ok(Outcome::CheckFailed);
        }
    }
}

/// How long nothing is to be done.
fn nap(next_at: Option<Instant>, now: Instant) -> Duration {
    let left = next_at.map_or(i64::MAX, |next| next.millis() - now.millis());
    Duration::from_millis(u64::try_from(left).unwrap_or(0))
        .clamp(Duration::from_millis(10), NAP_MAX)
}
