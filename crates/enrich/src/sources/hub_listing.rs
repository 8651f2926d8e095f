//! Pages of the Hub's listing, as `collect` receives them: a JSON array of models.

use super::{Input, hub_model, json_array};
use crate::Parsed;

pub(super) fn parse(input: Input<'_>) -> Parsed {
    let mut parsed = Parsed { read_at: input.read_at, ..Parsed::default() };
    let at = input.read_at.unwrap_or(input.now);
    json_array::each_element(input, &mut parsed, |row, line| hub_model::record(row, line, at));
    parsed
}
