//! What the numbers of a result look like: over time, and how they changed.
//!
//! Which pictures there are follows from the lines alone, so that every result has those that fit.

use analyze::Market;
use analyze::results::{Answered, Form, Line, What};
use chart::{Figure, Kind, Point, Series, Unit, X};
use schema::{CalendarPeriod, CellState, Day, Instant};

use super::what::{titled, what};
use crate::figures::{Brief, lower_first};
use crate::parts::{day, upper_first};

/// More pictures of one result than this say less.
const MOST_PICTURES: usize = 3;
/// More lines or bars than this nobody tells apart; the table has them all.
const MOST_SERIES: usize = 8;

/// A picture, and every line of the result that belongs to it, also where it has no room for all.
#[derive(Debug, Clone)]
pub(crate) struct Picture {
    pub(crate) figure: Figure,
    /// What it is called below the title and the question of its result.
    pub(crate) brief: Brief,
    pub(crate) lines: Vec<Line>,
}

/// The pictures of a result; none where there is no number, or one only.
pub(crate) fn pictures(answered: &Answered, market: &Market) -> Vec<Picture> {
    let Ok(found) = &answered.found else { return Vec::new() };
    let mut groups = groups(&found.lines);
    groups.retain(Group::is_worth_it);
    groups.truncate(MOST_PICTURES);
    groups.iter().enumerate().map(|(place, group)| group.picture(answered, market, place)).collect()
}

/// A picture in which nothing is drawn yet, of the result as a whole; the first has place 0.
pub(crate) fn blank(answered: &Answered, market: &Market, place: usize) -> Figure {
    let described = answered.described;
    Figure {
        id: format!("result-{}-{}", described.name, place + 1),
        kind: Kind::Dots,
        title: described.title.to_owned(),
        subtitle: described.question.to_owned(),
        unit: Unit::Share,
        source: market.collection.source.clone(),
        data_through: day(market.data_through.day()),
        simulated: market.release.is_simulated,
        series: Vec::new(),
        is_ordered: false,
        events: Vec::new(),
        reference_lines: Vec::new(),
        choices: Vec::new(),
        nodes: Vec::new(),
        links: Vec::new(),
        notes: Vec::new(),
    }
}

/// Lines that one picture can show together.
struct Group<'a> {
    what: What,
    form: Form,
    is_over_time: bool,
    lines: Vec<&'a Line>,
}

/// The lines by what they are, in their order.
fn groups(lines: &[Line]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for line in lines {
        let is_over_time = match line.what {
            What::Share | What::Value(_) => period(&line.when).is_some(),
            What::Change(_) | What::Part(_) => false,
            What::Ratio(_) | What::Date(_) => continue,
        };
        if line.form == Form::Week {
            continue;
        }
        // Shares and sizes stand on one axis whatever they are called; indices do not.
        let is_together = line.unit.is_none() && matches!(line.form, Form::Share | Form::Large);
        let belongs = |group: &&mut Group<'_>| {
            let is_same = group.what == line.what
                || is_together
                    && is_over_time
                    && group.lines.iter().all(|line| line.unit.is_none());
            is_same && group.form == line.form && group.is_over_time == is_over_time
        };
        match groups.iter_mut().find(belongs) {
            Some(group) => group.lines.push(line),
            None => groups.push(Group {
                what: line.what,
                form: line.form,
                is_over_time,
                lines: vec![line],
            }),
        }
    }
    groups
}

impl Group<'_> {
    /// One number is no picture, nor are numbers of one time without units.
    fn is_worth_it(&self) -> bool {
        let is_known = |line: &&&Line| line.estimate.value.is_some();
        let mut known = self.lines.iter().filter(is_known);
        known.next().is_some() && known.next().is_some()
    }

    fn picture(&self, answered: &Answered, market: &Market, place: usize) -> Picture {
        let is_line = self.is_line();
        let (series, is_cut) = self.series(market.data_through);
        let mut subtitle = match self.only_time() {
            _ if is_line => "Each point stands in the middle of its period.".to_owned(),
            Some(when) => format!("{when}."),
            None => "Each row is of its own time, which the table has in full.".to_owned(),
        };
        if is_cut {
            subtitle.push_str(" The others are in the table.");
        }
        let described = answered.described;
        let part = self.part();
        let title = match &part {
            Some(part) => format!("{}: {part}", described.title),
            None => described.title.to_owned(),
        };
        let figure = Figure {
            kind: if is_line { Kind::Line } else { Kind::Dots },
            title,
            subtitle: format!("{} {subtitle}", described.question),
            unit: self.unit(),
            series,
            ..blank(answered, market, place)
        };
        let title = part.map_or_else(|| described.title.to_owned(), |part| upper_first(&part));
        let lines = self.lines.iter().copied().cloned().collect();
        Picture { figure, brief: Brief { title, subtitle }, lines }
    }

    /// What of a result is shown, where that is not what the whole result is about.
    fn part(&self) -> Option<String> {
        let names_units = self.lines[0].unit.is_some();
        match self.what {
            What::Share | What::Value(_) if names_units => None,
            What::Change(of) => Some(format!("change of {}", lower_first(titled(of)))),
            What::Part(_) => Some("parts of the change".to_owned()),
            _ if self.lines.iter().any(|line| line.what != self.what) => None,
            one => Some(what(one)),
        }
    }

    /// Whether something is told of more than one period, and so drawn as a line.
    fn is_line(&self) -> bool {
        let is_again = |(place, line): (usize, &&Line)| {
            let before = &self.lines[..place];
            before.iter().any(|one| (one.what, &one.unit) == (line.what, &line.unit))
        };
        self.is_over_time && self.lines.iter().enumerate().any(is_again)
    }

    /// The time that all lines are of, where it is one.
    fn only_time(&self) -> Option<&str> {
        let first = self.lines[0].when.as_str();
        self.lines.iter().all(|line| line.when == first).then_some(first)
    }

    /// A series a unit, or a name, and whether there were more; where rows are of several times, a
    /// series each of them.
    fn series(&self, data_through: Instant) -> (Vec<Series>, bool) {
        let mut series: Vec<Series> = Vec::new();
        let is_by_time = !self.is_line() && self.only_time().is_none();
        for line in &self.lines {
            let mut name = line.unit.clone().unwrap_or_else(|| line.what.name());
            let mut label = line.unit.clone().unwrap_or_else(|| what(line.what));
            if is_by_time {
                name = format!("{name}, {}", line.when);
                // Where all rows are of the same, their times are what tells them apart.
                let is_of_one = self.lines.iter().all(|one| one.what == line.what);
                label = match &line.unit {
                    None if is_of_one => line.when.clone(),
                    _ => format!("{label}, {}", line.when),
                };
            }
            let found = series.iter().position(|series| series.key == name);
            let at = found.unwrap_or_else(|| {
                series.push(Series {
                    key: name,
                    label,
                    points: Vec::new(),
                    is_residual: false,
                    is_hidden: false,
                });
                series.len() - 1
            });
            series[at].points.push(point(line, data_through));
        }
        let is_cut = series.len() > MOST_SERIES;
        // Of one time or many, results put first what matters most; of changes the largest do.
        if is_cut && !self.is_over_time {
            let size = |series: &Series| {
                let last = series.points.last().and_then(|point| point.estimate.value);
                last.map_or(0.0, f64::abs)
            };
            series.sort_by(|a, b| size(b).total_cmp(&size(a)));
        }
        series.truncate(MOST_SERIES);
        (series, is_cut)
    }

    fn unit(&self) -> Unit {
        match (self.form, self.what) {
            (Form::Share, _) => Unit::Share,
            (Form::Points, _) => Unit::Points,
            (Form::Times, _) => Unit::Number("times"),
            (Form::Index, What::Value("hhi")) => Unit::Index { max: 10_000.0, name: "HHI" },
            (Form::Count, _) => Unit::Count(""),
            (Form::Large, _) => Unit::Number("parameters"),
            (_, What::Value(of) | What::Change(of)) => Unit::Number(titled(of)),
            _ => Unit::Number(""),
        }
    }
}

/// A line at its period or day, or at that into which it leads; one of neither at the newest reading.
fn point(line: &Line, data_through: Instant) -> Point {
    let state = match line.estimate.value {
        None => CellState::Missing,
        Some(_) => CellState::Observed,
    };
    let last = line.when.rsplit(" → ").next().unwrap_or_default();
    let day = || last.parse::<Day>().map_or(data_through, Day::start);
    let x = period(last).map_or_else(|| X::Instant(day()), X::Period);
    Point { x, estimate: line.estimate.clone(), state }
}

/// The period that is named, if one is.
fn period(when: &str) -> Option<CalendarPeriod> {
    when.parse().ok()
}

#[cfg(test)]
mod tests {
    use schema::Estimate;

    use super::*;

    fn line(what: What, unit: Option<&str>, when: &str, form: Form, value: f64) -> Line {
        let unit = unit.map(str::to_owned);
        let estimate = Estimate::exact(value, 1);
        Line { what, unit, when: when.to_owned(), form, estimate, test: None }
    }

    #[test]
    fn shares_over_time_are_lines_and_their_changes_dots() {
        let share = |unit, when, value| line(What::Share, Some(unit), when, Form::Share, value);
        let change = |unit, value| {
            line(What::Change("share"), Some(unit), "2024 → 2025", Form::Points, value)
        };
        let lines = [
            share("us", "2024", 0.6),
            share("us", "2025", 0.5),
            share("cn", "2024", 0.4),
            share("cn", "2025", 0.5),
            change("us", -0.1),
            change("cn", 0.1),
        ];
        let groups = groups(&lines);
        let series = |group: &Group<'_>| group.series(Instant::from_millis(0)).0;
        let told: Vec<(bool, usize)> =
            groups.iter().map(|group| (group.is_over_time, series(group).len())).collect();
        assert_eq!(told, [(true, 2), (false, 2)]);
        let first = &series(&groups[0])[0];
        assert_eq!((first.key.as_str(), first.points.len()), ("us", 2));
        assert_eq!(groups[1].unit(), Unit::Points);
    }

    /// A row of one time must not be taken for that of another.
    #[test]
    fn rows_of_several_times_say_theirs() {
        let stayed = |when, value| line(What::Part("still there"), None, when, Form::Share, value);
        let lines = [stayed("2022 → 2023", 0.9), stayed("2023 → 2024", 0.6)];
        let groups = groups(&lines);
        let (series, _) = groups[0].series(Instant::from_millis(0));
        let told: Vec<(&str, Option<f64>)> =
            series.iter().map(|one| (one.label.as_str(), one.points[0].estimate.value)).collect();
        assert_eq!(told, [("2022 → 2023", Some(0.9)), ("2023 → 2024", Some(0.6))]);
        assert_eq!((groups[0].is_line(), groups[0].only_time()), (false, None));
    }

    #[test]
    fn a_row_belongs_to_the_time_into_which_it_leads() {
        let newest: Instant = Day::from_ymd(2026, 1, 5).unwrap().start();
        let of =
            |when| point(&line(What::Change("share"), None, when, Form::Points, 0.1), newest).x;
        assert_eq!(of("2024 → 2025"), X::Period(CalendarPeriod::Year(2025)));
        let day = Day::from_ymd(2023, 4, 24).unwrap();
        assert_eq!(of("2021-12-06 → 2023-04-24"), X::Instant(day.start()));
        assert_eq!(of("all weeks"), X::Instant(newest));
    }

    #[test]
    fn indices_have_an_axis_each_and_a_single_number_no_picture() {
        let index = |name, when, value| line(What::Value(name), None, when, Form::Plain, value);
        let lines =
            [index("gini", "2024", 0.9), index("gini", "2025", 0.8), index("other", "2025", 12.0)];
        let groups = groups(&lines);
        let worth: Vec<bool> = groups.iter().map(Group::is_worth_it).collect();
        assert_eq!(worth, [true, false]);
    }
}
