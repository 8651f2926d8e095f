use super::*;

const OPTIONS: PlantedOptions = PlantedOptions { seed: 5, owners: 400, weeks: 120 };

#[test]
fn the_same_options_grow_the_same_economy() {
    let economy = planted_economy(&OPTIONS);
    assert_eq!(economy, planted_economy(&OPTIONS));
    assert_ne!(economy, planted_economy(&PlantedOptions { seed: 6, ..OPTIONS }));
}

#[test]
fn every_kind_is_planted_and_no_model_has_two() {
    let economy = planted_economy(&PlantedOptions { owners: 3_000, ..OPTIONS });
    for kind in PlantedKind::ALL {
        let count = economy.planted.iter().filter(|it| it.kind == kind).count();
        assert!(count >= 20, "{kind:?}: {count}");
    }
    let mut models: Vec<_> = economy.planted.iter().map(|it| it.model).collect();
    models.sort_unstable();
    assert!(models.is_sorted_by(|a, b| a < b));
    for it in &economy.planted {
        let model = &economy.models[it.model as usize];
        assert!(it.from >= model.first_week && it.from + it.weeks <= OPTIONS.weeks, "{it:?}");
        assert_eq!((model.first_week as usize) + model.downloads.len(), OPTIONS.weeks as usize);
    }
}

/// A hundredfold week stands out whatever its luck: counts of 20 and more vary by a quarter.
#[test]
fn what_is_planted_shows_in_the_downloads() {
    let economy = planted_economy(&PlantedOptions { owners: 3_000, ..OPTIONS });
    let large: Vec<_> = economy.planted.iter().filter(|it| it.size >= 100.0).collect();
    assert!(large.len() > 5);
    for it in large {
        let model = &economy.models[it.model as usize];
        let at = (it.from - model.first_week + it.weeks - 1) as usize;
        assert!(f64::from(model.downloads[at]) > 10.0 * it.level, "{it:?}");
    }
}

/// Who flags what was planted and nothing else finds all and is always right; who flags nothing
/// finds nothing.
#[test]
fn the_judge_is_just() {
    let economy = planted_economy(&PlantedOptions { owners: 3_000, ..OPTIONS });
    let mut of_model = vec![None; economy.models.len()];
    economy.planted.iter().for_each(|it| of_model[it.model as usize] = Some(it));
    let knows = economy.judge(|kind, model, week| {
        of_model[model].is_some_and(|it: &Planted| {
            let week = economy.models[model].first_week + week as u32;
            it.kind == kind && (it.from..it.from + it.weeks).contains(&week)
        })
    });
    assert!(knows.recalls.iter().all(|it| it.found == it.planted && it.noticed == it.planted));
    assert!(knows.precisions.iter().all(|it| it.runs > 0 && it.right == it.runs));
    let sleeps = economy.judge(|_, _, _| false);
    assert!(sleeps.recalls.iter().all(|it| it.found == 0 && it.noticed == 0 && it.planted > 0));
    assert!(sleeps.precisions.iter().all(|it| it.runs == 0));
    // Who flags every week finds all, in one run for each model, of which few are right.
    let cries = economy.judge(|_, _, _| true);
    assert!(cries.recalls.iter().all(|it| it.found == it.planted));
    let models = economy.models.len() as u32;
    for it in cries.precisions {
        assert_eq!((it.runs, it.right), (models, economy.planted.len() as u32));
    }
}
