//! What of all downloads comes back every year.

use schema::{Estimate, Statistic, Week};
use stats::seasons;

use super::{Context, End, Form, Found, Line, Piece, Sentence, What};
use crate::{At, Error, Period, Query, Result};

/// Weeks of the last year of a record, of which the season is told.
const YEAR: usize = 52;

/// The season of the market's weekly downloads.
pub(crate) fn season(context: &Context<'_>) -> Result<Found> {
    let query = Query {
        period: Period::Weeks { from: None, to: None },
        top: Some(0),
        ..context.query(context.owner(), vec![Statistic::Sum])
    };
    let weeks = crate::answer_each(context.market, &query, |at, rows| {
        let total = rows.iter().find(|row| row.unit.is_none())?.estimate.value?;
        match at {
            At::Week(week) if total > 0.0 => Some((week, total.ln())),
            _ => None,
        }
    })?;
    let known: Option<Vec<(Week, f64)>> = weeks.into_iter().collect();
    let unknown = "a season is looked for in at least three years of weeks, in each of which \
                   downloads are known";
    let weeks = known.ok_or(Error::Contradiction { reason: unknown })?;
    let logarithms: Vec<f64> = weeks.iter().map(|(_, total)| *total).collect();
    let apart = seasons(&logarithms).map_err(|_| Error::Contradiction { reason: unknown })?;
    let mut found = Found::default();
    let when = format!("{} → {}", weeks[0].0, weeks[weeks.len() - 1].0);
    let n = weeks.len() as u64;
    let line = |what: What, form: Form, value: f64| Line {
        what,
        unit: None,
        when: when.clone(),
        form,
        estimate: Estimate::alone(value, n),
        test: None,
    };
    found.notes.push(
        "logarithms of weekly downloads taken apart into a bent line, waves of a year, and a rest; \
         how many waves is chosen by the Bayes information criterion"
            .to_owned(),
    );
    if apart.waves == 0 {
        found.sentences.push(Sentence::plain(vec![Piece::Words(
            "No season of the year can be told from the noise of the weeks.",
        )]));
        return Ok(found);
    }
    let part = What::Value("part of the variation about the trend that is the season's");
    found.lines.push(line(part, Form::Share, apart.strength));
    let last = apart.seasonal.len() - YEAR.min(apart.seasonal.len());
    let year = || (last..apart.seasonal.len()).map(|week| (week, apart.seasonal[week]));
    let highest = year().max_by(|a, b| a.1.total_cmp(&b.1)).expect("a year has weeks");
    let lowest = year().min_by(|a, b| a.1.total_cmp(&b.1)).expect("a year has weeks");
    let monday = |week: usize| f64::from(weeks[week].0.monday().epoch_days());
    for (date, size, (week, seasonal)) in [
        (What::Date("the season is highest in"), What::Value("times the trend, then"), highest),
        (
            What::Date("the season is lowest in"),
            What::Value("times the trend, at the lowest"),
            lowest,
        ),
    ] {
        found.lines.push(line(date, Form::Week, monday(week)));
        found.lines.push(line(size, Form::Times, seasonal.exp()));
    }
    found.sentences.push(Sentence::plain(vec![
        Piece::Words("Downloads have a season: in the last year of the record they were highest, "),
        Piece::Number { line: 2, end: End::Value },
        Piece::Words(" their trend, in the week of "),
        Piece::Number { line: 1, end: End::Value },
        Piece::Words(", and lowest, "),
        Piece::Number { line: 4, end: End::Value },
        Piece::Words(", in the week of "),
        Piece::Number { line: 3, end: End::Value },
        Piece::Words("."),
    ]));
    Ok(found)
}
