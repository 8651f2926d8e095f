//! The rows of answers as tables with typed columns: what their files hold beside JSON.

use schema::{Day, Instant, Value, ValueType};

use super::attributes::AttributesResponse;
use super::averages::AveragesResponse;
use super::leaderboard::LeaderboardResponse;
use super::query::{QueryResponse, judge};
use super::replication::ReplicationResponse;
use super::results::{EveryResponse, ResultResponse};
use super::robustness::RobustnessResponse;
use super::whatif::WhatIfResponse;
use super::why::WhyResponse;
use crate::quality::{Reason, of_numbers};
use crate::takeaway::{
    AFTER, BEFORE, DIFFERENCE, Heading, NUMBERS, SHARE, SUM, Sheet, count, heading, integer,
    number, numbers, text,
};

/// An answer that is a table.
pub(crate) trait Tabled {
    /// What it is called.
    fn title(&self) -> String;
    /// Its rows.
    fn sheet(&self) -> Sheet;
    /// What is known to be wrong with its numbers, beside what is with their collection.
    fn reasons(&self) -> Vec<Reason> {
        Vec::new()
    }
}

impl Tabled for QueryResponse {
    fn title(&self) -> String {
        let mut stats: Vec<&str> = self.rows.iter().map(|row| row.stat.as_str()).collect();
        stats.dedup();
        stats.sort_unstable();
        stats.dedup();
        format!("{} of {} by {}", stats.join(", "), self.measure, self.group)
    }

    fn reasons(&self) -> Vec<Reason> {
        judge(self)
    }

    fn sheet(&self) -> Sheet {
        let when = moments(self.rows.iter().map(|row| row.at.as_str()));
        let head = [when.heading("at", "The date, or the Monday of the week"), UNIT, STAT];
        let mut sheet = Sheet::new(chain(head, NUMBERS, [MEASURE, GROUP]));
        for (row, at) in self.rows.iter().zip(when.values) {
            let head = [at, maybe(row.unit.as_deref()), said(&row.stat)];
            let tail = [said(&self.measure), said(&self.group)];
            sheet.push(chain(head, numbers(Some(&row.numbers)), tail));
        }
        sheet
    }
}

impl Tabled for AveragesResponse {
    fn title(&self) -> String {
        format!("What is usual of {}, by {}", self.of, self.measure)
    }

    fn reasons(&self) -> Vec<Reason> {
        of_numbers(self.rows.iter().map(|row| &row.numbers))
    }

    fn sheet(&self) -> Sheet {
        let when = moments(self.rows.iter().map(|row| row.at.as_str()));
        let tail = [
            number("known_share", "The share of the weight of models of which it is known"),
            text("attribute", "Of which attribute the number is"),
            text("attribute_unit", "In what it is measured"),
            MEASURE,
        ];
        let head = [when.heading("at", "The date, the Monday of the week, or the period"), STAT];
        let mut sheet = Sheet::new(chain(head, NUMBERS, tail));
        for (row, at) in self.rows.iter().zip(when.values) {
            let known = row.known_share.map_or(Value::Null, Value::Number);
            let tail = [known, said(&self.of), said(&self.unit), said(&self.measure)];
            sheet.push(chain([at, said(&row.stat)], numbers(Some(&row.numbers)), tail));
        }
        sheet
    }
}

impl Tabled for LeaderboardResponse {
    fn title(&self) -> String {
        format!("The largest by {}: {}", self.measure, self.group)
    }

    fn reasons(&self) -> Vec<Reason> {
        of_numbers(self.standings.iter().map(|row| &row.sum))
    }

    fn sheet(&self) -> Sheet {
        let head = [
            integer("rank", "The place, from 1"),
            integer("earlier_rank", "The place at the earlier time"),
            UNIT,
        ];
        let now = moments([self.at.as_str()].into_iter());
        let earlier = moments([self.earlier_at.as_str()].into_iter());
        let tail = [
            now.heading("at", "The date, or the Monday of the week"),
            earlier.heading("earlier_at", "The time that places are compared with"),
            MEASURE,
            GROUP,
        ];
        let mut sheet = Sheet::new(chain(head, SUM, chain(SHARE, tail, [])));
        let when = chain(now.values, earlier.values, [said(&self.measure), said(&self.group)]);
        for row in &self.standings {
            let earlier_rank = row.earlier_rank.map_or(Value::Null, count);
            let head = [count(row.rank), earlier_rank, said(&row.unit)];
            let share = chain(numbers(Some(&row.share)), when.clone(), []);
            sheet.push(chain(head, numbers(Some(&row.sum)), share));
        }
        sheet
    }
}

impl Tabled for AttributesResponse {
    fn title(&self) -> String {
        "Attributes of models".to_owned()
    }

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new([
            text("name", "Its name in questions"),
            text("title", "Its title"),
            text("type", "The type of its values"),
            text("unit", "The unit of a number"),
            text("meaning", "What it means"),
            text("from", "Which field of which source it comes from"),
            text("method", "How it is derived"),
            text("family", "The family that derives it"),
            integer("version", "Version of the method"),
            heading("inputs", ValueType::TextList, "What it is derived from"),
            text("confidence", "How it is known"),
            heading("is_groupable", ValueType::Boolean, "Whether models can be grouped by it"),
            integer("known_count", "Models for which it is known"),
            integer("model_count", "Models in the collection"),
            text("example", "A known value"),
        ]);
        for row in &self.attributes {
            sheet.push(vec![
                said(&row.name),
                said(&row.title),
                said(&row.value_type),
                some(&row.unit),
                said(&row.meaning),
                said(&row.source),
                said(&row.method),
                said(&row.family),
                count(row.version),
                Value::TextList(row.inputs.clone()),
                said(&row.confidence),
                Value::Boolean(row.is_groupable),
                count(row.known_count),
                count(self.model_count),
                some(&row.example),
            ]);
        }
        sheet
    }
}

impl Tabled for ResultResponse {
    fn title(&self) -> String {
        self.described.title.clone()
    }

    fn sheet(&self) -> Sheet {
        of_results(std::slice::from_ref(self))
    }
}

impl Tabled for EveryResponse {
    fn title(&self) -> String {
        "What the numbers say: every result".to_owned()
    }

    fn sheet(&self) -> Sheet {
        of_results(&self.results)
    }
}

/// The lines of some results.
fn of_results(results: &[ResultResponse]) -> Sheet {
    let head = [
        text("result", "The result, by its name"),
        UNIT,
        text("what", "What the number is"),
        text("when", "When, or from when to when"),
    ];
    let tail = [
        number("joined_low", "Lower end of bounds and sampling interval joined"),
        number("joined_high", "Upper end of bounds and sampling interval joined"),
        text("test", "How no change is tested"),
        number("p", "How likely so much is where nothing changed"),
        number("adjusted_p", "The same, corrected for all tests of the family"),
        integer("tests", "How many tests the family has"),
        text("text", "The number as people read it"),
    ];
    let mut sheet = Sheet::new(chain(head, NUMBERS, tail));
    let lines =
        results.iter().flat_map(|result| result.lines.iter().map(move |line| (result, line)));
    for (result, line) in lines {
        let test = line.test.as_ref();
        let head = [
            said(&result.described.result),
            maybe(line.unit.as_deref()),
            said(&line.what),
            said(&line.when),
        ];
        let tail = [
            line.joined_low.map_or(Value::Null, Value::Number),
            line.joined_high.map_or(Value::Null, Value::Number),
            maybe(test.map(|test| test.method.as_str())),
            test.map_or(Value::Null, |test| Value::Number(test.p)),
            test.map_or(Value::Null, |test| Value::Number(test.adjusted_p)),
            test.map_or(Value::Null, |test| count(test.family)),
            some(&line.text),
        ];
        sheet.push(chain(head, numbers(Some(&line.numbers)), tail));
    }
    sheet
}

impl Tabled for ReplicationResponse {
    fn title(&self) -> String {
        "What becomes of the paper's claims".to_owned()
    }

    fn sheet(&self) -> Sheet {
        let head = [
            CLAIM,
            integer("number", "The claim of the paper that it belongs to"),
            text("text", "What is said"),
            text("said_by", "Who says it"),
            text("expected", "What would bear it out"),
        ];
        let tail = [text("status", "What becomes of it"), text("because", "Why"), COMMAND];
        let mut sheet = Sheet::new(chain(head, NUMBERS, tail));
        for row in &self.claims {
            let head = [
                said(&row.claim),
                count(u64::from(row.number)),
                said(&row.text),
                said(&row.said_by),
                said(&row.expected),
            ];
            let tail = [said(&row.status), said(&row.because), said(&row.command)];
            sheet.push(chain(head, numbers(row.ours.as_ref()), tail));
        }
        sheet
    }
}

impl Tabled for RobustnessResponse {
    fn title(&self) -> String {
        format!("{}, by definition", self.text.trim_end_matches('.'))
    }

    fn sheet(&self) -> Sheet {
        let head = [CLAIM, text("definition", "The definition in words")];
        let tail = [
            heading("agrees", ValueType::Boolean, "Whether it is on the claim's side"),
            heading("sure", ValueType::Boolean, "Whether all of it is on the side where it is"),
            text("because", "Why there is no answer"),
            COMMAND,
        ];
        let mut sheet = Sheet::new(chain(head, NUMBERS, tail));
        for row in &self.definitions {
            let yes = |is: Option<bool>| is.map_or(Value::Null, Value::Boolean);
            let tail = [
                yes(row.agrees),
                yes(row.sure),
                maybe(row.because.as_deref()),
                maybe(row.command.as_deref()),
            ];
            let head = [said(&self.claim), said(&row.definition)];
            sheet.push(chain(head, numbers(row.answer.as_ref()), tail));
        }
        sheet
    }
}

impl Tabled for WhatIfResponse {
    fn title(&self) -> String {
        format!("What if: {} of {}", self.measure, self.group)
    }

    fn reasons(&self) -> Vec<Reason> {
        of_numbers(self.effects.iter().map(|row| &row.after))
    }

    fn sheet(&self) -> Sheet {
        let differences = chain(AFTER, DIFFERENCE, []);
        let mut sheet = Sheet::new(chain([GROUP, UNIT, STAT], BEFORE, differences));
        for row in &self.effects {
            let head = [said(&row.group), maybe(row.unit.as_deref()), said(&row.stat)];
            let after = chain(numbers(Some(&row.after)), numbers(Some(&row.difference)), []);
            sheet.push(chain(head, numbers(Some(&row.before)), after));
        }
        sheet
    }
}

impl Tabled for WhyResponse {
    fn title(&self) -> String {
        format!("What is known of {}", self.model)
    }

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new([
            text("model", "The model's current id"),
            text("attribute", "The attribute"),
            text("value", "Its value as JSON"),
            text("attribute_unit", "The unit of a number"),
            text("confidence", "How it is known"),
            text("because", "The sign that decided"),
            text("meaning", "What the attribute means"),
            text("method", "How it is derived"),
        ]);
        for row in &self.attributes {
            let value =
                if row.value.is_null() { Value::Null } else { said(&row.value.to_string()) };
            sheet.push(vec![
                said(&self.model),
                said(&row.attribute),
                value,
                some(&row.unit),
                maybe(row.confidence.as_deref()),
                some(&row.because),
                said(&row.meaning),
                said(&row.method),
            ]);
        }
        sheet
    }
}

const UNIT: Heading = text("unit", "The unit; empty for the whole market");
const STAT: Heading = text("stat", "The statistic");
const MEASURE: Heading = text("measure", "What was counted");
const GROUP: Heading = text("group", "What units are");
const CLAIM: Heading = text("claim", "The claim, by its name");
const COMMAND: Heading = text("command", "The question as it is asked at the command line");

/// Times as text, in the one type that all of them have.
struct Moments {
    value_type: ValueType,
    values: Vec<Value>,
}

impl Moments {
    fn heading(&self, name: &'static str, meaning: &'static str) -> Heading {
        heading(name, self.value_type, meaning)
    }
}

/// Days, instants, or what else they are: periods have names.
fn moments<'a>(texts: impl Iterator<Item = &'a str> + Clone) -> Moments {
    let days = || texts.clone().map(|text| text.parse::<Day>().ok().map(Value::Day));
    if let Some(values) = days().collect() {
        return Moments { value_type: ValueType::Day, values };
    }
    let instants = || texts.clone().map(|text| Instant::parse(text).ok().map(Value::Instant));
    if let Some(values) = instants().collect() {
        return Moments { value_type: ValueType::Instant, values };
    }
    Moments { value_type: ValueType::Text, values: texts.map(said).collect() }
}

fn said(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A text that is empty where there is none.
fn some(text: &str) -> Value {
    maybe((!text.is_empty()).then_some(text))
}

fn maybe(text: Option<&str>) -> Value {
    text.map_or(Value::Null, said)
}

fn chain<T>(
    head: impl IntoIterator<Item = T>,
    middle: impl IntoIterator<Item = T>,
    tail: impl IntoIterator<Item = T>,
) -> Vec<T> {
    head.into_iter().chain(middle).chain(tail).collect()
}
