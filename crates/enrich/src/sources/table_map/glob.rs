//! Texts with `*` for anything.

/// A text to compare with, in which `*` stands for any characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Glob {
    pieces: Vec<String>,
}

impl Glob {
    pub(super) fn new(text: &str) -> Self {
        Self { pieces: text.split('*').map(str::to_owned).collect() }
    }

    /// Whether the whole text is like this.
    pub(super) fn matches(&self, text: &str) -> bool {
        let [first, middle @ .., last] = self.pieces.as_slice() else {
            return self.pieces.first().is_some_and(|whole| whole == text);
        };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
        for piece in middle {
            let Some(at) = rest.find(piece.as_str()) else { return false };
            rest = &rest[at + piece.len()..];
        }
        rest.ends_with(last.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_anything() {
        for (glob, yes, no) in [
            ("unknown", &["unknown"][..], &["", "unknown ", "Unknown"][..]),
            ("*not said*", &["not said", "it is not said here"], &["not", "said not"]),
            ("a*b*c", &["abc", "a-b-b-c"], &["ab", "acb", "bc"]),
            ("a*a", &["aa", "a-a"], &["a", "ab"]),
            ("*", &["", "x"], &[]),
        ] {
            for text in yes {
                assert!(Glob::new(glob).matches(text), "{glob}: {text}");
            }
            for text in no {
                assert!(!Glob::new(glob).matches(text), "{glob}: {text}");
            }
        }
    }
}
