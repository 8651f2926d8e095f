//! How old each model is in each week.

use schema::Day;

use crate::flow::Birth;

/// For each place, until which week its model is in its first year.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ages {
    /// The last week, as a number, of whose Monday the age is not known.
    unknown_until: Vec<i32>,
    /// The last week on whose Monday the model was at most 365 days old.
    first_year_until: Vec<i32>,
}

const FIRST_YEAR_DAYS: i32 = 365;

impl Ages {
    /// Ages of models whose births are known by place.
    pub(crate) fn new(births: impl Iterator<Item = Birth>) -> Self {
        let mut ages = Self::default();
        for birth in births {
            let (unknown, first_year) = match birth {
                Birth::Unknown => (i32::MAX, i32::MAX),
                Birth::BeforeFloor => (last_week_of_first_year(Birth::floor()), i32::MIN),
                Birth::Known(at) => (i32::MIN, last_week_of_first_year(at)),
            };
            ages.unknown_until.push(unknown);
            ages.first_year_until.push(first_year);
        }
        ages
    }

    /// Whether a model is in its first year on a week's Monday; `None` where that is not known.
    pub(crate) fn is_first_year(&self, place: usize, week: i32) -> Option<bool> {
        if week <= self.unknown_until[place] {
            return None;
        }
        Some(week <= self.first_year_until[place])
    }
}

/// The last week whose Monday is at most 365 days after the day of an instant.
fn last_week_of_first_year(born: schema::Instant) -> i32 {
    Day::from_epoch_days(born.day().epoch_days() + FIRST_YEAR_DAYS).week().number()
}
