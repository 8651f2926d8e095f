//! How much each model of a collection was used, over time and beside the others.

mod history;
mod ranks;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, UInt32Type};
use arrow_array::{Array, PrimitiveArray, RecordBatch};
use schema::Instant;

pub use history::History;
use history::Seen;
use ranks::Ranks;
pub use ranks::Standing;

/// The columns of the readings table that popularity needs.
pub const POPULARITY_COLUMNS: [&str; 5] =
    ["model", "at_ms", "downloads_30d", "downloads_all_time", "likes"];

/// What the readings of a collection say of each of its models.
#[derive(Debug, Clone, Default)]
pub struct Popularity {
    histories: Vec<History>,
    downloads_30d: Ranks,
    downloads_all_time: Ranks,
    likes: Ranks,
}

impl Popularity {
    /// What the readings say of the model at a place; `None` where there are none of it.
    #[must_use]
    pub fn of(&self, place: usize) -> Option<&History> {
        self.histories.get(place).filter(|history| history.reading_count > 0)
    }

    /// Where the model stands by its newest 30-day sum.
    #[must_use]
    pub fn by_downloads_30d(&self, place: usize) -> Option<Standing> {
        self.downloads_30d.of(place)
    }

    /// Where the model stands by its newest cumulative counter.
    #[must_use]
    pub fn by_downloads_all_time(&self, place: usize) -> Option<Standing> {
        self.downloads_all_time.of(place)
    }

    /// Where the model stands by its newest likes.
    #[must_use]
    pub fn by_likes(&self, place: usize) -> Option<Standing> {
        self.likes.of(place)
    }
}

/// Takes the readings of a collection, sorted by model and instant.
#[derive(Debug)]
pub struct PopularityReader {
    births: Vec<Option<Instant>>,
    histories: Vec<History>,
    /// The readings of the model that is being read.
    of_model: (usize, Vec<Seen>),
}

impl PopularityReader {
    /// Begins; when each model came to be is needed to know its first year.
    #[must_use]
    pub fn new(births: Vec<Option<Instant>>) -> Self {
        let histories = vec![History::default(); births.len()];
        Self { births, histories, of_model: (0, Vec::new()) }
    }

    /// Takes the next readings, a batch with the [`POPULARITY_COLUMNS`] in their order.
    ///
    /// # Panics
    ///
    /// When the columns are others.
    pub fn add_batch(&mut self, batch: &RecordBatch) {
        let model = batch.column(0).as_primitive::<UInt32Type>();
        let integers = |column: usize| batch.column(column).as_primitive::<Int64Type>();
        let (at, [sum, all, likes]) = (integers(1), [2, 3, 4].map(integers));
        for row in 0..batch.num_rows() {
            let place = model.value(row) as usize;
            if place != self.of_model.0 {
                self.close();
                self.of_model.0 = place;
            }
            self.of_model.1.push(Seen {
                at: Instant::from_millis(at.value(row)),
                downloads_30d: known(sum, row),
                downloads_all_time: known(all, row),
                likes: known(likes, row),
            });
        }
    }

    /// Ends, and ranks the models.
    #[must_use]
    pub fn finish(mut self) -> Popularity {
        self.close();
        let histories = self.histories;
        let ranks = |value: fn(&History) -> Option<i64>| Ranks::new(histories.iter().map(value));
        Popularity {
            downloads_30d: ranks(|history| history.downloads_30d),
            downloads_all_time: ranks(|history| history.downloads_all_time),
            likes: ranks(|history| history.likes),
            histories,
        }
    }

    fn close(&mut self) {
        let (place, readings) = &mut self.of_model;
        if let Some(history) = self.histories.get_mut(*place)
            && !readings.is_empty()
        {
            *history = History::of(readings, self.births[*place]);
        }
        readings.clear();
    }
}

fn known(column: &PrimitiveArray<Int64Type>, row: usize) -> Option<i64> {
    column.is_valid(row).then(|| column.value(row))
}

#[cfg(test)]
pub(crate) use tests::{Row, read as read_for_tests_of, read_sums as read_for_tests};

#[cfg(test)]
mod tests;
