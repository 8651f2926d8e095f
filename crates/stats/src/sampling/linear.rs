//! Sums over weighted clusters of which each has a few numbers only.

use crate::sampling::{Resampling, replicate};

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

    /// Adds a cluster by the sums that it adds to, each below the number of columns.
    pub fn push(&mut self, entries: impl IntoIterator<Item = (u32, f64)>) {
        self.entries.extend(entries.into_iter().filter(|(_, value)| *value != 0.0));
        self.begins.push(self.entries.len());
        let of_this = &self.entries[self.begins[self.begins.len() - 2]..];
        debug_assert!(of_this.iter().all(|(column, _)| (*column as usize) < self.columns));
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

    /// The sums without one cluster, out of those of all.
    #[must_use]
    pub fn without(&self, cluster: usize, sums: &[f64]) -> Vec<f64> {
        let mut left = sums.to_vec();
        for (column, value) in &self.entries[self.begins[cluster]..self.begins[cluster + 1]] {
            left[*column as usize] -= value;
        }
        left
    }

    /// What `make` makes of the sums `Σ w·x` of each replicate, in order.
    ///
    /// One draw of weights serves all columns, so that what is made of them is paired.
    /// `docs/methods/resampling.md`.
    pub fn each<T: Send + Default>(
        &self,
        resampling: &Resampling,
        make: impl Fn(&[f64]) -> T + Sync,
    ) -> Vec<T> {
        replicate(self.clusters(), resampling, |weights| {
            let mut sums = vec![0.0; self.columns];
            for (weight, place) in weights.iter().zip(self.begins.windows(2)) {
                if *weight > 0 {
                    let weight = f64::from(*weight);
                    for (column, value) in &self.entries[place[0]..place[1]] {
                        sums[*column as usize] += weight * value;
                    }
                }
            }
            make(&sums)
        })
    }
}
