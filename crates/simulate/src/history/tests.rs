use super::*;

const OWNERS: u32 = 200;

fn planted(seed: u64) -> History {
    history(&HistoryOptions::four_years(seed, 600, Scenario::Planted))
}

fn small(seed: u64, scenario: Scenario) -> History {
    history(&HistoryOptions::four_years(seed, OWNERS, scenario))
}

/// The market in a week, by a plain loop over the models that are handed out.
fn week_of(history: &History, week: usize) -> HistoryWeek {
    let mut owners = vec![0.0; history.owners.len()];
    let mut sums = HistoryWeek::default();
    for model in &history.models {
        let Some(age) = week.checked_sub(model.first_week as usize) else { continue };
        let downloads = f64::from(model.downloads[age]);
        let of = |is_so: bool| if is_so { downloads } else { 0.0 };
        let country = history.owners[model.owner as usize].country;
        owners[model.owner as usize] += downloads;
        sums.downloads += downloads;
        sums.overtaken_share += of(country == "US");
        sums.overtaking_share += of(country == "CN");
        sums.mean_size += downloads * model.parameters as f64;
        sums.moe_share += of(model.is_moe);
        sums.multimodal_share += of(model.is_multimodal);
        sums.available_share += of(model.training_data == "available");
        sums.open_source_share += of(model.openness_class == "open source");
        sums.open_weights_share += of(model.openness_class == "open weights");
        sums.quantized_share += of(model.is_quantized);
    }
    let (all, sums) = (sums.downloads, fields(&sums));
    let shares = sums[2..].iter().map(|sum| sum / all);
    let hhi = owners.iter().map(|sum| 10_000.0 * (sum / all) * (sum / all)).sum();
    from_fields(&[all, hhi].into_iter().chain(shares).collect::<Vec<f64>>())
}

const NAMES: [&str; 11] = [
    "downloads",
    "hhi",
    "overtaken",
    "overtaking",
    "size",
    "experts",
    "multimodal",
    "available",
    "open source",
    "open weights",
    "quantized",
];

fn fields(week: &HistoryWeek) -> [f64; 11] {
    [
        week.downloads,
        week.hhi,
        week.overtaken_share,
        week.overtaking_share,
        week.mean_size,
        week.moe_share,
        week.multimodal_share,
        week.available_share,
        week.open_source_share,
        week.open_weights_share,
        week.quantized_share,
    ]
}

fn from_fields(fields: &[f64]) -> HistoryWeek {
    HistoryWeek {
        downloads: fields[0],
        hhi: fields[1],
        overtaken_share: fields[2],
        overtaking_share: fields[3],
        mean_size: fields[4],
        moe_share: fields[5],
        multimodal_share: fields[6],
        available_share: fields[7],
        open_source_share: fields[8],
        open_weights_share: fields[9],
        quantized_share: fields[10],
    }
}

/// The slope of a line through a series, in means of the series a record.
fn slope(series: &[f64]) -> f64 {
    let count = series.len() as f64;
    let mean = series.iter().sum::<f64>() / count;
    let (mut product, mut square) = (0.0, 0.0);
    for (week, value) in series.iter().enumerate() {
        let at = (week as f64 + 0.5) / count - 0.5;
        product += at * (value - mean);
        square += at * at;
    }
    product / square / mean
}

/// The mean of values and its standard error.
fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (count - 1.0);
    (mean, (variance / count).sqrt())
}

#[test]
fn the_same_options_grow_the_same_history() {
    let history = small(1, Scenario::Planted);
    assert_eq!(history, small(1, Scenario::Planted));
    assert_ne!(history.models, small(2, Scenario::Planted).models);
    let all: u64 =
        history.models.iter().flat_map(|it| &it.downloads).map(|it| u64::from(*it)).sum();
    // As it was on the machine on which this was written.
    assert_eq!((history.models.len(), all), (1943, 200_885_421));
}

#[test]
fn what_is_said_of_the_weeks_is_what_the_models_add_up_to() {
    for scenario in [Scenario::Planted, Scenario::Null] {
        let history = small(3, scenario);
        for week in [0, 51, 104, 207] {
            let (said, summed) = (fields(&history.facts.realised[week]), week_of(&history, week));
            for ((said, summed), name) in said.iter().zip(fields(&summed)).zip(NAMES) {
                assert!((said / summed - 1.0).abs() < 1e-9, "{name} in {week}: {said}, {summed}");
            }
        }
    }
}

#[test]
fn the_planted_figures_are_those_of_the_issue() {
    let facts = small(1, Scenario::Planted).facts;
    let ratios: Vec<f64> = facts.changes.iter().map(|change| change.planted.ratio()).collect();
    for (ratio, expected) in ratios.iter().zip([17.0, 7.0, 3.4, 0.40 / 0.79, 5.0]) {
        assert!((ratio - expected).abs() < 1e-9, "{ratio}, {expected}");
    }
    // The quarters are the years by ISO 8601, each of 52 weeks.
    let weeks: Vec<_> =
        facts.changes.iter().map(|it| (it.before.clone(), it.after.clone())).collect();
    assert_eq!(weeks[0], (0..52, 156..208));
    assert_eq!(weeks[1], (52..104, 156..208));
    for (year, first) in [(2022, 0), (2023, 52), (2024, 104), (2025, 156)] {
        let begin = schema::CalendarPeriod::Year(year).first_week().unwrap();
        assert_eq!(FIRST_OF_2022.plus(first), begin);
    }
    for week in &facts.planted {
        assert!(fields(week)[2..].iter().all(|value| *value > 0.0), "{week:?}");
        let shares = [week.moe_share, week.available_share, week.overtaking_share];
        assert!(shares.iter().all(|share| *share < 1.0), "{week:?}");
    }
}

/// Over many histories, what is drawn is what was planted.
#[test]
fn histories_have_the_planted_figures_on_average() {
    let histories: Vec<History> = (0..24).map(|seed| small(seed, Scenario::Planted)).collect();
    for place in 0..Trait::ALL.len() {
        let of = |pick: fn(Values) -> f64| {
            let drawn = |history: &History| pick(history.facts.changes[place].drawn);
            let (mean, error) = mean_and_error(&histories.iter().map(drawn).collect::<Vec<_>>());
            let planted = pick(histories[0].facts.changes[place].planted);
            let distance = (mean - planted) / error;
            // Ratios of sums over few owners are biased a little, too.
            let is_near = distance.abs() < 3.5 || (mean / planted - 1.0).abs() < 0.02;
            assert!(is_near, "{:?}: {mean}, planted {planted}, {distance}", Trait::ALL[place]);
            assert!(error < 0.1 * planted, "{:?}: {error}", Trait::ALL[place]);
        };
        of(|values| values.before);
        of(|values| values.after);
    }
}

/// Every planted fact has its sign in what was counted, in each of several histories.
#[test]
fn what_was_planted_shows_in_what_was_counted() {
    for seed in 0..5 {
        let history = planted(seed);
        let weeks: Vec<HistoryWeek> = (0..208).map(|week| week_of(&history, week)).collect();
        let mean = |from: u32, pick: fn(&HistoryWeek) -> f64| {
            let near = &weeks[from as usize..from as usize + 8];
            near.iter().map(pick).sum::<f64>() / 8.0
        };
        let hhi = |from| mean(from, |week| week.hhi);
        let [first, second] = &history.facts.rounds[..] else { panic!("there are two rounds") };
        let [_, has_fallen] = first.falls.unwrap();
        assert!(hhi(first.peaks_from) > 1.5 * hhi(has_fallen), "{seed}: the first round falls");
        assert!(hhi(second.peaks_from) > 1.5 * hhi(second.rises_from - 8), "{seed}: the second");
        for round in [first, second] {
            let share = |week: u32| {
                let of = |model: &HistoryModel| {
                    let age = week.checked_sub(model.first_week)?;
                    let is_driver = round.drivers.contains(&model.owner);
                    is_driver.then(|| f64::from(model.downloads[age as usize]))
                };
                let drivers: f64 = history.models.iter().filter_map(of).sum();
                drivers / weeks[week as usize].downloads
            };
            let (before, height) = (share(round.rises_from), share(round.peaks_from + 2));
            assert!(height > before + 0.12, "{seed}: {before}, {height}");
        }
        for overtaking in [history.facts.country, history.facts.openness] {
            let planted = overtaking.planted.unwrap();
            for found in [overtaking.drawn, overtaking.realised] {
                let found = found.unwrap();
                assert!(found.abs_diff(planted) < 52, "{seed}: {overtaking:?}");
            }
        }
        for change in &history.facts.changes {
            let ratio = |values: Values| values.ratio();
            let (planted, found) = (ratio(change.planted), ratio(change.realised));
            assert!((found > 1.2) == (planted > 1.0), "{seed}: {change:?}");
        }
    }
}

/// Regression over many histories: without anything planted slopes average to nothing, and with it
/// they do not.
#[test]
fn nothing_changes_in_expectation_where_nothing_is_planted() {
    let slopes = |scenario: Scenario, seeds: std::ops::Range<u64>| -> Vec<Vec<f64>> {
        let mut slopes = vec![Vec::new(); NAMES.len()];
        for seed in seeds {
            let facts = small(seed, scenario).facts;
            for (place, slopes) in slopes.iter_mut().enumerate() {
                let series: Vec<f64> =
                    facts.realised.iter().map(|week| fields(week)[place]).collect();
                slopes.push(slope(&series));
            }
        }
        slopes
    };
    let null = slopes(Scenario::Null, 100..150);
    let planted = slopes(Scenario::Planted, 100..108);
    for ((null, planted), name) in null.iter().zip(&planted).zip(NAMES) {
        let (mean, error) = mean_and_error(null);
        // Eleven series: all within 3.5 standard errors but once in two hundred such tests.
        assert!(mean.abs() < 3.5 * error, "{name}: {mean} ± {error}");
        let (mean, error) = mean_and_error(planted);
        // Concentration rises twice and falls once: it has no slope.
        assert!(name == "hhi" || mean.abs() > 5.0 * error, "{name}: {mean} ± {error}");
    }
}

#[test]
fn nothing_is_said_to_be_planted_where_nothing_is() {
    let Facts { planted, rounds, country, openness, changes, .. } = small(1, Scenario::Null).facts;
    assert!(rounds.is_empty());
    assert!(planted.iter().all(|week| week == &planted[0]));
    for overtaking in [country, openness] {
        assert_eq!((overtaking.planted, overtaking.drawn, overtaking.realised), (None, None, None));
    }
    assert!(changes.iter().all(|change| (change.planted.ratio() - 1.0).abs() < 1e-12));
}

#[test]
fn owners_are_the_same_in_every_history_and_known_to_the_registry() {
    let (one, other) = (small(1, Scenario::Planted), planted(2));
    assert_eq!(one.owners[..], other.owners[..OWNERS as usize]);
    let registry = history_registry();
    for (owner, label) in other.owners.iter().zip(&registry) {
        let label = (&label.owner, label.country_code, label.sector);
        assert_eq!((&owner.name, owner.country, owner.sector), label);
    }
    let mut names: Vec<_> = registry.iter().map(|label| label.owner.to_lowercase()).collect();
    names.sort_unstable();
    assert!(names.is_sorted_by(|a, b| a < b), "every name is another");
    let models = |history: &History| history.models.len();
    assert_eq!(models(&one), models(&small(1, Scenario::Null)), "as many models");
}

#[test]
fn models_agree_with_what_they_are_made_from() {
    let history = planted(5);
    let mut roles = std::collections::BTreeMap::new();
    for model in &history.models {
        *roles.entry(model.role).or_insert(0) += 1;
        assert_eq!(model.first_week as usize + model.downloads.len(), 208);
        assert!(model.weeks_before == 0 || model.first_week == 0);
        assert_eq!(model.is_quantized, model.role == "quantizer");
        assert_eq!(model.is_moe, model.parameters_active < model.parameters);
        let is_open_source = model.openness_class == "open source";
        assert!(!is_open_source || model.training_data == "available");
        let Some(root) = model.root else {
            assert_eq!(model.role, "originator");
            continue;
        };
        let root = &history.models[root as usize];
        assert_eq!(root.role, "originator");
        assert_ne!(root.owner, model.owner);
        assert!((root.first_week, model.weeks_before) <= (model.first_week, root.weeks_before));
        let shape = |it: &HistoryModel| (it.parameters, it.is_moe, it.is_multimodal);
        assert_eq!(shape(root), shape(model));
    }
    assert!(roles.len() == 3 && roles.values().all(|count| *count > 300), "{roles:?}");
}
