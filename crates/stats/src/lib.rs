//! Indices of a market, trends of a series, and resampling: slices in, structs out.
//!
//! A market is the slice of its units' sums, each finite and at least 0, in any order; a unit
//! with 0 is idle and counts as a unit.
//! Every index is a function of that slice alone, and of no unit of measure: tenfold sums give
//! the same index.
//! Where an index is not defined (no units, or nothing in any of them) it is `None`, never 0.
//! A negative, infinite or undefined sum, or sums whose total is beyond the range of `f64`, are
//! a caller's error: a debug build stops there, any other returns `None`.
//!
//! The results are good to 12 digits for a million units, also where an index is the small
//! difference of large numbers: sums are compensated, and each formula is arranged so that no
//! digits cancel.
//! `docs/methods/` has a page for each index: formula, source, assumptions, and how it was checked.
//!
//! This crate must not know what is counted, who the units are, or where the sums come from.
//! It knows no other crate of ours, no file and no clock; random weights come from a seed that it is handed.

mod atkinson;
mod blocks;
mod bounds;
mod broken_line;
mod change_dates;
mod change_points;
mod cluster_permutation;
mod concentration;
mod decomposition;
mod distribution;
mod diversity;
mod error;
mod hall_tideman;
mod hhi_change;
mod idle;
mod inequality;
mod influence;
mod interval;
mod joint_changes;
mod least_squares;
mod leave_one_out;
mod lorenz;
mod mann_kendall;
mod market;
mod mean_ratio;
mod moments;
mod multiplicity;
mod ranks;
mod runs;
mod sampling;
mod seasons;
mod serial;
mod shapley;
mod sum;
mod theil_groups;
mod theil_sen;
mod top_share;
mod trend_line;

pub use atkinson::atkinson;
pub use blocks::{StationaryBootstrap, politis_white};
pub use bounds::{
    Bounds, concentration_ratio_bounds, effective_number_bounds, entropy_bounds, gini_bounds,
    hhi_bounds, hhi_normalized_bounds, share_bounds, theil_bounds, water_fill,
};
pub use broken_line::{
    BrokenLine, BrokenLineOptions, BrokenLines, Knot, Phase, broken_line, broken_lines,
    slope_change_weights,
};
pub use change_dates::{ChangeDate, DateOptions, change_dates};
pub use change_points::{Penalty, change_points, joint_change_points};
pub use cluster_permutation::{
    GroupDifference, GroupParts, PermutationOptions, cluster_permutation,
};
pub use concentration::{concentration_ratio, effective_number, hhi, hhi_normalized};
pub use decomposition::{Decomposition, Presence, foster_haltiwanger_krizan};
pub use distribution::two_sided_normal;
pub use diversity::hill_number;
pub use error::Refusal;
pub use hall_tideman::hall_tideman;
pub use hhi_change::{HhiChange, UnitSums, hhi_change};
pub use idle::{Idle, with_idle};
pub use inequality::{entropy, gini, gini_sample, theil};
pub use influence::{
    HHI_CLOSED_FORM_LIMIT, gini_influence, gini_standard_error, hhi_standard_error,
    share_standard_error,
};
pub use interval::{
    Estimated, Interval, bca_interval, imbens_manski, normal_interval, percentile_interval,
    studentized_interval,
};
pub use joint_changes::{JointChange, JointChanges, Jump, SeriesNoise, joint_changes};
pub use leave_one_out::{LeaveOneOut, leave_one_out, leave_one_out_hhi};
pub use lorenz::lorenz;
pub use mann_kendall::{MannKendall, mann_kendall, mann_kendall_hamed_rao};
pub use mean_ratio::{MeanPart, MeanParts, MeanRatio, mean_ratio};
pub use moments::Moments;
pub use multiplicity::{benjamini_hochberg, holm};
pub use ranks::{RankInterval, rank_intervals};
pub use runs::{Run, Runs};
pub use sampling::{
    ClusterPanel, LinearParts, Resampling, WeightedSums, Weights, replicate, weighted_gini,
    weighted_hhi, weighted_sums,
};
pub use seasons::{Seasons, seasons};
pub use serial::{Whitened, without_lag_one};
pub use shapley::{Shapley, shapley, shapley_of_groups};
pub use theil_groups::{TheilGroup, TheilParts, theil_by_group};
pub use theil_sen::{TheilSen, theil_sen};
pub use top_share::top_share;
pub use trend_line::{Errors, TrendLine, newey_west_lags, trend_line};
