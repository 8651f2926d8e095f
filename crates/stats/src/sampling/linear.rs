//! Sums over weighted clusters of which each has a few numbers only.

use std::borrow::Cow;

use crate::sampling::{Resampling, Weights, replicate};

/// The part of the variance of a sum that clusters too small to matter come to at most.
const NEGLIGIBLE: f64 = 1e-4;

/// Clusters of which each adds to a few of many sums: an owner to those of its country and the
/// years in which it had models.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearParts {
    columns: usize,
    /// Where the entries of each cluster begin, and where the last ones end.
    begins: Vec<usize>,
    entries: Vec<(u32, f64)>,
}

impl LinearParts {
    /// No clusters yet, that add to so many sums.
    #[must_use]
    pub fn new(columns: usize) -> Self {
        Self { columns, begins: vec![0], entries: Vec::new() }
    }

    /// Adds a cluster by the sums that it adds to, each below the number of columns; what is said
    /// twice of a column is added up.
    pub fn push(&mut self, entries: impl IntoIterator<Item = (u32, f64)>) {
        let begin = self.entries.len();
        self.entries.extend(entries.into_iter().filter(|(_, value)| *value != 0.0));
        let of_this = &mut self.entries[begin..];
        debug_assert!(of_this.iter().all(|(column, _)| (*column as usize) < self.columns));
        of_this.sort_unstable_by_key(|(column, _)| *column);
        let mut end = begin;
        for at in begin..self.entries.len() {
            let entry = self.entries[at];
            if end > begin && self.entries[end - 1].0 == entry.0 {
                self.entries[end - 1].1 += entry.1;
            } else {
                self.entries[end] = entry;
                end += 1;
            }
        }
        self.entries.truncate(end);
        self.begins.push(end);
    }

    /// How many clusters there are.
    #[must_use]
    pub fn clusters(&self) -> usize {
        self.begins.len() - 1
    }

    /// How many sums there are.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The sums with every cluster once.
    #[must_use]
    pub fn sums(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.columns];
        for (column, value) in &self.entries {
            sums[*column as usize] += value;
        }
        sums
    }

    /// The clusters that matter, and the sums of all others.
    ///
    /// The variance of a drawn sum is that of its clusters, `Σ x²`. In each column the smallest
    /// are left out of the draws as long as they come to at most [`NEGLIGIBLE`] of it; a cluster
    /// that is small in all of its columns is there once in every draw.
    /// Of an economy with a heavy tail few owners remain.
    fn settled(&self) -> (Vec<f64>, Cow<'_, Self>) {
        let mut of_column: Vec<Vec<f64>> = vec![Vec::new(); self.columns];
        for (column, value) in &self.entries {
            of_column[*column as usize].push(value * value);
        }
        let least: Vec<f64> = of_column.into_iter().map(least_that_matters).collect();
        let of = |cluster: usize| &self.entries[self.begins[cluster]..self.begins[cluster + 1]];
        let matters = |cluster: &usize| {
            of(*cluster).iter().any(|(column, value)| value * value >= least[*column as usize])
        };
        let mut kept = Self::new(self.columns);
        let mut settled = vec![0.0; self.columns];
        for cluster in 0..self.clusters() {
            if matters(&cluster) {
                kept.entries.extend_from_slice(of(cluster));
                kept.begins.push(kept.entries.len());
            } else {
                for (column, value) in of(cluster) {
                    settled[*column as usize] += value;
                }
            }
        }
        (settled, Cow::Owned(kept))
    }

    /// What `make` makes of the sums `Σ w·x` of each replicate, in order.
    ///
    /// One draw of weights serves all columns, so that what is made of them is paired.
    /// Clusters that are too small to matter in any column are there once in each draw: together
    /// they come to at most 1/10,000 of the variance of each sum.
    /// `docs/methods/resampling.md`.
    pub fn each<T: Send + Default>(
        &self,
        resampling: &Resampling,
        make: impl Fn(&[f64]) -> T + Sync,
    ) -> Vec<T> {
        // With weights of a multinomial the number of all clusters is fixed, so none is set apart.
        let (settled, drawn) = match resampling.weights {
            Weights::Poisson => self.settled(),
            Weights::Multinomial => (vec![0.0; self.columns], Cow::Borrowed(self)),
        };
        replicate(drawn.clusters(), resampling, |weights| {
            let mut sums = settled.clone();
            for (weight, place) in weights.iter().zip(drawn.begins.windows(2)) {
                if *weight > 0 {
                    let weight = f64::from(*weight);
                    for (column, value) in &drawn.entries[place[0]..place[1]] {
                        sums[*column as usize] += weight * value;
                    }
                }
            }
            make(&sums)
        })
    }
}

/// The least square of those that are drawn; infinite where there are none.
fn least_that_matters(mut squares: Vec<f64>) -> f64 {
    squares.sort_unstable_by(f64::total_cmp);
    let spare = NEGLIGIBLE * squares.iter().sum::<f64>();
    let mut up_to = 0.0;
    let first = squares.iter().position(|square| {
        up_to += square;
        up_to > spare
    });
    first.map_or(f64::INFINITY, |first| squares[first])
}
