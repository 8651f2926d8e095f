//! Names that are found as one types, over millions of them.
//!
//! An [`Index`] takes names, the best first, and answers with those that a text is the beginning of a
//! part of, then those that hold it elsewhere, then those that are near it, the best first each time.
//!
//! All beginnings of parts lie in one array, in the order of what stands there: a text is found by
//! halving, and is a stretch of the array. Names lie in memory in their own order, so that the best of
//! a stretch is the least number in it, and blocks of the array know theirs.
//!
//! This crate knows what letters are, and nothing of models, files or requests.

mod best;
mod dictionary;
mod fold;
mod index;
mod near;
mod question;
mod starts;

pub use index::Index;
pub use question::{Hit, How};
