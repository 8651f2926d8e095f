//! One part of the models after another, derived and packed.

use std::collections::BTreeSet;

use enrich::attributes::{FAMILIES, Family, Shared, catalogue, give_values};
use enrich::{FACT_COLUMNS, IDENTITY_COLUMNS, Model, ModelRows};
use schema::{Value, ValueType};
use store::{
    BatchBuilder, Column, PartEncoder, Pick, RecordBatch, Table, TablePart, arrow_schema,
    gather_rows, row_fingerprints,
};

use super::described::Described;
use super::earlier::{Earlier, Kept};
use super::{KEY, columns};

/// Few enough that what is known of them stays in the processor's cache.
const MODELS_AT_ONCE: usize = 64;
/// Rows that are packed at once: as many as a page has.
const ROWS_AT_ONCE: usize = 4096;

/// What models are derived with.
pub(super) struct Deriving<'a> {
    models: &'a Table,
    shared: Shared<'a>,
    earlier: Option<&'a Earlier>,
    encoder: PartEncoder,
    /// Families that rest on the model alone.
    alone: Group,
    /// Families that rest on the whole collection, too.
    whole: Group,
}

/// Families whose values are made together.
struct Group {
    families: Vec<Family>,
    columns: Vec<Column>,
    /// The places of the columns in the table.
    places: Vec<usize>,
    /// The columns of the models table that they look at: nothing else of a model needs be read.
    inputs: BTreeSet<&'static str>,
}

/// A part of the models, derived.
pub(super) struct Derived {
    pub attributes: TablePart,
    pub described: Described,
    /// A fingerprint of each model's facts.
    pub fingerprints: Vec<Value>,
    /// Models whose facts are not as they were.
    pub changed: u64,
}

impl<'a> Deriving<'a> {
    pub(super) fn new(
        models: &'a Table,
        shared: Shared<'a>,
        earlier: Option<&'a Earlier>,
        encoder: PartEncoder,
    ) -> Self {
        let alone = Group::of(Family::is_of_model_alone);
        let whole = Group::of(|family| !family.is_of_model_alone());
        Self { models, shared, earlier, encoder, alone, whole }
    }

    /// Derives a part of the models; `None` where it is empty.
    pub(super) fn part(&self, part: usize) -> anyhow::Result<Option<Derived>> {
        let Some(batch) = self.models.read_part(part, None)? else { return Ok(None) };
        let start = self.models.part_start(part);
        let fingerprints = fingerprints(&batch)?;
        let kept = match self.earlier {
            Some(earlier) => earlier.keep(&batch, &fingerprints, &self.alone.columns)?,
            None => Kept::nothing(batch.num_rows()),
        };
        let mut writer = self.encoder.begin()?;
        let mut described = Described::default();
        let mut changed = 0;
        for first in (0..batch.num_rows()).step_by(ROWS_AT_ONCE) {
            let batch = batch.slice(first, ROWS_AT_ONCE.min(batch.num_rows() - first));
            let picks = kept.rows(first, batch.num_rows());
            let (alone, count) = self.alone(&batch, picks, &kept)?;
            changed += count;
            let all = (0..batch.num_rows()).collect::<Vec<_>>();
            let whole = self.derive(&self.whole, &batch, &all, start + first);
            let derived = self.beside(&batch, &alone, &whole);
            described.add(Described::of(&derived));
            writer.write(&derived)?;
        }
        Ok(Some(Derived {
            attributes: writer.finish()?,
            described,
            fingerprints: fingerprints.into_iter().map(Value::from).collect(),
            changed,
        }))
    }

    /// What rests on the models alone, taken over where it is kept; and how many were derived.
    fn alone(
        &self,
        batch: &RecordBatch,
        picks: &[Option<u32>],
        kept: &Kept,
    ) -> anyhow::Result<(RecordBatch, u64)> {
        let is_changed = |row: &usize| picks[*row].is_none();
        let changed: Vec<usize> = (0..batch.num_rows()).filter(is_changed).collect();
        // Where these models lie in the collection does not matter to what rests on them alone.
        let derived = self.derive(&self.alone, batch, &changed, 0);
        let count = changed.len() as u64;
        let Some(earlier) = kept.batch().filter(|_| changed.len() < batch.num_rows()) else {
            return Ok((derived, count));
        };
        let mut derived_rows = 0..;
        let pick = |kept: &Option<u32>| match *kept {
            Some(row) => Some(Pick { source: 0, row }),
            None => derived_rows.next().map(|row| Pick { source: 1, row }),
        };
        let picks: Vec<Option<Pick>> = picks.iter().map(pick).collect();
        let sources = [earlier.clone(), derived];
        Ok((gather_rows(&self.alone.columns, &sources, &picks)?, count))
    }

    /// The values of a group of families, of some rows of a batch; `start` is the place of the
    /// first row in the collection.
    fn derive(
        &self,
        group: &Group,
        batch: &RecordBatch,
        rows: &[usize],
        start: usize,
    ) -> RecordBatch {
        let batch = group.inputs_of(batch);
        let models = ModelRows::of(&batch);
        let mut builder = BatchBuilder::new(&group.columns);
        for (few, start) in rows.chunks(MODELS_AT_ONCE).zip((start..).step_by(MODELS_AT_ONCE)) {
            let few: Vec<Model> = few.iter().map(|row| models.read(*row)).collect();
            give_values(&group.families, &few, start, self.shared, |column, run| {
                builder.extend(column, run.values());
            });
        }
        builder.finish()
    }

    /// The rows of the table: keys, and the columns of both groups in their places.
    fn beside(
        &self,
        models: &RecordBatch,
        alone: &RecordBatch,
        whole: &RecordBatch,
    ) -> RecordBatch {
        let columns = columns();
        let key = models.column_by_name(KEY.name).expect("the models table has a key");
        let mut arrays = vec![key.clone(); columns.len()];
        for (group, batch) in [(&self.alone, alone), (&self.whole, whole)] {
            for (place, array) in group.places.iter().zip(batch.columns()) {
                arrays[*place] = array.clone();
            }
        }
        RecordBatch::try_new(arrow_schema(&columns), arrays).expect("each column in its place")
    }
}

impl Group {
    fn of(belongs: impl Fn(&Family) -> bool) -> Self {
        let inputs = IDENTITY_COLUMNS.iter().map(|(name, _)| *name).collect();
        let mut group =
            Self { families: Vec::new(), columns: Vec::new(), places: Vec::new(), inputs };
        // The first column is the key.
        let mut place = 1;
        for family in FAMILIES {
            let after = place + family.attributes.len();
            if belongs(family) {
                group.families.push(*family);
                group.places.extend(place..after);
                group.inputs.extend(family.attributes.iter().flat_map(|a| a.inputs));
                let column =
                    |a: &schema::Attribute| Column { name: a.name, value_type: a.value_type };
                group.columns.extend(family.attributes.iter().map(column));
            }
            place = after;
        }
        assert_eq!(place, catalogue().count() + 1, "each attribute has a family");
        group
    }

    /// The columns of the models table that the families look at.
    fn inputs_of(&self, models: &RecordBatch) -> RecordBatch {
        let schema = models.schema();
        let fields = schema.fields().iter().enumerate();
        let is_input = |name: &String| self.inputs.contains(name.as_str());
        let wanted = fields.filter(|(_, field)| is_input(field.name())).map(|(place, _)| place);
        models.project(&wanted.collect::<Vec<_>>()).expect("places of columns that are there")
    }
}

/// A fingerprint of all that is said of each model.
fn fingerprints(models: &RecordBatch) -> anyhow::Result<Vec<i64>> {
    let id = Column { name: "model_id", value_type: ValueType::Text };
    let fact = |(name, value_type): &(&'static str, _)| Column { name, value_type: *value_type };
    let columns: Vec<Column> = [id].into_iter().chain(FACT_COLUMNS.iter().map(fact)).collect();
    let fingerprints = row_fingerprints(models, &columns)?;
    Ok(fingerprints.into_iter().map(u64::cast_signed).collect())
}
