//! The only form in which a number leaves.

/// A number with what is known about how sure it is.
///
/// Three uncertainties are never mixed (`docs/methods/uncertainty.md`): `low`…`high` is
/// measurement, `bound_low`…`bound_high` is attribution, `sampling_low`…`sampling_high` is
/// sampling, where it was asked for.
/// A complete census read exactly has a zero-width interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The number itself; `None` where it is not defined, as an index of an empty market.
    pub value: Option<f64>,
    /// Lower end of the 95 % measurement interval: gaps, estimated weeks, rolling sums.
    pub low: Option<f64>,
    /// Upper end of the 95 % measurement interval.
    pub high: Option<f64>,
    /// The least the number could be, wherever the unattributed mass belongs.
    pub bound_low: Option<f64>,
    /// The most the number could be, wherever the unattributed mass belongs.
    pub bound_high: Option<f64>,
    /// Lower end of the 95 % sampling interval: what a comparable economy, drawn again, would show.
    pub sampling_low: Option<f64>,
    /// Upper end of the 95 % sampling interval.
    pub sampling_high: Option<f64>,
    /// How many units (for a market) or models (for one unit) the number rests on.
    pub n: u64,
    /// The share, 0 to 1, of the mass that comes from estimated cells; `None` for readings.
    pub estimated_share: Option<f64>,
    /// How many cells are missing, and so are in no sum.
    pub missing_cells: Option<u64>,
}

impl Estimate {
    /// A number read exactly: its interval and bounds have no width.
    #[must_use]
    pub fn exact(value: f64, n: u64) -> Self {
        let value = Some(value);
        Self {
            value,
            low: value,
            high: value,
            bound_low: value,
            bound_high: value,
            sampling_low: None,
            sampling_high: None,
            n,
            estimated_share: None,
            missing_cells: None,
        }
    }

    /// A number of which neither interval nor bounds are told.
    #[must_use]
    pub fn alone(value: f64, n: u64) -> Self {
        Self { value: Some(value), ..Self::undefined(n) }
    }

    /// A number that is not defined, as an index of an empty market.
    #[must_use]
    pub fn undefined(n: u64) -> Self {
        Self {
            value: None,
            low: None,
            high: None,
            bound_low: None,
            bound_high: None,
            sampling_low: None,
            sampling_high: None,
            n,
            estimated_share: None,
            missing_cells: None,
        }
    }
}
