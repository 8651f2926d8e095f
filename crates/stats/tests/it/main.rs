//! The indices against other authors' numbers, and against the axioms that define them.

mod axioms;
mod contained;
mod golden;
mod markets;
mod million;
