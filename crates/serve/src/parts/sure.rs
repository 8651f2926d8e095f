//! A number in a cell, with how sure it is below it.

use chart::Unit;
use maud::{Markup, html};
use schema::Estimate;

/// The value, then its interval and its bounds where they have any width; nothing without a value.
pub(crate) fn sure(unit: &Unit, estimate: &Estimate) -> Markup {
    let text = |value: f64| chart::format_value(unit, value);
    let interval = range(unit, estimate.low, estimate.high);
    let bounds = range(unit, estimate.bound_low, estimate.bound_high);
    html! {
        @if let Some(value) = estimate.value {
            (text(value))
            @if let Some(interval) = interval { span.range { "interval " (interval) } }
            @if let Some(bounds) = bounds { span.range { "bounds " (bounds) } }
        }
    }
}

/// From where to where, with the unit once; `None` where both ends read the same.
pub(crate) fn range(unit: &Unit, low: Option<f64>, high: Option<f64>) -> Option<String> {
    let [low, high] = [low?, high?].map(|end| chart::format_value(unit, end));
    if low == high {
        return None;
    }
    let noun =
        [" points", " %"].into_iter().find(|noun| low.ends_with(noun) && high.ends_with(noun));
    let low = noun.and_then(|noun| low.strip_suffix(noun)).unwrap_or(&low);
    Some(format!("{low} to {high}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_says_its_unit_once_and_is_left_out_where_it_is_none() {
        let told = |low: f64, high: f64| range(&Unit::Share, Some(low), Some(high));
        assert_eq!(told(0.25, 0.5).as_deref(), Some("25.0 to 50.0 %"));
        assert_eq!(told(0.250_01, 0.250_02), None);
        assert_eq!(
            range(&Unit::Points, Some(-0.1), Some(0.0)).as_deref(),
            Some("−10.0 to 0 points")
        );
        let count = range(&Unit::Count(""), Some(1e3), Some(2e6));
        assert_eq!(count.as_deref(), Some("1,000 to 2 M"));
        assert_eq!(range(&Unit::Share, None, Some(0.5)), None);
    }
}
