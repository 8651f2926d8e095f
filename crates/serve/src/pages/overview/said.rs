//! The sentences of headlines; each number in them is one of the headline's.

use analyze::At;
use analyze::headlines::{Direction, Headline, HeadlineSpan, Number, Topic};
use chart::Unit;
use maud::{Markup, html};
use schema::{Estimate, Group, Measure, Statistic, Window};

use super::About;
use crate::bound;
use crate::figures::lower_first;
use crate::parameters::Parameters;
use crate::parts::{counted, day, range};

/// Thresholds of the Horizontal Merger Guidelines of 2010, in HHI, with what lies below each.
const MODERATE: f64 = 1_500.0;
const HIGH: f64 = 2_500.0;
/// Over fewer days than this a change says little.
const FEW_DAYS: i32 = 28;

/// What is compared: which measure, over which weeks, between which times.
pub(super) fn basis(about: &About<'_>) -> Markup {
    let found = &about.told.found;
    let Some(span) = &found.span else {
        return html! { "Nothing was read for this collection yet." };
    };
    html! {
        "Of " (measured(found.measure, span)) ", " (when(span, span.now))
        @match span.earlier {
            Some(earlier) => {
                ", held against " (against(span, earlier)) "."
                @if let Some(days) = short(span) {
                    " That is only " (counted(days, "day", "days")) " before: what changes in so short a time says little."
                }
            }
            None => { ". The record has no earlier time to hold it against, so no change can be told." }
        }
    }
}

/// What the headline says.
pub(super) fn sentence(about: &About<'_>, span: &HeadlineSpan, headline: &Headline) -> Markup {
    let unit = unit(headline);
    let now = number(&unit, &headline.now, "now");
    let subject = subject(about, headline);
    let Some(earlier) = &headline.earlier else {
        return html! { (subject) " " (is(headline)) " " (now) (rank(headline)) "." };
    };
    let earlier = html! {
        (number(&unit, earlier, "earlier"))
        @if let Some(at) = span.earlier { " " (when_before(span, at)) }
    };
    html! {
        @match (headline.topic, headline.direction()) {
            (Topic::Leader, direction) => {
                (subject) " leads with " (now)
                @match direction {
                    Direction::Up => { ", up from " (earlier) }
                    Direction::Down => { ", down from " (earlier) }
                    Direction::Open => { ", from " (earlier) }
                }
                (rank(headline)) "."
            }
            (_, Direction::Up) => { (subject) " rose from " (earlier) " to " (now) (level(headline)) "." }
            (_, Direction::Down) => { (subject) " fell from " (earlier) " to " (now) (level(headline)) "." }
            (_, Direction::Open) => {
                (subject) " went from " (earlier) " to " (now) (level(headline))
                "; gaps, or what belongs to nobody known, could undo the change."
            }
        }
    }
}

/// The change with its interval and bounds.
pub(super) fn change(headline: &Headline, change: &Estimate) -> Markup {
    let unit = match unit(headline) {
        Unit::Share => Unit::Points,
        unit => unit,
    };
    let interval = range(&unit, change.low, change.high);
    let bounds = range(&unit, change.bound_low, change.bound_high);
    html! {
        (number(&unit, change, "change"))
        @if let Some(interval) = interval { ", interval " (interval) }
        @if let Some(bounds) = bounds { ", bounds " (bounds) }
        "."
    }
}

/// The address at which a program gets the headline's number.
pub(super) fn query(about: &About<'_>, span: &HeadlineSpan, headline: &Headline) -> String {
    let mut given = Parameters::default();
    given.push("collection", &about.shown.market.release.collection);
    given.push("measure", about.told.found.measure.name());
    let path = match &headline.number {
        Number::Share { group, .. } => {
            given.push("group", group.name());
            given.push("stat", Statistic::Share.name());
            "/api/v1/query"
        }
        Number::Hhi(group) => {
            given.push("group", group.name());
            given.push("stat", Statistic::Hhi.name());
            "/api/v1/query"
        }
        Number::Mean(attribute) => {
            given.push("of", attribute);
            given.push("stat", "mean");
            "/api/v1/averages"
        }
    };
    if span.window != Window::Week {
        given.push("window", &span.window.to_string());
    }
    match span.now {
        At::Week(week) => {
            given.push("from", &week.to_string());
            given.push("to", &week.to_string());
        }
        At::Instant(at) => given.push("as_of", &at.to_string()),
    }
    given.address(path)
}

/// The numeric attribute of a headline.
pub(super) fn attribute(headline: &Headline) -> &str {
    match &headline.number {
        Number::Mean(attribute) => attribute,
        Number::Share { .. } | Number::Hhi(_) => "",
    }
}

/// Whose or what the number is, as a sentence begins with it.
fn subject(about: &About<'_>, headline: &Headline) -> Markup {
    let title = |group: &Group| lower_first(&about.shown.title_of(group));
    match &headline.number {
        Number::Share { group, unit } => match (headline.topic, group.name()) {
            (Topic::Leader, _) => bound::name(unit),
            (_, "is_moe") => html! { "The share of mixtures of experts" },
            (_, "is_multimodal") => html! { "The share of multimodal models" },
            (_, "is_quantized") => html! { "The share of quantized models" },
            (_, "training_data") => {
                html! { "The share of models whose training data are " (bound::name(unit)) }
            }
            (_, "role") => {
                html! { "The share that flows through accounts in the role of " (bound::name(unit)) }
            }
            _ => html! { "The share of " (bound::name(unit)) " (" (title(group)) ")" },
        },
        Number::Hhi(_) => {
            html! { "Concentration over " (about.attribution.plural()) " (HHI)" }
        }
        Number::Mean(attribute) => {
            html! { "The mean of " (title(&Group::named(attribute))) " of a model that is used" }
        }
    }
}

fn is(headline: &Headline) -> &'static str {
    if headline.topic == Topic::Leader { "leads with" } else { "is" }
}

/// How far the next unit is behind a leader.
fn rank(headline: &Headline) -> Markup {
    let Some((name, next)) = &headline.next else { return html! {} };
    let unit = unit(headline);
    html! {
        @if headline.is_surely_ahead() {
            "; it is ahead of " (bound::name(name)) " with " (number(&unit, next, "next"))
        } @else {
            "; next is " (bound::name(name)) " with " (number(&unit, next, "next"))
            " (which of the two is ahead cannot be told)"
        }
    }
}

/// What an index means by the thresholds that are usual; nothing where its interval or its bounds
/// reach over one of them.
fn level(headline: &Headline) -> Markup {
    let Number::Hhi(_) = headline.number else { return html! {} };
    let word = |value: f64| match value {
        HIGH.. => "highly concentrated",
        MODERATE.. => "moderately concentrated",
        _ => "not concentrated",
    };
    let ends = analyze::outermost(&headline.now).map(|(least, most)| (word(least), word(most)));
    html! {
        @if let Some((least, most)) = ends && least == most {
            ", " (least) " by the thresholds of the US merger guidelines of 2010"
        }
    }
}

fn unit(headline: &Headline) -> Unit {
    match headline.number {
        Number::Share { .. } => Unit::Share,
        Number::Hhi(_) => Unit::Index { max: 10_000.0, name: "HHI" },
        Number::Mean(_) => Unit::Number(""),
    }
}

/// A number as people read it, with all its digits.
fn number(unit: &Unit, estimate: &Estimate, from: &str) -> Markup {
    let text = estimate.value.map(|value| (value, chart::format_value(unit, value)));
    html! {
        @match text {
            Some((value, text)) => (bound::number(&text, value, from)),
            None => "an unknown number",
        }
    }
}

/// What is counted.
fn measured(measure: Measure, span: &HeadlineSpan) -> String {
    let title = lower_first(measure.title());
    match span.window {
        Window::Week => title,
        window => format!("{title} over {window} weeks"),
    }
}

fn when(span: &HeadlineSpan, at: At) -> String {
    match (at, span.window) {
        (At::Week(week), Window::Week) => format!("in the week of {}", day(week.monday())),
        (At::Week(week), _) => format!("up to the week of {}", day(week.monday())),
        (At::Instant(at), _) => format!("as of {}", day(at.day())),
    }
}

/// The earlier time, as what the newest is held against.
fn against(span: &HeadlineSpan, at: At) -> String {
    match (at, span.window) {
        (At::Week(week), Window::Week) => format!("the week of {}", day(week.monday())),
        (At::Week(week), _) => {
            format!("the {} weeks up to that of {}", span.window, day(week.monday()))
        }
        (At::Instant(at), _) => format!("the reading of {}", day(at.day())),
    }
}

/// How many days lie between the two times, where these are few.
fn short(span: &HeadlineSpan) -> Option<u64> {
    let days = span.now.day().epoch_days() - span.earlier?.day().epoch_days();
    (days < FEW_DAYS).then(|| u64::from(days.unsigned_abs()))
}

fn when_before(span: &HeadlineSpan, at: At) -> String {
    match (at, span.window) {
        (At::Week(week), Window::Week) => format!("in the week of {}", day(week.monday())),
        (At::Week(week), _) => {
            format!("in the {} weeks up to that of {}", span.window, day(week.monday()))
        }
        (At::Instant(at), _) => format!("on {}", day(at.day())),
    }
}
