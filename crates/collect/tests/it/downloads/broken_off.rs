//! What breaks off, and how it is gone on with.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use collect::{Download, Downloaded, Error, Failure, Listener, Transfer, download};
use store::checksum;

use super::{ETAG, Place, STEP, contents, elsewhere, failure, on_hub};
use crate::chain;
use crate::depot::{Asked, Depot, Reaction, broken, linked, redirect, serve};
use crate::replay::{announced, answer};

#[test]
fn a_large_file_goes_through_little_memory() {
    const PIECES: usize = 64;
    // SHA-256 of 64 times the mebibyte, by Python's hashlib.
    const SHA256: &str = "5dd9928345652c5d8755b2be755e76aff49d3492d640b68f5f4e1812a7709676";
    let piece = contents(1 << 20);
    let server = Depot::start(move |_| Reaction {
        bytes: announced(200, &[("ETag", ETAG)], &[], PIECES << 20),
        body: (piece.clone(), PIECES),
        stalls: false,
    });
    let mut place = Place::new();
    let (ended, partial) = place.fetch(&elsewhere(&server)).unwrap();
    assert_eq!(ended, Downloaded::Whole);
    let whole = partial.finish().unwrap();
    assert_eq!(whole.sha256(), SHA256);
    // No piece that was handed over is larger than the little that is in memory at once.
    let ends = place.progress.iter().map(|transfer| transfer.bytes);
    let starts = std::iter::once(0).chain(ends.clone());
    assert!(ends.zip(starts).all(|(end, start)| end - start <= 1 << 20));
}

#[test]
fn what_breaks_off_is_gone_on_with_at_the_same_byte() {
    let file = contents(3 * STEP);
    let copy = file.clone();
    let storage = Depot::start(move |asked| match asked.nth {
        0 => broken(asked, &copy, ETAG, STEP),
        1 => broken(asked, &copy, ETAG, STEP + 1),
        _ => serve(asked, &copy, ETAG),
    });
    let hub = Depot::hub(&storage, &file);
    let mut place = Place::new();
    // With progress in between, no retry is needed.
    assert_eq!(place.whole(&Download { max_retries: 0, ..on_hub(&hub) }), file);
    assert_eq!(storage.ranges(), [None, Some(STEP), Some(2 * STEP + 1)]);
    // The Hub has just vouched for the contents, under a name that the storage does not know.
    assert!(storage.asked().iter().all(|asked| asked.if_range.is_none()));
    assert_eq!(hub.asked().len(), 3, "each time by a new address");
    assert_eq!(place.clock.slept_seconds(), [1, 1]);
    let total = Some(file.len() as u64);
    assert!(place.progress.is_sorted_by(|a, b| a.bytes < b.bytes), "nothing is received twice");
    assert_eq!(
        place.progress.last(),
        Some(&Transfer { bytes: file.len() as u64, bytes_total: total })
    );
}

#[test]
fn a_new_process_goes_on_where_the_killed_one_was() {
    let file = contents(10 << 20);
    let copy = file.clone();
    let storage = Depot::start(move |asked| serve(asked, &copy, ETAG));
    let hub = Depot::hub(&storage, &file);
    let mut place = Place::new();
    let killed = catch_unwind(AssertUnwindSafe(|| {
        let mut partial = place.partial(&on_hub(&hub).url);
        let on_progress = &mut |transfer: Transfer| assert!(transfer.bytes < 9 << 20, "killed");
        let mut listener = Listener { on_progress, is_known: &|_| false };
        download(&on_hub(&hub), &mut partial, &place.clock, &mut listener)
    }));
    assert!(killed.is_err());
    assert_eq!(place.whole(&on_hub(&hub)), file);
    // Every 4 MiB what was received is made to last.
    assert_eq!(storage.ranges().first(), Some(&None));
    let again = storage.ranges()[1].unwrap();
    assert!((8 << 20..9 << 20).contains(&again), "{again}");
}

#[test]
fn what_was_whole_is_not_fetched_again() {
    let storage = Depot::start(|asked| serve(asked, b"PAR1", ETAG));
    let hub = Depot::hub(&storage, b"PAR1");
    let mut place = Place::new();
    assert_eq!(place.whole(&on_hub(&hub)), b"PAR1");
    assert_eq!(place.whole(&on_hub(&hub)), b"PAR1");
    assert_eq!(storage.ranges(), [None], "the Hub says by itself that nothing is missing");
    // Elsewhere it is the answer 416 that says so.
    assert_eq!(place.whole(&elsewhere(&storage)), b"PAR1");
    assert_eq!(place.whole(&elsewhere(&storage)), b"PAR1");
    assert_eq!(storage.ranges(), [None, None, Some(4)]);
    assert_eq!(storage.asked()[2].if_range.as_deref(), Some(ETAG));
}

#[test]
fn a_server_that_knows_no_ranges_begins_anew() {
    let file = contents(2 * STEP);
    let copy = file.clone();
    let server = Depot::start(move |asked| match asked.nth {
        0 => broken(asked, &copy, ETAG, STEP),
        _ => answer(200, &[("ETag", ETAG)], &copy),
    });
    assert_eq!(Place::new().whole(&elsewhere(&server)), file);
    assert_eq!(server.ranges(), [None, Some(STEP)]);
}

#[test]
fn contents_that_nothing_names_are_not_gone_on_with() {
    let file = contents(2 * STEP);
    for headers in [&[][..], &[("ETag", "W/\"weak\"")]] {
        let copy = file.clone();
        let server = Depot::start(move |asked| {
            let whole = answer(200, headers, &copy);
            if asked.nth == 0 { whole[..whole.len() - STEP].to_vec() } else { whole }
        });
        assert_eq!(Place::new().whole(&elsewhere(&server)), file);
        assert_eq!(server.ranges(), [None, None]);
    }
}

#[test]
fn a_date_names_contents_as_well() {
    let file = contents(2 * STEP);
    let date = ("Last-Modified", "Mon, 05 Jan 2026 00:00:00 GMT");
    let copy = file.clone();
    let server = Depot::start(move |asked| match asked.from {
        None => {
            let whole = answer(200, &[date], &copy);
            whole[..whole.len() - STEP].to_vec()
        }
        Some(from) => {
            let range = format!("bytes {from}-{}/{}", 2 * STEP - 1, 2 * STEP);
            answer(206, &[date, ("Content-Range", &range)], &copy[from..])
        }
    });
    assert_eq!(Place::new().whole(&elsewhere(&server)), file);
    assert_eq!(server.asked()[1].if_range.as_deref(), Some(date.1));
}

#[test]
fn a_file_that_changed_begins_anew() {
    let (old, new) = (contents(3 * STEP), contents(2 * STEP + 5).split_off(5));
    // On the Hub: another checksum on the way.
    let (old_copy, new_copy) = (old.clone(), new.clone());
    let storage = Depot::start(move |asked| match asked.nth {
        0 => broken(asked, &old_copy, ETAG, STEP),
        _ => serve(asked, &new_copy, "\"v2\""),
    });
    let heads = [&old, &new].map(|file| linked(&checksum(file), file.len()));
    let location = format!("{}/c", storage.endpoint);
    let hub = Depot::start(move |asked| redirect(&location, &heads[asked.nth.min(1)]));
    assert_eq!(Place::new().whole(&on_hub(&hub)), new);
    assert_eq!(storage.ranges(), [None, None]);

    // Elsewhere: the server sends all of it, as `If-Range` asks.
    let (old_copy, new_copy) = (old.clone(), new.clone());
    let server = Depot::start(move |asked| match asked.nth {
        0 => broken(asked, &old_copy, ETAG, STEP),
        _ => serve(asked, &new_copy, "\"v2\""),
    });
    assert_eq!(Place::new().whole(&elsewhere(&server)), new);
    assert_eq!(server.ranges(), [None, Some(STEP)]);

    // Or it does not keep to that rule, but its answer shows it.
    let new_copy = new.clone();
    let server = Depot::start(move |asked| {
        if asked.nth == 0 {
            return broken(asked, &old, ETAG, STEP);
        }
        serve(&Asked { if_range: None, ..asked.clone() }, &new_copy, "\"v2\"")
    });
    assert_eq!(Place::new().whole(&elsewhere(&server)), new);
    assert_eq!(server.ranges(), [None, Some(STEP), None]);
}

#[test]
fn a_file_that_shrank_begins_anew() {
    let server = Depot::start(|asked| match (asked.nth, asked.from) {
        (0, _) => broken(asked, &contents(2 * STEP), ETAG, STEP),
        (_, Some(_)) => answer(416, &[("Content-Range", "bytes */4")], ""),
        (_, None) => serve(asked, b"PAR1", "\"v2\""),
    });
    assert_eq!(Place::new().whole(&elsewhere(&server)), b"PAR1");
    assert_eq!(server.ranges(), [None, Some(STEP), None]);
}

#[test]
fn a_part_that_was_not_asked_for_is_not_taken() {
    let file = contents(2 * STEP);
    for range in ["bytes 0-139999/140000", "bytes 69999-139999/140000", "bytes 5-4/3", ""] {
        let copy = file.clone();
        let server = Depot::start(move |asked| match asked.nth {
            0 => broken(asked, &copy, ETAG, STEP),
            1 => answer(206, &[("ETag", ETAG), ("Content-Range", range)], &copy),
            _ => serve(asked, &copy, ETAG),
        });
        assert_eq!(Place::new().whole(&elsewhere(&server)), file, "{range}");
        assert_eq!(server.ranges(), [None, Some(STEP), None], "{range}");
    }
    let server = Depot::start(|_| answer(206, &[("Content-Range", "bytes 0-3/4")], "PAR1"));
    let error = Place::new().error(&elsewhere(&server));
    assert!(matches!(failure(&error), Failure::WrongRange { asked: 0, .. }), "{}", chain(&error));
}

#[test]
fn an_expired_address_is_asked_for_again_and_gone_on_with() {
    let file = contents(2 * STEP);
    let copy = file.clone();
    let storage = Depot::start(move |asked| match asked.nth {
        0 => broken(asked, &copy, ETAG, STEP),
        1 => answer(403, &[], "Request has expired"),
        _ => serve(asked, &copy, ETAG),
    });
    let hub = Depot::hub(&storage, &file);
    assert_eq!(Place::new().whole(&on_hub(&hub)), file);
    assert_eq!(storage.ranges(), [None, Some(STEP), Some(STEP)]);
    assert_eq!(hub.asked().len(), 3);
}

#[test]
fn a_stalled_transfer_is_given_up_and_gone_on_with() {
    let file = contents(2 * STEP);
    let copy = file.clone();
    let server = Depot::start(move |asked| match asked.nth {
        0 => Reaction { stalls: true, ..broken(asked, &copy, ETAG, STEP).into() },
        _ => serve(asked, &copy, ETAG).into(),
    });
    let impatient = Download { timeout: Duration::from_millis(300), ..elsewhere(&server) };
    assert_eq!(Place::new().whole(&impatient), file);
    assert_eq!(server.ranges(), [None, Some(STEP)]);
}

#[test]
fn retries_without_progress_are_bounded() {
    let file = contents(2 * STEP);
    let copy = file.clone();
    // Each time a little, but too little to go on for ever.
    let server = Depot::start(move |asked| broken(asked, &copy, ETAG, 1_000));
    let mut place = Place::new();
    let error = place.error(&elsewhere(&server));
    let Error::Download { attempts, received, .. } = &error else { panic!("{error}") };
    assert_eq!((*attempts, *received), (3, 3_000), "{}", chain(&error));
    assert_eq!(server.ranges(), [None, Some(1_000), Some(2_000)]);
    // What was received is not lost.
    let error = place.error(&elsewhere(&server));
    assert!(matches!(error, Error::Download { received: 6_000, .. }), "{}", chain(&error));
}

#[test]
fn starting_over_and_over_is_no_progress() {
    let file = contents(3 * STEP);
    let server = Depot::start(move |_| {
        let whole = answer(200, &[], &file);
        whole[..whole.len() - STEP].to_vec()
    });
    let error = Place::new().error(&elsewhere(&server));
    assert!(matches!(error, Error::Download { attempts: 3, .. }), "{}", chain(&error));
    assert_eq!(server.asked().len(), 4, "the first one came further than any before");
}
