//! Files whose name says when they were read.

use schema::Instant;

use super::Input;
use crate::Parsed;
use crate::fields::fault_of_instant;

/// The instant in a file's name, as `2026-08-19T093631` with the source's offset from UTC.
///
/// Where there is none, or one that cannot be, the problem is noted and nothing can be taken.
pub(super) fn read_at(
    input: Input<'_>,
    offset: &str,
    example: &str,
    parsed: &mut Parsed,
) -> Option<Instant> {
    let Some(at) = instant_of(input.file, offset) else {
        let reason =
            format!("the file's name does not say when it was read; expected as {example}");
        parsed.problems.push(input.file_problem(None, reason));
        return None;
    };
    if let Some(fault) = fault_of_instant(at, input.now) {
        parsed.problems.push(input.file_problem(None, format!("the date in its name: {fault}")));
        return None;
    }
    parsed.read_at = Some(at);
    Some(at)
}

fn instant_of(file: &str, offset: &str) -> Option<Instant> {
    const STAMP_CHARS: usize = "2026-08-19T093631".len();
    let name = file.rsplit('/').next()?;
    let (day, time) = name.get(..STAMP_CHARS)?.split_once('T')?;
    let (hour, minute, second) = (time.get(..2)?, time.get(2..4)?, time.get(4..6)?);
    Instant::parse(&format!("{day}T{hour}:{minute}:{second}{offset}")).ok()
}
