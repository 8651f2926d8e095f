//! What readers of four kinds came for and did not find, until it was there.

use crate::data::kin;
use crate::get;

/// The menu of a page's first figure, as it is read.
fn menu(html: &str) -> String {
    let (_, menu) = html.split_once("<details class=\"takeaway\">").expect("a menu");
    let menu = menu.split_once("</details>").expect("its end").0;
    menu.replace("&quot;", "\"").replace("&amp;", "&").replace('\u{a0}', " ")
}

/// What stands in the menu to be copied under an id that ends so.
fn copied(menu: &str, end: &str) -> String {
    let (_, text) = menu.split_once(&format!("-{end}\" tabindex=\"0\">")).expect("a text");
    text.split_once("</p>").expect("its end").0.to_owned()
}

/// By hand: 600, 200 and 150 of 1,000 downloads, and 50 of which the country is not known.
#[test]
fn a_figure_says_in_words_what_may_be_said_with_bounds_and_population() {
    let html = get("/power?collection=tiny&measure=downloads&group=country").body;
    let words = copied(&menu(&html), "words");
    assert_eq!(
        words,
        "Shares of weekly downloads by country: in the week of 20 May 2024, us 60.0 % (bounds 60.0 \
         to 65.0 %), china 20.0 % (bounds 20.0 to 25.0 %), france 15.0 % (bounds 15.0 to 20.0 %); \
         5.0 % belong to none that is known. Five models that do not exist. Data: nobody, CC0, through \
         27 May 2024."
    );
}

#[test]
fn a_series_has_its_line_of_python_and_a_badge_and_both_are_there() {
    let html = get("/owner?collection=tiny&owner=alpha").body;
    let menu = menu(&html);
    let line = copied(&menu, "python");
    let address = line.split('"').nth(1).expect("an address");
    let path = address.strip_prefix("http://localhost").expect("this server's");
    assert!(line.starts_with("import pandas; table = pandas.read_parquet(\"http"), "{line}");
    assert_eq!(get(path).header("content-type"), "application/vnd.apache.parquet", "{path}");
    let badge = copied(&menu, "badge");
    let picture = badge.split(['(', ')']).nth(1).expect("a picture");
    let reply = get(picture.strip_prefix("http://localhost").expect("this server's"));
    assert_eq!(reply.header("content-type"), "image/svg+xml", "{badge}");
    assert!(reply.body.contains("60.0 %") || reply.body.contains("60.0\u{a0}%"), "{}", reply.body);
    let shares = get("/power?collection=tiny&group=country").body;
    assert!(!self::menu(&shares).contains("Badge"), "a badge is of one series");
}

#[test]
fn a_picture_and_an_embed_say_which_population_they_are_of() {
    let covers = "Five models that do not exist.";
    for size in ["page", "phone", "slide", "card"] {
        let svg = get(&format!("/figure/shares.svg?collection=tiny&size={size}")).body;
        // The words of lines that follow each other, without what is between.
        let tags = svg.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
        let words: String = tags.flat_map(str::split_whitespace).collect();
        let said = covers.trim_end_matches('.').replace(' ', "");
        assert!(words.contains(&said), "{size}: {svg}");
    }
    assert!(get("/embed/shares?collection=tiny").body.contains(covers));
    let page = get("/power?collection=tiny").body;
    assert_eq!(page.matches("<p class=\"note\">Five models").count(), 0, "the page says it once");
}

#[test]
fn methods_are_pages_and_numbers_lead_to_theirs() {
    let reply = get("/methods/hhi");
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("<h1>Herfindahl–Hirschman index (HHI)</h1>"), "{}", reply.body);
    assert!(reply.body.contains("<code>HHI = 10,000 · Σ s_u²</code>"), "{}", reply.body);
    assert!(reply.body.contains("href=\"/methods/bounds\""), "methods lead to each other");
    assert!(get("/methods").body.contains("href=\"/methods/hhi\""));
    let missing = get("/methods/ginni");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("near it: gini"), "{}", missing.body);
    let html = get("/power?collection=tiny").body;
    let (_, small) = html.split_once("data-figure=\"concentration-hhi\"").expect("a figure");
    assert!(menu(small).contains("href=\"/methods/hhi\""));
}

/// The registry knows that THUDM became zai-org; this collection has neither.
#[test]
fn an_owner_that_gave_its_name_up_leads_to_the_one_it_has_now() {
    let reply = get("/owner?collection=tiny&owner=thudm");
    assert_eq!(reply.status, 404);
    assert!(reply.body.contains("went from thudm to"), "{}", reply.body);
    assert!(reply.body.contains("owner=zai-org\""), "{}", reply.body);
    assert!(reply.body.contains("all its downloads, those from before too"), "{}", reply.body);
    let found = get("/search?collection=tiny&q=THUDM").body;
    assert!(found.contains("models of THUDM") && found.contains("owner=zai-org\""), "{found}");
}

#[test]
fn exact_numbers_say_that_they_are() {
    let exact = get("/owner?collection=tiny&owner=alpha").body;
    assert!(exact.contains("Read exactly: "), "{exact}");
    let open = get("/country?collection=tiny&country=china").body;
    assert!(open.contains("Bounds: what it could be") && !open.contains("Read exactly"), "{open}");
}

#[test]
fn the_first_page_asks_what_readers_of_each_kind_ask() {
    let html = get("/?collection=tiny").body;
    let (_, ways) = html.split_once("id=\"ways\"").expect("a section");
    for leads in ["/counted?", "/search?", "/robustness?", "open=ranks#ranks", "/openness?"] {
        assert!(ways.contains(leads), "{leads}: {ways}");
    }
    assert!(!ways.contains("is_license_commercial"), "of no model of this collection it is known");
    let directory = kin::directory();
    assert_eq!(directory.get("/power?collection=tiny&open=ranks").status, 200);
}
