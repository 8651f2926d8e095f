//! The trends among births.

use std::collections::BTreeMap;

use schema::Instant;

use super::{LicenseShare, YearOfBirths};
use crate::catalogue::Kind;
use crate::model::{Model, Relation};
use crate::world::World;

/// Every model born by a date.
pub(super) fn until(world: &World, at: Instant) -> &[Model] {
    let models = world.models();
    &models[..models.partition_point(|model| model.created_at() <= at)]
}

/// The births of each calendar year up to a date.
pub(super) fn years(world: &World, at: Instant) -> Vec<YearOfBirths> {
    let born = until(world, at);
    let years = born
        .chunk_by(|left, right| left.created_at().day().year() == right.created_at().day().year());
    years.map(year).collect()
}

fn year(born: &[Model]) -> YearOfBirths {
    let share = |is_counted: &dyn Fn(&Model) -> bool| {
        born.iter().filter(|model| is_counted(model)).count() as f64 / born.len() as f64
    };
    let mut parameters: Vec<u64> = born.iter().map(|model| model.parameters).collect();
    parameters.sort_unstable();
    let mut by_license: BTreeMap<Option<&'static str>, u64> = BTreeMap::new();
    for model in born {
        *by_license.entry(model.license).or_default() += 1;
    }
    let mut licenses: Vec<LicenseShare> = by_license
        .into_iter()
        .map(|(license, count)| LicenseShare { license, share: count as f64 / born.len() as f64 })
        .collect();
    licenses.sort_by(|left, right| right.share.total_cmp(&left.share));
    YearOfBirths {
        year: born[0].created_at().day().year(),
        birth_count: born.len() as u64,
        quantized_share: share(&|model| matches!(model.origin, Some((Relation::Quantized, _)))),
        sparse_share: share(&|model| model.architecture().kind == Kind::Sparse),
        multimodal_share: share(&|model| model.architecture().kind == Kind::Multimodal),
        median_parameters: parameters[(parameters.len() - 1) / 2],
        licenses,
    }
}
