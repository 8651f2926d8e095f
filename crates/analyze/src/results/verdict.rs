//! Whether a change can be told, and tests corrected for how many there are.

use stats::benjamini_hochberg;

use super::context::FEW_OWNERS;
use super::{Context, Found, Line, Test};
use crate::{Result, outermost};

/// A corrected p-value up to which a change is called one.
pub(crate) const LEVEL: f64 = 0.05;

/// What can be said of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// It rose, whatever is not sure of it.
    Up,
    /// It fell, whatever is not sure of it.
    Down,
    /// Gaps or unattributed mass could undo it.
    NotFromTheseData,
    /// It may be the luck of a few owners.
    MayBeLuck,
}

/// What can be said of a change: the interval and the bounds have to leave no change out, and the
/// corrected test has to as well. `none` is the value of no change, as 0 of a difference.
pub(crate) fn direction(line: &Line, none: f64) -> Direction {
    let Some((least, most)) = outermost(&line.estimate) else {
        return Direction::NotFromTheseData;
    };
    if least <= none && none <= most {
        return Direction::NotFromTheseData;
    }
    match line.test {
        Some(test) if test.adjusted <= LEVEL => {
            if least > none {
                Direction::Up
            } else {
                Direction::Down
            }
        }
        _ => Direction::MayBeLuck,
    }
}

/// Puts corrected tests to lines: the p-values are of one family; a line without one has no test.
/// Of few owners no test is made, and that is said.
pub(crate) fn correct(
    context: &Context<'_>,
    found: &mut Found,
    tests: &[(usize, f64)],
    method: &'static str,
) -> Result<()> {
    if !tests.is_empty() && context.has_few_owners()? {
        found.notes.push(FEW_OWNERS.to_owned());
        return Ok(());
    }
    let lines = &mut found.lines;
    let p_values: Vec<f64> = tests.iter().map(|(_, p)| *p).collect();
    let adjusted = benjamini_hochberg(&p_values);
    for ((line, p), adjusted) in tests.iter().zip(adjusted) {
        lines[*line].test = Some(Test { method, p: *p, adjusted, family: tests.len() });
    }
    Ok(())
}
