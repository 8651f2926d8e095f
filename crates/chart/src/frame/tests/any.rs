use proptest::prelude::*;
use schema::{CalendarPeriod, Week};

use super::*;

fn value() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![
        4 => (0.0..1000.0_f64).prop_map(Some),
        1 => Just(None),
        1 => Just(Some(7.0)),
        1 => Just(Some(0.0)),
        1 => (-1e12..1e12_f64).prop_map(Some),
        1 => prop::num::f64::ANY.prop_map(Some),
    ]
}

fn place() -> impl Strategy<Value = X> {
    prop_oneof![
        6 => (2800..2830).prop_map(|number| X::Week(Week::from_number(number))),
        1 => any::<i32>().prop_map(|number| X::Week(Week::from_number(number))),
        2 => (1_600_000_000_000..1_700_000_000_000_i64)
            .prop_map(|millis| X::Instant(Instant::from_millis(millis))),
        1 => any::<i64>().prop_map(|millis| X::Instant(Instant::from_millis(millis))),
        3 => (-0.5..1.5_f64).prop_map(X::Share),
        3 => (0..40_u32).prop_map(X::Place),
        2 => (0..400_u32).prop_map(X::Age),
        3 => (2019..2026, 1..5_u32)
            .prop_map(|(year, quarter)| X::Period(CalendarPeriod::Quarter(year, quarter))),
    ]
}

fn point() -> impl Strategy<Value = Point> {
    let state = prop::sample::select(CellState::ALL.to_vec());
    (place(), value(), value(), value(), state).prop_map(|(x, value, low, high, state)| Point {
        x,
        estimate: Estimate {
            value,
            low,
            high,
            bound_low: low,
            bound_high: value,
            ..Estimate::undefined(1)
        },
        state,
    })
}

prop_compose! {
    fn any_series()(
        key in "[a-c&\"<é]{0,3}",
        label in ".{0,40}",
        points in prop::collection::vec(point(), 0..12),
        is_residual in prop::bool::weighted(0.1),
        is_hidden in prop::bool::weighted(0.2),
    ) -> Series {
        Series { key, label, points, is_residual, is_hidden }
    }
}

prop_compose! {
    fn any_figure()(
        kind in prop::sample::select(KINDS.to_vec()),
        unit in prop::sample::select(vec![
            Unit::Count("downloads"),
            Unit::Share,
            Unit::Points,
            Unit::Index { max: 10_000.0, name: "HHI" },
            Unit::Index { max: 1.0, name: "Gini" },
            Unit::Number("rank"),
            Unit::Number("days"),
        ]),
        series in prop::collection::vec(any_series(), 0..12),
        title in ".{0,30}",
        events in prop::collection::vec((1_690_000_000_000..1_715_000_000_000_i64, ".{0,20}"), 0..6),
        lines in prop::collection::vec(value(), 0..3),
        nodes in prop::collection::vec((".{0,40}", prop::option::of(0..12_u32)), 0..12),
        simulated in any::<bool>(),
    ) -> Figure {
        let event = |(millis, label): (i64, String)| Event {
            at: Instant::from_millis(millis),
            detail: label.clone(),
            label,
        };
        let line = |value: Option<f64>| ReferenceLine {
            value: value.unwrap_or(f64::NAN),
            label: "a line".to_owned(),
        };
        let nodes = nodes.into_iter().map(|(label, parent)| Node { label, parent }).collect();
        Figure {
            title,
            nodes,
            simulated,
            events: events.into_iter().map(event).collect(),
            reference_lines: lines.into_iter().map(line).collect(),
            ..sample::figure(kind, unit, series)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_figure_gives_a_sound_drawing(
        figure in any_figure(),
        size in prop::sample::select(SIZES.to_vec()),
    ) {
        let frame = Frame { size, theme: Theme::Page };
        prop_assert_eq!(check(&figure, frame), Ok(()));
        prop_assert_eq!(draw(&figure, frame), draw(&figure, frame));
        let table = table(&figure);
        prop_assert!(table.rows.iter().all(|row| row.len() == table.header.len()));
        prop_assert!(!summary(&figure).is_empty());
    }

    #[test]
    fn hiding_a_series_changes_no_other(figure in any_figure(), which in 0..12_usize) {
        let mut hidden = figure.clone();
        if let Some(series) = hidden.series.get_mut(which) {
            series.is_hidden = true;
        }
        for series in &figure.series {
            let before = theme::color_class(&series.key, &figure);
            prop_assert_eq!(theme::color_class(&series.key, &hidden), before);
        }
    }
}
