//! Of what results are asked, and how.

use schema::{CalendarPeriod, Flagged, Group, Measure, MeasureKind, Statistic, Window};
use stats::Resampling;
use store::Store;

use crate::claims::Asker;
use crate::{Condition, Market, Period, Query, Result};

use super::Spans;

/// Whose a model is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Attribution {
    /// The owner of the repository.
    #[default]
    Uploader,
    /// The owner of the root of its lineage.
    Developer,
}

/// How results are asked.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What is counted; flows of downloads, or the first reading of them that there is, if none.
    pub measure: Option<Measure>,
    /// Whose a model is.
    pub attribution: Attribution,
    /// The periods; years, quarters or months that the collection reaches into if none.
    pub periods: Vec<CalendarPeriod>,
    /// Which models; all conditions hold.
    pub conditions: Vec<Condition>,
    /// How sampling intervals are drawn.
    pub draws: Option<Resampling>,
}

/// A market, with what was read for it and how results are asked of it.
pub struct Context<'a> {
    pub(crate) asker: Asker<'a>,
    pub(crate) market: &'a Market,
    /// What is counted.
    pub measure: Measure,
    pub(crate) attribution: Attribution,
    pub(crate) periods: Vec<CalendarPeriod>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) draws: Resampling,
    few: std::cell::OnceCell<bool>,
}

/// The effective number of owners below which a draw of them says too little for a test.
const LEAST_OWNERS: f64 = 10.0;
/// What is said where no test is made.
pub(crate) const FEW_OWNERS: &str = "no change is tested: by their shares the owners come to fewer than ten equal ones, of which no \
     draw says what is luck";

impl<'a> Context<'a> {
    /// Asks a market, whose attributes are in a store.
    #[must_use]
    pub fn new(store: &'a Store, market: &'a Market, options: Options) -> Self {
        Self {
            asker: Asker::new(store, market),
            market,
            measure: options.measure.unwrap_or_else(|| usual_measure(market)),
            attribution: options.attribution,
            periods: options.periods,
            conditions: options.conditions,
            draws: options.draws.unwrap_or_else(crate::usual_draws),
            few: std::cell::OnceCell::new(),
        }
    }

    /// Takes numeric attributes that need not be read, as those of a market that was put together.
    #[must_use]
    pub fn with_numbers(self, numbers: impl IntoIterator<Item = crate::Numbers>) -> Self {
        numbers.into_iter().for_each(|numbers| self.asker.know(numbers));
        self
    }

    /// The group of owners.
    pub(crate) fn owner(&self) -> &'static str {
        match self.attribution {
            Attribution::Uploader => "uploader",
            Attribution::Developer => "developer",
        }
    }

    /// Whether at the beginning or at the end the owners are too few, by their shares, for a draw
    /// of them to say what is luck.
    pub(crate) fn has_few_owners(&self) -> Result<bool> {
        if let Some(few) = self.few.get() {
            return Ok(*few);
        }
        let query = self.query(self.owner(), vec![Statistic::EffectiveNumber]);
        let mut few = false;
        for query in self.spans(&query)?.ends().queries() {
            let rows = crate::answer(self.market, &query)?.rows;
            let number = rows.first().and_then(|row| row.estimate.value);
            few |= number.is_none_or(|number| number < LEAST_OWNERS);
        }
        Ok(*self.few.get_or_init(|| few))
    }

    /// The group that stands for one of uploaders by the attribution.
    pub(crate) fn group(&self, group: &str) -> Group {
        let is_of_developers = self.attribution == Attribution::Developer;
        Group::named(&crate::claims::owned_by(group, is_of_developers))
    }

    /// A question of the newest time.
    pub(crate) fn query(&self, group: &str, statistics: Vec<Statistic>) -> Query {
        Query {
            statistics,
            measure: self.measure,
            group: self.group(group),
            conditions: self.conditions.clone(),
            flagged: Flagged::Include,
            period: Period::Newest,
            window: Window::Week,
            top: None,
        }
    }

    /// The spans that results are told of.
    pub(crate) fn spans(&self, query: &Query) -> Result<Spans> {
        Spans::of(self.market, query, &self.periods)
    }
}

/// The least weeks of flows that results are told of; of fewer, readings tell more.
const LEAST_WEEKS: i32 = 8;

/// Flows where there are weeks enough of them, and else the first counter of downloads that there is.
fn usual_measure(market: &Market) -> Measure {
    let weeks = market.weeks().map_or(0, |(first, last)| last.number() - first.number() + 1);
    let has = |measure: &&Measure| {
        if measure.kind() == MeasureKind::Flow && weeks < LEAST_WEEKS {
            return false;
        }
        let query = Query {
            statistics: vec![Statistic::Sum],
            measure: **measure,
            group: Group::Model,
            conditions: Vec::new(),
            flagged: Flagged::Include,
            period: Period::Newest,
            window: Window::Week,
            top: Some(0),
        };
        let rows = crate::answer(market, &query).map(|answer| answer.rows).unwrap_or_default();
        rows.iter().any(|row| row.estimate.value.is_some())
    };
    crate::indicators::DOWNLOADS.iter().find(has).copied().unwrap_or(Measure::Downloads)
}
