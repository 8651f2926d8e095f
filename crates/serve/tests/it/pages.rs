use crate::data::empty_server;
use crate::{ask, get};

const PAGES: [&str; 14] = [
    "/",
    "/power",
    "/models",
    "/openness",
    "/intermediaries",
    "/explore",
    "/attributes",
    "/results",
    "/results/countries",
    "/replication",
    "/robustness",
    "/robustness/china-rises",
    "/whatif",
    "/data",
];

#[test]
fn every_page_is_whole() {
    for page in PAGES {
        let reply = get(&format!("{page}?collection=tiny"));
        assert_eq!(reply.status, 200, "{page}");
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8");
        let body = &reply.body;
        assert_eq!(body.matches("<h1>").count(), 1, "{page}");
        for part in
            ["<main id=\"content\"", "class=\"skip\"", "<nav aria-label=\"Pages\"", "<footer"]
        {
            assert!(body.contains(part), "{page} has no {part}");
        }
        assert!(body.contains("Data through <strong>27\u{a0}May\u{a0}2024</strong>"), "{page}");
        assert!(body.contains("tiny-release") && body.contains("nobody, CC0"), "{page}");
        assert!(body.contains("Tiny &amp; made up"), "{page}");
        assert!(!body.contains(" style=") && !body.contains("onclick"), "{page}");
        let inline = body.match_indices("<script").filter(|(at, _)| {
            !body[*at..].starts_with("<script src=")
                && !body[*at..].starts_with("<script type=\"module\" src=")
        });
        assert_eq!(inline.count(), 0, "{page} has an inline script");
        assert!(!body.contains("class=\"banner\""), "{page}");
    }
}

#[test]
fn ids_are_unique_in_a_page() {
    for page in PAGES {
        let body = get(&format!("{page}?collection=tiny")).body;
        let mut ids: Vec<&str> =
            body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{page}");
    }
}

#[test]
fn charts_are_in_the_page_as_it_arrives() {
    for (page, figures, drawn) in [
        ("/power", 4, 4),
        ("/models", 2, 1),
        ("/openness", 2, 1),
        ("/explore", 1, 1),
        ("/data", 1, 1),
    ] {
        let body = get(&format!("{page}?collection=tiny")).body;
        assert_eq!(body.matches("<figure class=").count(), figures, "{page}");
        // Where there is nothing to draw, the reason stands in the drawing's place.
        let has_phones = body.matches("role=\"img\"").count() > drawn;
        assert!(has_phones || drawn == 0, "{page}: a phone's drawing too");
        assert_eq!(body.matches("<summary>Table</summary>").count(), drawn, "{page}");
    }
}

#[test]
fn simulated_data_are_marked_on_every_page() {
    for page in PAGES {
        let reply = get(&format!("{page}?collection=simulated-tiny"));
        assert!(reply.body.contains("class=\"banner\""), "{page}");
        assert!(reply.body.contains("Simulated data"), "{page}");
        assert_eq!(reply.header("x-weighhouse-simulated"), "true", "{page}");
    }
}

#[test]
fn the_leaderboard_names_ranks_and_bounds() {
    let body = get("/power?collection=tiny").body;
    assert!(body.contains(">alpha</a></th><td class=\"number\">60.0 %</td>"), "{body}");
    assert!(body.contains("the same"));
    assert!(body.contains("<td>us</td><td>us</td>") && body.contains(">exact<"));
    assert!(body.contains(">First year</a>"));
    let readings = get("/power?collection=tiny&measure=downloads_30d").body;
    assert!(!readings.contains(">First year</a>"), "readings have no ages");
}

#[test]
fn the_data_page_says_what_is_wrong() {
    let body = get("/data?collection=tiny").body;
    assert!(body.contains("<strong>damaged</strong>: could not be loaded"));
    assert!(body.contains("<strong>unbuilt</strong>: imported and not built yet"));
    assert!(body.contains("50 cells observed (83.3 %)"), "10 of 12 weeks; one is estimated");
    assert!(body.contains("href=\"/methods/hhi\""));
    assert!(body.contains("10 attributes are derived; in this collection 10 of them are known"));
}

#[test]
fn the_page_of_attributes_tells_each_with_its_coverage() {
    let body = get("/attributes?collection=tiny").body;
    assert!(body.contains("10 attributes of 5 models"), "{body}");
    let (_, row) = body.split_once("<tr id=\"size_band\">").expect("a row");
    let (row, _) = row.split_once("</tr>").expect("its end");
    assert!(row.contains("<code>size_band</code>") && row.contains("80.0 %"), "{row}");
    assert!(row.contains("as written down (version 1)") && row.contains("model_id, registry"));
    let found = get("/attributes?collection=tiny&find=BAND").body;
    assert!(found.contains("1 attribute of 5 models") && !found.contains("<tr id=\"country\">"));
    let nothing = get("/attributes?collection=tiny&find=%3Cb%3E").body;
    assert!(nothing.contains("No attribute has '&lt;b&gt;' in its name"), "{nothing}");
}

#[test]
fn the_data_page_says_how_sure_the_flows_are() {
    let body = get("/data?collection=tiny").body;
    // Five models in the eighth of twelve weeks; one of the sixty cells has a flag.
    assert!(body.contains("1 cell (1.7 %) in which something is odd"), "{body}");
    assert!(body.contains("<li>1 × spike: far from the model's own history"));
    assert!(!body.contains("synchronous:"), "flags that no cell has are not listed");
    assert!(body.contains("href=\"/power?collection=tiny&amp;flagged=exclude\""));
    assert!(body.contains("40 times, of 3 models. It is 1.02 times as large in the middle"));
    assert!(body.contains("and 0.90 to 1.30 times in nine cases of ten; 1 is agreement."));
    assert!(body.contains("In 10.0 % of the cases they are more than 5.0 % apart."));
    assert!(body.contains("not known for 1 model (20.0 %)"));
    assert!(body.contains("begins on 2\u{a0}Mar\u{a0}2022"));
    assert!(body.contains("<dd>at 13 instants</dd>"));
}

#[test]
fn the_data_page_lists_what_happened_to_the_counters() {
    let body = get("/data?collection=tiny").body;
    let (_, section) = body.split_once("id=\"events\"").expect("a section");
    let (section, _) = section.split_once("</section>").expect("its end");
    assert!(section.contains("The newest 7 of 7; "));
    let kinds: Vec<&str> =
        section.split("data-event=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let fell = "restatement";
    assert_eq!(
        kinds,
        ["rule_change", "rule_change", "stale", fell, fell, fell, fell],
        "newest first"
    );
    assert!(section.contains("Files of gguf &amp; others are counted."), "as text, escaped");
}

#[test]
fn mistakes_say_what_is_known() {
    let cases = [
        ("/power?collection=tinny", 404, "known are: damaged, simulated-tiny, tiny, unbuilt"),
        ("/power?group=planet", 400, "known are: model, uploader"),
        ("/power?measure=visits", 400, "known are: downloads, first_year"),
        ("/power?attribution=author", 400, "known are: uploader, developer"),
        ("/power?colour=red", 400, "known are: collection, measure"),
        ("/power?from=2024-05-01&amp;to=2024-04-01", 400, "known are: collection"),
        ("/power?from=2024-05-01&to=2024-04-01", 400, "ends before it begins"),
        ("/models?where=size_band=huge", 400, "the most frequent values are: large, small"),
        ("/nowhere", 404, "there is nothing at"),
    ];
    for (address, status, words) in cases {
        let reply = get(address);
        assert_eq!(reply.status.as_u16(), status, "{address}");
        assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{address}");
        assert!(reply.body.contains(words), "{address}: {}", reply.body);
        assert_eq!(reply.body.matches("<h1>").count(), 1, "{address}");
    }
}

#[test]
fn an_empty_directory_says_what_to_do() {
    for page in PAGES {
        let reply = ask(empty_server(), page, &[]);
        assert_eq!(reply.status, 200, "{page}");
        assert!(reply.body.contains("weighhouse import SOURCE PATH"), "{page}");
        assert!(reply.body.contains("cargo xtask demo"), "{page}");
    }
}

#[test]
fn everything_that_a_page_links_is_there() {
    let body = get("/power?collection=tiny").body;
    let mut linked = 0;
    for attribute in ["href=\"/", "src=\"/"] {
        for rest in body.split(attribute).skip(1) {
            let address = format!("/{}", rest.split('"').next().unwrap_or_default());
            let address = address.replace("&amp;", "&");
            assert_eq!(get(&address).status, 200, "{address}");
            linked += 1;
        }
    }
    assert!(linked > 20, "only {linked} links were found");
}

#[test]
fn the_most_used_models_lead_to_what_is_known_of_them() {
    let body = get("/models?collection=tiny").body;
    let (_, section) = body.split_once("id=\"most-used\"").expect("a section");
    let places: Vec<&str> = section.split("<tr><td class=\"number\">").skip(1).collect();
    assert_eq!(places.len(), 5, "{section}");
    assert!(section.contains("By weekly downloads, in the week of 20\u{a0}May\u{a0}2024."));
    assert!(places[0].starts_with("1</td>") && places[0].contains(">alpha/one</a>"));
    assert!(places[4].contains("model=%3Cscript%3E"), "as an address: {}", places[4]);
    assert!(places[0].contains("href=\"/model?collection=tiny&amp;model="), "{}", places[0]);
    let none = get("/models?collection=tiny&to=1999-01-04").body;
    assert!(!none.contains("<tr><td class=\"number\">1</td>"), "nothing is known then");
}
