use super::*;

/// Writes the pieces to a line that is cut after so many bytes of the body; gives what passed.
fn passed(pieces: &[&str], body_bytes: usize) -> String {
    let mut state = State::Cut { end_seen: 0, body_left: body_bytes };
    let mut passed = String::new();
    for piece in pieces {
        let (admitted, left) = state.admit(piece.as_bytes());
        passed.push_str(&piece[..admitted]);
        state = left;
    }
    passed
}

#[test]
fn a_line_is_cut_in_the_body_wherever_the_pieces_end() {
    let whole = "HTTP/1.1 200 OK\r\na: b\r\n\r\n0123456789";
    let expected = "HTTP/1.1 200 OK\r\na: b\r\n\r\n0123";
    for at in 0..whole.len() {
        let (first, second) = whole.split_at(at);
        assert_eq!(passed(&[first, second], 4), expected, "{at}");
    }
    let bytes: Vec<&str> = (0..whole.len()).map(|at| &whole[at..=at]).collect();
    assert_eq!(passed(&bytes, 4), expected);
    assert_eq!(passed(&[whole], 0), "HTTP/1.1 200 OK\r\na: b\r\n\r\n");
    assert_eq!(passed(&[whole], 99), whole);
}

#[test]
fn a_carriage_return_more_does_not_hide_the_end_of_the_head() {
    assert_eq!(passed(&["a\r\r\n\r\nbody"], 1), "a\r\r\n\r\nb");
}

#[test]
fn a_sound_line_carries_everything_and_a_reset_one_nothing() {
    assert_eq!(State::Sound.admit(b"anything").0, 8);
    assert_eq!(State::Reset.admit(b"anything").0, 0);
}
