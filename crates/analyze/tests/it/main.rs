//! Results held against economies whose history is known.

mod histories;
mod nulls;
mod planted;
