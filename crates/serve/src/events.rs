//! Who listens to what changes, and how it reaches them.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::refusal::Refusal;

/// A listener that is this many events behind is let go; it comes back and is told the state.
const MOST_BEHIND: usize = 64;

/// One event on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Event {
    /// Its kind, as `release`.
    pub(crate) kind: &'static str,
    /// Names the state of things after it; `None` where more must follow until that is reached.
    pub(crate) id: Option<String>,
    /// What happened, as JSON.
    pub(crate) data: String,
}

/// Passes events on to everyone who listens.
#[derive(Debug)]
pub(crate) struct Events {
    /// `None` once the server stops: then every listener's stream ends.
    sender: Mutex<Option<broadcast::Sender<Event>>>,
    seats: Arc<Semaphore>,
}

/// One who listens. Dropped, it makes room for another.
#[derive(Debug)]
pub(crate) struct Listener {
    receiver: broadcast::Receiver<Event>,
    _seat: OwnedSemaphorePermit,
}

impl Events {
    /// Has room for so many listeners.
    pub(crate) fn new(most_listeners: usize) -> Self {
        let (sender, _) = broadcast::channel(MOST_BEHIND);
        Self {
            sender: Mutex::new(Some(sender)),
            seats: Arc::new(Semaphore::new(most_listeners.min(Semaphore::MAX_PERMITS))),
        }
    }

    /// Tells everyone; nobody waits for those who are slow to hear it.
    pub(crate) fn tell(&self, event: Event) {
        if let Some(sender) = self.sender().as_ref() {
            // It fails when nobody listens.
            let _ = sender.send(event);
        }
    }

    /// Lets one more listen, if there is room and the server goes on.
    pub(crate) fn listen(&self) -> Result<Listener, Refusal> {
        let seat = Arc::clone(&self.seats).try_acquire_owned().map_err(|_| Refusal::no_seat())?;
        let sender = self.sender();
        let sender = sender.as_ref().ok_or_else(Refusal::no_seat)?;
        Ok(Listener { receiver: sender.subscribe(), _seat: seat })
    }

    /// Ends every listener's stream, for good.
    pub(crate) fn end(&self) {
        self.sender().take();
    }

    fn sender(&self) -> std::sync::MutexGuard<'_, Option<broadcast::Sender<Event>>> {
        // The sender is whole whatever happened to one who held the lock.
        self.sender.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listener {
    /// The next event; `None` when the server stops, or when this listener is too far behind.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        self.receiver.recv().await.ok()
    }
}

#[cfg(test)]
mod tests;
