//! Indices and tests against other authors' numbers, and against the axioms that define them.

mod axioms;
mod blocks;
mod broken_line;
mod change_points;
mod contained;
mod differences;
mod golden;
mod inequality;
mod markets;
mod mean_ratio;
mod million;
mod sampling;
mod series;
mod tables;
mod trends;
