//! tables → panel: weekly flows of every model, what is odd about them, and what happened to the
//! counters that they come from.

mod events;
mod flags;
mod readings;

use analyze::panel_columns::{self, disagreement_batch, events_batch, restatements_batch};
use analyze::{CELLS, Event, births_of};
use panel::flow::{
    Calibration, Evidence, FlowOptions, FlowWorker, Reconciliation, WindowFlow, with_windows,
};
use panel::stale::{StaleJudge, StaleSurvey, StaleTally};
use panel::{Birth, Cells, CellsBuilder, CounterReading, ModelFlows, Restatement, Span};
use schema::{Instant, Week};
use store::{Draft, Layer, Store, schema_fingerprint};

use super::parallel;
use super::tables::{MODELS, WINDOWS};
use readings::{ModelReadings, Piece, Readings};

const RESTATEMENTS: &str = "restatements.parquet";
/// What holds for a whole collection is learned from so many models, spread evenly.
const MODELS_TO_LEARN_FROM: usize = 50_000;

/// The entries that a panel is made from.
#[derive(Debug, Clone, Copy)]
pub(super) struct From<'a> {
    pub(super) tables: &'a str,
    /// By which models are laid out.
    pub(super) attributes: &'a str,
}

/// Makes the panel of a collection.
pub(super) fn make(
    store: &Store,
    collection: &str,
    From { tables: from, attributes }: From<'_>,
    through: Instant,
    draft: &mut Draft,
) -> anyhow::Result<()> {
    let births = births_of(&store.read_columns(
        Layer::Tables,
        collection,
        from,
        MODELS,
        &["created_at"],
    )?)?;
    let readings = Readings::open(store, collection, from, births.len())?;
    let windows = store.read_table(Layer::Tables, collection, from, WINDOWS)?;
    let windows = panel_columns::windows(&windows)?;
    let making = Making { readings: &readings, births: &births, windows: &windows, through };
    let made = making.flows()?;
    let owners = flags::owners(store, collection, from)?;
    let mut cells = flags::flagged(made.cells, &owners);
    let groupings = analyze::arrangement(store, collection, attributes)?;
    cells.arrange_by(&groupings.iter().collect::<Vec<_>>());
    let cells = cells.finish(&births, through);
    let happened = events::Happened {
        stale: made.judge.events(&made.told.tally),
        restatements: &made.told.restatements,
        counted_models: made.told.counted_models,
    };
    let rule_changes = events::rule_changes(store, collection, from, &cells)?;
    write(draft, &cells, &made.told, &events::by_time(&happened, rule_changes))
}

fn write(draft: &mut Draft, cells: &Cells, told: &Told, events: &[Event]) -> anyhow::Result<()> {
    draft.write_with(CELLS, |sink| cells.write(sink))?;
    let restatements = restatements_batch(&told.restatements);
    let events = events_batch(events);
    let disagreement = told.reconciliation.disagreement().map(events::disagreement);
    let disagreement = disagreement_batch(disagreement.as_ref());
    let fingerprint = schema_fingerprint(&[
        (RESTATEMENTS, &restatements.schema()),
        (analyze::EVENTS, &events.schema()),
        (analyze::DISAGREEMENT, &disagreement.schema()),
    ]);
    draft.write_table(RESTATEMENTS, &[restatements])?;
    draft.write_table(analyze::EVENTS, &[events])?;
    draft.write_table(analyze::DISAGREEMENT, &[disagreement])?;
    draft.describe(|manifest| {
        manifest.row_count = cells.count() as u64;
        manifest.schema_fingerprint = fingerprint;
    });
    Ok(())
}

/// What flows are made from.
struct Making<'a> {
    readings: &'a Readings,
    births: &'a [Birth],
    windows: &'a [(u32, WindowFlow)],
    through: Instant,
}

/// What came of it.
struct Made {
    cells: CellsBuilder,
    told: Told,
    judge: StaleJudge,
}

/// What is told of models beside their cells.
struct Told {
    restatements: Vec<(u32, Restatement)>,
    reconciliation: Reconciliation,
    tally: StaleTally,
    /// Models with a cumulative counter.
    counted_models: u64,
}

impl Told {
    fn new(snapshots: usize) -> Self {
        Self {
            restatements: Vec::new(),
            reconciliation: Reconciliation::default(),
            tally: StaleTally::new(snapshots),
            counted_models: 0,
        }
    }

    fn merge(&mut self, other: Self) {
        self.restatements.extend(other.restatements);
        self.reconciliation.merge(&other.reconciliation);
        self.tally.merge(&other.tally);
        self.counted_models += other.counted_models;
    }
}

impl Making<'_> {
    fn flows(&self) -> anyhow::Result<Made> {
        let judge = self.survey()?.judge();
        let since = self.readings.oldest().unwrap_or(self.through);
        let span = Span { since, through: self.through };
        let options = FlowOptions { span, calibration: self.calibration(&judge)? };
        let mut cells = CellsBuilder::new();
        let mut told = Told::new(self.readings.snapshot_count());
        let pieces = self.readings.pieces();
        let work = |piece: usize, give: &mut dyn FnMut(_)| {
            give(self.flows_of(&pieces[piece], &judge, options)?);
            Ok(())
        };
        parallel::in_order(pieces.len(), work, |(of_piece, told_of_piece)| {
            cells.append(of_piece);
            told.merge(told_of_piece);
            Ok(())
        })?;
        Ok(Made { cells, told, judge })
    }

    fn flows_of(
        &self,
        piece: &Piece,
        judge: &StaleJudge,
        options: FlowOptions,
    ) -> anyhow::Result<(CellsBuilder, Told)> {
        let mut worker = FlowWorker::new(options);
        let mut cells = CellsBuilder::new();
        let mut told = Told::new(self.readings.snapshot_count());
        let (mut flows, mut fresh) = (ModelFlows::default(), Vec::new());
        let last = Week::last_complete(self.through);
        for model in self.readings.read(piece)?.models() {
            let place = model.place;
            judge.fresh(model.readings, model.snapshots, &mut fresh, &mut told.tally);
            told.reconciliation.add(&fresh);
            told.counted_models += u64::from(has_cumulative_counter(&model));
            worker.flows(&fresh, self.births[place], &mut flows);
            let own = self.windows_of(place);
            if !own.is_empty() {
                flows = with_windows(flows, &own, last);
            }
            told.restatements.extend(flows.restatements.iter().map(|fall| (place as u32, *fall)));
            cells.push(&flows);
        }
        Ok((cells, told))
    }

    fn windows_of(&self, place: usize) -> Vec<WindowFlow> {
        let begin = self.windows.partition_point(|(of, _)| (*of as usize) < place);
        let own = self.windows[begin..].iter().take_while(|(of, _)| *of as usize == place);
        own.map(|(_, window)| *window).collect()
    }

    /// What is usual of snapshots, so that what repeats old readings is told from what stands still.
    fn survey(&self) -> anyhow::Result<StaleSurvey> {
        let mut whole = StaleSurvey::new(self.readings.snapshots());
        self.learn(|models| {
            let mut survey = StaleSurvey::new(self.readings.snapshots());
            models.for_each(|model| survey.add(model.readings, model.snapshots));
            survey
        })?
        .iter()
        .for_each(|part| whole.merge(part));
        Ok(whole)
    }

    /// How far intervals have to reach.
    fn calibration(&self, judge: &StaleJudge) -> anyhow::Result<Calibration> {
        let mut whole = Evidence::default();
        self.learn(|models| {
            let mut evidence = Evidence::default();
            let mut fresh: Vec<CounterReading> = Vec::new();
            let mut dropped = StaleTally::new(self.readings.snapshot_count());
            for model in models {
                judge.fresh(model.readings, model.snapshots, &mut fresh, &mut dropped);
                evidence.add(&fresh, self.births[model.place]);
            }
            evidence
        })?
        .iter()
        .for_each(|part| whole.merge(part));
        Ok(whole.calibration())
    }

    /// What is learned of some models in each piece, in the order of pieces.
    fn learn<T: Send>(
        &self,
        learn: impl Fn(&mut dyn Iterator<Item = ModelReadings<'_>>) -> T + Sync,
    ) -> anyhow::Result<Vec<T>> {
        let step = self.births.len().div_ceil(MODELS_TO_LEARN_FROM).max(1);
        let pieces = self.readings.pieces();
        let mut learned = Vec::with_capacity(pieces.len());
        let work = |piece: usize, give: &mut dyn FnMut(T)| {
            let models = self.readings.read(&pieces[piece])?;
            give(learn(&mut models.models().filter(|model| model.place % step == 0)));
            Ok(())
        };
        parallel::in_order(pieces.len(), work, |part| {
            learned.push(part);
            Ok(())
        })?;
        Ok(learned)
    }
}

fn has_cumulative_counter(model: &ModelReadings<'_>) -> bool {
    model.readings.iter().any(|reading| reading.downloads_all_time.is_some())
}
