//! Listening, looking for new releases meanwhile, and stopping.

mod connections;
mod patience;

use std::future::Future;
use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::{Error, Live, Result, beforehand, router};

/// Takes the address, so that the caller can say where the server listens before it answers;
/// port 0 takes any that is free.
pub async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|source| Error::Listen { address, source })
}

/// Answers requests, and looks for new releases, until `shutdown` is ready and the requests under
/// way are answered. Streams of events end at once, and a load that is under way is not waited for.
pub async fn serve(
    live: &Live,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> Result<()> {
    // Dropped at the end, which ends the looking.
    let _looking = look_beside(live)?;
    let mut beside = JoinSet::new();
    beside.spawn(beforehand::ask(live.clone()));
    let limits = live.options().limits;
    let open = connections::accept(router(live), &listener, limits, shutdown).await;
    drop(listener);
    live.end_events();
    open.shutdown().await;
    Ok(())
}

/// Looking for new releases goes on until this is dropped.
#[derive(Debug)]
pub struct Looking(#[expect(dead_code, reason = "it is the end that is heard")] mpsc::Sender<()>);

/// Looks for new releases beside whatever else is done.
pub fn look_beside(live: &Live) -> Result<Looking> {
    let (going_on, ended) = mpsc::channel();
    let looking = live.clone();
    thread::Builder::new()
        .name("look".to_owned())
        .spawn(move || look_again_and_again(&looking, &ended))
        .map_err(|source| Error::Serve { source })?;
    Ok(Looking(going_on))
}

/// Looks until the other end of the channel is gone.
///
/// It has a thread of its own, since an allocator keeps what each thread freed for that thread:
/// loads on many threads would hold several times the memory.
fn look_again_and_again(live: &Live, ended: &mpsc::Receiver<()>) {
    let period = live.options().look_period;
    while ended.recv_timeout(period) == Err(RecvTimeoutError::Timeout) {
        // A bug in loading must not end the looking.
        if catch_unwind(AssertUnwindSafe(|| live.look())).is_err() {
            let reason = "a look ended in a bug; what was loaded is still shown";
            live.tell_unreadable(reason.to_owned());
        }
    }
}

#[cfg(test)]
mod tests;
