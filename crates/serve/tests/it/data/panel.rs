//! The panel layer of the tiny release: cells, events, and how far two counters are apart.

use ::panel::anomaly::{Flag, Flags};
use ::panel::flow::Method;
use ::panel::{Birth, Cell, Cells, CellsBuilder, ModelFlows};
use analyze::EventKind;
use schema::{CellState, Value, ValueType, Week};
use store::Draft;

use super::{DOWNLOADS, WEEKS, first_week, newest, write_columns};

/// Week, kind, subject, models, what is said.
type Planted<'a> = (Week, EventKind, Option<&'a str>, Option<i64>, String);

const MISSING_WEEK: i32 = 5;
const FLAGGED_WEEK: usize = 7;
const FLAGGED_MODEL: usize = 2;
const ESTIMATED_WEEK: i32 = 8;

/// Writes the layer's files.
pub(super) fn write(draft: &mut Draft) {
    let cells = cells();
    draft.write_with(analyze::CELLS, |sink| cells.write(sink)).expect("a file");
    write_events(draft);
    write_disagreement(draft);
}

fn cells() -> Cells {
    let mut builder = CellsBuilder::new();
    for downloads in DOWNLOADS {
        let cells = (0..WEEKS).map(|after| cell(after, downloads)).collect();
        builder.push(&ModelFlows { cells, ..ModelFlows::default() });
    }
    builder.set_flags(FLAGGED_MODEL, FLAGGED_WEEK, Flags::of(Flag::Spike));
    builder.finish(&[Birth::Unknown; DOWNLOADS.len()], newest())
}

fn cell(after: i32, downloads: f64) -> Cell {
    let week = first_week().plus(after);
    let (state, method, width) = match after {
        MISSING_WEEK => return Cell::missing(week),
        ESTIMATED_WEEK => (CellState::Estimated, Method::Interpolated, 0.1),
        _ => (CellState::Observed, Method::Difference, 0.0),
    };
    let (low, high) = (downloads * (1.0 - width), downloads * (1.0 + width));
    Cell { week, value: downloads, low, high, state, method }
}

/// Counters of one model fell in the second week, of two in the third, and so on to the fifth; a
/// snapshot repeated older readings, and two counting rules changed.
fn write_events(draft: &mut Draft) {
    let restatement = |after: i32| {
        let text = format!("The counters of {after} models fell.");
        (first_week().plus(after), EventKind::Restatement, None, Some(i64::from(after)), text)
    };
    let mut events: Vec<Planted<'_>> = (1..=4).map(restatement).collect();
    let text = "The source repeated older readings.".to_owned();
    events.push((first_week().plus(6), EventKind::Stale, None, Some(4), text));
    for (after, rule) in [(7, "gguf"), (10, "default")] {
        let text = format!("Files of {rule} & others are counted.");
        events.push((first_week().plus(after), EventKind::RuleChange, Some(rule), None, text));
    }
    let each = |value: fn(&Planted<'_>) -> Value| events.iter().map(value).collect::<Vec<_>>();
    write_columns(
        draft,
        analyze::EVENTS,
        &[
            ("at_ms", ValueType::Integer, each(|event| event.0.start().millis().into())),
            ("kind", ValueType::Text, each(|event| event.1.name().into())),
            ("subject", ValueType::Text, each(|event| event.2.into())),
            ("models", ValueType::Integer, each(|event| event.3.into())),
            ("of", ValueType::Integer, each(|event| event.3.map(|_| 5_i64).into())),
            ("text", ValueType::Text, each(|event| event.4.as_str().into())),
        ],
    );
}

/// The counters of three models were compared forty times, and four times they were far apart.
fn write_disagreement(draft: &mut Draft) {
    let count = |number: i64| vec![Value::from(number)];
    let number = |number: f64| vec![Value::from(number)];
    write_columns(
        draft,
        analyze::DISAGREEMENT,
        &[
            ("compared", ValueType::Integer, count(40)),
            ("model_count", ValueType::Integer, count(3)),
            ("median_ratio", ValueType::Number, number(1.02)),
            ("low_ratio", ValueType::Number, number(0.9)),
            ("high_ratio", ValueType::Number, number(1.3)),
            ("tolerance", ValueType::Number, number(0.05)),
            ("share_beyond_tolerance", ValueType::Number, number(0.1)),
            ("median_lag_days", ValueType::Number, number(0.5)),
        ],
    );
}
