//! The number of each topic that is told.

use schema::{Estimate, Flagged, Group, Measure, Statistic};

use super::{Direction, Headline, HeadlineSpan, Number, Topic};
use crate::answer::At;
use crate::averages::{Average, AverageQuery, Weight, averages};
use crate::results::Attribution;
use crate::{Market, Numbers, Query, Result, Row, answer, claims, difference};

/// Attributes whose units are compared, by topic.
const OPENNESS: [&str; 2] = ["openness_class", "training_data"];
/// Attributes of which the share of one value is told.
const PROPERTIES: [(&str, &str); 3] =
    [("is_moe", "yes"), ("is_multimodal", "yes"), ("is_quantized", "yes")];

/// Of what headlines are asked, and how.
pub(super) struct Asked<'a> {
    pub(super) market: &'a Market,
    pub(super) measure: Measure,
    pub(super) attribution: Attribution,
    pub(super) sizes: Option<&'a Numbers>,
    pub(super) span: &'a HeadlineSpan,
}

/// A headline, or why there is none.
type Told = std::result::Result<Headline, String>;

impl Asked<'_> {
    /// The headline of a topic.
    pub(super) fn topic(&self, topic: Topic) -> Result<Told> {
        match topic {
            Topic::Leader => self.leader(),
            Topic::Concentration => self.concentration(),
            Topic::Countries => {
                let group = self.group("country_group");
                self.largest(topic, &[(group, None)], "the country of no owner is known")
            }
            Topic::Openness => {
                let groups = OPENNESS.map(|name| (Group::named(name), None));
                self.largest(topic, &groups, "the licence and the data of no model are known")
            }
            Topic::Size => self.size(),
            Topic::Properties => {
                let groups = PROPERTIES.map(|(name, value)| (Group::named(name), Some(value)));
                let none = "experts, modality and quantization of no model are known";
                self.largest(topic, &groups, none)
            }
            Topic::Roles => {
                let none = "the lineage of no model is known";
                self.largest(topic, &[(Group::named("role"), None)], none)
            }
        }
    }

    fn leader(&self) -> Result<Told> {
        let group = self.group("uploader");
        let [now, earlier] = self.rows(&group, Statistic::Share)?;
        let mut units = now.iter().filter(|row| row.is_attributed && row.estimate.value.is_some());
        let Some(first) = units.next() else {
            return Ok(Err("the owner of no model is known".to_owned()));
        };
        let next = units.next().map(|row| (row.unit.clone().unwrap_or_default(), row));
        Ok(Ok(Headline {
            next: next.map(|(name, row)| (name, row.estimate.clone())),
            ..self.share(Topic::Leader, &group, first, &earlier)
        }))
    }

    fn concentration(&self) -> Result<Told> {
        let group = self.group("uploader");
        let [now, earlier] = self.rows(&group, Statistic::Hhi)?;
        let of = |rows: &[Row]| rows.first().map(|row| row.estimate.clone());
        let now = of(&now).filter(|estimate| estimate.value.is_some());
        Ok(now.map_or_else(
            || Err("nothing is known of any owner at the newest time".to_owned()),
            |now| Ok(headline(Topic::Concentration, Number::Hhi(group), now, of(&earlier))),
        ))
    }

    fn size(&self) -> Result<Told> {
        let none = || Ok(Err("the size of no model is known".to_owned()));
        let Some(numbers) = self.sizes else { return none() };
        let mean = |at| {
            let query = self.query(&Group::Model, Statistic::Sum, at);
            let averages = averages(
                self.market,
                &AverageQuery {
                    numbers,
                    averages: vec![Average::Mean],
                    weight: Weight::Measure,
                    query,
                },
            )?;
            Ok::<_, crate::Error>(averages.into_iter().next().map(|row| row.estimate))
        };
        let now = mean(self.span.now)?.filter(|mean| mean.value.is_some());
        let Some(now) = now else { return none() };
        let earlier = self.span.earlier.map(mean).transpose()?.flatten();
        Ok(Ok(headline(Topic::Size, Number::Mean(numbers.attribute.clone()), now, earlier)))
    }

    /// The share that changed most of those of some groups whose direction is sure, or else of
    /// all; of a group with a value, of that alone.
    fn largest(&self, topic: Topic, groups: &[(Group, Option<&str>)], none: &str) -> Result<Told> {
        let mut all: Vec<Headline> = Vec::new();
        for (group, value) in groups {
            if self.market.grouping(group).is_err() {
                continue;
            }
            let [now, earlier] = self.rows(group, Statistic::Share)?;
            let is_told = |row: &&Row| {
                let is_wanted = value.is_none_or(|value| row.unit.as_deref() == Some(value));
                row.is_attributed && is_wanted && row.estimate.value.is_some()
            };
            all.extend(
                now.iter().filter(is_told).map(|row| self.share(topic, group, row, &earlier)),
            );
        }
        let order = |one: &Headline| (one.direction() != Direction::Open, one.size());
        // The first of equals, so that the largest unit is told where nothing changed.
        let best =
            all.into_iter().reduce(|best, one| if order(&one) > order(&best) { one } else { best });
        Ok(best.ok_or_else(|| none.to_owned()))
    }

    fn share(&self, topic: Topic, group: &Group, row: &Row, earlier: &[Row]) -> Headline {
        let before = earlier.iter().find(|before| before.unit == row.unit && before.is_attributed);
        let mut estimate = before.map(|before| before.estimate.clone());
        if estimate.is_none() && self.span.earlier.is_some() && !earlier.is_empty() {
            estimate = absent(earlier);
        }
        let unit = row.unit.clone().unwrap_or_default();
        let number = Number::Share { group: group.clone(), unit };
        headline(topic, number, row.estimate.clone(), estimate)
    }

    /// The rows of a statistic at the newest and at the earlier time.
    fn rows(&self, group: &Group, statistic: Statistic) -> Result<[Vec<Row>; 2]> {
        let rows = |at| {
            let query = self.query(group, statistic, at);
            Ok::<_, crate::Error>(answer(self.market, &query)?.rows)
        };
        let earlier = self.span.earlier.map(rows).transpose()?;
        Ok([rows(self.span.now)?, earlier.unwrap_or_default()])
    }

    fn query(&self, group: &Group, statistic: Statistic, at: At) -> Query {
        Query {
            statistics: vec![statistic],
            measure: self.measure,
            group: group.clone(),
            conditions: Vec::new(),
            flagged: Flagged::Include,
            period: HeadlineSpan::period(at),
            window: self.span.window,
            top: None,
        }
    }

    /// The group that stands for one of uploaders by the attribution.
    fn group(&self, group: &str) -> Group {
        let is_of_developers = self.attribution == Attribution::Developer;
        Group::named(&claims::owned_by(group, is_of_developers))
    }
}

/// A unit that was not there yet: it had nothing, but for what belonged to none.
fn absent(rows: &[Row]) -> Option<Estimate> {
    let known = rows.iter().any(|row| row.estimate.value.is_some());
    let unattributed: f64 =
        rows.iter().filter(|row| !row.is_attributed).filter_map(|row| row.estimate.value).sum();
    known.then(|| Estimate { bound_high: Some(unattributed), ..Estimate::exact(0.0, 0) })
}

fn headline(topic: Topic, number: Number, now: Estimate, earlier: Option<Estimate>) -> Headline {
    let earlier = earlier.filter(|estimate| estimate.value.is_some());
    let change = earlier.as_ref().map(|earlier| difference(earlier, &now));
    Headline { topic, number, now, earlier, change, next: None }
}
