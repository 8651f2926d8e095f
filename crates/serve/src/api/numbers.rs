//! An estimate, in the shape in which it is sent.

use schema::Estimate;
use serde::Serialize;
use utoipa::ToSchema;

/// A number with what is known about how sure it is; null where something does not apply.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Numbers {
    /// The number.
    #[schema(required = true)]
    pub value: Option<f64>,
    /// Lower end of the 95 % measurement interval.
    #[schema(required = true)]
    pub low: Option<f64>,
    /// Upper end of the 95 % measurement interval.
    #[schema(required = true)]
    pub high: Option<f64>,
    /// The least that the number could be, wherever unattributed mass belongs.
    #[schema(required = true)]
    pub bound_low: Option<f64>,
    /// The most that the number could be, wherever unattributed mass belongs.
    #[schema(required = true)]
    pub bound_high: Option<f64>,
    /// Lower end of the 95 % sampling interval; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sampling_low: Option<f64>,
    /// Upper end of the 95 % sampling interval; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sampling_high: Option<f64>,
    /// How many units, or for one unit models, the number rests on.
    pub n: u64,
    /// The share, 0 to 1, of the mass that is estimated.
    #[schema(required = true)]
    pub estimated_share: Option<f64>,
    /// Cells that are missing, and so in no sum.
    #[schema(required = true)]
    pub missing_cells: Option<u64>,
}

impl From<&Estimate> for Numbers {
    fn from(estimate: &Estimate) -> Self {
        Self {
            value: estimate.value,
            low: estimate.low,
            high: estimate.high,
            bound_low: estimate.bound_low,
            bound_high: estimate.bound_high,
            sampling_low: estimate.sampling_low,
            sampling_high: estimate.sampling_high,
            n: estimate.n,
            estimated_share: estimate.estimated_share,
            missing_cells: estimate.missing_cells,
        }
    }
}
