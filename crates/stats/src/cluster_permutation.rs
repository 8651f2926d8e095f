//! Whether two groups differ, where their members come in clusters.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

use crate::error::Refusal;
use crate::mean_ratio::MeanPart;
use crate::sum::{Sum, sum};

/// What a cluster, for us an owner with its models, has in each of two groups.
///
/// For a share, `sum` is the weight of the models that have the property.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GroupParts {
    /// In the first group; a weight of 0 where it has none there.
    pub first: MeanPart,
    /// In the second.
    pub second: MeanPart,
}

/// How groups are permuted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PermutationOptions {
    /// How many permutations are drawn; the least p-value is one over one more.
    pub permutations: usize,
    /// The seed; equal seeds give equal permutations.
    pub seed: u64,
}

/// The difference of the weighted means of two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupDifference {
    /// The mean of the first group.
    pub first: f64,
    /// The mean of the second.
    pub second: f64,
    /// The size of the effect: second less first, over the weighted standard deviation of the
    /// clusters about the mean of their group; `None` where they do not differ.
    pub standardized: Option<f64>,
    /// How often a permutation has a difference at least as large on either side, the groups as
    /// they are counted as one more: above 0 to 1.
    pub p_value: f64,
    /// How many clusters have weight.
    pub clusters: usize,
}

impl GroupDifference {
    /// The second mean less the first, in the unit of the values.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.second - self.first
    }
}

/// The fewest clusters that are compared: fewer have too few permutations to be told apart.
const FEWEST_CLUSTERS: usize = 8;
/// The fewest clusters in a group.
const FEWEST_IN_GROUP: usize = 2;

/// Tests whether the weighted means of two groups differ, by permuting whole clusters.
///
/// The clusters of one group only exchange their groups, as many staying in each; a cluster in
/// both exchanges its two parts or does not. Clusters without weight do not count.
/// Refused with fewer than 8 clusters, or fewer than 2 in a group.
/// `docs/methods/cluster-permutation.md`.
pub fn cluster_permutation(
    clusters: &[GroupParts],
    options: &PermutationOptions,
) -> Result<GroupDifference, Refusal> {
    let parts = clusters.iter().flat_map(|cluster| [cluster.first, cluster.second]);
    let are_numbers = |part: MeanPart| part.sum.is_finite() && part.weight.is_finite();
    debug_assert!(parts.clone().all(are_numbers), "a sum or a weight is not a number");
    debug_assert!(parts.clone().all(|part| part.weight >= 0.0), "a weight is negative");
    let sides = Sides::new(clusters);
    sides.refuse_few()?;
    let (first, second) = (sides.first.mean(), sides.second.mean());
    let observed = (second - first).abs();
    // Sums in another order differ in their last digits, and are as large for all that.
    let reached = observed - 1e-12 * (first.abs() + second.abs());
    let mut movable = sides.single.clone();
    let as_large = (0..options.permutations).filter(|&number| {
        let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
        rng.set_stream(number as u64);
        sides.permuted(&mut movable, &mut rng).abs() >= reached
    });
    let p_value = (as_large.count() + 1) as f64 / (options.permutations + 1) as f64;
    let spread = spread(clusters, first, second);
    Ok(GroupDifference {
        first,
        second,
        standardized: (spread > 0.0).then(|| (second - first) / spread),
        p_value,
        clusters: sides.single.len() + sides.both.len(),
    })
}

/// Sums that keep their digits.
#[derive(Clone, Copy, Default)]
struct Total {
    sum: Sum,
    weight: Sum,
}

impl Total {
    fn add(&mut self, part: MeanPart) {
        self.sum.add(part.sum);
        self.weight.add(part.weight);
    }

    fn mean(self) -> f64 {
        self.sum.value() / self.weight.value()
    }
}

/// The clusters by what a permutation can do with them.
struct Sides {
    /// The clusters of one group, those of the first group first.
    single: Vec<MeanPart>,
    /// How many of these are in the first group.
    in_first: usize,
    /// The clusters in both groups.
    both: Vec<GroupParts>,
    first: Total,
    second: Total,
}

impl Sides {
    fn new(clusters: &[GroupParts]) -> Self {
        let (mut ones, mut twos, mut both) = (Vec::new(), Vec::new(), Vec::new());
        let (mut first, mut second) = (Total::default(), Total::default());
        for cluster in clusters {
            match (cluster.first.weight > 0.0, cluster.second.weight > 0.0) {
                (true, false) => ones.push(cluster.first),
                (false, true) => twos.push(cluster.second),
                (true, true) => both.push(*cluster),
                (false, false) => continue,
            }
            first.add(cluster.first);
            second.add(cluster.second);
        }
        let in_first = ones.len();
        ones.extend(twos);
        Self { single: ones, in_first, both, first, second }
    }

    fn refuse_few(&self) -> Result<(), Refusal> {
        let in_second = self.single.len() - self.in_first;
        let smaller = self.in_first.min(in_second) + self.both.len();
        if smaller < FEWEST_IN_GROUP {
            return Err(Refusal::FewClusters { have: smaller, needed: FEWEST_IN_GROUP });
        }
        let have = self.single.len() + self.both.len();
        if have < FEWEST_CLUSTERS {
            return Err(Refusal::FewClusters { have, needed: FEWEST_CLUSTERS });
        }
        Ok(())
    }

    /// The difference of the means after one more permutation.
    fn permuted(&self, single: &mut [MeanPart], rng: &mut ChaCha8Rng) -> f64 {
        let mut sides = [MeanPart::default(); 2];
        let count = single.len();
        for place in 0..count {
            // The first places are filled at random, as cards are dealt; the rest is what is left.
            if place < self.in_first {
                single.swap(place, place + below(count - place, rng));
            }
            add(&mut sides[usize::from(place >= self.in_first)], single[place]);
        }
        for cluster in &self.both {
            let turned = below(2, rng);
            add(&mut sides[turned], cluster.first);
            add(&mut sides[1 - turned], cluster.second);
        }
        sides[1].sum / sides[1].weight - sides[0].sum / sides[0].weight
    }
}

fn add(side: &mut MeanPart, part: MeanPart) {
    side.sum += part.sum;
    side.weight += part.weight;
}

/// A number below `count`; the high half of a product maps 32 random bits onto them.
fn below(count: usize, rng: &mut ChaCha8Rng) -> usize {
    ((u64::from(rng.next_u32()) * count as u64) >> 32) as usize
}

/// The weighted standard deviation of the clusters' means about the mean of their group.
fn spread(clusters: &[GroupParts], first: f64, second: f64) -> f64 {
    let parts = clusters.iter().flat_map(|parts| [(parts.first, first), (parts.second, second)]);
    let parts = parts.filter(|(part, _)| part.weight > 0.0);
    let weight = sum(parts.clone().map(|(part, _)| part.weight));
    let apart =
        |(part, mean): (MeanPart, f64)| part.weight * (part.sum / part.weight - mean).powi(2);
    (sum(parts.map(apart)) / weight).sqrt()
}
