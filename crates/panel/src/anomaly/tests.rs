use schema::Week;
use simulate::{Judgement, PlantedEconomy, PlantedKind, PlantedOptions, planted_economy};

use super::*;

/// A multiple of the block of floors, so that blocks begin with the record.
const FIRST: Week = Week::from_number(13 * 200);

/// Models with all weeks known, as the detectors see them.
#[derive(Default)]
pub(super) struct Models {
    owners: Vec<u32>,
    firsts: Vec<Week>,
    values: Vec<Vec<u32>>,
    marks: Vec<Vec<bool>>,
    flags: Vec<Vec<Flags>>,
}

impl Models {
    /// Adds a model of an owner by its downloads from the first week on.
    pub(super) fn add(&mut self, owner: u32, downloads: Vec<u32>) {
        self.add_later(owner, 0, downloads);
    }

    fn add_later(&mut self, owner: u32, week: u32, downloads: Vec<u32>) {
        self.owners.push(owner);
        self.firsts.push(FIRST.plus(week as i32));
        self.marks.push(vec![true; downloads.len()]);
        self.flags.push(vec![Flags::NONE; downloads.len()]);
        self.values.push(downloads.into_iter().map(|count| count.saturating_mul(ONE)).collect());
    }

    /// The downloads of the model that was added last.
    pub(super) fn last_downloads(&self) -> Vec<u32> {
        self.values.last().unwrap().iter().map(|value| value / ONE).collect()
    }

    fn of(economy: &PlantedEconomy) -> Self {
        let mut models = Self::default();
        for model in &economy.models {
            models.add_later(model.owner, model.first_week, model.downloads.clone());
        }
        models
    }
}

impl SeriesSource for Models {
    type Mark = bool;

    fn is_known(mark: bool) -> bool {
        mark
    }

    fn model_count(&self) -> usize {
        self.owners.len()
    }

    fn owner(&self, model: usize) -> u32 {
        self.owners[model]
    }

    fn series(&self, model: usize) -> Option<Series<'_, bool>> {
        let (values, marks) = (&self.values[model][..], &self.marks[model][..]);
        Some(Series { first: self.firsts[model], values, marks })
    }

    fn set(&mut self, model: usize, week: usize, flags: Flags) {
        self.flags[model][week] = self.flags[model][week].union(flags);
    }
}

fn flag_of(kind: PlantedKind) -> Flag {
    match kind {
        PlantedKind::Spike => Flag::Spike,
        PlantedKind::Shift => Flag::Shift,
        PlantedKind::Synchronous => Flag::Synchronous,
        PlantedKind::Floor => Flag::Floor,
    }
}

fn judged(economy: &PlantedEconomy) -> Judgement {
    let mut models = Models::of(economy);
    flag_all(&mut models, &THRESHOLDS);
    economy.judge(|kind, model, week| models.flags[model][week].contains(flag_of(kind)))
}

/// The share found of what was planted with one of these sizes, in classes that begin so.
fn found(judgement: &Judgement, kind: PlantedKind, sizes: &[f64], classes: &[&str]) -> f64 {
    let of = judgement.recalls.iter().filter(|it| {
        let has_size = sizes.iter().any(|size| (size - it.size).abs() < 1e-9);
        it.kind == kind && has_size && classes.iter().any(|class| it.class.starts_with(class))
    });
    let (found, planted) = of.fold((0, 0), |sum, it| (sum.0 + it.found, sum.1 + it.planted));
    assert!(planted >= 10, "{kind:?} {sizes:?} {classes:?}: only {planted} planted");
    f64::from(found) / f64::from(planted)
}

/// The bounds leave a margin to what `docs/methods/anomalies.md` says of a larger economy.
#[test]
fn what_is_planted_is_found_and_little_else_is_flagged() {
    let economy = planted_economy(&PlantedOptions { seed: 2, owners: 8_000, weeks: 160 });
    let judgement = judged(&economy);
    let (used, many) = (&["100 to", "from"][..], &["10 to", "from"][..]);
    for (kind, sizes, classes, least) in [
        (PlantedKind::Spike, &[0.05, 10.0, 100.0][..], used, 0.85),
        (PlantedKind::Spike, &[100.0], &["20 to"], 0.85),
        (PlantedKind::Spike, &[0.2, 5.0], used, 0.45),
        (PlantedKind::Shift, &[10.0], used, 0.65),
        (PlantedKind::Synchronous, &[5.0], &["5 to", "10 to", "from"], 0.8),
        (PlantedKind::Floor, &[8.0, 20.0, 60.0], &["from"], 0.75),
        (PlantedKind::Floor, &[4.0, 8.0, 20.0, 60.0], many, 0.5),
    ] {
        let share = found(&judgement, kind, sizes, classes);
        assert!(share >= least, "{kind:?} {sizes:?} {classes:?}: {share}");
    }
    for (precision, least) in judgement.precisions.iter().zip([0.6, 0.85, 0.9, 0.85]) {
        let share = f64::from(precision.right) / f64::from(precision.runs);
        assert!(share >= least, "{precision:?}: {share}");
    }
}

#[test]
fn flags_are_counted_as_they_are_set() {
    let economy = planted_economy(&PlantedOptions { seed: 3, owners: 500, weeks: 120 });
    let mut models = Models::of(&economy);
    let counts = flag_all(&mut models, &THRESHOLDS);
    assert_eq!(counts.version, THRESHOLDS.version);
    for (flag, count) in Flag::ALL.into_iter().zip(counts.cells) {
        let flagged = models.flags.iter().flatten().filter(|flags| flags.contains(flag)).count();
        assert_eq!(count, flagged as u64, "{flag}");
    }
}

/// What is missing is 0 in memory: no other number there may change a flag, and no missing cell
/// is ever flagged.
#[test]
fn missing_weeks_are_not_looked_at() {
    let economy = planted_economy(&PlantedOptions { seed: 4, owners: 500, weeks: 120 });
    let with_holes = |value: u32| {
        let mut models = Models::of(&economy);
        for model in 0..models.model_count() {
            for week in 0..models.marks[model].len() {
                if (model * 31 + week * 17) % 11 == 0 {
                    models.marks[model][week] = false;
                    models.values[model][week] = value;
                }
            }
        }
        flag_all(&mut models, &THRESHOLDS);
        models
    };
    let empty = with_holes(0);
    assert!(empty.flags == with_holes(u32::MAX).flags, "flags depend on what is not known");
    for (flags, marks) in empty.flags.iter().zip(&empty.marks) {
        assert!(flags.iter().zip(marks).all(|(flags, is_known)| *is_known || flags.is_empty()));
    }
    assert!(empty.flags.iter().flatten().any(|flags| !flags.is_empty()));
}

/// Four bits, a name each.
#[test]
fn flags_are_a_set() {
    let both = Flags::of(Flag::Spike).union(Flags::of(Flag::Floor));
    assert_eq!(both.bits(), 0b1001);
    assert_eq!(both.to_string(), "spike+floor");
    assert_eq!(Flags::NONE.to_string(), "");
    assert!(both.contains(Flag::Floor) && !both.contains(Flag::Shift));
    assert_eq!(both.iter().collect::<Vec<_>>(), [Flag::Spike, Flag::Floor]);
    for bits in 0..=u8::MAX {
        let flags = Flags::from_bits(bits);
        assert_eq!(flags.bits(), bits & 15);
        assert_eq!(flags.iter().fold(Flags::NONE, |set, flag| set.union(flag.into())), flags);
    }
}
