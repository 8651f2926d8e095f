//! How well someone who flags weeks finds what was planted.

use std::collections::BTreeMap;

use super::{Planted, PlantedEconomy, PlantedKind};

/// Weeks after the first odd one in which a lasting jump may be noticed.
const LATE: u32 = 2;
/// Weeks of a lasting jump whose flags are right.
const FRESH: u32 = 5;

/// How many of the planted anomalies of one kind, size and class were found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recall {
    /// The kind.
    pub kind: PlantedKind,
    /// The size, as [`Planted::size`] has it.
    pub size: f64,
    /// What else decides how hard it is to find: the level before a spike or shift, in downloads
    /// a week; how many of the owner's models share a jump or a floor.
    pub class: &'static str,
    /// How many there are: jumps, or weeks of models on floors.
    pub planted: u32,
    /// How many have the flag of their kind.
    pub found: u32,
    /// How many have any flag.
    pub noticed: u32,
}

/// How many of the flags of one kind are where something was planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precision {
    /// The kind of flag.
    pub kind: PlantedKind,
    /// Runs of weeks with that flag.
    pub runs: u32,
    /// Runs at something planted of any kind.
    pub right: u32,
}

/// What became of a hunt for anomalies.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Judgement {
    /// By kind, then size, then class.
    pub recalls: Vec<Recall>,
    /// By kind.
    pub precisions: Vec<Precision>,
}

impl PlantedEconomy {
    /// Judges flags; `is_flagged` says whether the week at a place of a model's weeks has the
    /// flag of a kind.
    #[must_use]
    pub fn judge(&self, is_flagged: impl Fn(PlantedKind, usize, usize) -> bool) -> Judgement {
        let mut recalls: BTreeMap<(PlantedKind, u64, &str), Recall> = BTreeMap::new();
        for it in &self.planted {
            for (class, weeks) in self.chances(it) {
                let has =
                    |kind| weeks.clone().any(|week| is_flagged(kind, it.model as usize, week));
                // Sizes are positive, so their bits sort as they do.
                let recall = recalls.entry((it.kind, it.size.to_bits(), class)).or_insert(Recall {
                    kind: it.kind,
                    size: it.size,
                    class,
                    planted: 0,
                    found: 0,
                    noticed: 0,
                });
                recall.planted += 1;
                recall.found += u32::from(has(it.kind));
                recall.noticed += u32::from(PlantedKind::ALL.into_iter().any(has));
            }
        }
        let precisions = PlantedKind::ALL.map(|kind| self.precision(kind, &is_flagged));
        Judgement { recalls: recalls.into_values().collect(), precisions: precisions.to_vec() }
    }

    /// The chances to find something planted: each has a class, and the weeks in which to find it.
    fn chances(&self, it: &Planted) -> Vec<(&'static str, std::ops::Range<usize>)> {
        let model = &self.models[it.model as usize];
        let from = (it.from - model.first_week) as usize;
        let end = model.downloads.len();
        match it.kind {
            PlantedKind::Spike => vec![(class_of_level(it.level), from..from + it.weeks as usize)],
            PlantedKind::Shift => {
                vec![(class_of_level(it.level), from..end.min(from + LATE as usize))]
            }
            PlantedKind::Synchronous => {
                vec![(class_of_peers(self.peers(it, it.from)), from..from + 1)]
            }
            PlantedKind::Floor => (from..end)
                .map(|week| {
                    let peers = self.peers(it, model.first_week + week as u32);
                    (class_of_peers(peers), week..week + 1)
                })
                .collect(),
        }
    }

    /// How many models of the same owner have the same planted in a week.
    fn peers(&self, it: &Planted, week: u32) -> usize {
        let owner = |planted: &Planted| self.models[planted.model as usize].owner;
        // What is planted is sorted by kind and model, and models by owner.
        let key = (it.kind, owner(it));
        let from = self.planted.partition_point(|other| (other.kind, owner(other)) < key);
        self.planted[from..]
            .iter()
            .take_while(|other| (other.kind, owner(other)) == key)
            .filter(|other| other.from <= week)
            .count()
    }

    fn precision(
        &self,
        kind: PlantedKind,
        is_flagged: &impl Fn(PlantedKind, usize, usize) -> bool,
    ) -> Precision {
        let planted: BTreeMap<u32, &Planted> =
            self.planted.iter().map(|planted| (planted.model, planted)).collect();
        let mut precision = Precision { kind, runs: 0, right: 0 };
        for (place, model) in self.models.iter().enumerate() {
            let planted = planted.get(&(place as u32));
            let mut week = 0;
            while week < model.downloads.len() {
                let from = week;
                while week < model.downloads.len() && is_flagged(kind, place, week) {
                    week += 1;
                }
                if week == from {
                    week += 1;
                    continue;
                }
                let run = model.first_week + from as u32..model.first_week + week as u32;
                precision.runs += 1;
                let is_right = planted.is_some_and(|planted| {
                    let lasts_right = if kind == PlantedKind::Floor && planted.kind == kind {
                        planted.weeks
                    } else {
                        planted.weeks.min(FRESH)
                    };
                    run.start < planted.from + lasts_right && planted.from < run.end
                });
                precision.right += u32::from(is_right);
            }
        }
        precision
    }
}

fn class_of_level(level: f64) -> &'static str {
    match level {
        ..100.0 => "20 to 100",
        ..1_000.0 => "100 to 1,000",
        _ => "from 1,000",
    }
}

fn class_of_peers(peers: usize) -> &'static str {
    match peers {
        ..5 => "1 to 4 models",
        5..10 => "5 to 9 models",
        10..20 => "10 to 19 models",
        _ => "from 20 models",
    }
}
