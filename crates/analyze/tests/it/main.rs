//! Results held against economies whose history is known.

mod beside;
mod coverage;
mod headlines;
mod histories;
mod named;
mod nulls;
mod planted;
mod sampled;
