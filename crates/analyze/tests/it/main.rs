//! Results held against economies whose history is known.

mod headlines;
mod histories;
mod nulls;
mod planted;
mod sampled;
