//! How many copies of each cluster a replicate has.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng as _, SeedableRng as _};

/// The law by which a replicate weighs the clusters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Each cluster is there a Poisson number of times, with mean 1, whatever the others are
    /// (Hanley and MacGibbon 2006). For ratios it agrees with [`Weights::Multinomial`]; a total
    /// varies more, since the number of clusters is drawn too.
    Poisson,
    /// As many clusters as there are, drawn with replacement (Efron 1979).
    Multinomial,
}

/// How to resample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resampling {
    /// The law of the weights.
    pub weights: Weights,
    /// How many replicates.
    pub replicates: usize,
    /// The seed; equal seeds give equal weights.
    pub seed: u64,
    /// How many threads share the work, at least 1; they change nothing in the result.
    pub threads: usize,
}

impl Resampling {
    /// Writes the weight of each cluster in a replicate, numbered from 0.
    pub fn draw(&self, replicate: usize, weights: &mut [u16]) {
        let mut rng = ChaCha8Rng::seed_from_u64(self.seed);
        rng.set_stream(replicate as u64);
        match self.weights {
            Weights::Poisson => {
                // Many points at a time: the generator and the comparisons then run side by side.
                let mut bytes = [0; 4 * 256];
                for weights in weights.chunks_mut(256) {
                    let bytes = &mut bytes[..4 * weights.len()];
                    rng.fill_bytes(bytes);
                    let (words, _) = bytes.as_chunks();
                    for (weight, word) in weights.iter_mut().zip(words) {
                        *weight = poisson(u32::from_le_bytes(*word));
                    }
                }
            }
            Weights::Multinomial => {
                weights.fill(0);
                let n = weights.len() as u64;
                for _ in 0..n {
                    // The high half of a product maps 32 random bits onto 0..n.
                    let drawn = (u64::from(rng.next_u32()) * n) >> 32;
                    let weight = &mut weights[drawn as usize];
                    *weight = weight.saturating_add(1);
                }
            }
        }
    }
}

/// The Poisson number, with mean 1, at a point of its distribution function in 2^-32.
fn poisson(point: u32) -> u16 {
    // P(W <= k)·2^32, rounded; what lies beyond the last is rarer than one in 2^32.
    const BELOW: [u32; 12] = [
        1_580_030_169,
        3_160_060_337,
        3_950_075_422,
        4_213_413_783,
        4_279_248_374,
        4_292_415_292,
        4_294_609_778,
        4_294_923_276,
        4_294_962_463,
        4_294_966_817,
        4_294_967_253,
        4_294_967_292,
    ];
    BELOW.iter().map(|&below| u16::from(point >= below)).sum()
}
