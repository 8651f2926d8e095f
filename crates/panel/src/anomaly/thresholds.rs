//! From where on something is odd: data with a version.

/// What the detectors are set to. Scores are in multiples of a series' own scale, levels in
/// downloads a week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// Grows by one with every change of any number here, or of what one means.
    pub version: u32,
    /// Of one model's history.
    pub series: SeriesThresholds,
    /// Of jumps that an owner's models share.
    pub synchronous: SynchronousThresholds,
    /// Of small constant flows that an owner's models share.
    pub floor: FloorThresholds,
}

/// When a week is odd against the model's own history.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesThresholds {
    /// Known weeks that make up the history, at most.
    pub history_weeks: usize,
    /// Known weeks without which there is no history.
    pub least_history: usize,
    /// Calendar weeks that the history may reach back.
    pub history_reach: u32,
    /// Calendar weeks between two known weeks beyond which no jump is placed between them.
    pub longest_hole: u32,
    /// Downloads by which a week must differ from the one before.
    pub least_change: u32,
    /// Distance from the history's median beyond which a week is a spike or a shift.
    pub score: f32,
    /// The part of the score that the step from the week before must have.
    pub abrupt_share: f32,
    /// The part of the score that two steps from the week before that must have instead.
    pub abrupt_share_of_two: f32,
    /// Distance from the history's median within which a week is back.
    pub back_score: f32,
    /// The part of the jump within which a week is back, too.
    pub back_share: f32,
    /// Calendar weeks within which a spike comes back.
    pub spike_weeks: u32,
    /// Calendar weeks after a jump that tell whether the level stays.
    pub shift_weeks: u32,
    /// Known weeks after a jump without which neither can be told.
    pub least_after: usize,
    /// The last known weeks of those after a jump whose median is the new level.
    pub level_weeks: usize,
    /// The part of the jump that the new level must keep.
    pub kept_share: f32,
    /// The smallest scale of any series on the natural logarithm, beside that of counting.
    pub least_scale: f32,
    /// The scale that a stratum may ask for at most.
    pub most_stratum_scale: f32,
    /// Downloads a week at which strata begin.
    pub stratum_levels: [u32; 5],
    /// Weeks since the first cell at which strata begin.
    pub stratum_ages: [u32; 2],
    /// Histories without which a stratum has no scale of its own.
    pub least_stratum: u32,
}

/// When an owner's models jump together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SynchronousThresholds {
    /// Distance from the history's median beyond which a week is a jump.
    pub score: f32,
    /// Models that must jump.
    pub least_models: usize,
    /// The share of the owner's models with a history that must jump.
    pub least_share: f64,
    /// How likely so many jumps in one week may be, were each model's weeks in another order.
    pub chance: f64,
}

/// When an owner's old models lie on a floor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FloorThresholds {
    /// Weeks since the first cell from which on a model is old.
    pub old_weeks: u32,
    /// Weeks that are looked at together; blocks begin at week numbers that it divides.
    pub block_weeks: u32,
    /// Known weeks of a block without which it says nothing.
    pub least_weeks: u32,
    /// The smallest floor, in downloads a week.
    pub least_level: f64,
    /// The largest.
    pub most_level: f64,
    /// How much more a constant flow may vary than counts of independent downloads do.
    pub dispersion: f64,
    /// The part of its level by which a constant flow may vary beside that.
    pub wobble: f64,
    /// How far apart levels of one floor may lie, as a part of the lower one.
    pub band_share: f64,
    /// And by how many standard deviations of counted levels beside that.
    pub band_deviations: f64,
    /// Share of unrelated models within a level and e times that level.
    pub crowding: f64,
    /// Models that must share it.
    pub least_models: usize,
    /// How likely so many models in the band may be by chance.
    pub chance: f64,
}

/// The thresholds in use. `docs/methods/anomalies.md` says what they catch and what they miss.
pub const THRESHOLDS: Thresholds = Thresholds {
    version: 1,
    series: SeriesThresholds {
        history_weeks: 13,
        least_history: 8,
        history_reach: 26,
        longest_hole: 4,
        least_change: 50,
        score: 6.0,
        abrupt_share: 0.5,
        abrupt_share_of_two: 0.65,
        back_score: 3.0,
        back_share: 0.25,
        spike_weeks: 4,
        shift_weeks: 12,
        least_after: 4,
        level_weeks: 6,
        kept_share: 0.75,
        least_scale: 0.15,
        most_stratum_scale: 1.0,
        stratum_levels: [10, 100, 1_000, 10_000, 100_000],
        stratum_ages: [13, 52],
        least_stratum: 100,
    },
    synchronous: SynchronousThresholds {
        score: 3.0,
        least_models: 5,
        least_share: 0.25,
        chance: 1e-6,
    },
    floor: FloorThresholds {
        old_weeks: 52,
        block_weeks: 13,
        least_weeks: 6,
        least_level: 1.0,
        most_level: 100.0,
        dispersion: 2.0,
        wobble: 0.1,
        band_share: 0.2,
        band_deviations: 3.0,
        crowding: 0.4,
        least_models: 10,
        chance: 1e-5,
    },
};
