//! A simulated history as a market.

use analyze::results::{Answered, Context, Described, Found, Line, Options, with_sampling};
use analyze::{Market, MarketParts, Numbers, Query, Row};
use panel::{Cell, CellsBuilder, Grouping, ModelFlows};
use schema::{CellState, Week};
use simulate::{History, HistoryModel, HistoryOptions, Scenario, history};
use stats::Resampling;
use store::Store;

/// A history with its market.
pub(crate) struct Known {
    pub(crate) history: History,
    market: Market,
    numbers: Vec<Numbers>,
    store: Store,
    _folder: tempfile::TempDir,
}

impl Known {
    /// The four years of a seed.
    pub(crate) fn new(seed: u64, owners: u32, scenario: Scenario) -> Self {
        let history = history(&HistoryOptions::four_years(seed, owners, scenario));
        let market = market(&history);
        let number = |of: fn(&HistoryModel) -> u64| -> Vec<Option<f64>> {
            history.models.iter().map(|model| Some(of(model) as f64)).collect()
        };
        let numbers = vec![
            Numbers::of_values(&market, "parameters", &number(|model| model.parameters)),
            Numbers::of_values(
                &market,
                "parameters_active",
                &number(|model| model.parameters_active),
            ),
        ];
        let folder = tempfile::tempdir().expect("a folder can be made");
        let store = Store::create(folder.path()).expect("a store can be made");
        Self { history, market, numbers, store, _folder: folder }
    }

    /// What a result comes to with so many draws.
    pub(crate) fn found(&self, name: &str, draws: usize) -> Found {
        let draws = Resampling { replicates: draws, ..analyze::usual_draws() };
        let options = Options { draws: Some(draws), ..Options::default() };
        let context =
            Context::new(&self.store, &self.market, options).with_numbers(self.numbers.clone());
        let Answered { found, .. } =
            Described::named(name).and_then(|result| result.answer(&context)).expect("it is asked");
        found.unwrap_or_else(|reason| panic!("{name} was not asked: {reason}"))
    }

    /// The rows of a question, with sampling intervals of so many draws.
    pub(crate) fn sampled(&self, query: &Query, draws: usize) -> Vec<Row> {
        self.try_sampled(query, draws).expect("it can be drawn")
    }

    /// The same, or why not.
    pub(crate) fn try_sampled(&self, query: &Query, draws: usize) -> analyze::Result<Vec<Row>> {
        let draws = Resampling { replicates: draws, ..analyze::usual_draws() };
        let options = Options { draws: Some(draws), ..Options::default() };
        let context = Context::new(&self.store, &self.market, options);
        let mut rows = analyze::answer(&self.market, query)?.rows;
        with_sampling(&context, query, &mut rows)?;
        Ok(rows)
    }

    /// The market of the history.
    pub(crate) fn market(&self) -> &Market {
        &self.market
    }

    /// A numeric attribute of its models.
    pub(crate) fn number(&self, name: &str) -> &Numbers {
        self.numbers.iter().find(|one| one.attribute == name).expect("it is known")
    }

    /// The unit of a model in one of the groups of the market.
    pub(crate) fn unit(&self, model: &HistoryModel, group: &str) -> String {
        let owner = &self.history.owners[model.owner as usize];
        let yes = |is: bool| if is { "yes" } else { "no" };
        let unit = match group {
            "uploader" => &owner.name,
            "country_group" => owner.country_group,
            "is_moe" => yes(model.is_moe),
            "is_quantized" => yes(model.is_quantized),
            "is_multimodal" => yes(model.is_multimodal),
            "openness_class" => model.openness_class,
            "training_data" => model.training_data,
            "role" => model.role,
            other => panic!("no test asks for {other}"),
        };
        unit.to_owned()
    }

    /// The Monday of a week of the history, in days since 1970.
    pub(crate) fn monday(&self, week: u32) -> f64 {
        let week = self.history.options.first_week.plus(week as i32);
        f64::from(week.monday().epoch_days())
    }
}

/// The one line that a test is about.
pub(crate) fn line<'a>(found: &'a Found, what: &str, unit: Option<&str>) -> &'a Line {
    let is_it = |line: &&Line| line.what.name() == what && line.unit.as_deref() == unit;
    found.lines.iter().find(is_it).unwrap_or_else(|| panic!("no {what} of {unit:?}: {found:#?}"))
}

fn market(history: &History) -> Market {
    let first = history.options.first_week;
    let week = |place: u32| first.plus(place as i32);
    let text = |of: &dyn Fn(&HistoryModel) -> String| {
        let values: Vec<Option<String>> =
            history.models.iter().map(|model| Some(of(model))).collect();
        Grouping::by_value(&values, "unreviewed", "unknown")
    };
    let mut cells = CellsBuilder::new();
    history.models.iter().for_each(|model| cells.push(&flows(model, first)));
    let owner = |model: &HistoryModel| &history.owners[model.owner as usize];
    let yes = |is: bool| if is { "yes" } else { "no" };
    let developer = |model: &HistoryModel| {
        let root = model.root.map_or(model, |root| &history.models[root as usize]);
        owner(root).name.as_str().to_owned()
    };
    let root = |model: &HistoryModel| {
        model.root.map_or_else(|| model.id.clone(), |root| history.models[root as usize].id.clone())
    };
    Market::of_parts(MarketParts {
        collection: "history".to_owned(),
        ids: history.models.iter().map(|model| model.id.clone()).collect(),
        births: history.models.iter().map(|model| week(model.first_week).start()).collect(),
        flows: cells,
        through: week(history.options.weeks).start(),
        attributes: vec![
            ("uploader", text(&|model| owner(model).name.clone())),
            ("country", text(&|model| owner(model).country.to_owned())),
            ("country_group", text(&|model| owner(model).country_group.to_owned())),
            ("sector", text(&|model| owner(model).sector.to_owned())),
            ("developer", text(&developer)),
            ("family", text(&root)),
            ("is_moe", text(&|model| yes(model.is_moe).to_owned())),
            ("is_quantized", text(&|model| yes(model.is_quantized).to_owned())),
            ("is_multimodal", text(&|model| yes(model.is_multimodal).to_owned())),
            ("openness_class", text(&|model| model.openness_class.to_owned())),
            ("training_data", text(&|model| model.training_data.to_owned())),
            ("license_family", text(&|model| model.license_family.to_owned())),
            ("role", text(&|model| model.role.to_owned())),
        ],
    })
}

fn flows(model: &HistoryModel, first: Week) -> ModelFlows {
    let cell = |(place, downloads): (usize, &u32)| {
        let week = first.plus((model.first_week as usize + place) as i32);
        let value = f64::from(*downloads);
        Cell { value, low: value, high: value, state: CellState::Observed, ..Cell::missing(week) }
    };
    let cells = model.downloads.iter().enumerate().map(cell).collect();
    ModelFlows { cells, ..ModelFlows::default() }
}
