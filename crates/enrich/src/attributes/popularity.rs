//! How much the model is used, over time and beside the others of its collection.

use schema::{Attribute, Confidence, Instant, Value, ValueType};

use super::describe::{blank, group};
use super::{Context, Family};
use crate::popularity::{History, Standing};
use crate::tables::Model;

/// The family.
pub(super) const FAMILY: Family = Family::plain(ATTRIBUTES, derive);

const NAME: &str = "popularity";
const SUM: &str = "30-day sums of all readings";
const READINGS: &[&str] = &["readings"];
/// A 30-day sum that is so many times that of four weeks before rises, or falls.
const RISING: f64 = 1.25;
const FALLING: f64 = 0.8;
/// The bands of 30-day sums: least number and name.
const BANDS: [(i64, &str); 8] = [
    (1_000_000, "≥ 1 M"),
    (100_000, "100 k–1 M"),
    (10_000, "10 k–100 k"),
    (1_000, "1 k–10 k"),
    (100, "100–1 k"),
    (10, "10–100"),
    (1, "1–10"),
    (0, "< 1"),
];

const fn number(unit: &'static str) -> Attribute {
    Attribute { unit, source: SUM, inputs: READINGS, ..blank(NAME, ValueType::Number) }
}

const fn integer(unit: &'static str) -> Attribute {
    Attribute { unit, source: SUM, inputs: READINGS, ..blank(NAME, ValueType::Integer) }
}

const fn growth(name: &'static str, title: &'static str, meaning: &'static str) -> Attribute {
    Attribute {
        name,
        title,
        meaning,
        method: "ratio of the newest sum to that of the last reading at that time or up to 14 \
                 days before; null where there is none or it was 0",
        ..number("ratio")
    }
}

const fn rank(
    name: &'static str,
    source: &'static str,
    title: &'static str,
    meaning: &'static str,
) -> Attribute {
    Attribute {
        name,
        source,
        title,
        meaning,
        method: "among models of the collection with a known number, by the newest reading of \
                 each; equal ones share the best place",
        ..integer("place")
    }
}

const fn percentile(
    name: &'static str,
    source: &'static str,
    title: &'static str,
    meaning: &'static str,
) -> Attribute {
    Attribute {
        name,
        source,
        title,
        meaning,
        method: "percentage of the other models with a known number that have less",
        ..number("%")
    }
}

/// The descriptions, in the order of the values.
pub(super) const ATTRIBUTES: &[Attribute] = &[
    Attribute {
        name: "downloads_30d",
        title: "Downloads in 30 days",
        meaning: "Downloads in the 30 days before the newest reading that tells them.",
        method: "as the source says",
        confidence: Confidence::Stated,
        ..integer("downloads")
    },
    Attribute {
        name: "downloads_all_time",
        title: "Downloads of all time",
        meaning: "Downloads since the creation, by the newest reading that tells them.",
        source: "cumulative counters of all readings",
        method: "as the source says",
        confidence: Confidence::Stated,
        ..integer("downloads")
    },
    Attribute {
        name: "likes",
        title: "Likes",
        meaning: "Likes at the newest reading that tells them.",
        source: "likes of all readings",
        method: "as the source says",
        confidence: Confidence::Stated,
        ..integer("likes")
    },
    rank("downloads_rank", SUM, "Rank by downloads", "Place by downloads in 30 days."),
    rank(
        "downloads_all_time_rank",
        "cumulative counters of all readings",
        "Rank by downloads of all time",
        "Place by downloads since the creation.",
    ),
    rank("likes_rank", "likes of all readings", "Rank by likes", "Place by likes."),
    percentile(
        "downloads_percentile",
        SUM,
        "Percentile by downloads",
        "Part of the other models that have fewer downloads in 30 days.",
    ),
    percentile(
        "downloads_all_time_percentile",
        "cumulative counters of all readings",
        "Percentile by downloads of all time",
        "Part of the other models that have fewer downloads since their creation.",
    ),
    percentile(
        "likes_percentile",
        "likes of all readings",
        "Percentile by likes",
        "Part of the other models that have fewer likes.",
    ),
    Attribute {
        name: "downloads_share",
        title: "Share of downloads",
        meaning: "Share of the downloads in 30 days of all models of the collection.",
        method: "newest sum by the newest sums of all; null where these are nothing",
        ..number("share")
    },
    Attribute {
        name: "downloads_band",
        title: "Band of downloads",
        meaning: "Band of the downloads in 30 days; a band holds its lower bound.",
        source: SUM,
        method: "bounds at 1 and the powers of ten up to a million, of the newest sum",
        inputs: READINGS,
        is_ordered: true,
        ..group(NAME)
    },
    growth(
        "downloads_growth_4w",
        "Growth in 4 weeks",
        "Downloads in 30 days, by those of 4 weeks before.",
    ),
    growth(
        "downloads_growth_13w",
        "Growth in 13 weeks",
        "Downloads in 30 days, by those of 13 weeks before.",
    ),
    growth(
        "downloads_growth_52w",
        "Growth in 52 weeks",
        "Downloads in 30 days, by those of 52 weeks before.",
    ),
    Attribute {
        name: "downloads_momentum",
        title: "Momentum",
        meaning: "Whether downloads are rising, steady or falling.",
        source: SUM,
        method: "rising from 1.25 times the sum of 4 weeks before, falling up to 0.8 times; null \
                 where that is not known or was 0",
        inputs: READINGS,
        ..group(NAME)
    },
    Attribute {
        name: "downloads_peak",
        title: "Peak of downloads",
        meaning: "The most downloads in any 30 days that were read.",
        method: "largest sum of all readings",
        ..integer("downloads")
    },
    Attribute {
        name: "downloads_peak_on",
        title: "Day of the peak",
        meaning: "Day on which the most downloads in 30 days were first read.",
        source: SUM,
        method: "UTC day of that reading",
        inputs: READINGS,
        ..blank(NAME, ValueType::Day)
    },
    Attribute {
        name: "downloads_of_peak",
        title: "Part of the peak",
        meaning: "Downloads in 30 days, by the most in any 30 days.",
        method: "newest sum by the largest; null where that is 0",
        ..number("ratio")
    },
    Attribute {
        name: "downloads_half_life",
        title: "Half-life",
        meaning: "Days from the peak until downloads in 30 days were half of it.",
        method: "first reading after the peak with half its sum or less; null where there is none \
                 yet",
        ..number("days")
    },
    Attribute {
        name: "downloads_first_year",
        title: "Downloads in the first year",
        meaning: "Downloads in the first 365 days after the creation.",
        source: "cumulative counters of all readings, and creation date",
        method: "the counter at that day, on a straight line between the readings around it, which \
                 lie at most 60 days apart; null before a year is over and for unknown ages",
        inputs: &["readings", "created_at"],
        ..integer("downloads")
    },
    Attribute {
        name: "downloads_per_day",
        title: "Downloads a day",
        meaning: "Downloads since the creation, by days of age.",
        source: "cumulative counters of all readings, and creation date",
        method: "newest counter by the days from the creation to the last reading; null under a \
                 day, and for unknown ages",
        inputs: &["readings", "created_at"],
        ..number("downloads a day")
    },
    Attribute {
        name: "likes_per_1000_downloads",
        title: "Likes for 1,000 downloads",
        meaning: "Likes, by thousands of downloads since the creation.",
        source: "likes and cumulative counters of all readings",
        method: "newest of each; null without downloads",
        ..number("likes for 1,000 downloads")
    },
    Attribute {
        name: "reading_count",
        title: "Readings",
        meaning: "How often the model was read.",
        source: "all readings",
        method: "counted",
        ..integer("readings")
    },
    Attribute {
        name: "read_on",
        title: "Read on",
        meaning: "Day of the model's last reading.",
        source: "all readings",
        method: "UTC day; earlier than the collection's newest reading where the model was no \
                 longer listed",
        inputs: READINGS,
        ..blank(NAME, ValueType::Day)
    },
];

fn derive(model: &Model, context: &Context<'_>) -> Vec<Value> {
    let popularity = context.popularity;
    let nothing = History::default();
    let history = popularity.of(context.index).unwrap_or(&nothing);
    let is_read = history.reading_count > 0;
    let sum = history.downloads_30d;
    let by_sum = popularity.by_downloads_30d(context.index);
    let by_all = popularity.by_downloads_all_time(context.index);
    let by_likes = popularity.by_likes(context.index);
    let ratio = |more: Option<i64>, less: Option<i64>| {
        let less = less.filter(|less| *less > 0)?;
        Some(more? as f64 / less as f64)
    };
    let [growth, in_13_weeks, in_52_weeks] =
        history.downloads_30d_before.map(|before| ratio(sum, before));
    let peak = history.peak.map(|(sum, _)| sum);
    let percent = |standing: Option<Standing>| standing.map(|one| one.share_below * 100.0);
    let rank = |standing: Option<Standing>| standing.map(|one| i64::from(one.rank));
    let created = super::identity::created_at(model);
    let age = created.zip(history.read_at).map(|(created, read)| read.days_since(created));
    let a_day = history.downloads_all_time.zip(age.filter(|age| *age >= 1.0));
    vec![
        sum.into(),
        history.downloads_all_time.into(),
        history.likes.into(),
        rank(by_sum).into(),
        rank(by_all).into(),
        rank(by_likes).into(),
        percent(by_sum).into(),
        percent(by_all).into(),
        percent(by_likes).into(),
        by_sum.and_then(|standing| standing.share).into(),
        sum.and_then(band).into(),
        growth.into(),
        in_13_weeks.into(),
        in_52_weeks.into(),
        growth.map(momentum).into(),
        peak.into(),
        history.peak.map(|(_, at)| at.day()).into(),
        ratio(sum, peak).into(),
        history.half_life_days.into(),
        history.downloads_first_year.into(),
        a_day.map(|(count, days)| count as f64 / days).into(),
        ratio(history.likes, history.downloads_all_time).map(|likes| likes * 1000.0).into(),
        is_read.then_some(i64::from(history.reading_count)).into(),
        history.read_at.map(Instant::day).into(),
    ]
}

fn band(sum: i64) -> Option<&'static str> {
    BANDS.iter().find(|(least, _)| sum >= *least).map(|(_, name)| *name)
}

fn momentum(growth: f64) -> &'static str {
    match growth {
        growth if growth >= RISING => "rising",
        growth if growth <= FALLING => "falling",
        _ => "steady",
    }
}

#[cfg(test)]
mod tests;
