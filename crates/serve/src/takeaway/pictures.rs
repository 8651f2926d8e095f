//! Drawings in pixels, a few at a time, and kept.
//!
//! One takes tens of milliseconds of a core, so they have places of their own, and those who find
//! all places and the queue before them taken are sent away at once.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use chart::Size;
use tokio::sync::Semaphore;

use crate::refusal::Refusal;

/// Drawn at the same time.
const MOST_AT_ONCE: usize = 2;
/// Waiting for that, at most.
const MOST_WAITING: usize = 16;
/// The most that is kept, in bytes.
const MOST_KEPT: usize = 32 << 20;

/// Where pictures are made and kept; clones share it.
#[derive(Debug, Clone)]
pub(crate) struct Pictures {
    places: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    kept: Arc<Mutex<Kept>>,
}

/// Pictures by the checksum of their drawing, which stands for address, release, size and theme.
#[derive(Debug, Default)]
struct Kept {
    pictures: BTreeMap<String, Arc<Vec<u8>>>,
    /// The oldest first.
    order: VecDeque<String>,
    bytes: usize,
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            places: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            queue: Arc::new(Semaphore::new(MOST_AT_ONCE + MOST_WAITING)),
            kept: Arc::default(),
        }
    }
}

impl Pictures {
    /// A drawing of [`chart::draw`] as PNG.
    pub(crate) async fn png(&self, svg: String, size: Size) -> Result<Arc<Vec<u8>>, Refusal> {
        let key = store::checksum(format!("{size:?}\n{svg}").as_bytes());
        if let Some(known) = self.known(&key) {
            return Ok(known);
        }
        let Ok(_queued) = Arc::clone(&self.queue).try_acquire_owned() else {
            return Err(Refusal::no_place());
        };
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.expect("the semaphore is never closed");
        // Who had the place before may have wanted the same.
        if let Some(known) = self.known(&key) {
            return Ok(known);
        }
        let drawn = tokio::task::spawn_blocking(move || {
            let _place = place;
            chart::png(&svg, size).bytes
        });
        // A bug in one picture must not end the others.
        let picture = Arc::new(drawn.await.map_err(|_| Refusal::internal())?);
        self.lock().keep(key, Arc::clone(&picture));
        Ok(picture)
    }

    fn known(&self, key: &str) -> Option<Arc<Vec<u8>>> {
        self.lock().pictures.get(key).cloned()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn keep(&mut self, key: String, picture: Arc<Vec<u8>>) {
        self.bytes += picture.len();
        if let Some(same) = self.pictures.insert(key.clone(), picture) {
            self.bytes -= same.len();
            return;
        }
        self.order.push_back(key);
        while self.bytes > MOST_KEPT
            && let Some(oldest) = self.order.pop_front()
        {
            let gone = self.pictures.remove(&oldest);
            self.bytes -= gone.map_or(0, |gone| gone.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAWING: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20\" height=\"10\"/>";

    fn run<T>(work: impl Future<Output = T>) -> T {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.unwrap().block_on(work)
    }

    #[test]
    fn a_picture_is_drawn_once() {
        let pictures = Pictures::default();
        let draw = || run(pictures.png(DRAWING.to_owned(), Size::File)).unwrap();
        let first = draw();
        assert!(first.starts_with(b"\x89PNG"));
        assert!(Arc::ptr_eq(&first, &draw()));
        let larger = run(pictures.png(DRAWING.to_owned(), Size::PhoneFile)).unwrap();
        assert_ne!(first, larger);
    }

    #[test]
    fn whoever_finds_the_queue_full_is_sent_away_but_not_from_what_is_kept() {
        let pictures = Pictures::default();
        let kept = run(pictures.png(DRAWING.to_owned(), Size::File)).unwrap();
        let all = u32::try_from(MOST_AT_ONCE + MOST_WAITING).unwrap();
        let _others = pictures.queue.try_acquire_many(all).unwrap();
        let refused = run(pictures.png(DRAWING.to_owned(), Size::Card)).unwrap_err();
        assert_eq!((refused.status.as_u16(), refused.code), (503, "busy"));
        assert_eq!(run(pictures.png(DRAWING.to_owned(), Size::File)).unwrap(), kept);
    }

    #[test]
    fn what_is_kept_is_bounded_and_the_oldest_goes_first() {
        let mut kept = Kept::default();
        let large = Arc::new(vec![0; MOST_KEPT / 3]);
        for key in ["a", "b", "c", "d"] {
            kept.keep(key.to_owned(), Arc::clone(&large));
        }
        kept.keep("d".to_owned(), Arc::clone(&large));
        let keys: Vec<&str> = kept.pictures.keys().map(String::as_str).collect();
        assert_eq!(keys, ["b", "c", "d"]);
        assert_eq!(kept.bytes, 3 * large.len());
    }
}
