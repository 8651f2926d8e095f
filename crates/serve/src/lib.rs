//! The HTTP API and the pages of the dashboard.
//!
//! [`Live`] takes every built collection into memory and changes to the next release when there is
//! one; [`router`] answers questions about them: JSON under `/api/v1/`, pages, each figure at one
//! address as a fragment, SVG, CSV and JSON, and a stream of events that says what changed.
//! [`Mcp`] answers assistants the same, by the Model Context Protocol.
//! All state of a view is in its address; the pages are whole without scripts.
//!
//! Only this crate knows the routes and the JSON shapes. It does not know where values come
//! from, how a statistic is computed, how cells lie in memory or how a chart is drawn; it reads
//! no clock and no environment, writes nothing, and speaks to nobody but those who ask.

mod answers;
pub mod api;
mod app;
mod assets;
mod beforehand;
mod bound;
mod claims;
mod compute;
mod csv;
mod cursor;
mod economies;
mod error;
mod events;
mod explore;
mod figures;
mod guard;
mod headers;
mod headlines;
mod inside;
mod issues;
mod jobs;
mod kept;
mod live;
mod log;
mod marks;
mod mcp;
mod moments;
mod names;
mod options;
mod pages;
mod parameters;
mod parts;
mod quality;
mod ranges;
mod received;
mod refusal;
mod reload;
mod report;
mod results;
mod router;
mod server;
mod shelf;
mod shown;
mod site;
mod takeaway;
mod view;

pub use error::{Error, Result};
pub use live::Live;
pub use mcp::Mcp;
pub use options::{Clock, Limits, Notice, Options, RequestLog, Tell};
pub use report::{Report, report};
pub use router::router;
pub use server::{Looking, listen, look_beside, serve};
