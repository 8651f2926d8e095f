//! Results held against economies whose history is known.

mod beside;
mod coverage;
mod histories;
mod nulls;
mod planted;
mod sampled;
