//! What the units of a market add up to.

use crate::cells::PARTS;

/// What the units of a market add up to: by the code of the unit in its grouping, unattributed
/// mass included.
///
/// Values are whole numbers of parts, so that sums are exact in any order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sums {
    /// In parts of a download.
    pub(crate) value: Vec<u64>,
    pub(crate) models: Vec<u32>,
    /// By unit, or where few units have one those in the order in which they came to it; empty
    /// where every cell is read exactly.
    doubts: Vec<Doubt>,
    /// Where few units have a doubt, the place of each unit's among them.
    places: Option<Vec<u32>>,
    /// Cells whose interval has a width.
    pub(crate) wide_cells: u64,
}

/// The place of the doubt of a unit that has none.
const NONE: u32 = u32::MAX;

/// What is not sure about a unit's sum; together, since what needs one mostly needs all.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Doubt {
    /// The part of the sum that comes from estimated cells, in parts of a download.
    pub(crate) estimated: u64,
    /// Squares of the half-widths of intervals, in parts.
    pub(crate) below: f64,
    pub(crate) above: f64,
    pub(crate) missing: u32,
    unit: u32,
}

impl Doubt {
    /// The part of the sum that comes from estimated cells, in [`PARTS`] of one.
    #[must_use]
    pub fn estimated_parts(&self) -> u64 {
        self.estimated
    }

    /// Cells that are missing.
    #[must_use]
    pub fn missing(&self) -> u64 {
        u64::from(self.missing)
    }

    /// Half-widths of the 95 % interval downwards and upwards, squared.
    #[must_use]
    pub fn squares(&self) -> (f64, f64) {
        // What was added and taken away again may leave a rounding error on either side of zero.
        let square = |parts: f64| parts.max(0.0) / f64::from(PARTS) / f64::from(PARTS);
        (square(self.below), square(self.above))
    }

    /// Adds what an estimated cell, or the squares of an interval, come to; or takes it away again.
    pub(crate) fn take<const ADD: bool>(&mut self, estimated: u64, below: f64, above: f64) {
        if ADD {
            self.estimated += estimated;
            self.below += below;
            self.above += above;
        } else {
            self.estimated -= estimated;
            self.below -= below;
            self.above -= above;
        }
    }

    /// Whether nothing was added, or all of it taken away again.
    pub(crate) fn is_none(&self) -> bool {
        Self { unit: 0, ..*self } == Self::default()
    }
}

/// What one unit adds up to, to make [`Sums`] of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct UnitSum {
    /// The sum of what is known.
    pub value: f64,
    /// Half-width of the 95 % interval downwards.
    pub below: f64,
    /// Half-width of the 95 % interval upwards.
    pub above: f64,
    /// Models that the sum rests on.
    pub model_count: u32,
    /// The part of the sum that comes from estimated cells.
    pub estimated: f64,
    /// Missing cells.
    pub missing: u32,
}

impl Sums {
    /// Sums of units that are known otherwise, in the order of their codes.
    #[must_use]
    pub fn of(units: &[UnitSum]) -> Self {
        let parts = |value: f64| (value * f64::from(PARTS)).round() as u64;
        let square = |width: f64| (width * f64::from(PARTS)).powi(2);
        let doubt = |(code, unit): (usize, &UnitSum)| Doubt {
            estimated: parts(unit.estimated),
            below: square(unit.below),
            above: square(unit.above),
            missing: unit.missing,
            unit: code as u32,
        };
        let is_wide = |unit: &&UnitSum| unit.below + unit.above > 0.0;
        Self {
            value: units.iter().map(|unit| parts(unit.value)).collect(),
            models: units.iter().map(|unit| unit.model_count).collect(),
            doubts: units.iter().enumerate().map(doubt).collect(),
            places: None,
            wide_cells: units.iter().filter(is_wide).count() as u64,
        }
    }

    pub(crate) fn zero(units: usize) -> Self {
        Self { value: vec![0; units], models: vec![0; units], ..Self::default() }
    }

    /// Units of the grouping, those of which nothing is known included.
    #[must_use]
    pub fn unit_count(&self) -> usize {
        self.value.len()
    }

    /// Whether anything is known of a unit.
    #[must_use]
    pub fn is_known(&self, code: u32) -> bool {
        self.models[code as usize] > 0
    }

    /// The sum of what is known of a unit.
    #[must_use]
    pub fn value(&self, code: u32) -> f64 {
        whole(self.value[code as usize])
    }

    /// The sum of what is known, in [`PARTS`] of one.
    #[must_use]
    pub fn parts(&self, code: u32) -> u64 {
        self.value[code as usize]
    }

    /// The sums of all units by code, in [`PARTS`] of one.
    #[must_use]
    pub fn all_parts(&self) -> &[u64] {
        &self.value
    }

    /// Half-width of the 95 % interval downwards: the models' own, joined as independent.
    #[must_use]
    pub fn below(&self, code: u32) -> f64 {
        self.root(|doubt| doubt.below, code)
    }

    /// Half-width of the 95 % interval upwards.
    #[must_use]
    pub fn above(&self, code: u32) -> f64 {
        self.root(|doubt| doubt.above, code)
    }

    /// Whether any interval has a width.
    #[must_use]
    pub fn has_widths(&self) -> bool {
        self.wide_cells > 0
    }

    /// The part of the sum that comes from estimated cells.
    #[must_use]
    pub fn estimated(&self, code: u32) -> f64 {
        self.doubt(code).map_or(0.0, |doubt| whole(doubt.estimated))
    }

    /// Models that the sum rests on.
    #[must_use]
    pub fn model_count(&self, code: u32) -> u64 {
        u64::from(self.models[code as usize])
    }

    /// Cells, or for readings models, that are missing, and so not in the sum.
    #[must_use]
    pub fn missing(&self, code: u32) -> u64 {
        self.doubt(code).map_or(0, |doubt| u64::from(doubt.missing))
    }

    /// How many units something is known of.
    #[must_use]
    pub fn known_count(&self) -> usize {
        // In as many bits as the counts have, so that it is vector code.
        self.models.iter().map(|models| u32::from(*models > 0)).sum::<u32>() as usize
    }

    /// Models that all sums together rest on.
    #[must_use]
    pub fn model_total(&self) -> u64 {
        self.models.iter().map(|models| u64::from(*models)).sum()
    }

    /// The units that have a doubt, and others of which all is sure.
    pub fn doubts(&self) -> impl Iterator<Item = (u32, &Doubt)> {
        self.doubts.iter().map(|doubt| (doubt.unit, doubt))
    }

    /// Keeps the doubts of few units together, until they are emptied.
    pub(crate) fn expect_few_doubts(&mut self) {
        self.places = Some(vec![NONE; self.value.len()]);
    }

    /// A unit's doubt, to add to it.
    pub(crate) fn doubt_of(&mut self, unit: usize) -> &mut Doubt {
        let blank = |unit: usize| Doubt { unit: unit as u32, ..Doubt::default() };
        let place = match &mut self.places {
            None => {
                if self.doubts.is_empty() {
                    self.doubts.extend((0..self.value.len()).map(blank));
                }
                unit
            }
            Some(places) => {
                let place = &mut places[unit];
                if *place == NONE {
                    *place = self.doubts.len() as u32;
                    self.doubts.push(blank(unit));
                }
                *place as usize
            }
        };
        &mut self.doubts[place]
    }

    /// Takes everything away at once; models stay.
    pub(crate) fn empty(&mut self) {
        self.value.fill(0);
        self.empty_doubts();
    }

    /// Takes all doubts away at once.
    pub(crate) fn empty_doubts(&mut self) {
        self.wide_cells = 0;
        if let Some(places) = &mut self.places {
            for doubt in &self.doubts {
                places[doubt.unit as usize] = NONE;
            }
        }
        self.doubts.clear();
    }

    /// A unit's doubt, where it has one.
    pub(crate) fn doubt(&self, code: u32) -> Option<&Doubt> {
        let place = match &self.places {
            None => code,
            Some(places) => places[code as usize],
        };
        self.doubts.get(place as usize)
    }

    fn root(&self, square: impl Fn(&Doubt) -> f64, code: u32) -> f64 {
        if self.wide_cells == 0 {
            return 0.0;
        }
        // What was added and taken away again may leave a rounding error on either side of zero.
        self.doubt(code).map_or(0.0, |doubt| square(doubt).max(0.0).sqrt() / f64::from(PARTS))
    }
}

/// Parts as whole ones.
pub(crate) fn whole(parts: u64) -> f64 {
    // No sum reaches 2⁶³ parts, and numbers with a sign are floats at once.
    parts as i64 as f64 / f64::from(PARTS)
}
