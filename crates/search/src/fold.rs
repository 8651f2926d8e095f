//! Names and questions in one spelling.

/// Between the parts of a name. Less than every letter, so that a whole word comes before longer ones.
pub(crate) const GAP: u8 = b' ';
/// After a name. Less than everything in it.
pub(crate) const END: u8 = b'\n';

/// Appends a name: letters small, and one gap for whatever stands between letters and digits.
pub(crate) fn fold_into(name: &str, out: &mut Vec<u8>) {
    let begin = out.len();
    let mut is_gap = false;
    for letter in name.chars() {
        if !letter.is_alphanumeric() {
            is_gap = out.len() > begin;
            continue;
        }
        if std::mem::take(&mut is_gap) {
            out.push(GAP);
        }
        if letter.is_ascii() {
            out.push(letter.to_ascii_lowercase() as u8);
            continue;
        }
        let mut bytes = [0; 4];
        for small in letter.to_lowercase() {
            // What becomes of a letter may hold marks that are none: they part nothing.
            out.extend_from_slice(small.encode_utf8(&mut bytes).as_bytes());
        }
    }
}

/// Whether a part begins at a place of a text: at its beginning, after a gap, and where the number
/// of a word begins, as in `qwen3`.
pub(crate) fn is_start(text: &[u8], place: usize) -> bool {
    let Some(before) = place.checked_sub(1) else { return true };
    match text[before] {
        GAP | END => true,
        letter if letter.is_ascii_digit() || !text[place].is_ascii_digit() => false,
        _ => before.checked_sub(1).is_some_and(|place| is_letter(text[place])),
    }
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte >= 0x80
}

/// The words of a folded text.
pub(crate) fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| *byte == GAP).filter(|word| !word.is_empty())
}

/// A word parted where its numbers begin, as `llama3` into `llama` and `3`.
pub(crate) fn parted(word: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut begin = 0;
    for place in 1..word.len() {
        if is_start(word, place) {
            parts.push(&word[begin..place]);
            begin = place;
        }
    }
    parts.push(&word[begin..]);
    parts
}

/// Whether a part of a name begins with a word.
pub(crate) fn has_part(name: &[u8], word: &[u8]) -> bool {
    let Some(first) = word.first() else { return false };
    let mut places = memchr::memchr_iter(*first, name);
    places.any(|place| is_start(name, place) && name[place..].starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(name: &str) -> String {
        let mut out = Vec::new();
        fold_into(name, &mut out);
        String::from_utf8(out).expect("letters stay letters")
    }

    #[test]
    fn letters_are_small_and_what_parts_them_is_one_gap() {
        assert_eq!(folded("Qwen/Qwen3-8B"), "qwen qwen3 8b");
        assert_eq!(folded("  a--b_.c  "), "a b c");
        assert_eq!(folded("Français/ÉTÉ"), "français été");
        assert_eq!(folded("模型/一"), "模型 一");
        assert_eq!(folded("-/."), "");
    }

    #[test]
    fn parts_begin_after_gaps_and_where_numbers_begin() {
        let text = b"qwen qwen3 8b v2";
        let starts: Vec<usize> = (0..text.len()).filter(|place| is_start(text, *place)).collect();
        // The 2 of `v2` belongs to its one letter.
        assert_eq!(starts, [0, 5, 9, 11, 14]);
        assert_eq!(parted(b"llama3"), [&b"llama"[..], b"3"]);
        assert_eq!(parted(b"8b"), [&b"8b"[..]]);
    }

    #[test]
    fn a_part_is_found_where_it_begins_and_nowhere_else() {
        assert!(has_part(b"qwen qwen3 8b", b"qwen3"));
        assert!(has_part(b"qwen qwen3 8b", b"3"));
        assert!(!has_part(b"qwen qwen3 8b", b"wen"));
        assert!(has_part(b"ab bab ba", b"ba"), "the second one begins a part");
        assert!(has_part(b"aa a a", b"a a"), "it lies within the first one");
    }
}
