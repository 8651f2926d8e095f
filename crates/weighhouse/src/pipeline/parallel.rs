//! Work done on all processors, its results taken in order.

use std::sync::mpsc::{Receiver, sync_channel};

use anyhow::bail;

/// Results of each worker that wait to be taken: more would only fill memory.
const QUEUE: usize = 1;

/// Does numbered pieces of work on all processors, and takes their results in the order of the
/// pieces and, within a piece, in the order in which it gives them: so what comes out does not
/// depend on how many processors there are.
///
/// Memory is bounded: no worker is more than a few results ahead of `take`. The first failure, of
/// the work or of the taking, ends it all.
pub(super) fn in_order<T: Send>(
    pieces: usize,
    work: impl Fn(usize, &mut dyn FnMut(T)) -> anyhow::Result<()> + Sync,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(pieces);
    std::thread::scope(|scope| {
        let mut results = Vec::new();
        for worker in 0..workers {
            let (sender, receiver) = sync_channel(QUEUE);
            results.push(receiver);
            let work = &work;
            scope.spawn(move || {
                for piece in (worker..pieces).step_by(workers) {
                    // Whoever took has gone where sending fails, and needs no more of this.
                    let mut is_wanted = true;
                    let done = work(piece, &mut |result| {
                        is_wanted = is_wanted && sender.send(Message::Result(result)).is_ok();
                    });
                    let end = done.map_or_else(Message::Failure, |()| Message::End);
                    if sender.send(end).is_err() {
                        return;
                    }
                }
            });
        }
        (0..pieces).try_for_each(|piece| take_piece(&results[piece % workers], &mut take))
    })
}

/// What a worker says.
enum Message<T> {
    Result(T),
    /// The piece is done.
    End,
    Failure(anyhow::Error),
}

fn take_piece<T>(
    results: &Receiver<Message<T>>,
    take: &mut impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    loop {
        match results.recv() {
            Ok(Message::Result(result)) => take(result)?,
            Ok(Message::End) => return Ok(()),
            Ok(Message::Failure(error)) => return Err(error),
            // Its panic is passed on when the scope ends.
            Err(_) => bail!("a worker stopped"),
        }
    }
}

#[cfg(test)]
mod tests;
