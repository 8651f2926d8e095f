use super::*;

const COUNTRIES: &str = "code,name,country_group\nUS,United States,USA\nZZ,Unknown,\n";
const HEADER: &str =
    "owner,name,country,sector,parent,evidence,reviewed_on,confidence,alternatives\n";
const ALIASES: &str = "old_id,new_id,moved_on,evidence\ngpt2,openai-community/gpt2,2024-02-19,x\n";

fn parse(owners: &str) -> Result<Registry, Vec<String>> {
    Registry::parse(&format!("{HEADER}{owners}"), COUNTRIES, ALIASES)
}

#[test]
fn the_registry_in_the_repository_is_sound_and_has_at_least_300_owners() {
    let registry = Registry::parse(OWNERS, super::COUNTRIES, super::ALIASES).unwrap();
    assert!(registry.owner_count() >= 300, "{}", registry.owner_count());
    assert_eq!(registry.alias("bert-base-uncased"), Some("google-bert/bert-base-uncased"));
}

#[test]
fn unreviewed_is_neither_unknown_nor_unaffiliated() {
    let registry = parse(
        "acme,Acme,US,industry,,seat in Ohio,2026-01-01,high,\n\
         jane,jane,ZZ,unaffiliated,,personal account,2026-01-01,medium,\n\
         odd,odd,ZZ,unknown,,looked at and not placed,2026-01-01,low,\n",
    )
    .unwrap();
    assert_eq!(registry.country_group("acme"), Some("USA"));
    assert_eq!(
        (registry.country("jane"), registry.sector("jane")),
        (Some("unknown"), Some("unaffiliated"))
    );
    assert_eq!(registry.sector("odd"), Some("unknown"));
    assert_eq!((registry.country("nobody"), registry.sector("nobody")), (None, None));
}

#[test]
fn an_account_stands_for_its_parent() {
    let registry = parse(
        "google,Google,US,industry,,x,2026-01-01,high,\n\
         google-bert,Google,US,industry,google,x,2026-01-01,high,\n",
    )
    .unwrap();
    assert_eq!(registry.organisation("google-bert"), "google");
    assert_eq!(registry.organisation("nobody"), "nobody");
}

#[test]
fn faults_are_named() {
    let faults = parse(
        "a,A,XY,industry,,x,2026-01-01,high,\n\
         b,B,US,goverment,,x,2026-01-01,high,\n\
         c,C,US,industry,nowhere,,2026-01-01,high,\n\
         c,C,US,industry,,x,yesterday,high,\n",
    )
    .unwrap_err();
    insta::assert_snapshot!(faults.join("\n"), @r"
    owners.csv: 'a' has an unknown country 'XY'
    owners.csv: 'b' has an unknown sector 'goverment'
    owners.csv: 'c' has no evidence
    owners.csv: 'c' has no date of review
    owners.csv: 'c' stands twice
    ");
}

#[test]
fn an_alias_has_its_date_or_is_a_fault() {
    let registry = parse("").unwrap();
    let moved_on = "2024-02-19".parse().unwrap();
    assert_eq!(registry.dated_alias("gpt2"), Some(("openai-community/gpt2", moved_on)));
    let undated = "old_id,new_id,moved_on,evidence\ngpt2,openai-community/gpt2,soon,x\n";
    let faults = Registry::parse(HEADER, COUNTRIES, undated).unwrap_err();
    assert_eq!(faults, ["model_aliases.csv: 'gpt2' has no date"]);
}
