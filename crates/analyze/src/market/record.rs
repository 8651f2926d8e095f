//! What a collection has of one model.

use panel::{Detail, Filter, FlowQuestion, Scope, Sums};
use schema::{CellState, Flagged, Instant, Week};

use super::Market;

/// What a collection has of one model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRecord {
    /// When it was read, in order.
    pub read_at: Vec<Instant>,
    /// The weeks of which there is a flow, or known to be none, in order.
    pub weeks: Vec<RecordedWeek>,
}

/// One week of one model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedWeek {
    /// The week.
    pub week: Week,
    /// How well its flow is known.
    pub state: CellState,
    /// Whether something is odd about it.
    pub is_flagged: bool,
}

impl Market {
    /// The place of a model by its id, letter for letter.
    #[must_use]
    pub fn place_of(&self, id: &str) -> Option<u32> {
        self.model.find(id)
    }

    /// What there is of the model at a place.
    #[must_use]
    pub fn record(&self, place: u32) -> ModelRecord {
        let row = self.panel.order()[place as usize] as usize;
        let readings = self.panel.readings().of_model(row);
        // A missing cell is missing whatever is asked for.
        let mut flagged = self.weeks_of(place, Flagged::Only);
        flagged.retain(|(_, state)| *state != CellState::Missing);
        let week = |(week, state): (Week, CellState)| RecordedWeek {
            week,
            state,
            is_flagged: flagged.iter().any(|(flagged, _)| *flagged == week),
        };
        ModelRecord {
            read_at: readings.iter().map(|reading| reading.at).collect(),
            weeks: self.weeks_of(place, Flagged::Include).into_iter().map(week).collect(),
        }
    }

    /// What a model is counted as, by each attribute that models are grouped by: name, title, and
    /// the unit with whether it is one, rather than mass that belongs to none.
    #[must_use]
    pub fn units_of(&self, place: u32) -> Vec<(&str, &str, &str, bool)> {
        let mut units = Vec::new();
        for attribute in self.attributes.iter().filter(|attribute| attribute.is_groupable) {
            let Some(grouping) = self.groupings.get(&attribute.name) else { continue };
            let code = grouping.code(place as usize);
            let (name, title) = (attribute.name.as_str(), attribute.title.as_str());
            units.push((name, title, grouping.label(code), grouping.is_attributed(code)));
        }
        units
    }

    /// The weeks of which a model has cells, with their states.
    fn weeks_of(&self, place: u32, flagged: Flagged) -> Vec<(Week, CellState)> {
        let Some(weeks) = self.weeks() else { return Vec::new() };
        let mut filter = Filter::all(self.model_count());
        filter.keep(&self.model, &[place]);
        let question = FlowQuestion {
            scope: &Scope::new(&self.model, &filter),
            is_first_year: false,
            flagged,
            window: 1,
            detail: Detail::Everything,
            prepared: None,
        };
        let state = |week, sums: &Sums| state(sums).map(|state| (week, state));
        self.panel.over_windows(&question, weeks, state).into_iter().flatten().collect()
    }
}

/// The state of the one cell that was summed; `None` where there is none.
fn state(sums: &Sums) -> Option<CellState> {
    const ONLY: u32 = 0;
    if sums.missing(ONLY) > 0 {
        return Some(CellState::Missing);
    }
    let is_wide = sums.below(ONLY) + sums.above(ONLY) > 0.0;
    let state = if sums.estimated(ONLY) > 0.0 || is_wide {
        CellState::Estimated
    } else {
        CellState::Observed
    };
    (sums.model_count(ONLY) > 0).then_some(state)
}
