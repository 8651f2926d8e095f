//! What *Explore* asks: any statistic of any units, compared over dates or ages.

use analyze::{At, Error, Query};
use schema::{Group, Measure, Statistic};

use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::view::{Form, View, one_of};

/// Units that are compared at most.
pub(crate) const MOST_UNITS: usize = 20;
/// The largest units, which are shown where none is named: as many as there are colours.
pub(crate) const LARGEST: usize = 8;
/// The group that is shown where none is named.
const GROUP: &str = "owner";

/// A question, none of whose parts exclude each other.
#[derive(Debug, Clone)]
pub(crate) struct Asked<'a> {
    pub(crate) view: &'a View,
    pub(crate) statistic: Statistic,
    /// Whether numbers are hundredths of the first that is shown.
    pub(crate) is_index: bool,
    /// Whether units are compared by weeks since each began.
    pub(crate) is_by_age: bool,
    pub(crate) form: Form,
    /// The units that are named, without repetition.
    pub(crate) units: Vec<String>,
}

impl<'a> Asked<'a> {
    /// Reads what a view's address asks beside the view.
    pub(crate) fn read(view: &'a View) -> Result<Self, Refusal> {
        let given = &view.given;
        let statistic = given.get("stat").map_or(Ok(Statistic::Share), str::parse)?;
        let is = |what: &'static str, usual: &'static str, other: &'static str| {
            one_of(what, given.get(what), false, &[(usual, false), (other, true)])
        };
        let asked = Self {
            is_index: is("scale", "value", "index")?,
            is_by_age: is("by", "date", "age")?,
            form: if given.get("chart").is_none() { Form::Line } else { view.form },
            view,
            statistic,
            units: units_of(given),
        };
        asked.check()?;
        Ok(asked)
    }

    /// The group whose units are compared.
    pub(crate) fn group(&self) -> Group {
        self.view.group(GROUP)
    }

    /// The question of the newest moment.
    pub(crate) fn query(&self) -> Query {
        self.view.query(self.group(), &[self.statistic], self.view.newest())
    }

    /// The parameters that give the same again.
    pub(crate) fn parameters(&self) -> Parameters {
        let group = self.view.group.as_deref().unwrap_or(GROUP);
        let mut written = self.view.parameters(Some(group)).without("chart");
        written.push("stat", self.statistic.name());
        if self.is_index {
            written.push("scale", "index");
        }
        if self.is_by_age {
            written.push("by", "age");
        }
        if self.form != Form::Line {
            written.push("chart", self.form.name());
        }
        self.units.iter().for_each(|unit| written.push("unit", unit));
        written
    }

    /// The address of the same question to the API.
    pub(crate) fn api_address(&self) -> String {
        let mut asked = self.parameters();
        for of_pages in ["chart", "layout", "hide", "attribution"] {
            asked = asked.without(of_pages);
        }
        let mut asked = asked.with("group", self.group().name()).without("unit");
        let market = &self.view.shown.market;
        let is_known = |unit: &&String| {
            analyze::find_units(market, &self.query(), std::slice::from_ref(*unit)).is_ok()
        };
        self.units.iter().filter(is_known).for_each(|unit| asked.push("unit", unit));
        if self.view.from.is_none() && self.view.to.is_none() && self.form != Form::Dots {
            // From the first moment on; without dates the API tells the newest.
            let begin = analyze::begin(market, &self.query());
            if let Ok(Some(begin)) = begin {
                let first = match begin {
                    At::Week(week) => week,
                    At::Instant(at) => at.week(),
                };
                asked.push("from", &first.to_string());
            }
        }
        if self.units.is_empty() && self.statistic.is_of_units() {
            asked.push("top", &LARGEST.to_string());
        }
        asked.address("/api/v1/query")
    }

    /// Refuses parts that exclude each other.
    fn check(&self) -> Result<(), Refusal> {
        let is_of_units = self.statistic.is_of_units();
        if self.statistic == Statistic::Top {
            return contradiction(
                "the largest are shown where no unit is named; ask for sum, share, rank or \
                 percentile",
            );
        }
        if self.units.len() > MOST_UNITS {
            return contradiction("at most 20 units are compared at once; name fewer");
        }
        if !self.units.is_empty() {
            analyze::check_named(&self.query())?;
        }
        if self.is_by_age && !is_of_units {
            return contradiction(
                "an age is of a unit, and the statistic is of the whole market: compare by date, \
                 or ask for sum, share, rank or percentile",
            );
        }
        if self.is_by_age && self.view.measure == Measure::FirstYear {
            return contradiction(
                "downloads in a model's first year are of models of one age already: compare \
                 them by date, or ask for all downloads",
            );
        }
        if self.is_index {
            analyze::check_index(self.statistic)?;
        }
        match self.form {
            Form::Area if self.statistic != Statistic::Share || self.is_index || self.is_by_age => {
                contradiction(
                    "areas stack shares of one date to the whole: draw lines, or ask for shares \
                     by date",
                )
            }
            Form::Dots if self.is_index || self.is_by_age => contradiction(
                "dots are of the newest date, which has neither ages nor a first date: draw lines",
            ),
            _ => Ok(()),
        }
    }
}

/// The units that an address names, without repetition.
pub(crate) fn units_of(given: &Parameters) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for unit in given.all("unit").map(str::trim) {
        if !units.iter().any(|known| known == unit) {
            units.push(unit.to_owned());
        }
    }
    units
}

fn contradiction(reason: &'static str) -> Result<(), Refusal> {
    Err(Error::Contradiction { reason }.into())
}
