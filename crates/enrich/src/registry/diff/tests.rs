use super::*;
use crate::RegistryFiles;

fn registry() -> Registry {
    let header = Owner::COLUMNS.join(",");
    let owners = [
        (
            "owners/a.csv",
            "acme,Acme,Acme Research,organisation,US,industry,,,,,,seat in Ohio,high,2026-01-01\n\
             acme-labs,Acme,,team,DE,industry,acme,,,,country=US,lab in Bonn,low,2026-01-01\n",
        ),
        ("owners/o.csv", "odd,Odd,,unknown,ZZ,unknown,,,,,,looked at,low,2026-01-01\n"),
    ];
    let owners = owners.map(|(path, rows)| (path.to_owned(), format!("{header}\n{rows}"))).to_vec();
    Registry::parse(&RegistryFiles {
        owners,
        countries: "code,name,country_group,other_names\n\
                    US,United States,USA,United States of America;USA\nDE,Germany,Germany,\n\
                    ZZ,Unknown,,\n"
            .to_owned(),
        model_aliases: "old_id,new_id,moved_on,evidence\n".to_owned(),
    })
    .unwrap()
}

/// Every compared field in one line, and the owners that only one side has.
fn check(other: &str) -> String {
    let compared = registry().compare(&OtherRegistry::read(other).unwrap());
    let mut lines: Vec<String> = compared
        .fields
        .iter()
        .map(|it| format!("{} {} {} {} {:?}", it.owner, it.field, it.ours, it.theirs, it.verdict))
        .collect();
    lines.push(format!("here {:?} there {:?}", compared.only_here, compared.only_there));
    lines.join("\n")
}

#[test]
fn regions_of_namespaces() {
    // `eu` is a product bucket that holds Germany; what cannot be placed is unknown to both.
    insta::assert_snapshot!(
        check("hf_org,region,notes\nACME,china,\nacme-labs,us,\nodd,unknown,x\nnew,us,\n"),
        @r#"
    acme region us china Differs
    acme-labs region eu us Alternative
    odd region unknown unknown Same
    here [] there ["new"]
    "#
    );
}

#[test]
fn countries_and_categories_of_names() {
    // A name of several accounts is the main account's; an empty cell says nothing.
    insta::assert_snapshot!(
        check(
            "organization,category,country,models\n\
             ACME,Academia,United States of America|Germany,3\n\
             Acme research,,Atlantis,1\nOther,Industry,Germany,1\n"
        ),
        @r#"
    acme country US Germany|United States of America Same
    acme country US Atlantis Differs
    acme sector industry Academia Differs
    here ["acme-labs", "odd"] there ["Other"]
    "#
    );
}

#[test]
fn authors_of_the_paper_over_many_rows() {
    insta::assert_snapshot!(
        check(
            "model,author,org_type,org_country_single\n\
             a/b,acme,company,USA\na/c,acme,company,USA\nodd/x,odd,user,user\n"
        ),
        @r#"
    acme country US USA Same
    acme sector industry company Same
    odd sector unknown user Differs
    here ["acme-labs"] there []
    "#
    );
}

#[test]
fn a_table_in_our_own_format() {
    insta::assert_snapshot!(
        check("country,owner,account_of\nUS,acme,\nDE,acme-labs,nobody\n"),
        @r#"
    acme country US US Same
    acme-labs account_of acme nobody Differs
    acme-labs country DE DE Same
    here ["odd"] there []
    "#
    );
}

#[test]
fn a_table_without_known_columns_says_which_are() {
    let fault = OtherRegistry::read("name,place\na,b\n").unwrap_err();
    assert_eq!(
        fault,
        "line 1: the columns are name, place; a registry has owner and country, or hf_org and \
         region, or organization and country, or author and org_country_single"
    );
}
