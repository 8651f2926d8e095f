//! Classes of shares, each with a colour; what is written into squares; and how sure they are.

use crate::tracks::Mark;
use crate::{Unit, format};

/// Where each class but the first begins, in parts of the whole: about three times the one before,
/// since shares of countries lie that far apart. They are the same at every date.
const BEGINS: [f64; 5] = [0.001, 0.01, 0.03, 0.1, 0.3];

/// How much a country has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing, which is known.
    Zero,
    /// Something: one of six, from 1.
    Of(u8),
}

impl Class {
    /// Every one, the least first.
    pub(super) const ALL: [Self; 7] =
        [Self::Zero, Self::Of(1), Self::Of(2), Self::Of(3), Self::Of(4), Self::Of(5), Self::Of(6)];

    pub(super) fn of(share: f64) -> Self {
        if share <= 0.0 {
            return Self::Zero;
        }
        let passed = BEGINS.iter().filter(|begin| share >= **begin).count();
        Self::Of(passed as u8 + 1)
    }

    /// The class of the stylesheet that colours it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Zero => "q-0",
            Self::Of(1) => "q-1",
            Self::Of(2) => "q-2",
            Self::Of(3) => "q-3",
            Self::Of(4) => "q-4",
            Self::Of(5) => "q-5",
            Self::Of(_) => "q-6",
        }
    }

    /// How far up the scale it is, 0 to 1.
    pub(super) fn part(self) -> f64 {
        match self {
            Self::Zero => 0.0,
            Self::Of(class) => f64::from(class) / 6.0,
        }
    }

    /// The numbers that it holds, as the legend says them.
    pub(super) fn words(self) -> String {
        let per_cent = |class: usize| format!("{}", BEGINS[class] * 100.0);
        match self {
            Self::Zero => "0".to_owned(),
            Self::Of(1) => format!("under {} %", per_cent(0)),
            Self::Of(class) => match class as usize {
                class if class > BEGINS.len() => format!("{} % and more", per_cent(class - 2)),
                class => format!("{} to {} %", per_cent(class - 2), per_cent(class - 1)),
            },
        }
    }
}

/// A number as it stands in a square: a share in per cent, without the sign.
pub(super) fn short(unit: &Unit, value: f64) -> String {
    if *unit != Unit::Share {
        return format::format_value(unit, value);
    }
    let per_cent = value * 100.0;
    match per_cent {
        0.0 => "0".to_owned(),
        _ if per_cent > 0.0 && value < BEGINS[0] => format!("<{}", BEGINS[0] * 100.0),
        _ if per_cent >= 9.95 => format!("{per_cent:.0}"),
        _ => format!("{per_cent:.1}"),
    }
}

/// Why a number is less sure than it is large: what is wider than the number itself.
pub(crate) fn unsure(mark: &Mark) -> Option<&'static str> {
    let is_wider =
        |ends: Option<(f64, f64)>| ends.is_some_and(|(low, high)| high - low > mark.value.abs());
    match (is_wider(mark.interval), is_wider(mark.bounds)) {
        (true, true) => Some("interval and bounds wider than the share"),
        (true, false) => Some("interval wider than the share"),
        (false, true) => Some("bounds wider than the share"),
        (false, false) => None,
    }
}
