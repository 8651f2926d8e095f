//! What was planted, in numbers: what an observatory of the simulated Hub should find.

mod births;
mod downloads;

use schema::{Day, Instant};
use serde::Serialize;

use crate::world::{World, has_come};

/// All that was planted up to a date.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Truth {
    /// The date, in RFC 3339.
    pub at: String,
    /// Models that the Hub shows at the date.
    pub model_count: u64,
    /// Models ever born by then.
    pub birth_count: u64,
    /// What happened to models by then.
    pub events: Vec<EventCount>,
    /// Changes of what counts as a download, planned or past, by date.
    pub definition_changes: Vec<DefinitionChange>,
    /// Dates at which counts of all time fall, planned or past, by date.
    pub restatements: Vec<Restatement>,
    /// Days on which no counter is refreshed, planned or past, by date.
    pub stillstands: Vec<Stillstand>,
    /// Births by calendar year, up to the date.
    pub years: Vec<YearOfBirths>,
    /// Downloads of the eight weeks before the date that are over.
    pub weeks: Vec<WeekOfDownloads>,
    /// The market of the last of those weeks.
    pub last_week: Market,
    /// The market of the 30 days before the day of the date.
    pub last_30_days: Market,
}

/// How often something happened to models.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventCount {
    /// `renamed`, `transferred`, `deleted` or `name_taken_again`.
    pub kind: &'static str,
    /// How often by the date.
    pub count: u64,
}

/// A change of what counts as a download.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DefinitionChange {
    /// The first day that is counted by the new rule, as `2026-08-19`.
    pub from_on: String,
    /// The library that it applies to.
    pub library: &'static str,
    /// How much is counted for each download of before.
    pub factor: f64,
    /// Models at the date that it applies to.
    pub model_count: u64,
}

/// A date at which counts of all time fall.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Restatement {
    /// The first day that shows the lower counts, as `2026-08-19`.
    pub on: String,
    /// The day on which some of them recover, where some do.
    pub recovered_on: Option<String>,
    /// Models at the date whose count fell.
    pub model_count: u64,
    /// Of these, models whose count recovers.
    pub recovering_model_count: u64,
    /// Downloads by which the counts fell on that day.
    pub downloads: u64,
}

/// Days on which no counter is refreshed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stillstand {
    /// The first, as `2026-08-19`.
    pub first_on: String,
    /// The last.
    pub last_on: String,
}

/// The models born in a calendar year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearOfBirths {
    /// The year.
    pub year: i32,
    /// How many were born, whatever became of them.
    pub birth_count: u64,
    /// The share that was made by quantizing another, 0 to 1.
    pub quantized_share: f64,
    /// The share of mixtures of experts, 0 to 1.
    pub sparse_share: f64,
    /// The share of models of text and images together, 0 to 1.
    pub multimodal_share: f64,
    /// The middle parameter count; the lower of two.
    pub median_parameters: u64,
    /// The share of each licence, largest first.
    pub licenses: Vec<LicenseShare>,
}

/// The share of a licence among births.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LicenseShare {
    /// Its identifier; `None` where no licence is named.
    pub license: Option<&'static str>,
    /// Its share, 0 to 1.
    pub share: f64,
}

/// The downloads of a week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeekOfDownloads {
    /// The Monday that names the week, as `2026-08-17`.
    pub week: String,
    /// Downloads counted by the rules of the time, of models that were not deleted by then;
    /// restatements and days without new counts do not touch it.
    pub downloads: u64,
}

/// Who was downloaded in a span of time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Market {
    /// The first day, as `2026-08-17`.
    pub first_on: String,
    /// The last day.
    pub last_on: String,
    /// Downloads, counted as in [`WeekOfDownloads`].
    pub downloads: u64,
    /// Owners, at the end of the span, with any downloads.
    pub owner_count: u64,
    /// Concentration over owners, Σ share², from 0 to 10,000.
    pub owner_hhi: f64,
    /// Countries by what a review of owners finds, largest first.
    pub countries: Vec<CountryShare>,
}

/// The downloads of a country's owners.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CountryShare {
    /// ISO 3166-1 alpha-2; `None` for owners that nobody has reviewed.
    pub country_code: Option<&'static str>,
    /// Downloads.
    pub downloads: u64,
    /// Their share, 0 to 1.
    pub share: f64,
}

/// Says what was planted up to a date.
#[must_use]
pub fn truth(world: &World, at: Instant) -> Truth {
    let first_week = at.week().plus(-8);
    let weeks = first_week.to(at.week().plus(-1));
    let last_week = at.week().plus(-1);
    let thirty = Day::from_epoch_days(at.day().epoch_days() - 30);
    Truth {
        at: at.to_string(),
        model_count: world.model_count(at),
        birth_count: births::until(world, at).len() as u64,
        events: events(world, at),
        definition_changes: definition_changes(world, at),
        restatements: restatements(world, at),
        stillstands: stillstands(world),
        years: births::years(world, at),
        weeks: weeks
            .map(|week| WeekOfDownloads {
                week: week.monday().to_string(),
                downloads: downloads::total(world, week.monday(), week.plus(1).monday()),
            })
            .collect(),
        last_week: downloads::market(world, last_week.monday(), last_week.plus(1).monday()),
        last_30_days: downloads::market(world, thirty, at.day()),
    }
}

fn events(world: &World, at: Instant) -> Vec<EventCount> {
    let history = world.history();
    let owner = |id: &str| id.split_once('/').map(|(owner, _)| owner.to_owned());
    let (mut renamed, mut transferred) = (0, 0);
    for (index, moves) in &history.moves {
        let mut before = owner(&world.model(*index).id);
        for step in moves.iter().filter(|step| has_come(step.since, at)) {
            let after = owner(&step.id);
            *(if before == after { &mut renamed } else { &mut transferred }) += 1;
            before = after;
        }
    }
    let deleted = history.deletions.values().filter(|since| has_come(**since, at)).count();
    let successors = history.successors.iter().map(|index| world.model(*index));
    let taken_again = successors.filter(|model| model.created_at() <= at).count();
    let count = |kind, count| EventCount { kind, count };
    vec![
        count("renamed", renamed),
        count("transferred", transferred),
        count("deleted", deleted as u64),
        count("name_taken_again", taken_again as u64),
    ]
}

fn definition_changes(world: &World, at: Instant) -> Vec<DefinitionChange> {
    let rules = world.counting().definitions.iter();
    rules
        .map(|rule| DefinitionChange {
            from_on: rule.from_on.to_string(),
            library: rule.library,
            factor: rule.numerator as f64 / rule.denominator as f64,
            model_count: world
                .visible(at)
                .filter(|(_, model)| model.library() == Some(rule.library))
                .count() as u64,
        })
        .collect()
}

fn restatements(world: &World, at: Instant) -> Vec<Restatement> {
    let counting = world.counting();
    let falls = counting.restatements.iter();
    falls
        .map(|fall| {
            let recovered_on = fall
                .recovers_after_days
                .map(|days| Day::from_epoch_days(fall.on.epoch_days() + days));
            let (mut model_count, mut recovering_model_count, mut downloads) = (0, 0, 0);
            for (_, model) in world.visible(at) {
                let lost = counting.lost(fall, model, fall.on);
                if lost == 0 {
                    continue;
                }
                model_count += 1;
                downloads += lost;
                let recovers = recovered_on.is_some_and(|day| counting.lost(fall, model, day) == 0);
                recovering_model_count += u64::from(recovers);
            }
            Restatement {
                on: fall.on.to_string(),
                recovered_on: recovered_on.map(|day| day.to_string()),
                model_count,
                recovering_model_count,
                downloads,
            }
        })
        .collect()
}

fn stillstands(world: &World) -> Vec<Stillstand> {
    let outages = world.counting().outages.iter();
    outages
        .map(|outage| Stillstand {
            first_on: outage.first_on.to_string(),
            last_on: outage.last_on.to_string(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
