//! What was made once, kept with its release for who asks again; who asks the same meanwhile waits.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::refusal::Refusal;

/// Things by a key, bounded in bytes; those that were made first go first.
#[derive(Debug)]
pub(crate) struct Shelf<T> {
    most_bytes: usize,
    /// What one takes.
    bytes: fn(&T) -> usize,
    kept: Mutex<Kept<T>>,
}

#[derive(Debug)]
struct Kept<T> {
    slots: HashMap<String, Arc<Slot<T>>>,
    /// Those that are there, the oldest first, with their size.
    order: VecDeque<(String, usize)>,
    bytes: usize,
}

/// The place of one; locked while it is made.
type Slot<T> = Mutex<Option<Arc<T>>>;

impl<T> Shelf<T> {
    pub(crate) fn new(most_bytes: usize, bytes: fn(&T) -> usize) -> Self {
        let kept = Kept { slots: HashMap::new(), order: VecDeque::new(), bytes: 0 };
        Self { most_bytes, bytes, kept: Mutex::new(kept) }
    }

    /// What is kept for a key, or what is made now; what is refused is not kept.
    ///
    /// What makes one may ask for others, but not for itself.
    pub(crate) fn of(
        &self,
        key: &str,
        make: impl FnOnce() -> Result<T, Refusal>,
    ) -> Result<Arc<T>, Refusal> {
        let slot = Arc::clone(self.kept().slots.entry(key.to_owned()).or_default());
        // A bug in making one leaves its place empty.
        let mut place = slot.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*place {
            return Ok(Arc::clone(known));
        }
        match make() {
            Ok(thing) => {
                let size = (self.bytes)(&thing);
                let thing = Arc::new(thing);
                *place = Some(Arc::clone(&thing));
                self.count(key, &slot, size);
                Ok(thing)
            }
            Err(refusal) => {
                self.kept().give_up(key, &slot);
                Err(refusal)
            }
        }
    }

    /// Counts what was put into its place, and makes room for it.
    fn count(&self, key: &str, slot: &Arc<Slot<T>>, size: usize) {
        let mut kept = self.kept();
        if !kept.is_of(key, slot) {
            return;
        }
        kept.bytes += size;
        kept.order.push_back((key.to_owned(), size));
        while kept.bytes > self.most_bytes {
            let Some((oldest, size)) = kept.order.pop_front() else { break };
            kept.bytes -= size;
            kept.slots.remove(&oldest);
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept<T>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Kept<T> {
    /// Whether the place of a key is this one: another may have taken its stead.
    fn is_of(&self, key: &str, slot: &Arc<Slot<T>>) -> bool {
        self.slots.get(key).is_some_and(|own| Arc::ptr_eq(own, slot))
    }

    fn give_up(&mut self, key: &str, slot: &Arc<Slot<T>>) {
        if self.is_of(key, slot) {
            self.slots.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    fn shelf(most_bytes: usize) -> Shelf<String> {
        Shelf::new(most_bytes, String::len)
    }

    fn put(shelf: &Shelf<String>, key: &str) -> Arc<String> {
        shelf.of(key, || Ok(format!("made for {key}"))).unwrap()
    }

    fn is_there(shelf: &Shelf<String>, key: &str) -> bool {
        shelf.kept().slots.contains_key(key)
    }

    #[test]
    fn many_who_ask_at_once_have_one_made() {
        let (shelf, times) = (shelf(100), AtomicU32::new(0));
        let ask = || {
            let make = || {
                times.fetch_add(1, Ordering::Relaxed);
                std::thread::yield_now();
                Ok("one".to_owned())
            };
            shelf.of("a", make).unwrap()
        };
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(ask);
            }
        });
        assert_eq!(times.load(Ordering::Relaxed), 1);
        assert_eq!(*ask(), "one");
    }

    #[test]
    fn what_is_refused_is_asked_again() {
        let shelf = shelf(100);
        let refused = shelf.of("a", || Err(Refusal::busy())).unwrap_err();
        assert_eq!(refused.code, "busy");
        assert!(!is_there(&shelf, "a"));
        assert_eq!(*put(&shelf, "a"), "made for a");
    }

    #[test]
    fn the_oldest_go_first_and_what_has_no_room_is_given_once() {
        let shelf = shelf(3 * "made for a".len());
        for key in ["a", "b", "c", "d"] {
            put(&shelf, key);
        }
        assert_eq!(
            ["a", "b", "c", "d"].map(|key| is_there(&shelf, key)),
            [false, true, true, true]
        );
        let large = shelf.of("large", || Ok("x".repeat(99))).unwrap();
        assert_eq!(large.len(), 99);
        let kept = shelf.kept();
        assert_eq!((kept.bytes, kept.slots.len(), kept.order.len()), (0, 0, 0));
    }

    #[test]
    fn a_bug_in_making_one_leaves_its_place_empty() {
        let shelf = shelf(100);
        let broken = || -> Result<String, Refusal> { panic!("a bug") };
        let asked = std::panic::AssertUnwindSafe(|| shelf.of("a", broken));
        assert!(std::panic::catch_unwind(asked).is_err());
        assert_eq!(*put(&shelf, "a"), "made for a");
    }
}
