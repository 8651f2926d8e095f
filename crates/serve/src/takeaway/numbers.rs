//! The columns of an estimate.

use schema::Value;

use super::sheet::{Heading, count, integer, number};
use crate::api::Numbers;

/// How many columns an estimate has.
const COLUMNS: usize = 10;

/// The heads of the columns of an estimate whose names begin with a prefix.
macro_rules! headings {
    ($prefix:literal) => {
        [
            number(concat!($prefix, "value"), "The number"),
            number(concat!($prefix, "low"), "Lower end of the 95 % measurement interval"),
            number(concat!($prefix, "high"), "Upper end of the 95 % measurement interval"),
            number(concat!($prefix, "bound_low"), "The least, wherever unattributed mass belongs"),
            number(concat!($prefix, "bound_high"), "The most, wherever unattributed mass belongs"),
            number(concat!($prefix, "sampling_low"), "Lower end of the 95 % sampling interval"),
            number(concat!($prefix, "sampling_high"), "Upper end of the 95 % sampling interval"),
            integer(concat!($prefix, "n"), "How many units or models the number rests on"),
            number(concat!($prefix, "estimated_share"), "The share of the mass that is estimated"),
            integer(concat!($prefix, "missing_cells"), "Cells that are missing, and so in no sum"),
        ]
    };
}

/// The heads of the columns of an estimate.
pub(crate) const NUMBERS: [Heading; COLUMNS] = headings!("");
/// The same of a sum.
pub(crate) const SUM: [Heading; COLUMNS] = headings!("sum_");
/// The same of a share.
pub(crate) const SHARE: [Heading; COLUMNS] = headings!("share_");
/// The same as things are.
pub(crate) const BEFORE: [Heading; COLUMNS] = headings!("before_");
/// The same as things would be.
pub(crate) const AFTER: [Heading; COLUMNS] = headings!("after_");
/// The same of a difference.
pub(crate) const DIFFERENCE: [Heading; COLUMNS] = headings!("difference_");

/// The values of an estimate; of none all are unknown.
pub(crate) fn numbers(numbers: Option<&Numbers>) -> [Value; COLUMNS] {
    let Some(numbers) = numbers else { return [const { Value::Null }; COLUMNS] };
    let number = |number: Option<f64>| number.map_or(Value::Null, Value::Number);
    [
        number(numbers.value),
        number(numbers.low),
        number(numbers.high),
        number(numbers.bound_low),
        number(numbers.bound_high),
        number(numbers.sampling_low),
        number(numbers.sampling_high),
        count(numbers.n),
        number(numbers.estimated_share),
        numbers.missing_cells.map_or(Value::Null, count),
    ]
}
