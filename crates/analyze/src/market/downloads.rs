//! How much each model is downloaded now, as far as a list has to know to be in order.

use panel::{Detail, Filter, FlowQuestion, ReadingKind, Scope};
use schema::Flagged;

use super::Market;

/// About as long as the counter that is taken where there is one.
const WEEKS: usize = 4;

impl Market {
    /// How much each model was downloaded of late, by place, by the best counter that the
    /// collection has: of the last 30 days, of the last four weeks of flows, or of all time. What is
    /// not known counts as nothing, since this is for the order of lists alone.
    #[must_use]
    pub fn recent_downloads(&self) -> Vec<u64> {
        let read = |kind| self.read(kind).filter(|counts| counts.iter().any(|count| *count > 0));
        read(ReadingKind::Downloads30d)
            .or_else(|| self.flows())
            .or_else(|| read(ReadingKind::DownloadsAllTime))
            .unwrap_or_else(|| vec![0; self.model_count()])
    }

    /// The places of the models, the most downloaded first, and those that are alike by name.
    #[must_use]
    pub fn models_by_downloads(&self, downloads: &[u64]) -> Vec<u32> {
        let mut places: Vec<u32> = (0..self.model_count() as u32).collect();
        let key =
            |place: &u32| (std::cmp::Reverse(downloads[*place as usize]), self.model.label(*place));
        places.sort_unstable_by(|a, b| key(a).cmp(&key(b)));
        places
    }

    fn read(&self, kind: ReadingKind) -> Option<Vec<u64>> {
        let readings = self.panel.readings();
        let of = |model: &u32| readings.as_of(*model as usize, kind, self.data_through);
        let counts = self.panel.order().iter().map(of);
        let known = |count: Option<Option<i64>>| count.flatten().unwrap_or(0).unsigned_abs();
        (!self.instants().is_empty()).then(|| counts.map(known).collect())
    }

    fn flows(&self) -> Option<Vec<u64>> {
        let (_, last) = self.weeks()?;
        let filter = Filter::all(self.model_count());
        let question = FlowQuestion {
            scope: &Scope::new(&self.model, &filter),
            is_first_year: false,
            flagged: Flagged::Include,
            window: WEEKS,
            detail: Detail::Values,
            prepared: None,
        };
        let sums =
            self.panel.over_windows(&question, (last, last), |_, sums| sums.all_parts().to_vec());
        sums.into_iter().next()
    }
}
