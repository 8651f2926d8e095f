//! The indices against other authors' numbers, and against the axioms that define them.

mod axioms;
mod contained;
mod differences;
mod golden;
mod inequality;
mod markets;
mod million;
mod sampling;
