//! The HTTP API and the pages of the dashboard.
//!
//! [`load`] takes every built collection into memory, [`router`] answers questions about them:
//! JSON under `/api/v1/`, pages, and each figure at one address as a fragment, SVG, CSV and JSON.
//! All state of a view is in its address; the pages are whole without scripts.
//!
//! Only this crate knows the routes and the JSON shapes. It does not know where values come
//! from, how a statistic is computed, how cells lie in memory or how a chart is drawn; it reads
//! no clock and no environment, writes nothing, and speaks to nobody but those who ask.

pub mod api;
mod app;
mod assets;
mod compute;
mod error;
mod figures;
mod headers;
mod moments;
mod pages;
mod parameters;
mod parts;
mod refusal;
mod router;
mod server;
mod view;

pub use app::{App, load};
pub use error::{Error, Result};
pub use router::router;
pub use server::{Options, listen, serve};
