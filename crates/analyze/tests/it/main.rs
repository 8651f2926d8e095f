//! Results held against economies whose history is known.

mod coverage;
mod histories;
mod nulls;
mod planted;
mod sampled;
