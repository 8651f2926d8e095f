//! What is loaded: every built collection, and why the others are not.

use std::collections::BTreeMap;
use std::sync::Arc;

use analyze::{Market, Period, Query};
use schema::{Group, Measure, MeasureKind, Statistic, Window};
use store::Store;

use crate::Result;
use crate::refusal::Refusal;

/// With fewer weeks of flows than this, readings say more.
const LEAST_WEEKS: i32 = 8;

/// Everything that is shown, in memory; clones share it.
#[derive(Debug, Clone)]
pub struct App {
    collections: Arc<BTreeMap<String, Loaded>>,
}

/// What became of one collection.
#[derive(Debug)]
pub(crate) enum Loaded {
    /// It can be asked.
    Ready(Arc<Shown>),
    /// It has been imported and not built.
    NotBuilt,
    /// Its release could not be read; the reason is for the operator.
    Failed(String),
}

/// A collection that can be asked.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) market: Market,
    /// The measures that it has, in the order of lists.
    pub(crate) measures: Vec<Measure>,
}

/// Loads every built collection of a data directory.
///
/// One that cannot be read does not keep the others from being shown: it is named by
/// [`App::failures`] and on the data page. Fails when the directory itself cannot be listed.
pub fn load(store: &Store) -> Result<App> {
    let mut collections = BTreeMap::new();
    for name in store.collections()? {
        let loaded = match Market::load(store, &name) {
            Ok(market) => Loaded::Ready(Arc::new(Shown::new(market))),
            Err(analyze::Error::NotBuilt { .. }) => Loaded::NotBuilt,
            Err(error) => Loaded::Failed(cause_chain(&error)),
        };
        collections.insert(name, loaded);
    }
    Ok(App { collections: Arc::new(collections) })
}

impl App {
    /// The collections that could not be read, each with the reason, for the operator.
    pub fn failures(&self) -> impl Iterator<Item = (&str, &str)> {
        self.all().filter_map(|(name, loaded)| match loaded {
            Loaded::Failed(reason) => Some((name, reason.as_str())),
            Loaded::Ready(_) | Loaded::NotBuilt => None,
        })
    }

    /// Every collection by name.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &Loaded)> {
        self.collections.iter().map(|(name, loaded)| (name.as_str(), loaded))
    }

    /// The collections that can be asked, by name.
    pub(crate) fn ready(&self) -> impl Iterator<Item = &Arc<Shown>> {
        self.collections.values().filter_map(|loaded| match loaded {
            Loaded::Ready(shown) => Some(shown),
            Loaded::NotBuilt | Loaded::Failed(_) => None,
        })
    }

    /// The collection that is shown when none is named: real before simulated, then the newest
    /// reading, then the most models.
    pub(crate) fn default_collection(&self) -> Option<&Arc<Shown>> {
        self.ready().max_by_key(|shown| {
            let market = &shown.market;
            let is_real = !market.release.is_simulated;
            (is_real, market.data_through, market.model_count())
        })
    }

    /// The collection of this name, or the default one.
    pub(crate) fn collection(
        &self,
        name: Option<&str>,
    ) -> std::result::Result<Arc<Shown>, Refusal> {
        let Some(name) = name else {
            return self.default_collection().cloned().ok_or_else(Refusal::empty);
        };
        match self.collections.get(name) {
            Some(Loaded::Ready(shown)) => Ok(Arc::clone(shown)),
            Some(Loaded::NotBuilt) => Err(Refusal::not_built(name)),
            Some(Loaded::Failed(_)) => Err(Refusal::failed(name)),
            None => Err(Refusal::unknown_collection(name, self.all().map(|(name, _)| name))),
        }
    }
}

impl Shown {
    fn new(market: Market) -> Self {
        let has = |measure: &Measure| match measure.kind() {
            MeasureKind::Flow => market.weeks().is_some(),
            MeasureKind::AsOf => has_reading(&market, *measure),
        };
        Self { measures: Measure::ALL.into_iter().filter(has).collect(), market }
    }

    /// The measure that is shown when none is named: flows if there are enough of them.
    pub(crate) fn default_measure(&self) -> Measure {
        let week_count =
            self.market.weeks().map_or(0, |(first, last)| last.number() - first.number() + 1);
        let preferred =
            if week_count >= LEAST_WEEKS { Measure::Downloads } else { Measure::Models };
        [preferred, Measure::Downloads30d, Measure::DownloadsAllTime]
            .into_iter()
            .find(|measure| *measure != Measure::Models && self.measures.contains(measure))
            .unwrap_or(Measure::Models)
    }

    /// Whether models can be grouped by the attribute and it is known of any.
    pub(crate) fn is_known(&self, attribute: &str) -> bool {
        let mut attributes = self.market.attributes.iter();
        attributes
            .any(|known| known.name == attribute && known.is_groupable && known.known_count > 0)
    }

    /// An attribute's title, or for the group of models theirs.
    pub(crate) fn title_of(&self, group: &Group) -> String {
        let name = group.name();
        let known = self.market.attributes.iter().find(|attribute| attribute.name == name);
        known.map_or_else(|| "Model".to_owned(), |attribute| attribute.title.clone())
    }

    /// Whether the units of a group have an order of their own.
    pub(crate) fn is_ordered(&self, group: &Group) -> bool {
        let mut known = self.market.attributes.iter();
        known.any(|attribute| attribute.name == group.name() && attribute.is_ordered)
    }
}

/// Whether any model has the counter at the newest reading.
fn has_reading(market: &Market, measure: Measure) -> bool {
    let query = Query {
        statistics: vec![Statistic::Sum],
        measure,
        group: Group::Model,
        conditions: Vec::new(),
        period: Period::Newest,
        window: Window::Week,
        top: Some(0),
    };
    let answer = analyze::answer(market, &query);
    answer.is_ok_and(|answer| answer.rows.first().is_some_and(|row| row.estimate.n > 0))
}

fn cause_chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // A transparent error repeats its source.
        if !text.ends_with(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
