use super::*;

const COUNTRIES: &str =
    "code,name,country_group,other_names\nUS,United States,USA,\nFR,France,France,\nZZ,Unknown,,\n";
const ALIASES: &str = "old_id,new_id,moved_on,evidence\ngpt2,openai-community/gpt2,2024-02-19,x\n";

fn files(owners: &[(&str, &str)]) -> RegistryFiles {
    let header = Owner::COLUMNS.join(",");
    let owners =
        owners.iter().map(|(path, rows)| ((*path).to_owned(), format!("{header}\n{rows}")));
    RegistryFiles {
        owners: owners.collect(),
        countries: COUNTRIES.to_owned(),
        model_aliases: ALIASES.to_owned(),
    }
}

fn faults(owners: &[(&str, &str)]) -> String {
    let faults = Registry::parse(&files(owners)).unwrap_err();
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_registry_in_the_repository_is_sound_and_has_at_least_1500_owners() {
    let registry = match Registry::parse(&RegistryFiles::builtin()) {
        Ok(registry) => registry,
        Err(faults) => {
            let lines: Vec<String> = faults.iter().map(|it| format!("registry/{it}")).collect();
            panic!("{}", lines.join("\n"));
        }
    };
    assert!(registry.owner_count() >= 1500, "{}", registry.owner_count());
    assert_eq!(registry.alias("bert-base-uncased"), Some("google-bert/bert-base-uncased"));
}

/// As the Union lists its members: <https://european-union.europa.eu/principles-countries-history_en>.
#[test]
fn the_european_union_has_27_members_of_the_list_of_countries() {
    let registry = Registry::builtin();
    let names: Vec<&str> = EUROPEAN_UNION
        .iter()
        .map(|code| registry.countries.get(*code).expect("a country").name.as_str())
        .collect();
    assert_eq!(names.len(), 27);
    for (name, is_member) in [
        ("France", true),
        ("Cyprus", true),
        ("United Kingdom", false),
        ("Norway", false),
        ("Switzerland", false),
    ] {
        assert_eq!(names.contains(&name), is_member, "{name}");
        assert!(registry.countries.values().any(|country| country.name == name), "{name}");
    }
}

#[test]
fn the_accounts_that_the_paper_joins_are_joined() {
    let registry = Registry::builtin();
    for (account, main) in
        [("google-bert", "google"), ("FacebookAI", "facebook"), ("meta-llama", "facebook")]
    {
        assert_eq!(registry.organisation(account), main);
    }
}

#[test]
fn unreviewed_is_neither_unknown_nor_unaffiliated() {
    let registry = Registry::parse(&files(&[
        ("owners/a.csv", "acme,Acme,,organisation,US,industry,,,,,,seat in Ohio,high,2026-01-01\n"),
        ("owners/j.csv", "jane,jane,,person,ZZ,unaffiliated,,,,,,own word,medium,2026-01-01\n"),
        ("owners/o.csv", "odd,odd,,unknown,ZZ,unknown,,,,,,looked at,low,2026-01-01\n"),
    ]))
    .unwrap();
    assert_eq!(registry.country_group("acme"), Some("USA"));
    assert_eq!(
        (registry.country("jane"), registry.sector("jane")),
        (Some("unknown"), Some("unaffiliated"))
    );
    let union = |owner: &str| registry.european_union_of(registry.reviewed(owner).unwrap());
    assert_eq!((union("acme"), union("odd")), (Some("elsewhere"), Some("unknown")));
    assert_eq!(registry.sector("odd"), Some("unknown"));
    assert_eq!((registry.country("nobody"), registry.sector("nobody")), (None, None));
}

#[test]
fn an_account_stands_for_its_organisation_and_a_bought_company_for_itself() {
    let registry = Registry::parse(&files(&[(
        "owners/g.csv",
        "github,GitHub,,organisation,US,industry,,google,2020-01-01,,,x,high,2026-01-01\n\
         google,Google,,organisation,US,industry,,,,,,x,high,2026-01-01\n\
         google-bert,BERT,,team,US,industry,google,,2024-02-19,2025-01-01,,x,high,2026-01-01\n",
    )]))
    .unwrap();
    assert_eq!(registry.organisation("google-bert"), "google");
    assert_eq!(registry.organisation("github"), "github");
    assert_eq!(registry.organisation("nobody"), "nobody");
}

#[test]
fn a_fault_in_a_row_is_named_with_file_and_line() {
    let rows = "a,A,,organisation,XY,industry,,,,,,x,high,2026-01-01\n\
                b,B,,team,US,goverment,,,,,,x,high,2026-01-01\n\
                c,C,,company,US,industry,,,,,,,sure,yesterday\n\
                d,D,,organisation,US,unaffiliated,,,,,team_country=US,x,low,2026-01-01\n\
                e,E,,organisation,US,industry,,,2025-13-01,,seat=FR,x,low,2026-01-01\n\
                f,F,,person,US,industry\n\
                g,,,person,US,industry,a,,2025-02-02,2025-02-01,,x,low,2026-01-01\n";
    let found = faults(&[("owners/x.csv", rows)]);
    let found: Vec<&str> = found.lines().filter(|line| !line.contains("belongs in")).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    owners/x.csv:2: 'a' has an unknown country 'XY'
    owners/x.csv:3: 'b' has an unknown sector 'goverment'
    owners/x.csv:4: 'c' has an unknown confidence 'sure'
    owners/x.csv:4: 'c' has an unknown kind 'company'
    owners/x.csv:4: 'c' has no date of review but 'yesterday'
    owners/x.csv:4: 'c' has no evidence
    owners/x.csv:5: 'd' has an unusable alternative 'team_country=US'
    owners/x.csv:5: 'd' is unaffiliated and of the kind 'organisation', not a person
    owners/x.csv:6: 'e' has an unusable alternative 'seat=FR'
    owners/x.csv:6: 'e' has dates and neither account_of nor parent
    owners/x.csv:6: 'e' has no date in valid_from but '2025-13-01'
    owners/x.csv:7: cannot be read: CSV error: record 6 (line: 7, byte: 411): found record with 6 fields, but the previous record has 14 fields
    owners/x.csv:8: 'g' ends to be valid before it begins
    owners/x.csv:8: 'g' has no name
    ");
}

#[test]
fn a_row_is_in_the_file_of_its_letter_once_and_in_order() {
    let row = |owner: &str| format!("{owner},X,,organisation,US,industry,,,,,,x,high,2026-01-01\n");
    let found = faults(&[
        ("owners/0-9.csv", &row("a0")),
        ("owners/a.csv", &["a-b", "B", "Aa", "aa", "a-c", "1a"].map(row).concat()),
        ("owners/b.csv", &row("b")),
    ]);
    insta::assert_snapshot!(found, @r"
    owners/0-9.csv:2: 'a0' belongs in owners/a.csv
    owners/a.csv:3: 'B' belongs in owners/b.csv
    owners/a.csv:4: 'Aa' belongs before 'B'
    owners/a.csv:5: 'aa' stands twice, before in owners/a.csv:4
    owners/a.csv:6: 'a-c' belongs before 'aa'
    owners/a.csv:7: '1a' belongs before 'a-c'
    owners/a.csv:7: '1a' belongs in owners/0-9.csv
    owners/b.csv:2: 'b' stands twice, before in owners/a.csv:3
    ");
}

#[test]
fn links_lead_to_another_row_and_end() {
    let found = faults(&[(
        "owners/a.csv",
        "a,A,,organisation,US,industry,nowhere,,,,,x,high,2026-01-01\n\
         a1,A1,,organisation,US,industry,a2,,,,,x,high,2026-01-01\n\
         a2,A2,,organisation,US,industry,,a3,,,,x,high,2026-01-01\n\
         a3,A3,,organisation,US,industry,a1,,,,,x,high,2026-01-01\n\
         a4,A4,One;Two,organisation,US,industry,a1,,,,,x,high,2026-01-01\n\
         a5,A5,two,organisation,US,industry,,a5,,,,x,high,2026-01-01\n\
         a6,A6,,organisation,US,industry,a2,a2,,,,x,high,2026-01-01\n\
         a7,A7,,organisation,US,industry,,,2026-01-01,,,x,high,2026-01-01\n",
    )]);
    insta::assert_snapshot!(found, @r"
    owners/a.csv:2: 'a' has the account_of 'nowhere', which has no row
    owners/a.csv:3: 'a1' leads back to itself by way of 'a3'
    owners/a.csv:4: 'a2' leads back to itself by way of 'a1'
    owners/a.csv:5: 'a3' leads back to itself by way of 'a2'
    owners/a.csv:6: 'a4' has the account_of 'a1', itself an account of 'a2'
    owners/a.csv:7: 'a5' has the other name 'two', as 'a4' has
    owners/a.csv:7: 'a5' leads back to itself by way of 'a5'
    owners/a.csv:8: 'a6' has both account_of and parent: the parent belongs to the main account
    owners/a.csv:9: 'a7' has dates and neither account_of nor parent
    ");
}

#[test]
fn a_file_with_other_columns_is_a_fault_and_not_read() {
    let mut old = files(&[]);
    old.owners = vec![("owners/a.csv".to_owned(), "owner,name\na,A\n".to_owned())];
    let found = Registry::parse(&old).unwrap_err();
    assert_eq!((found.len(), found[0].line), (1, 1));
    assert!(found[0].reason.starts_with("the columns are not owner,name,"), "{}", found[0].reason);
}

#[test]
fn an_alias_has_its_date_or_is_a_fault() {
    let mut files = files(&[]);
    let registry = Registry::parse(&files).unwrap();
    let moved_on = "2024-02-19".parse().unwrap();
    assert_eq!(registry.dated_alias("gpt2"), Some(("openai-community/gpt2", moved_on)));
    "old_id,new_id,moved_on,evidence\ngpt2,openai-community/gpt2,soon,x\n"
        .clone_into(&mut files.model_aliases);
    let faults = Registry::parse(&files).unwrap_err();
    assert_eq!(faults[0].to_string(), "model_aliases.csv:2: 'gpt2' has no date");
}
