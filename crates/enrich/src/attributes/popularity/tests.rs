use schema::{Instant, Value};

use super::super::{Shared, catalogue, derive_some};
use super::{band, momentum};
use crate::popularity::{Row, read_for_tests_of};
use crate::tables::Model;
use crate::{Facts, Families, Lineage, Registry};

/// A reading as day, 30-day sum, cumulative counter and likes.
type Read = (i64, Option<i64>, Option<i64>, Option<i64>);

/// One model that was created on day 0.
fn values(readings: &[Read]) -> impl Fn(&str) -> Value {
    let created_at = Some(Instant::from_millis(20_000 * 86_400_000));
    let models = [Model::new("a/b", Facts { created_at, ..Facts::default() })];
    let rows: Vec<Row> = readings
        .iter()
        .map(|(day, sum, all, likes)| (0, 20_000 + day, *sum, *all, *likes))
        .collect();
    let popularity = read_for_tests_of(vec![Some(20_000)], &rows, 100);
    let lineage = Lineage::of(&models, Registry::builtin());
    let families = Families::default();
    let shared = Shared {
        registry: Registry::builtin(),
        lineage: &lineage,
        popularity: &popularity,
        families: &families,
        as_of: Instant::from_millis(0),
    };
    let columns = derive_some(&models, 0, shared);
    move |name| {
        let at = catalogue().position(|attribute| attribute.name == name).unwrap();
        columns[at][0].clone()
    }
}

#[test]
fn a_model_that_doubles_in_four_weeks_rises() {
    let value =
        values(&[(10, Some(100), Some(50), Some(1)), (40, Some(200), Some(2_000), Some(4))]);
    assert_eq!(value("downloads_30d"), 200_i64.into());
    assert_eq!(value("downloads_growth_4w"), 2.0.into());
    assert_eq!(value("downloads_momentum"), "rising".into());
    assert_eq!(value("downloads_growth_52w"), Value::Null);
    assert_eq!(value("downloads_of_peak"), 1.0.into());
    assert_eq!(value("downloads_half_life"), Value::Null);
    assert_eq!(value("downloads_per_day"), 50.0.into());
    assert_eq!(value("likes_per_1000_downloads"), 2.0.into());
    assert_eq!(value("downloads_band"), "100–1 k".into());
    // Alone it has the first place, all of the downloads, and nobody to be compared with.
    assert_eq!(value("downloads_rank"), 1_i64.into());
    assert_eq!(value("downloads_share"), 1.0.into());
    assert_eq!(value("reading_count"), 2_i64.into());
    assert_eq!(value("downloads_first_year"), Value::Null);
}

#[test]
fn what_no_reading_tells_is_not_known() {
    let value = values(&[(10, None, None, Some(1))]);
    for name in
        ["downloads_30d", "downloads_rank", "downloads_band", "downloads_peak", "downloads_per_day"]
    {
        assert_eq!(value(name), Value::Null, "{name}");
    }
    assert_eq!(value("likes"), 1_i64.into());
}

#[test]
fn bands_hold_their_lower_bounds() {
    let names: Vec<_> = [0, 1, 9, 10, 999_999, 1_000_000].map(|sum| band(sum).unwrap()).into();
    assert_eq!(names, ["< 1", "1–10", "1–10", "10–100", "100 k–1 M", "≥ 1 M"]);
    assert_eq!(band(-1), None);
    assert_eq!([1.25, 1.0, 0.8].map(momentum), ["rising", "steady", "falling"]);
}
