//! Views that leave something out: flagged weeks, and models of other counting rules.

use crate::get;

/// The week in which beta's model has a flag. Without it 800 of 1,000 downloads are left, of which
/// alpha has 600.
const FLAGGED: &str = "to=2024-04-22";

/// The choice of a form by its name, as it is written.
fn choice<'a>(body: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = body.split_once(&format!("<select id=\"{name}\" name=\"{name}\">"))?;
    rest.split_once("</select>").map(|(options, _)| options)
}

#[test]
fn flagged_weeks_are_a_choice_where_there_are_flows() {
    for page in ["/power", "/models"] {
        let body = get(&format!("{page}?collection=tiny")).body;
        let options = choice(&body, "flagged").expect("a choice");
        assert!(options.contains("<option value=\"include\" selected>Counted<"), "{options}");
        assert!(options.contains(">Left out<") && options.contains(">Only these<"), "{options}");
        assert!(body.contains("<details class=\"more\"><summary>"), "closed while it is not used");

        let body = get(&format!("{page}?collection=tiny&flagged=exclude")).body;
        let options = choice(&body, "flagged").expect("a choice");
        assert!(options.contains("<option value=\"exclude\" selected>"), "{options}");
        assert!(body.contains("<details class=\"more\" open>") && body.contains(">Reset</a>"));
        assert!(body.contains("Weeks with a flag are left out."));
    }
}

#[test]
fn a_choice_that_means_nothing_here_waits() {
    let address = "/power?collection=tiny&measure=downloads_30d&flagged=exclude&window=4";
    let body = get(address).body;
    assert_eq!(choice(&body, "flagged"), None);
    assert!(body.contains("<input type=\"hidden\" name=\"flagged\" value=\"exclude\">"));
    assert!(body.contains("<input type=\"hidden\" name=\"window\" value=\"4\">"));
    assert!(!body.contains("Weeks with a flag") && !body.contains(">Reset</a>"));
}

#[test]
fn the_counting_rule_is_a_choice_where_downloads_are_counted() {
    let body = get("/power?collection=tiny").body;
    let options = choice(&body, "rule").expect("a choice");
    let expected = "<option value=\"\" selected>All</option>\
                    <option value=\"default\">default (3 models)</option>\
                    <option value=\"gguf\">gguf (2 models)</option>";
    assert_eq!(options, expected);
    let body = get("/power?collection=tiny&rule=gguf&where=country=us").body;
    assert!(choice(&body, "rule").expect("a choice").contains("value=\"gguf\" selected"));
    assert!(body.contains("name=\"where\" type=\"text\" value=\"country=us\""), "and nowhere else");
    assert!(body.contains("Only models with country=us, counting_rule=gguf."));
    // Of numbers of models the rule is a property like any other.
    let body = get("/power?collection=tiny&measure=models&rule=gguf").body;
    assert_eq!(choice(&body, "rule"), None);
    assert!(body.contains("name=\"where\" type=\"text\" value=\"counting_rule=gguf\""));
}

#[test]
fn several_fixed_rules_stay_as_they_are() {
    let given = "where=counting_rule=default,counting_rule=gguf";
    let body = get(&format!("/power?collection=tiny&{given}")).body;
    let options = choice(&body, "rule").expect("a choice");
    assert!(
        options.contains("<option value=\"default,gguf\" selected>default or gguf</option>"),
        "{options}"
    );
    let figure = |parameters: &str| {
        let json = get(&format!("/figure/shares.json?collection=tiny&group=country&{parameters}"));
        json.json()["query"].clone()
    };
    assert_eq!(figure("rule=default,gguf"), figure(given), "the form's words mean the same");
    assert_ne!(figure("rule=default"), figure(given));
}

#[test]
fn shares_can_be_by_counting_rule() {
    let body = get("/power?collection=tiny").body;
    assert!(
        choice(&body, "group").expect("a choice").contains(">Counting rule<"),
        "the collection has it"
    );
    let json = get("/figure/shares.json?collection=tiny&group=counting_rule").json();
    // Alpha's two models are the GGUF ones: 600 of 1,000 downloads.
    assert_eq!(
        (&json["series"][0]["key"], &json["series"][0]["points"][0]["value"]),
        (&"gguf".into(), &0.6.into())
    );
}

#[test]
fn the_leaderboard_can_be_asked_with_and_without_flagged_weeks() {
    let leader = |share: &str| format!(">alpha</a></th><td class=\"number\">{share}</td>");
    let with = get(&format!("/power?collection=tiny&{FLAGGED}")).body;
    assert!(with.contains(&leader("60.0 %")) && with.contains(">beta</a></th>"));
    let (_, rest) = with.split_once("aria-label=\"Flagged weeks\"").expect("a switch");
    let (_, rest) = rest
        .split_once("\">Without flagged weeks</a>")
        .map(|(before, _)| before.rsplit_once("href=\"").expect("a link"))
        .expect("a link");
    let without = get(&rest.replace("&amp;", "&")).body;
    assert!(without.contains(&leader("75.0 %")), "{without}");
    assert!(!without.contains(">beta</a></th>"), "its only model has a flag");
    let only = get(&format!("/power?collection=tiny&{FLAGGED}&flagged=only")).body;
    assert!(only.contains(">beta</a></th><td class=\"number\">100 %</td>"), "{only}");
    assert!(only.contains("aria-current=\"true\">Flagged weeks only</a>"));
    assert!(!get("/power?collection=tiny&measure=downloads_30d").body.contains("Without flagged"));
}

#[test]
fn the_number_of_models_leaves_no_week_out() {
    let plain = get("/figure/model-count.json?collection=tiny").json();
    let json = get("/figure/model-count.json?collection=tiny&flagged=exclude&window=4").json();
    assert_eq!(json, plain);
    let body = get("/data?collection=tiny&flagged=exclude&window=4");
    assert_eq!(body.status, 200);
}
