use std::collections::BTreeSet;

use super::*;

/// Every alpha-2 code of ISO 3166-1, as the time zone database lists them (`iso3166.tab`, 2026).
const CODES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI \
    BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN \
    CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
    FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM \
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN \
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
    ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP \
    NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF \
    TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI \
    VN VU WF WS YE YT ZA ZM ZW";

fn at(code: &str) -> Spot {
    spots().find(|spot| spot.code == code).unwrap()
}

#[test]
fn every_country_has_one_square_and_shares_it_with_none() {
    let found: Vec<&str> = spots().map(|spot| spot.code).collect();
    let codes: BTreeSet<&str> = found.iter().copied().collect();
    assert_eq!(found.len(), codes.len(), "a country stands once");
    assert_eq!(codes, CODES.split_whitespace().collect());
    let squares: BTreeSet<(usize, usize)> = spots().map(|spot| (spot.column, spot.row)).collect();
    assert_eq!(squares.len(), found.len());
    // What stands in the map and is no code would be left out by `spots`.
    let written = MAP.iter().flat_map(|row| row.split(' ')).filter(|code| *code != SEA);
    assert_eq!(written.count(), found.len());
    assert!(MAP.iter().all(|row| row.split(' ').count() == COLUMNS));
}

#[test]
fn every_country_of_the_registry_has_its_square() {
    let registry = include_str!("../../../../../registry/countries.csv");
    let mut placed = 0;
    for line in registry.lines().skip(1) {
        let [code, name, _, others] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("a row of the registry has four cells: {line}");
        };
        let names = others.split(';').filter(|other| !other.is_empty());
        for name in [code, name].into_iter().chain(names) {
            let found = find(name).map(|spot| spot.code);
            // International and unknown are no countries.
            let expected = (!["XX", "ZZ"].contains(&code)).then_some(code);
            assert_eq!(found, expected, "{name}");
            placed += usize::from(found.is_some());
        }
    }
    assert!(placed > 300, "{placed}");
}

#[test]
fn names_are_those_of_one_country_only() {
    let mut names = BTreeSet::new();
    for (code, name, others) in COUNTRIES {
        for name in [code, name].iter().chain(others) {
            assert!(names.insert(name.to_lowercase()), "{name}");
        }
    }
    assert_eq!(find("united states").map(|spot| spot.code), Some("US"));
    assert_eq!(find("TÜRKIYE").map(|spot| spot.code), Some("TR"));
    assert_eq!(find("Atlantis"), None);
    assert_eq!(find(""), None);
}

/// Pairs of which the first lies west of the second, and of which the first lies north of it.
#[test]
fn countries_lie_on_their_side_of_others() {
    let west = "CA GB|US PT|MX CU|CU DO|CL AR|PE BR|BR NG|PT ES|ES IT|FR DE|DE PL|PL UA|IT GR|GR TR|\
                MA DZ|DZ EG|SN NG|NG KE|AO MZ|ZA MG|EG IL|TR IR|IR PK|PK IN|IN BD|BD TH|TH VN|VN PH|\
                CN KR|KR JP|ID PG|AU NZ|AU FJ|KZ MN|SA OM|RU KZ|WS PE";
    for pair in west.split('|') {
        let (one, other) = pair.split_once(' ').unwrap();
        assert!(at(one).column < at(other).column, "{one} lies west of {other}");
    }
    let north = "GL CA|CA US|US MX|MX CO|CO PE|PE CL|CU JM|BR AR|NO DK|DK DE|DE AT|AT IT|FR ES|\
                 ES MA|IT TN|GR LY|DZ NG|EG SD|SD KE|KE MZ|CD ZM|ZM ZA|SE PL|PL HU|FI EE|RU UA|UA TR|\
                 TR SY|SY SA|SA YE|KZ IR|IR OM|CN VN|VN MY|MY ID|ID AU|JP PH|PH AU|MN CN|NP IN|IN LK|\
                 PG AU|FJ NZ";
    for pair in north.split('|') {
        let (one, other) = pair.split_once(' ').unwrap();
        assert!(at(one).row < at(other).row, "{one} lies north of {other}");
    }
}

#[test]
fn parts_stand_by_themselves() {
    let part = |code: &str| at(code).part();
    for code in ["US", "BR", "GL", "PF", "FK"] {
        assert_eq!(part(code), Part::Americas, "{code}");
    }
    for code in ["IS", "RU", "CY", "ZA", "SC", "RE", "AQ"] {
        assert_eq!(part(code), Part::EuropeAndAfrica, "{code}");
    }
    for code in ["TR", "IL", "CN", "IO", "NZ"] {
        assert_eq!(part(code), Part::AsiaAndOceania, "{code}");
    }
    for part in Part::ALL {
        let columns: Vec<usize> =
            spots().filter(|spot| spot.part() == part).map(|spot| spot.column).collect();
        let width = columns.iter().max().unwrap() - columns.iter().min().unwrap() + 1;
        assert!(width <= 11, "{part:?} is {width} wide, and has to fit a phone");
    }
}
