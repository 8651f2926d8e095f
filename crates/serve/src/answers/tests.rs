use super::*;

const NOW: Instant = Instant::from_millis(1_760_000_000_000);

fn answer(bytes: usize) -> Answer {
    let body = Bytes::from(vec![b'x'; bytes]);
    Answer { status: StatusCode::OK, headers: HeaderMap::new(), body, made_at: NOW }
}

fn put(answers: &Answers, moment: &str, key: &str, bytes: usize) {
    let slot = answers.slot(moment, key, NOW);
    slot.set(Some(answer(bytes))).expect("nobody put one there");
    answers.count(moment, key, &answer(bytes));
}

fn is_there(answers: &Answers, moment: &str, key: &str, now: Instant) -> bool {
    answers.slot(moment, key, now).get().is_some()
}

#[test]
fn answers_are_of_one_moment() {
    let answers = Answers::new(1 << 20);
    put(&answers, "first", "/power", 10);
    assert!(is_there(&answers, "first", "/power", NOW));
    assert!(!is_there(&answers, "first", "/models", NOW));
    assert!(!is_there(&answers, "second", "/power", NOW));
    assert_eq!(answers.kept().bytes, 0);
}

#[test]
fn the_oldest_go_first_when_there_are_too_many_bytes() {
    let answers = Answers::new(3 * (ENTRY_BYTES + 100));
    for key in ["a", "b", "c", "d"] {
        put(&answers, "now", key, 90);
    }
    assert!(!is_there(&answers, "now", "a", NOW));
    assert!(["b", "c", "d"].iter().all(|key| is_there(&answers, "now", key, NOW)));
    assert!(answers.kept().bytes <= answers.most_bytes);
    put(&answers, "now", "whole", answers.most_bytes);
    let kept = answers.kept();
    assert_eq!((kept.bytes, kept.filled.len()), (0, 0), "it has no room");
}

#[test]
fn an_answer_grows_old_and_none_comes_from_the_future() {
    let answers = Answers::new(1 << 20);
    let after = |ms: i64| Instant::from_millis(NOW.millis() + ms);
    put(&answers, "now", "a", 10);
    assert!(is_there(&answers, "now", "a", after(MOST_AGE_MS - 1)));
    assert!(!is_there(&answers, "now", "a", after(MOST_AGE_MS)));
    assert_eq!(answers.kept().bytes, 0, "what is forgotten is not counted");
    put(&answers, "now", "b", 10);
    assert!(!is_there(&answers, "now", "b", after(-1)), "the clock went backward");
}

#[test]
fn a_place_whose_answer_never_comes_is_given_up() {
    let answers = Answers::new(1 << 20);
    let slot = answers.slot("now", "a", NOW);
    drop(Waiting { answers: &answers, key: "a", slot });
    assert!(answers.kept().slots.is_empty());
}
