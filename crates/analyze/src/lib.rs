//! Panel, attributes and statistics to numbers that can be published.
//!
//! A `Market` is one collection's release in memory. A `Query` asks for statistics of it; the
//! `Answer` has a row for each, and every number in it is an `Estimate`. `indicators` are the
//! standing questions whose answers are kept with the release.
//!
//! This crate knows nothing of HTTP or the terminal, and nothing of where values come from.

mod answer;
mod averages;
mod bounds;
mod changes;
pub mod claims;
mod error;
mod estimates;
pub mod headlines;
mod holdings;
pub mod indicators;
mod leaderboard;
mod lineage;
mod market;
pub mod panel_columns;
mod periods;
mod place;
mod query;
pub mod results;
mod sampling;
mod series;
mod whatif;

pub use answer::{Answer, At, COUNTING_RULE, Row, answer, answer_each, answer_named};
pub use averages::{Average, AverageQuery, AverageRow, Numbers, Weight, averages};
pub use changes::{difference, outermost, ratio};
pub use error::{Error, Result};
pub use holdings::holdings;
pub use leaderboard::{Standing, leaderboard};
pub use lineage::{Transition, Transitions, transitions};
pub use market::{
    CELLS, DISAGREEMENT, Description, Disagreement, EVENTS, Event, EventKind, Market, MarketParts,
    ModelRecord, RecordedWeek, SnapshotInfo, arrangement, births_of,
};
pub use periods::{InPeriod, Reach};
pub use place::{Place, place};
pub use query::{Condition, Period, Query};
pub use sampling::usual_draws;
pub use series::{
    FIRST, age_in_weeks, answer_units, begin, check_index, check_named, find_units, first_moments,
    index, index_rows,
};
pub use whatif::{Change, Economy, Effect};
