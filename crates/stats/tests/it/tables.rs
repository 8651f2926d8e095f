//! Tables of reference values, and how close a number must come to one.

use std::collections::BTreeMap;

/// A line of a table, by column.
pub(crate) type Row = BTreeMap<&'static str, &'static str>;

/// Relative difference allowed from values that were computed exactly and rounded once.
pub(crate) const EXACT: f64 = 1e-12;
/// Relative difference allowed from other authors' code, which loses digits of its own.
pub(crate) const LIBRARY: f64 = 1e-10;

/// Asserts that `actual` is the row's value of `column`, or undefined where that is empty.
///
/// Values below the tolerance squared are zeros that an optimiser or a library has only neared.
#[track_caller]
pub(crate) fn check(row: &Row, column: &str, actual: Option<f64>, tolerance: f64) {
    let name = row.get("market").or(row.get("case")).expect("a row has a name");
    match (number(row[column]), actual) {
        (None, None) => {}
        (Some(expected), Some(actual)) => {
            let allowed = tolerance * expected.abs() + tolerance * tolerance;
            let gap = (actual - expected).abs();
            assert!(gap <= allowed, "{name}: {column} is {actual}, reference {expected}");
        }
        (expected, actual) => panic!("{name}: {column} is {actual:?}, reference {expected:?}"),
    }
}

/// The rows of a table without quoting, by column.
pub(crate) fn rows(table: &'static str) -> Vec<Row> {
    let mut lines = table.lines();
    let header: Vec<_> = lines.next().expect("the table has a header").split(',').collect();
    let row = |line: &'static str| {
        let cells: Vec<_> = line.split(',').collect();
        assert_eq!(cells.len(), header.len(), "a line has a cell for each column: {line}");
        header.iter().copied().zip(cells).collect()
    };
    lines.map(row).collect()
}

pub(crate) fn number(cell: &str) -> Option<f64> {
    (!cell.is_empty()).then(|| cell.parse().expect("a cell is a number or empty"))
}

/// The numbers of a cell that lists some.
pub(crate) fn numbers(cell: &str) -> Vec<f64> {
    cell.split_whitespace().filter_map(number).collect()
}
