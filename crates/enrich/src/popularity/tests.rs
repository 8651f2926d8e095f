use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, UInt32Array};

use super::*;

const DAY: i64 = 86_400_000;

/// Readings of models as place, day, 30-day sum, cumulative counter and likes.
pub(crate) type Row = (u32, i64, Option<i64>, Option<i64>, Option<i64>);

/// The popularity of models by their readings, taken some at a time.
pub(crate) fn read(births: Vec<Option<i64>>, rows: &[Row], at_once: usize) -> Popularity {
    let births = births.into_iter().map(|day| day.map(|day| Instant::from_millis(day * DAY)));
    let mut reader = PopularityReader::new(births.collect());
    for rows in rows.chunks(at_once) {
        let integers = |value: fn(&Row) -> Option<i64>| -> ArrayRef {
            Arc::new(rows.iter().map(value).collect::<Int64Array>())
        };
        let model: ArrayRef = Arc::new(rows.iter().map(|row| Some(row.0)).collect::<UInt32Array>());
        let columns = [
            model,
            integers(|row| Some(row.1 * DAY)),
            integers(|row| row.2),
            integers(|row| row.3),
            integers(|row| row.4),
        ];
        let batch = RecordBatch::try_from_iter(POPULARITY_COLUMNS.into_iter().zip(columns));
        reader.add_batch(&batch.unwrap());
    }
    reader.finish()
}

/// Models that were read once, with these 30-day sums.
pub(crate) fn read_sums(sums: &[Option<i64>]) -> Popularity {
    let rows: Vec<Row> = (0..).zip(sums).map(|(place, sum)| (place, 0, *sum, None, None)).collect();
    read(vec![None; sums.len()], &rows, 100)
}

#[test]
fn the_newest_known_counters_are_told_and_earlier_ones_where_they_were_read() {
    let rows = [
        (0, 0, Some(100), None, Some(1)),
        (0, 70, Some(400), Some(900), Some(2)),
        (0, 100, None, None, Some(3)),
        (0, 105, Some(200), None, None),
    ];
    let popularity = read(vec![None, None], &rows, 3);
    let history = popularity.of(0).unwrap();
    assert_eq!((history.reading_count, history.downloads_30d), (4, Some(200)));
    assert_eq!((history.downloads_all_time, history.likes), (Some(900), Some(3)));
    // 28 days before day 105 is day 77: the reading of day 70 is 7 days older. 91 days before is
    // day 14: that of day 0 just reaches. 364 days before there was nothing.
    assert_eq!(history.downloads_30d_before, [Some(400), Some(100), None]);
    assert_eq!(history.peak, Some((400, Instant::from_millis(70 * DAY))));
    assert_eq!(history.half_life_days, Some(35.0));
    assert_eq!(popularity.of(1), None);
}

/// Born on day 10, so the first year ends on day 375, a third of the way from 360 to 405.
#[test]
fn the_first_year_ends_on_a_line_between_the_readings_around_it() {
    let of = |rows: &[Row], births: Vec<Option<i64>>| {
        read(births, rows, 10).of(0).unwrap().downloads_first_year
    };
    let rows = [(0, 360, None, Some(3_000), None), (0, 405, None, Some(6_000), None)];
    assert_eq!(of(&rows, vec![Some(10)]), Some(4_000));
    assert_eq!(of(&rows, vec![None]), None, "the age is not known");
    assert_eq!(of(&rows[..1], vec![Some(10)]), None, "the year is not over");
    let apart = [(0, 300, None, Some(3_000), None), (0, 405, None, Some(6_000), None)];
    assert_eq!(of(&apart, vec![Some(10)]), None, "nobody looked for 105 days");
    let fell = [(0, 360, None, Some(3_000), None), (0, 405, None, Some(60), None)];
    assert_eq!(of(&fell, vec![Some(10)]), None);
    let on_the_day = [(0, 375, None, Some(7), None)];
    assert_eq!(of(&on_the_day, vec![Some(10)]), Some(7));
}

#[test]
fn equal_models_share_the_best_of_their_places() {
    let rows: Vec<Row> = [Some(5), Some(9), Some(5), None, Some(1)]
        .into_iter()
        .zip(0..)
        .map(|(sum, place)| (place, 0, sum, None, None))
        .collect();
    let popularity = read(vec![None; 5], &rows, 2);
    let of = |place: usize| popularity.by_downloads_30d(place);
    let ranks: Vec<_> = (0..5).map(|place| of(place).map(|standing| standing.rank)).collect();
    assert_eq!(ranks, [Some(2), Some(1), Some(2), None, Some(4)]);
    // Of the three others of a model with 5, one has less.
    assert!((of(0).unwrap().share_below - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(of(1).unwrap().share, Some(9.0 / 20.0));
    assert_eq!(popularity.by_likes(0), None);
}
