//! Indices and tests against other authors' numbers, and against the axioms that define them.

mod axioms;
mod blocks;
mod broken_line;
mod change_points;
mod cluster_permutation;
mod contained;
mod differences;
mod golden;
mod inequality;
mod joint_changes;
mod markets;
mod mean_ratio;
mod million;
mod sampling;
mod seasons;
mod series;
mod shapley;
mod tables;
mod trends;
