//! Where the ticks of a time axis lie, from days to decades.

use schema::{Day, Instant};

use crate::format::month_text;

pub(crate) const MS_PER_DAY: f64 = 86_400_000.0;

/// One tick: where, and its label in one or two rows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TimeTick {
    pub(crate) millis: f64,
    pub(crate) label: String,
    /// The year below the label, at the first tick and where the year changes.
    pub(crate) year: Option<String>,
}

/// How far ticks are apart.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Days(i32),
    /// Counted from a Monday, so that ticks are weeks' names.
    Weeks(i32),
    Months(u32),
    Years(i32),
}

const STEPS: [Step; 15] = [
    Step::Days(1),
    Step::Days(2),
    Step::Weeks(1),
    Step::Weeks(2),
    Step::Months(1),
    Step::Months(2),
    Step::Months(3),
    Step::Months(6),
    Step::Years(1),
    Step::Years(2),
    Step::Years(5),
    Step::Years(10),
    Step::Years(20),
    Step::Years(50),
    Step::Years(100),
];

/// The finest ticks between two instants (in ms) whose labels have room in a width given in ems.
///
/// Weekly figures have none between Mondays, which name the weeks.
/// Where no step fits, as within one day, the first day alone is a tick.
pub(crate) fn ticks(from: f64, to: f64, room: f64, is_weekly: bool) -> Vec<TimeTick> {
    for step in STEPS {
        if is_weekly && matches!(step, Step::Days(_)) {
            continue;
        }
        let most = (room / label_width(step)).max(1.0) as usize;
        let days = days_at(step, from, to, most);
        let Some(days) = days else { continue };
        if days.is_empty() || (days.len() == 1 && to - from >= MS_PER_DAY) {
            break;
        }
        return labelled(step, &days);
    }
    let day = Instant::from_millis(from as i64).day();
    let label = format!("{} {}", day.day_of_month(), month_text(day.month()));
    vec![TimeTick { millis: from, label, year: Some(day.year().to_string()) }]
}

/// The days of a step between two instants; `None` when there are more than `most`.
fn days_at(step: Step, from: f64, to: f64, most: usize) -> Option<Vec<Day>> {
    let approximate = (to - from) / MS_PER_DAY / step_days(step);
    if approximate > most as f64 + 1.0 {
        return None;
    }
    let mut day = first_day(step, Instant::from_millis(from as i64).day());
    let mut days = Vec::new();
    while day.start().millis() as f64 <= to {
        if day.start().millis() as f64 >= from {
            days.push(day);
        }
        if days.len() > most {
            return None;
        }
        day = next_day(step, day);
    }
    Some(days)
}

/// The width of a label with the space around it, in ems.
fn label_width(step: Step) -> f64 {
    match step {
        Step::Days(_) | Step::Weeks(_) => 5.0,
        Step::Months(_) => 3.8,
        Step::Years(_) => 4.0,
    }
}

fn step_days(step: Step) -> f64 {
    match step {
        Step::Days(days) => f64::from(days),
        Step::Weeks(weeks) => f64::from(weeks) * 7.0,
        Step::Months(months) => f64::from(months) * 30.44,
        Step::Years(years) => f64::from(years) * 365.25,
    }
}

/// The last day of the step at or before `day`.
fn first_day(step: Step, day: Day) -> Day {
    match step {
        Step::Days(days) => Day::from_epoch_days(day.epoch_days().div_euclid(days) * days),
        Step::Weeks(weeks) => {
            let number = day.week().number().div_euclid(weeks) * weeks;
            schema::Week::from_number(number).monday()
        }
        Step::Months(months) => month_start(day.year(), (day.month() - 1) / months * months + 1),
        Step::Years(years) => month_start(day.year().div_euclid(years) * years, 1),
    }
}

fn next_day(step: Step, day: Day) -> Day {
    match step {
        Step::Days(days) => Day::from_epoch_days(day.epoch_days() + days),
        Step::Weeks(weeks) => Day::from_epoch_days(day.epoch_days() + 7 * weeks),
        Step::Months(months) => {
            let month = day.month() - 1 + months;
            month_start(day.year() + (month / 12) as i32, month % 12 + 1)
        }
        Step::Years(years) => month_start(day.year() + years, 1),
    }
}

fn month_start(year: i32, month: u32) -> Day {
    Day::from_ymd(year, month, 1).expect("the first of a month exists in every drawn year")
}

fn labelled(step: Step, days: &[Day]) -> Vec<TimeTick> {
    let mut last_year = None;
    let mut ticks = Vec::with_capacity(days.len());
    for day in days {
        let year = day.year();
        let label = match step {
            Step::Years(_) => year.to_string(),
            Step::Months(_) => month_text(day.month()).to_owned(),
            Step::Days(_) | Step::Weeks(_) => {
                format!("{} {}", day.day_of_month(), month_text(day.month()))
            }
        };
        let is_new_year = last_year != Some(year) && !matches!(step, Step::Years(_));
        let year_text = is_new_year.then(|| year.to_string());
        ticks.push(TimeTick { millis: day.start().millis() as f64, label, year: year_text });
        last_year = Some(year);
    }
    ticks
}

#[cfg(test)]
mod tests;
