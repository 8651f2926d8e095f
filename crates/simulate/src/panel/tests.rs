use super::*;

fn tables(seed: u64) -> PanelTables {
    PanelTables::new(PanelOptions { models: 20_000, weeks: 270, owners: 4_000, seed })
}

fn share(count: usize, of: usize) -> f64 {
    count as f64 / of as f64
}

#[test]
fn forty_three_per_cent_of_the_pairs_are_cells() {
    // 0.145 + 0.855 / 3: what a share that grows with the square of time leaves on average.
    let tables = tables(1);
    let pairs = 20_000.0 * 270.0;
    assert!((tables.cell_count() as f64 / pairs - 0.43).abs() < 0.01);
    let late = tables.first_week.iter().filter(|week| **week >= 135).count();
    // Three quarters of what a square grows by comes in the second half.
    assert!((share(late, 20_000) - 0.855 * 0.75).abs() < 0.015);
}

#[test]
fn cells_by_week_are_the_cells_by_model() {
    let tables = PanelTables::new(PanelOptions { models: 300, weeks: 40, owners: 50, seed: 3 });
    let mut by_model = Vec::new();
    for model in 0..300 {
        let first = tables.first_week[model as usize];
        by_model.extend((first..40).zip(tables.flows_of(model)).map(|(w, cell)| (w, model, cell)));
    }
    by_model.sort_by_key(|(week, model, _)| (*week, *model));
    let by_week: Vec<_> = (0..40)
        .flat_map(|week| tables.flows_in(week).map(move |(model, cell)| (week, model, cell)))
        .collect();
    assert_eq!(by_model.len() as u64, tables.cell_count());
    assert_eq!(by_model, by_week);
}

#[test]
fn every_owner_has_a_model_and_the_largest_has_many() {
    let tables = tables(2);
    let mut models = vec![0_usize; 4_000];
    tables.owner.iter().for_each(|owner| models[*owner as usize] += 1);
    models.sort_unstable();
    assert_eq!(models[0], 1);
    // Of the 16,000 models that are left the largest draws (1 / 4,000)^(1/3) = 6.3 %.
    assert!((share(models[3_999], 16_000) - 0.063).abs() < 0.01);
    // The lower half of the owners, by the cube, 1 - 0.5^(1/3) = 21 % of what is left.
    let lower: usize = models[..2_000].iter().sum();
    assert!(lower < 6_000, "the lower half has {lower} of 20,000 models");
}

#[test]
fn states_values_and_filters_are_as_planted() {
    let tables = tables(4);
    let mut counts = [0_usize; 3];
    let mut values = Vec::new();
    for model in 0..20_000 {
        for cell in tables.flows_of(model) {
            counts[cell.state as usize] += 1;
            match cell.state {
                CellState::Missing => assert_eq!(cell.parts, 0),
                CellState::Observed => assert_eq!(cell.parts % PARTS_PER_DOWNLOAD, 0),
                CellState::Estimated => {}
            }
            values.push(cell.parts);
        }
    }
    let all = values.len();
    assert!((share(counts[CellState::Estimated as usize], all) - 0.03).abs() < 0.002);
    assert!((share(counts[CellState::Missing as usize], all) - 0.02).abs() < 0.002);
    values.sort_unstable();
    let sum = |values: &[u32]| values.iter().map(|v| u64::from(*v)).sum::<u64>();
    // Pareto of exponent 0.8: one in a hundred has 0.01^0.2 = 40 % of the mass, and more by noise.
    assert!(sum(&values[all - all / 100..]) > sum(&values) * 2 / 5);
    assert!(values[all / 2] < 100 * PARTS_PER_DOWNLOAD, "most flows are small");

    let modality = tables.codes(PanelAttribute::Modality);
    for (label, expected) in [("audio", 0.10), ("video", 0.01)] {
        let labels = PanelAttribute::Modality.labels();
        let code = labels.iter().position(|known| known == label).unwrap() as u8;
        let is_kept = |known: &&u8| **known == code;
        let kept = modality.iter().filter(is_kept).count();
        assert!((share(kept, 20_000) - expected).abs() < 0.15 * expected + 0.002);
    }
}

#[test]
fn attributes_of_owners_are_the_same_for_all_their_models() {
    let tables = tables(5);
    for attribute in [PanelAttribute::Country, PanelAttribute::Sector] {
        let mut of_owner = vec![None; 4_000];
        for (owner, code) in tables.owner.iter().zip(tables.codes(attribute)) {
            let known = of_owner[*owner as usize].get_or_insert(*code);
            assert_eq!(known, code);
        }
    }
    for attribute in PanelAttribute::ALL {
        let labels = attribute.labels().len();
        let mut is_used = vec![false; labels];
        tables.codes(attribute).iter().for_each(|code| is_used[usize::from(*code)] = true);
        assert!(is_used.iter().all(|used| *used), "{} has a value of no model", attribute.name());
    }
}

#[test]
fn draws_repeat_by_seed() {
    let cells = |seed| -> Vec<PanelCell> { tables(seed).flows_of(7).collect() };
    assert_eq!(cells(6), cells(6));
    assert_ne!(tables(6).owner, tables(7).owner);
}

#[test]
fn scattering_moves_numbers_among_themselves() {
    for count in [1, 2, 6, 97, 1_000] {
        let mut seen: Vec<u32> = (0..count).map(|number| scattered(number, count)).collect();
        seen.sort_unstable();
        assert!(seen.into_iter().eq(0..count));
    }
}
