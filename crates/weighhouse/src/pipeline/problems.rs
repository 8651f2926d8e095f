//! What was wrong with the input, as a table.

use schema::{Problem, Value, ValueType};
use store::Column;

const fn column(name: &'static str, value_type: ValueType) -> Column {
    Column { name, value_type }
}

/// The columns of a table of problems.
pub(super) const PROBLEM_COLUMNS: [Column; 6] = [
    column("file", ValueType::Text),
    column("line", ValueType::Integer),
    column("model_id", ValueType::Text),
    column("field", ValueType::Text),
    column("reason", ValueType::Text),
    column("severity", ValueType::Text),
];

/// Problems as columns of values.
pub(super) fn problem_values(problems: &[Problem]) -> Vec<Vec<Value>> {
    let column = |value: fn(&Problem) -> Value| problems.iter().map(value).collect();
    vec![
        column(|problem| problem.file.as_str().into()),
        column(|problem| problem.line.map(|line| line as i64).into()),
        column(|problem| problem.model.as_ref().into()),
        column(|problem| problem.field.as_str().into()),
        column(|problem| problem.reason.as_str().into()),
        column(|problem| problem.severity.name().into()),
    ]
}
