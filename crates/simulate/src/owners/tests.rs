use std::collections::BTreeSet;

use super::*;

fn share(country: &str, weight: impl Fn(&Organisation) -> f64) -> f64 {
    let total: f64 = ORGANISATIONS.iter().map(&weight).sum();
    let of_country =
        ORGANISATIONS.iter().filter(|organisation| organisation.country_code == country);
    of_country.map(weight).sum::<f64>() / total
}

/// The shares that the documentation of the table names.
#[test]
fn the_second_country_overtakes_the_first() {
    let percent = |share: f64| (share * 100.0).round() as i64;
    assert_eq!(percent(share("US", |organisation| organisation.first)), 65);
    assert_eq!(percent(share("US", |organisation| organisation.last)), 27);
    assert_eq!(percent(share("CN", |organisation| organisation.first)), 10);
    assert_eq!(percent(share("CN", |organisation| organisation.last)), 51);
}

#[test]
fn every_owner_has_one_label() {
    let labels = labels(5, 3_000);
    let owners: BTreeSet<_> = labels.iter().map(|label| label.owner.to_lowercase()).collect();
    assert_eq!(owners.len(), labels.len());
    let named = ORGANISATIONS.len() + CONVERTERS.len();
    let reviewed = labels.len() - named;
    assert!((400..600).contains(&reviewed), "one in six of 3,000 is about 500, not {reviewed}");
}

#[test]
fn sectors_are_those_of_the_design() {
    let sectors: BTreeSet<_> = labels(1, 100).iter().map(|label| label.sector).collect();
    let known = ["academia", "community", "government", "industry", "non-profit", "unaffiliated"];
    assert_eq!(sectors, BTreeSet::from(known));
}
