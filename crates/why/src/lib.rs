//! Why a model has the value that it has.
//!
//! Values are read from the release as they were built. Beside each stands what it was derived
//! from: the facts, with the file and line of the snapshot that told each of them last, and the
//! sign that decided where there were several.
//!
//! This crate derives nothing anew: it reads a few rows of a release and asks `enrich` to explain
//! them. [`Models`] keeps what is needed to find these rows.

mod beside;
mod error;
mod evidence;
mod former;
mod kinship;
mod lineage;
mod model;
mod models;
mod owner;
mod texts;

pub use error::{Error, Result};
pub use evidence::{Evidence, Place};
pub use former::{FORMER_IDS, Former, FormerKnown, Moved, former_names, moves, registered};
pub use kinship::{Kinship, Member, RoleSum, kinship};
pub use lineage::read_lineage;
pub use model::{Finding, FoundBy, Why, why};
pub use models::Models;
pub use owner::{Reviewed, review, row_file};
