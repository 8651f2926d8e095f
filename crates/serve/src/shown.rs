//! A collection that can be asked: its release in memory, and what it has.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

use analyze::{Description, Market, Numbers, Period, Query};
use panel::anomaly::Flag;
use schema::{Flagged, Group, Measure, MeasureKind, Statistic, ValueType, Window};
use store::{Seal, Store};
use why::{Former, Kinship, Models, Why};

use crate::claims::Claims;
use crate::economies::Economies;
use crate::figures::{Drawings, no_drawings};
use crate::headlines::Headlines;
use crate::issues::{Issue, issues};
use crate::names::Names;
use crate::refusal::Refusal;
use crate::results::Results;
use crate::view::COUNTING_RULE;

/// With fewer weeks of flows than this, readings say more.
const LEAST_WEEKS: i32 = 8;

/// Attributes whose units and pairs are summed beforehand: what the pages group and filter by.
const PREPARED: [&str; 20] = [
    "country_group",
    "sector",
    "modality",
    "license_family",
    "size_band",
    "country",
    "developer_country_group",
    "developer_sector",
    "uploader",
    "developer",
    "openness_class",
    "training_data",
    "is_license_commercial",
    "role",
    "derivation",
    "library",
    "architecture_family",
    "quantization_method",
    "is_moe",
    "language_primary",
];

/// A collection that can be asked.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) market: Market,
    /// The files that it was loaded from, for what is read of them later.
    pub(crate) seal: Seal,
    /// The measures that it has, in the order of lists.
    pub(crate) measures: Vec<Measure>,
    /// The rules by which its models' downloads are counted, with how many models each counts,
    /// the largest first.
    pub(crate) counting_rules: Vec<(String, u64)>,
    /// How many cells have each flag.
    pub(crate) flag_counts: [(Flag, u64); 4],
    /// What has been asked of it about the paper's claims.
    pub(crate) claims: Claims,
    /// What has been asked of it as results.
    pub(crate) results: Results,
    /// What its owners hold, as was asked about lately.
    pub(crate) economies: Economies,
    /// What is told of it first.
    pub(crate) headlines: Headlines,
    /// It and the releases before it, the newest first.
    pub(crate) issues: Vec<Issue>,
    /// Names that models had before.
    pub(crate) former: Arc<[Former]>,
    /// Drawings that were asked for.
    pub(crate) drawings: Drawings,
    names: OnceLock<Names>,
    /// Numeric attributes that were asked for, by name.
    numbers: Mutex<BTreeMap<String, Arc<Numbers>>>,
    store: Store,
    models: Models,
}

impl Shown {
    pub(crate) fn new(store: &Store, mut market: Market) -> Self {
        market.prepare(&PREPARED);
        let has = |measure: &Measure| match measure.kind() {
            MeasureKind::Flow => market.weeks().is_some(),
            MeasureKind::AsOf => has_reading(&market, *measure),
        };
        Self {
            measures: Measure::ALL.into_iter().filter(has).collect(),
            counting_rules: counting_rules(&market),
            flag_counts: market.flag_counts(),
            claims: Claims::default(),
            results: Results::default(),
            economies: Economies::default(),
            headlines: Headlines::default(),
            issues: issues(store, &market),
            former: why::registered().into(),
            names: OnceLock::new(),
            drawings: no_drawings(),
            numbers: Mutex::default(),
            store: store.clone(),
            seal: Seal::default(),
            models: Models::of(store, &market.release),
            market,
        }
    }

    /// What it has that can be named. Takes a while when it is first wanted; who else wants it
    /// meanwhile waits.
    pub(crate) fn names(&self) -> &Names {
        self.names.get_or_init(|| Names::new(&self.market, &self.former))
    }

    /// The family of a model, which may be named by its id, an id that it had before, or the Hub's.
    pub(crate) fn kinship(&self, model: &str) -> Result<Kinship, Refusal> {
        Ok(why::kinship(self.models()?, model)?)
    }

    /// What is known of a model and why, of one attribute or of all; it is named as above.
    pub(crate) fn why(&self, model: &str, attribute: Option<&str>) -> Result<Why, Refusal> {
        Ok(why::why(self.models()?, model, attribute)?)
    }

    /// Its models as its files have them, which must be those that were checked.
    fn models(&self) -> Result<&Models, Refusal> {
        if !self.seal.is_unbroken() {
            return Err(Refusal::damaged(&self.market.release.collection));
        }
        Ok(&self.models)
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

    /// A numeric attribute of the models, read from the release when it is first wanted.
    pub(crate) fn numbers(&self, attribute: &str) -> analyze::Result<Arc<Numbers>> {
        let known = || self.numbers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(numbers) = known().get(attribute) {
            return Ok(Arc::clone(numbers));
        }
        self.seal.check()?;
        let read = Arc::new(Numbers::read(&self.store, &self.market, attribute)?);
        Ok(Arc::clone(known().entry(attribute.to_owned()).or_insert(read)))
    }

    /// Whether an attribute's values are numbers.
    pub(crate) fn is_numeric(described: &Description) -> bool {
        let types = [ValueType::Integer, ValueType::Number];
        types.iter().any(|one| one.name() == described.value_type)
    }

    /// The numeric attributes that are known of any model, in the order of the catalogue.
    pub(crate) fn numeric(&self) -> impl Iterator<Item = &Description> {
        let is_known = |known: &&Description| Self::is_numeric(known) && known.known_count > 0;
        self.market.attributes.iter().filter(is_known)
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

/// The rules that count any models. A model whose rule is not known is counted by none of them.
fn counting_rules(market: &Market) -> Vec<(String, u64)> {
    let Ok(rules) = market.grouping(&Group::named(COUNTING_RULE)) else { return Vec::new() };
    let mut counts = vec![0_u64; rules.unit_count()];
    (0..rules.model_count()).for_each(|model| counts[rules.code(model) as usize] += 1);
    let mut counted: Vec<(String, u64)> = (0_u32..)
        .zip(counts)
        .filter(|(code, count)| *count > 0 && rules.is_attributed(*code))
        .map(|(code, count)| (rules.label(code).to_owned(), count))
        .collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted
}

/// Whether any model has the counter at the newest reading.
fn has_reading(market: &Market, measure: Measure) -> bool {
    let query = Query {
        statistics: vec![Statistic::Sum],
        measure,
        group: Group::Model,
        conditions: Vec::new(),
        flagged: Flagged::Include,
        period: Period::Newest,
        window: Window::Week,
        top: Some(0),
    };
    let answer = analyze::answer(market, &query);
    answer.is_ok_and(|answer| answer.rows.first().is_some_and(|row| row.estimate.n > 0))
}
