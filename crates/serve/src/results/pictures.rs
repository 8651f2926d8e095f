//! What the numbers of a result look like: over time, and how they changed.
//!
//! Which pictures there are follows from the lines alone, so that every result has those that fit.

use analyze::Market;
use analyze::results::{Answered, Form, Line, What};
use chart::{Figure, Kind, Point, Series, Unit, X};
use schema::{CalendarPeriod, CellState, Instant};

use super::what::{titled, what};

/// More pictures of one result than this say less.
const MOST_PICTURES: usize = 3;
/// More lines or bars than this nobody tells apart; the table has them all.
const MOST_SERIES: usize = 8;
const MS_PER_DAY: i64 = 86_400_000;

/// The pictures of a result; none where there is no number, or one only.
pub(crate) fn pictures(answered: &Answered, market: &Market) -> Vec<Figure> {
    let Ok(found) = &answered.found else { return Vec::new() };
    let mut groups = groups(&found.lines);
    groups.retain(Group::is_worth_it);
    groups.truncate(MOST_PICTURES);
    groups.iter().enumerate().map(|(place, group)| group.figure(answered, market, place)).collect()
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
            What::Share | What::Value(_) => middle(&line.when).is_some(),
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

    fn figure(&self, answered: &Answered, market: &Market, place: usize) -> Figure {
        let (series, is_cut) = self.series();
        let times = series.iter().map(|series| series.points.len()).max().unwrap_or_default();
        let is_line = self.is_over_time && times > 1;
        let mut subtitle = if is_line {
            "Each point stands in the middle of its period.".to_owned()
        } else {
            format!("{}.", self.lines[0].when)
        };
        if is_cut {
            subtitle.push_str(" The others are in the table.");
        }
        Figure {
            id: format!("{}-{place}", answered.described.name),
            kind: if is_line { Kind::Line } else { Kind::Dots },
            title: self.title(answered),
            subtitle,
            unit: self.unit(),
            source: market.collection.source.clone(),
            data_through: crate::parts::day(market.data_through.day()),
            simulated: market.release.is_simulated,
            series,
            is_ordered: false,
            events: Vec::new(),
            reference_lines: Vec::new(),
            choices: Vec::new(),
            nodes: Vec::new(),
            links: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn title(&self, answered: &Answered) -> String {
        let names_units = self.lines[0].unit.is_some();
        match self.what {
            What::Share | What::Value(_) if names_units => answered.described.title.to_owned(),
            What::Change(of) => format!("Change of {}", titled(of)),
            What::Part(_) => "Parts of the change".to_owned(),
            _ if self.lines.iter().any(|line| line.what != self.what) => {
                answered.described.title.to_owned()
            }
            one => what(one),
        }
    }

    /// A series a unit, or a name, and whether there were more.
    fn series(&self) -> (Vec<Series>, bool) {
        let mut series: Vec<Series> = Vec::new();
        for line in &self.lines {
            let name = line.unit.clone().unwrap_or_else(|| line.what.name());
            let label = line.unit.clone().unwrap_or_else(|| what(line.what));
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
            series[at].points.push(point(line));
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

fn point(line: &Line) -> Point {
    let state = match line.estimate.value {
        None => CellState::Missing,
        Some(_) => CellState::Observed,
    };
    let last = line.when.rsplit(" → ").next().unwrap_or_default();
    let at = middle(last).unwrap_or(Instant::from_millis(0));
    Point { x: X::Instant(at), estimate: line.estimate.clone(), state }
}

/// The middle of a period that is named; of all years up to one, of that year.
fn middle(when: &str) -> Option<Instant> {
    let period: CalendarPeriod = when.parse().ok()?;
    let first = match period {
        CalendarPeriod::UpTo(year) => CalendarPeriod::Year(year).first_day(),
        period => period.first_day(),
    }?;
    let days = i64::from(period.end_day().epoch_days() - first.epoch_days());
    Some(Instant::from_millis(first.start().millis() + days * MS_PER_DAY / 2))
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
        let told: Vec<(bool, usize)> =
            groups.iter().map(|group| (group.is_over_time, group.series().0.len())).collect();
        assert_eq!(told, [(true, 2), (false, 2)]);
        let first = &groups[0].series().0[0];
        assert_eq!((first.key.as_str(), first.points.len()), ("us", 2));
        assert_eq!(groups[1].unit(), Unit::Points);
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

    /// 2024 has 366 days, of which 183 are over on 2 July; the first quarter of 2025 has 90.
    #[test]
    fn a_period_stands_at_its_middle() {
        let day = |when: &str| middle(when).map(|at| at.day().to_string());
        assert_eq!(day("2024").as_deref(), Some("2024-07-02"));
        assert_eq!(day("2025-Q1").as_deref(), Some("2025-02-15"));
        assert_eq!(day("..2022").as_deref(), Some("2022-07-02"));
        assert_eq!(day("2024 → 2025"), None);
    }
}
