//! What is looked at: the state of a page or figure, all of it in the address.

use std::sync::Arc;

pub(crate) use analyze::COUNTING_RULE;
use analyze::{Condition, Period, Query, Weight};
use schema::{Flagged, Group, Instant, Measure, MeasureKind, Statistic, Week, Window};

use crate::app::App;
use crate::parameters::Parameters;
use crate::refusal::Refusal;
use crate::shown::Shown;

/// The parameters of pages and figures.
pub(crate) const KNOWN: &[&str] = &[
    "collection",
    "measure",
    "group",
    "attribution",
    "window",
    "from",
    "to",
    "where",
    "rule",
    "flagged",
    "hide",
    "chart",
    "layout",
    "theme",
    "stat",
    "scale",
    "by",
    "unit",
    "model",
    "at",
    "open",
    "of",
    "weight",
    "size",
];

/// What is looked at.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) shown: Arc<Shown>,
    pub(crate) measure: Measure,
    /// As named in the address: an attribute, `model`, or `owner`.
    pub(crate) group: Option<String>,
    pub(crate) attribution: Attribution,
    pub(crate) window: Window,
    pub(crate) from: Option<Week>,
    pub(crate) to: Option<Week>,
    /// The date of what is shown of one date; the newest if none.
    pub(crate) at: Option<Instant>,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) flagged: Flagged,
    pub(crate) hidden: Vec<String>,
    pub(crate) form: Form,
    pub(crate) layout: Layout,
    /// The numeric attribute whose averages are shown.
    pub(crate) number: Option<String>,
    /// How often each model counts in averages.
    pub(crate) weight: Weight,
    /// What the address gave.
    pub(crate) given: Parameters,
}

/// Whom a model is counted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribution {
    /// The owner of the repository.
    Uploader,
    /// The owner of the root of its lineage.
    Developer,
}

/// How shares are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Area,
    Line,
    /// One row a series, of the newest date.
    Dots,
}

/// How much room a figure has on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// The page's whole width; on a phone the phone's.
    Wide,
    /// The same, in a section that has said what it is about.
    Part,
    /// One column of several, as wide as a phone.
    Small,
}

/// The colours of a drawing that stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileTheme {
    Light,
    Dark,
}

impl View {
    /// Reads a view from an address.
    pub(crate) fn read(app: &App, given: Parameters) -> Result<Self, Refusal> {
        Self::of(app.collection(given.get("collection"))?, given)
    }

    /// Reads a view of a collection.
    ///
    /// Windows and flags mean nothing for readings as of a date, so there they are left out: a
    /// reader who changes the measure keeps the rest of the view.
    pub(crate) fn of(shown: Arc<Shown>, given: Parameters) -> Result<Self, Refusal> {
        let parse = |name: &str| given.get(name);
        let measure = match parse("measure") {
            Some(name) => name.parse()?,
            None => shown.default_measure(),
        };
        let window = match (parse("window"), Measure::kind(measure)) {
            (Some(window), MeasureKind::Flow) => window.parse()?,
            _ => Window::Week,
        };
        let flagged = match (parse("flagged"), measure.kind()) {
            (Some(flagged), MeasureKind::Flow) => flagged.parse()?,
            _ => Flagged::Include,
        };
        let week = |name: &str| parse(name).map(str::parse::<Week>).transpose();
        let view = Self {
            measure,
            group: parse("group").map(str::to_owned),
            attribution: Attribution::read(parse("attribution"))?,
            window,
            from: week("from")?,
            to: week("to")?,
            at: parse("at").map(Instant::parse_as_of).transpose()?,
            conditions: conditions(parse("where"), parse("rule"))?,
            flagged,
            hidden: given.all("hide").map(str::to_owned).collect(),
            form: Form::read(parse("chart"))?,
            layout: Layout::read(parse("layout"))?,
            number: parse("of").map(str::to_owned),
            weight: parse("weight").map(str::parse).transpose()?.unwrap_or_default(),
            shown,
            given,
        };
        view.check()?;
        Ok(view)
    }

    /// The group to ask for: an owner is whoever the attribution says, and so are its properties.
    pub(crate) fn group(&self, default: &str) -> Group {
        let name = self.group.as_deref().unwrap_or(default);
        let is_developer = self.attribution == Attribution::Developer;
        match name {
            "owner" => self.owner(),
            "country" | "country_group" | "sector" | "european_union" if is_developer => {
                Group::named(&format!("developer_{name}"))
            }
            _ => Group::named(name),
        }
    }

    /// The group of owners by the attribution.
    pub(crate) fn owner(&self) -> Group {
        Group::named(self.attribution.name())
    }

    /// The question that this view asks of a group.
    pub(crate) fn query(&self, group: Group, statistics: &[Statistic], period: Period) -> Query {
        Query {
            statistics: statistics.to_vec(),
            measure: self.measure,
            group,
            conditions: self.conditions.clone(),
            period,
            window: self.window,
            flagged: self.flagged,
            top: None,
        }
    }

    /// Whether it is about downloads, so that rules of counting them matter.
    pub(crate) fn counts_downloads(&self) -> bool {
        !matches!(self.measure, Measure::Likes | Measure::Models)
    }

    /// The same collection and time, of which the models are counted.
    pub(crate) fn of_models(&self) -> Self {
        Self {
            measure: Measure::Models,
            window: Window::Week,
            flagged: Flagged::Include,
            ..self.clone()
        }
    }

    /// The counting rules that the view is narrowed to; none where it is to no rule.
    pub(crate) fn counting_rules(&self) -> &[String] {
        let mut conditions = self.conditions.iter();
        let rules = conditions.find(|condition| condition.attribute == COUNTING_RULE);
        rules.map_or(&[], |condition| &condition.values)
    }

    /// The newest time of the view.
    pub(crate) fn newest(&self) -> Period {
        let Some(asked) = self.to else { return Period::Newest };
        let market = &self.shown.market;
        let last = match self.measure.kind() {
            MeasureKind::Flow => market.weeks().map(|(_, last)| last),
            MeasureKind::AsOf => market.instants().last().map(|at| at.week()),
        };
        let week = last.map_or(asked, |last| last.min(asked));
        Period::Weeks { from: Some(week), to: Some(week) }
    }

    /// The time of what is shown of one date.
    pub(crate) fn moment(&self) -> Period {
        match (self.at, self.measure.kind()) {
            (None, _) => self.newest(),
            (Some(at), MeasureKind::AsOf) => Period::AsOf(at),
            (Some(at), MeasureKind::Flow) => {
                Period::Weeks { from: Some(at.week()), to: Some(at.week()) }
            }
        }
    }

    /// Everything that a figure of this view depends on, written out, so that the address keeps
    /// its meaning when defaults change.
    pub(crate) fn parameters(&self, group: Option<&str>) -> Parameters {
        let mut written = Parameters::default();
        written.push("collection", &self.shown.market.release.collection);
        written.push("measure", self.measure.name());
        if let Some(group) = group {
            written.push("group", group);
        }
        if self.attribution == Attribution::Developer {
            written.push("attribution", self.attribution.name());
        }
        if self.window != Window::Week {
            written.push("window", &self.window.to_string());
        }
        for (name, week) in [("from", self.from), ("to", self.to)] {
            if let Some(week) = week {
                written.push(name, &week.to_string());
            }
        }
        if !self.conditions.is_empty() {
            written.push("where", &Condition::list_text(&self.conditions));
        }
        if self.flagged != Flagged::Include {
            written.push("flagged", self.flagged.name());
        }
        if self.form != Form::Area {
            written.push("chart", self.form.name());
        }
        if self.layout != Layout::Wide {
            written.push("layout", self.layout.name());
        }
        self.hidden.iter().for_each(|key| written.push("hide", key));
        written
    }

    /// Refuses what the collection does not know.
    fn check(&self) -> Result<(), Refusal> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            let detail = "the period ends before it begins; swap 'from' and 'to'".to_owned();
            return Err(Refusal { code: "contradiction", ..Refusal::unreadable(detail) });
        }
        let market = &self.shown.market;
        market.filter(&self.conditions)?;
        if self.group.is_some() {
            market.grouping(&self.group(""))?;
        }
        Ok(())
    }
}

impl Attribution {
    /// The attribute that names the owner.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Uploader => "uploader",
            Self::Developer => "developer",
        }
    }

    /// The same as results are asked.
    pub(crate) const fn of_results(self) -> analyze::results::Attribution {
        match self {
            Self::Uploader => analyze::results::Attribution::Uploader,
            Self::Developer => analyze::results::Attribution::Developer,
        }
    }

    /// One owner, as a choice.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Uploader => "Uploader",
            Self::Developer => "Original developer",
        }
    }

    /// Several owners, in words.
    pub(crate) const fn plural(self) -> &'static str {
        match self {
            Self::Uploader => "uploaders",
            Self::Developer => "original developers",
        }
    }

    pub(crate) fn read(text: Option<&str>) -> Result<Self, Refusal> {
        let known = [("uploader", Self::Uploader), ("developer", Self::Developer)];
        one_of("attribution", text, Self::Uploader, &known)
    }
}

impl Form {
    const ALL: [Self; 3] = [Self::Area, Self::Line, Self::Dots];

    /// Its name in addresses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Line => "line",
            Self::Dots => "dots",
        }
    }

    fn read(text: Option<&str>) -> Result<Self, Refusal> {
        one_of("chart", text, Self::Area, &Self::ALL.map(|form| (form.name(), form)))
    }
}

impl Layout {
    const ALL: [Self; 3] = [Self::Wide, Self::Part, Self::Small];

    /// Its name in addresses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Wide => "wide",
            Self::Part => "part",
            Self::Small => "small",
        }
    }

    pub(crate) fn read(text: Option<&str>) -> Result<Self, Refusal> {
        one_of("layout", text, Self::Wide, &Self::ALL.map(|layout| (layout.name(), layout)))
    }
}

impl FileTheme {
    pub(crate) fn read(text: Option<&str>) -> Result<Self, Refusal> {
        one_of("theme", text, Self::Light, &[("light", Self::Light), ("dark", Self::Dark)])
    }
}

/// Whose a model is, as results are asked.
pub(crate) fn attribution(given: &Parameters) -> Result<analyze::results::Attribution, Refusal> {
    Ok(Attribution::read(given.get("attribution"))?.of_results())
}

/// What `where` and `rule` say together; a form has a choice of its own for the counting rule, in
/// which commas part alternatives.
fn conditions(list: Option<&str>, rule: Option<&str>) -> Result<Vec<Condition>, Refusal> {
    let mut conditions = Condition::parse_list(list.unwrap_or_default())?;
    if let Some(rule) = rule {
        conditions.retain(|condition| condition.attribute != COUNTING_RULE);
        let rules: Vec<String> =
            rule.split(',').map(|rule| format!("{COUNTING_RULE}={rule}")).collect();
        conditions.extend(Condition::parse_list(&rules.join(","))?);
    }
    Ok(conditions)
}

/// A value of a closed set by its name; the default where none is given.
pub(crate) fn one_of<T: Copy>(
    what: &'static str,
    text: Option<&str>,
    default: T,
    known: &[(&'static str, T)],
) -> Result<T, Refusal> {
    let Some(given) = text else { return Ok(default) };
    let found = known.iter().find(|(name, _)| *name == given);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known = known.iter().map(|(name, _)| (*name).to_owned()).collect();
        schema::Error::UnknownName { what, given: given.to_owned(), known }.into()
    })
}
