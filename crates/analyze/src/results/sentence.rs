//! Sentences whose every number is one of a result.
//!
//! A sentence is made of words, which have no digits, and of places where a number or a name of
//! the data stands: so that no number can be said that was not asked of the data.

use super::Line;

/// A sentence, piece by piece.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sentence {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
    /// Whether it claims a direction, rather than saying that none can be told.
    pub is_finding: bool,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Words without digits.
    Words(&'static str),
    /// A name from the data, as of a unit or a period.
    Name(String),
    /// One end of a number.
    Number {
        /// The number's place among the lines.
        line: usize,
        /// Which end.
        end: End,
    },
}

/// Which end of an estimate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The number itself.
    Value,
    /// The size of it, whatever its sign.
    Size,
    /// The upper end of its measurement interval.
    High,
    /// The lower end of its sampling interval.
    SamplingLow,
    /// The upper end of its sampling interval.
    SamplingHigh,
    /// The lower end of its bounds.
    BoundLow,
    /// The upper end of its bounds.
    BoundHigh,
}

impl Sentence {
    /// A sentence that claims a direction.
    #[must_use]
    pub fn finding(pieces: Vec<Piece>) -> Self {
        Self::checked(pieces, true)
    }

    /// A sentence that describes, or says that nothing can be told.
    #[must_use]
    pub fn plain(pieces: Vec<Piece>) -> Self {
        Self::checked(pieces, false)
    }

    fn checked(pieces: Vec<Piece>, is_finding: bool) -> Self {
        for piece in &pieces {
            if let Piece::Words(words) = piece {
                assert!(!holds_a_number(words), "a number in words: {words}");
            }
        }
        Self { pieces, is_finding }
    }

    /// The sentence as text; a number that is not defined is said to be unknown.
    #[must_use]
    pub fn text(&self, lines: &[Line]) -> String {
        self.pieces.iter().map(|piece| piece.text(lines)).collect()
    }
}

/// Whether words say a number that no line stands for.
fn holds_a_number(words: &str) -> bool {
    words.contains(|c: char| c.is_numeric())
}

impl Piece {
    /// The piece as text.
    #[must_use]
    pub fn text(&self, lines: &[Line]) -> String {
        match self {
            Self::Words(words) => (*words).to_owned(),
            Self::Name(name) => name.clone(),
            Self::Number { line, end } => {
                let line = &lines[*line];
                let value = end.of(line);
                value.map_or_else(|| "unknown".to_owned(), |value| line.form.write(value))
            }
        }
    }
}

impl End {
    /// This end of a line's number.
    #[must_use]
    pub fn of(self, line: &Line) -> Option<f64> {
        match self {
            Self::Value => line.estimate.value,
            Self::Size => line.estimate.value.map(f64::abs),
            Self::High => line.estimate.high,
            Self::SamplingLow => line.estimate.sampling_low,
            Self::SamplingHigh => line.estimate.sampling_high,
            Self::BoundLow => line.estimate.bound_low,
            Self::BoundHigh => line.estimate.bound_high,
        }
    }
}

#[cfg(test)]
mod tests {
    use schema::Estimate;

    use super::*;
    use crate::results::{Form, What};

    #[test]
    fn a_sentence_takes_its_numbers_from_lines() {
        let line = Line {
            what: What::Share,
            unit: Some("China".to_owned()),
            when: "2025".to_owned(),
            form: Form::Share,
            estimate: Estimate::exact(0.171, 3),
            test: None,
        };
        let value = Piece::Number { line: 0, end: End::Value };
        let low = Piece::Number { line: 0, end: End::SamplingLow };
        let pieces = vec![
            Piece::Name("China".to_owned()),
            Piece::Words(" has "),
            value,
            Piece::Words(", "),
            low,
        ];
        assert_eq!(Sentence::plain(pieces).text(&[line]), "China has 17.1 %, unknown");
    }

    #[test]
    fn a_number_in_words_is_seen() {
        assert!(holds_a_number("rose by 17 points") && holds_a_number("½ of all"));
        assert!(!holds_a_number(" rose from "));
    }
}
