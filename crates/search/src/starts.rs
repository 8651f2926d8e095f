//! Where the parts of names begin, in the order of what stands there.

use crate::fold::{END, is_start};

/// Bytes that are compared at once.
const KEY_BYTES: usize = 8;
/// The first two bytes of what begins somewhere.
const BUCKETS: usize = 1 << 16;

/// Every beginning of a part in a text of folded names, in the order of what stands from there to
/// the end of its name, and where that is equal by place.
pub(crate) fn sorted(text: &[u8], threads: usize) -> Vec<u32> {
    let (mut starts, ends) = by_first_bytes(text);
    let mut rest = starts.as_mut_slice();
    let mut buckets = Vec::new();
    let mut begin = 0;
    for end in ends {
        let (bucket, after) = rest.split_at_mut(end - begin);
        (rest, begin) = (after, end);
        if bucket.len() > 1 {
            buckets.push(bucket);
        }
    }
    // The largest first, so that no thread is left with one of them at the end.
    buckets.sort_unstable_by_key(|bucket| bucket.len());
    let buckets = std::sync::Mutex::new(buckets);
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                let mut order = Vec::new();
                loop {
                    let next = buckets.lock().expect("sorting does not panic").pop();
                    let Some(bucket) = next else { break };
                    sort(text, bucket, &mut order);
                }
            });
        }
    });
    starts
}

/// The beginnings put into buckets by their first two bytes, and where each bucket ends.
fn by_first_bytes(text: &[u8]) -> (Vec<u32>, Vec<usize>) {
    let bucket_of = |place: usize| {
        let first = text[place];
        let second = if first == END { END } else { text[place + 1] };
        usize::from(first) << 8 | usize::from(second)
    };
    let all = || (0..text.len()).filter(|place| text[*place] != END && is_start(text, *place));
    let mut ends = vec![0_usize; BUCKETS];
    all().for_each(|place| ends[bucket_of(place)] += 1);
    let mut begin = 0;
    for count in &mut ends {
        begin += std::mem::replace(count, begin);
    }
    let mut starts = vec![0_u32; begin];
    for place in all() {
        let next = &mut ends[bucket_of(place)];
        starts[*next] = place as u32;
        *next += 1;
    }
    (starts, ends)
}

/// Sorts beginnings that share their first two bytes; `order` is room to work in.
///
/// All are sorted by their next bytes, then those that share these by the next ones: each look at
/// the text, which waits for memory, is made once and not for each comparison.
fn sort(text: &[u8], bucket: &mut [u32], order: &mut Vec<(u64, u32)>) {
    let mut unsorted = vec![(0..bucket.len(), 2)];
    while let Some((range, skipped)) = unsorted.pop() {
        let begin = range.start;
        let keyed = |place: &u32| (key(text, *place as usize + skipped), *place);
        order.clear();
        order.extend(bucket[range.clone()].iter().map(keyed));
        order.sort_unstable();
        bucket[range].iter_mut().zip(&*order).for_each(|(place, (_, sorted))| *place = *sorted);
        let mut from = begin;
        for run in order.chunk_by(|(a, _), (b, _)| a == b) {
            // The last byte of a key is nothing where the name ended within it.
            if run.len() > 1 && run[0].0 & 0xff != 0 {
                unsorted.push((from..from + run.len(), skipped + KEY_BYTES));
            }
            from += run.len();
        }
    }
}

/// The bytes from a place to the end of its name, eight at most, as a number that is ordered as they
/// are.
fn key(text: &[u8], place: usize) -> u64 {
    if place > 0 && text[place - 1] == END {
        return 0;
    }
    let mut bytes = [0; KEY_BYTES];
    for (byte, of) in bytes.iter_mut().zip(&text[place..]) {
        if *of == END {
            break;
        }
        *byte = *of;
    }
    u64::from_be_bytes(bytes)
}
