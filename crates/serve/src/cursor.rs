//! Long lists in parts: where the next part begins, in a text that only this server reads.
//!
//! A cursor is sealed with the release and the question, so that no list is put together from two
//! releases, and none goes on as another.

use crate::compute::digest;
use crate::parameters::Parameters;
use crate::refusal::Refusal;

/// Rows of a part where the question does not say.
pub(crate) const DEFAULT_LIMIT: usize = 1_000;
/// Rows of a part at most.
pub(crate) const MOST_LIMIT: usize = 1_000;

/// Where a part of a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Place {
    /// Of a list of lists, which one.
    pub(crate) part: usize,
    /// Rows of it that came before.
    pub(crate) row: usize,
}

impl Place {
    /// Where the question's cursor says that the list goes on; without one, its beginning.
    pub(crate) fn read(given: &Parameters, release: &str) -> Result<Self, Refusal> {
        let Some(text) = given.get("cursor") else { return Ok(Self::default()) };
        let (place, seal) = text.rsplit_once('.').ok_or_else(Refusal::unusable_cursor)?;
        let (part, row) = place.split_once('.').ok_or_else(Refusal::unusable_cursor)?;
        let number = |text: &str| usize::from_str_radix(text, 16).ok();
        let place = number(part).zip(number(row)).map(|(part, row)| Self { part, row });
        let place = place.ok_or_else(Refusal::unusable_cursor)?;
        if place.sealed(given, release).rsplit_once('.').is_some_and(|(_, own)| own == seal) {
            return Ok(place);
        }
        Err(Refusal::unusable_cursor())
    }

    /// The cursor of this place, for the question that follows.
    pub(crate) fn sealed(self, given: &Parameters, release: &str) -> String {
        let Self { part, row } = self;
        let question = given.without("cursor").without("limit").sorted().address("");
        let seal = digest(format!("{part}\n{row}\n{release}\n{question}").as_bytes());
        format!("{part:x}.{row:x}.{seal}")
    }
}

/// The part of a whole list that is asked for, and the cursor of the part after it.
pub(crate) fn part<T>(
    list: impl Iterator<Item = T>,
    given: &Parameters,
    release: &str,
) -> Result<(Vec<T>, Option<String>), Refusal> {
    let limit = limit(given)?;
    let place = Place::read(given, release)?;
    let mut rest = list.skip(place.row);
    let part: Vec<T> = rest.by_ref().take(limit).collect();
    let after = Place { row: place.row + part.len(), ..place };
    let next = rest.next().map(|_| after.sealed(given, release));
    Ok((part, next))
}

/// How many rows a part has at most.
fn limit(given: &Parameters) -> Result<usize, Refusal> {
    let Some(text) = given.get("limit") else { return Ok(DEFAULT_LIMIT) };
    let limit = text.parse().ok().filter(|limit| (1..=MOST_LIMIT).contains(limit));
    limit.ok_or_else(|| {
        Refusal::unreadable(format!("cannot read '{text}' as a number of rows from 1 to 1000"))
    })
}

#[cfg(test)]
mod tests {
    use axum::http::Uri;
    use proptest::prelude::*;

    use super::*;

    fn given(question: &str) -> Parameters {
        let uri: Uri = format!("/?{question}").parse().unwrap();
        Parameters::read(&uri, &["kind", "group", "limit", "cursor"]).unwrap()
    }

    fn parts(count: usize, question: &str, release: &str) -> Vec<Vec<usize>> {
        let mut parts = Vec::new();
        let mut asked = given(question);
        loop {
            let (found, next) = part(0..count, &asked, release).unwrap();
            parts.push(found);
            let Some(next) = next else { return parts };
            asked = asked.with("cursor", &next);
        }
    }

    #[test]
    fn a_list_comes_whole_in_parts() {
        assert_eq!(parts(5, "limit=2", "r"), [vec![0, 1], vec![2, 3], vec![4]]);
        assert_eq!(parts(4, "limit=2", "r"), [vec![0, 1], vec![2, 3]]);
        assert_eq!(parts(0, "limit=2", "r"), [Vec::<usize>::new()]);
    }

    #[test]
    fn a_cursor_is_of_one_question_and_one_release() {
        let asked = given("kind=a&group=b&limit=2");
        let (_, next) = part(0..5, &asked, "r").unwrap();
        let next = next.unwrap();
        let goes_on = |question: &str, release: &str| {
            let asked = given(&format!("{question}&cursor={next}"));
            part(0..5, &asked, release).map(|(found, _)| found)
        };
        assert_eq!(goes_on("group=b&kind=a&limit=1", "r").unwrap(), [2]);
        for (question, release) in [("kind=a&group=b", "s"), ("kind=a", "r"), ("kind=b", "r")] {
            assert_eq!(goes_on(question, release).unwrap_err().code, "unusable_cursor");
        }
        let forged = format!("0.4.{}", next.rsplit_once('.').unwrap().1);
        let asked = given(&format!("kind=a&group=b&cursor={forged}"));
        assert_eq!(part(0..5, &asked, "r").unwrap_err().code, "unusable_cursor");
    }

    proptest! {
        #[test]
        fn any_text_is_a_cursor_or_refused(text in "[0-9a-f.]{1,40}") {
            let asked = given(&format!("cursor={text}"));
            prop_assert_eq!(part(0..5, &asked, "r").unwrap_err().code, "unusable_cursor");
        }
    }
}
