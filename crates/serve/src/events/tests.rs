use super::{Event, Events, MOST_BEHIND};

fn event(number: usize) -> Event {
    Event { kind: "release", id: Some(number.to_string()), data: "{}".to_owned() }
}

fn run(future: impl Future<Output = ()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime starts").block_on(future);
}

#[test]
fn everyone_hears_what_is_told_after_they_came() {
    run(async {
        let events = Events::new(2);
        let mut early = events.listen().unwrap();
        events.tell(event(1));
        let mut late = events.listen().unwrap();
        events.tell(event(2));
        assert_eq!(early.next().await, Some(event(1)));
        assert_eq!(early.next().await, Some(event(2)));
        assert_eq!(late.next().await, Some(event(2)));
    });
}

#[test]
fn there_is_room_for_so_many_and_again_for_one_when_one_leaves() {
    let events = Events::new(2);
    let first = events.listen().unwrap();
    let _second = events.listen().unwrap();
    let refusal = events.listen().unwrap_err();
    assert_eq!((refusal.status.as_u16(), refusal.code), (503, "busy"));
    drop(first);
    events.listen().unwrap();
}

#[test]
fn one_who_is_slow_is_let_go_and_the_others_are_not() {
    run(async {
        let events = Events::new(2);
        let mut slow = events.listen().unwrap();
        let mut quick = events.listen().unwrap();
        for number in 0..=MOST_BEHIND {
            events.tell(event(number));
            assert_eq!(quick.next().await, Some(event(number)));
        }
        assert_eq!(slow.next().await, None, "one more event than are kept");
    });
}

#[test]
fn the_end_ends_those_who_listen_and_lets_nobody_in() {
    run(async {
        let events = Events::new(2);
        let mut listener = events.listen().unwrap();
        events.end();
        assert_eq!(listener.next().await, None);
        assert_eq!(events.listen().unwrap_err().code, "busy");
        events.tell(event(1));
    });
}
