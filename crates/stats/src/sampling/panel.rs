//! Sums of weighted clusters in every period at once.

use std::ops::Range;
use std::sync::Mutex;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView1, ArrayView2, ArrayViewMut2, Axis, Slice};

use crate::concentration::MONOPOLY;
use crate::sampling::Resampling;

/// Replicates that share one pass through the panel.
const CHUNK: usize = 125;
/// Clusters whose rows are at hand at once, so that they stay in the cache.
const BLOCK: usize = 256;

/// What each cluster had in each period, and the group it belongs to.
#[derive(Debug, Clone, Copy)]
pub struct ClusterPanel<'a> {
    /// A row of `periods` numbers for each cluster.
    pub values: &'a [f64],
    /// How many periods a row has.
    pub periods: usize,
    /// The group of each cluster, from 0; empty where all are of one group.
    pub groups: &'a [usize],
    /// Whether squares are summed too, as the concentration of clusters asks.
    pub with_squares: bool,
}

/// The sums of each replicate by group and period.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightedSums {
    /// How many replicates there are.
    pub replicates: usize,
    /// How many groups there are.
    pub groups: usize,
    /// How many periods there are.
    pub periods: usize,
    /// Σ w·x, by replicate, then group, then period.
    pub sums: Vec<f64>,
    /// Σ w·x² in the same order; empty where they were not asked for.
    pub squares: Vec<f64>,
}

impl WeightedSums {
    /// Σ w·x of a group in a period.
    #[must_use]
    pub fn sum(&self, replicate: usize, group: usize, period: usize) -> f64 {
        self.sums[self.at(replicate, group, period)]
    }

    /// Σ w·x of all groups in a period.
    #[must_use]
    pub fn total(&self, replicate: usize, period: usize) -> f64 {
        (0..self.groups).map(|group| self.sum(replicate, group, period)).sum()
    }

    /// The share of a group, 0 to 1; `None` where the replicate has no mass in the period.
    #[must_use]
    pub fn share(&self, replicate: usize, group: usize, period: usize) -> Option<f64> {
        let total = self.total(replicate, period);
        (total > 0.0).then(|| self.sum(replicate, group, period) / total)
    }

    /// [`crate::hhi`] of all clusters, each copy being a unit of its own; `None` where the
    /// replicate has no mass in the period, or squares were not asked for.
    #[must_use]
    pub fn hhi(&self, replicate: usize, period: usize) -> Option<f64> {
        let total = self.total(replicate, period);
        let groups = 0..self.groups;
        let squares: Option<f64> = groups
            .map(|group| self.squares.get(self.at(replicate, group, period)).copied())
            .sum::<Option<f64>>();
        squares.filter(|_| total > 0.0).map(|squares| MONOPOLY * (squares / total / total))
    }

    fn at(&self, replicate: usize, group: usize, period: usize) -> usize {
        (replicate * self.groups + group) * self.periods + period
    }
}

/// Σ w·x, and Σ w·x² where asked for, of every replicate in every group and period.
///
/// One draw of weights serves all periods, so that changes between them are paired.
/// It is a product of matrices, weights times values, block by block, without the periods in
/// which a block has nothing; for 1,000 replicates of 200,000 clusters by 270 periods see the page.
/// Values whose sums are integers below 2^53 give exact sums.
/// `docs/methods/resampling.md`.
#[must_use]
pub fn weighted_sums(panel: &ClusterPanel<'_>, resampling: &Resampling) -> WeightedSums {
    let order = Order::new(panel);
    let groups = order.groups;
    let (periods, replicates) = (panel.periods, resampling.replicates);
    let cells = groups * periods;
    let mut sums = vec![0.0; replicates * cells];
    let mut squares = vec![0.0; if panel.with_squares { replicates * cells } else { 0 }];
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut rest = &mut squares[..];
    for (number, sums) in sums.chunks_mut((CHUNK * cells).max(1)).enumerate() {
        let (squares, after) = rest.split_at_mut(sums.len().min(rest.len()));
        rest = after;
        parts.push(Part { first: number * CHUNK, sums, squares });
    }
    let parts = Mutex::new(parts);
    std::thread::scope(|scope| {
        for _ in 0..resampling.threads.max(1) {
            scope.spawn(|| {
                let next = || parts.lock().expect("no thread fails while it takes a part").pop();
                while let Some(mut part) = next() {
                    part.fill(panel, &order, resampling);
                }
            });
        }
    });
    WeightedSums { replicates, groups, periods, sums, squares }
}

/// Some clusters of a group, and the periods beside which all of them have nothing.
struct Block {
    group: usize,
    /// Where in the order they are, at most [`BLOCK`] of them.
    clusters: Range<usize>,
    periods: Range<usize>,
}

/// The clusters that have anything, in the order of their groups and of their first periods.
///
/// So each product is of one group, and leaves out the periods before its owners came.
struct Order {
    clusters: Vec<usize>,
    blocks: Vec<Block>,
    groups: usize,
}

impl Order {
    fn new(panel: &ClusterPanel<'_>) -> Self {
        let count = panel.values.len() / panel.periods.max(1);
        assert_eq!(count * panel.periods, panel.values.len(), "each cluster has a row");
        assert!(panel.groups.is_empty() || panel.groups.len() == count, "each has a group");
        let group_of = |cluster: usize| panel.groups.get(cluster).copied().unwrap_or(0);
        let mut rows: Vec<(usize, Range<usize>, usize)> = Vec::with_capacity(count);
        for (cluster, values) in panel.values.chunks(panel.periods.max(1)).enumerate() {
            if let Some(first) = values.iter().position(|&value| value != 0.0) {
                let last = values.iter().rposition(|&value| value != 0.0).unwrap_or(first);
                rows.push((group_of(cluster), first..last + 1, cluster));
            }
        }
        rows.sort_unstable_by_key(|(group, periods, cluster)| {
            (*group, periods.start, periods.end, *cluster)
        });
        let mut blocks = Vec::new();
        let mut begin = 0;
        for of_group in rows.chunk_by(|a, b| a.0 == b.0) {
            for block in of_group.chunks(BLOCK) {
                let last = block.iter().map(|(_, periods, _)| periods.end).max();
                blocks.push(Block {
                    group: block[0].0,
                    clusters: begin..begin + block.len(),
                    periods: block[0].1.start..last.unwrap_or(0),
                });
                begin += block.len();
            }
        }
        let groups = panel.groups.iter().max().map_or(1, |last| last + 1);
        Self { clusters: rows.into_iter().map(|(_, _, cluster)| cluster).collect(), blocks, groups }
    }
}

/// The replicates that share a pass, and where their sums go.
struct Part<'a> {
    first: usize,
    sums: &'a mut [f64],
    squares: &'a mut [f64],
}

impl Part<'_> {
    /// Adds up all blocks.
    fn fill(&mut self, panel: &ClusterPanel<'_>, order: &Order, resampling: &Resampling) {
        let periods = panel.periods;
        let width = order.groups * periods;
        let replicates = self.sums.len() / width;
        let clusters = panel.values.len() / periods;
        let drawn = draw(self.first, replicates, clusters, order, resampling);
        let mut weights = Array2::<f64>::zeros((replicates, BLOCK));
        let mut rows = Array2::<f64>::zeros((BLOCK, periods));
        for block in &order.blocks {
            let own = &order.clusters[block.clusters.clone()];
            let mut rows = rows.slice_axis_mut(Axis(0), Slice::from(..own.len()));
            let mut rows = rows.slice_axis_mut(Axis(1), Slice::from(..block.periods.len()));
            for (mut row, &cluster) in rows.rows_mut().into_iter().zip(own) {
                let values = &panel.values[cluster * periods..][block.periods.clone()];
                row.assign(&ArrayView1::from(values));
            }
            let mut weights = weights.slice_axis_mut(Axis(1), Slice::from(..own.len()));
            let of_replicates = drawn.chunks(order.clusters.len());
            for (mut row, drawn) in weights.rows_mut().into_iter().zip(of_replicates) {
                let drawn = ArrayView1::from(&drawn[block.clusters.clone()]);
                row.zip_mut_with(&drawn, |weight, &drawn| *weight = f64::from(drawn));
            }
            let begin = block.group * periods + block.periods.start;
            let columns = Slice::from(begin..begin + block.periods.len());
            add_product(self.sums, width, columns, &weights.view(), &rows.view());
            if panel.with_squares {
                rows.mapv_inplace(|value| value * value);
                add_product(self.squares, width, columns, &weights.view(), &rows.view());
            }
        }
    }
}

/// The weights of some replicates in the given order of clusters, a row for each.
///
/// A byte holds them: a weight above 255 is rarer than one in 10^500.
fn draw(
    first: usize,
    replicates: usize,
    clusters: usize,
    order: &Order,
    resampling: &Resampling,
) -> Vec<u8> {
    let width = order.clusters.len();
    let mut drawn = vec![0; replicates * width];
    let mut by_cluster = vec![0; clusters];
    for (row, drawn) in drawn.chunks_mut(width.max(1)).enumerate() {
        resampling.draw(first + row, &mut by_cluster);
        for (weight, &cluster) in drawn.iter_mut().zip(&order.clusters) {
            *weight = u8::try_from(by_cluster[cluster]).unwrap_or(u8::MAX);
        }
    }
    drawn
}

/// Adds `weights · rows` to some columns of `sums`, which has rows of `width` numbers.
fn add_product(
    sums: &mut [f64],
    width: usize,
    columns: Slice,
    weights: &ArrayView2<'_, f64>,
    rows: &ArrayView2<'_, f64>,
) {
    let replicates = sums.len() / width;
    let mut sums = ArrayViewMut2::from_shape((replicates, width), sums)
        .expect("the shape is that of the slice");
    general_mat_mul(1.0, weights, rows, 1.0, &mut sums.slice_axis_mut(Axis(1), columns));
}
