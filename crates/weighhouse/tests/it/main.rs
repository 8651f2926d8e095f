//! The real binary on a temporary store.
#![expect(clippy::disallowed_methods, reason = "tests write files and read the environment")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::float_cmp, reason = "counters and exact shares come back to the last bit")]

mod bad_input;
mod economics;
mod export;
mod fetch;
mod flow;
mod held_back;
mod history;
mod interrupted;
mod mcp;
mod published;
mod real_data;
mod registry;
mod renamed;
mod report;
mod robustness;
mod simulated;
mod support;
mod traps;
mod traps_of_facts;
mod unknown;
mod watched;
mod why;
