//! What leaves the dashboard for the pages of others: embeds, badges, feeds, previews, llms.txt.

use crate::data::{HOSTILE, empty_server, server};
use crate::{ask, get};

const QUERY: &str = "collection=tiny&measure=downloads&group=country";

/// The value of an attribute of the first element that begins so.
fn attribute<'a>(html: &'a str, element: &str, name: &str) -> &'a str {
    let (_, rest) = html.split_once(element).unwrap_or_else(|| panic!("{element} in {html}"));
    let (tag, _) = rest.split_once('>').expect("a tag ends");
    let (_, value) = tag.split_once(&format!(" {name}=\"")).unwrap_or_else(|| panic!("{tag}"));
    value.split_once('"').expect("a value ends").0
}

fn meta(html: &str, name: &str) -> String {
    let kind = if name.starts_with("og:") { "property" } else { "name" };
    attribute(html, &format!("<meta {kind}=\"{name}\""), "content").replace("&amp;", "&")
}

#[test]
fn every_figure_has_a_menu_whose_links_lead_somewhere() {
    let html = get(&format!("/power?{QUERY}")).body;
    assert_eq!(html.matches("<details class=\"takeaway\">").count(), 4);
    let menu = html.split_once("<details class=\"takeaway\">").unwrap().1;
    let menu = menu.split_once("</details>").unwrap().0;
    let links: Vec<String> = menu
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split_once('"').unwrap().0.replace("&amp;", "&"))
        .collect();
    assert_eq!(links.len(), 19, "{links:?}");
    for link in links {
        assert_eq!(get(&link).status, 200, "{link}");
    }
    assert!(menu.contains("release tiny-release, data through"), "a citation: {menu}");
    let frozen = menu.split_once(", data through").expect("a citation").1;
    assert!(frozen.contains("http://localhost/embed/shares?collection=tiny"), "{frozen}");
    assert!(frozen.contains("&amp;release=tiny-release"), "the citation stays true: {frozen}");
    assert!(menu.contains("&lt;iframe src=&quot;http://localhost/embed/shares?"), "{menu}");
    assert!(!html.contains("here.invalid"), "the site is told");
}

#[test]
fn citations_name_the_site_as_the_reader_knows_it() {
    let headers = [("host", "weigh.example"), ("x-forwarded-proto", "https")];
    let page = ask(server(), &format!("/power?{QUERY}"), &headers).body;
    assert!(page.contains("https://weigh.example/embed/shares?collection=tiny"), "{page}");
    let fragment = ask(server(), &format!("/figure/shares?{QUERY}"), &headers).body;
    assert!(fragment.contains("https://weigh.example/embed/shares?"), "{fragment}");
    assert!(!fragment.contains("here.invalid"));
}

#[test]
fn an_embedded_figure_may_stand_anywhere_and_no_other_page_may() {
    let embed = get(&format!("/embed/shares?{QUERY}"));
    assert_eq!(embed.status, 200);
    let policy = embed.header("content-security-policy").to_owned();
    assert!(policy.contains("frame-ancestors *") && policy.contains("form-action 'none'"));
    assert!(!policy.contains("unsafe"), "{policy}");
    let figure = get(&format!("/figure/shares?{QUERY}")).body;
    assert!(embed.body.contains(&figure), "the same figure");
    assert!(!embed.body.contains("<nav") && !embed.body.contains(" style="), "a bare page");
    for address in ["/power", "/data", "/figure/shares", "/nothing", "/api/v1/status"] {
        let reply = get(address);
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{address}: {policy}");
    }
    let dark = get(&format!("/embed/shares?{QUERY}&theme=dark")).body;
    assert!(dark.contains("<html lang=\"en\" data-theme=\"dark\">"));
}

#[test]
fn a_frozen_embed_shows_its_release_or_says_that_it_is_gone() {
    let shown = get(&format!("/embed/shares?{QUERY}&release=tiny-release"));
    assert!(shown.body.contains("<figure"));
    let gone = get(&format!("/embed/shares?{QUERY}&release=older"));
    assert_eq!(gone.status, 200, "a reader of the page sees what happened");
    assert!(!gone.body.contains("<figure") && !gone.body.contains("<svg"), "no other number");
    assert!(gone.body.contains("no longer shown") && gone.body.contains("older"));
    let live = attribute(&gone.body, "<p><a", "href").replace("&amp;", "&");
    assert!(get(&live).body.contains("<figure"), "{live}");
}

#[test]
fn a_mistaken_embed_is_a_page_that_says_so() {
    for (address, status, said) in [
        ("/embed/sharks", 404, "unknown figure"),
        ("/embed/shares?group=nonsense", 400, "nonsense"),
        ("/embed/shares.csv", 404, "no figure"),
        ("/embed/shares?collection=none", 404, "unknown collection"),
    ] {
        let reply = get(address);
        assert_eq!(reply.status, status, "{address}");
        assert!(
            reply.body.starts_with("<!DOCTYPE html>") && reply.body.contains(said),
            "{}",
            reply.body
        );
    }
}

#[test]
fn a_badge_says_the_newest_number_of_a_series() {
    let json = get(&format!("/figure/shares.json?{QUERY}")).json();
    let china =
        json["series"].as_array().unwrap().iter().find(|one| one["key"] == "china").unwrap();
    let newest = china["points"].as_array().unwrap().last().unwrap();
    let badge = get(&format!("/badge/shares.svg?{QUERY}&series=china"));
    assert_eq!(badge.header("content-type"), "image/svg+xml");
    assert!(badge.body.contains(&format!(">{}</text>", newest["text"].as_str().unwrap())));
    assert!(badge.body.contains("stroke-width=\"1.5\""), "a line of how it went");
    assert!(badge.body.len() < 3_000, "{} bytes", badge.body.len());
    let named =
        get(&format!("/badge/shares.svg?{QUERY}&series=china&label=%3Cb%3E&theme=dark")).body;
    assert!(named.contains("&lt;b&gt;") && !named.contains("<b>"));
    let hhi = get("/badge/concentration-hhi.svg?collection=simulated-tiny");
    assert!(hhi.body.contains(">simulated</text>"));
    assert_eq!(hhi.header("x-weighhouse-simulated"), "true");
    let unknown = get(&format!("/badge/shares.svg?{QUERY}&series=mars"));
    assert_eq!(unknown.status, 404);
    assert!(unknown.json()["detail"].as_str().unwrap().contains("this figure has: us, china"));
    assert_eq!(get("/badge/shares.png").status, 404);
    let empty = get(&format!("/badge/shares.svg?{QUERY}&from=2030-01-01"));
    assert_eq!(empty.status, 404, "a figure without numbers has no badge");
}

#[test]
fn a_feed_tells_what_the_release_says() {
    let feed = get(&format!("/feed/power.atom?{QUERY}"));
    assert_eq!(feed.header("content-type"), "application/atom+xml; charset=utf-8");
    let body = &feed.body;
    assert!(
        body.starts_with("<?xml") && body.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\"")
    );
    assert!(
        body.contains(&format!("href=\"http://localhost/power?{}\"", QUERY.replace('&', "&amp;")))
    );
    assert_eq!(body.matches("<entry>").count(), 1);
    assert!(body.contains("release tiny-release."), "{body}");
    let json = get(&format!("/power.json?{QUERY}")).json();
    let last = json["series"][0]["points"].as_array().unwrap().last().unwrap();
    let said = format!(
        "{}: {} ({})",
        json["series"][0]["label"].as_str().unwrap(),
        last["text"].as_str().unwrap(),
        last["at"].as_str().unwrap()
    );
    assert!(body.contains(&said), "{said}: {body}");
    for page in ["results/owners", "replication", "models", "robustness/china-rises", "attributes"]
    {
        let feed = get(&format!("/feed/{page}.atom?collection=tiny"));
        assert_eq!(feed.status, 200, "{page}: {}", feed.body);
        let open = feed.body.matches('<').count();
        assert_eq!(open, feed.body.matches('>').count(), "{page}");
    }
    let hostile = get("/feed/power.atom?collection=tiny&group=owner").body;
    assert!(!hostile.contains(HOSTILE) && !hostile.contains("&lt;script"), "twice escaped in HTML");
    assert_eq!(get("/feed/power").status, 404);
    assert_eq!(get("/feed/nothing.atom").status, 404);
    assert_eq!(get("/feed/power.atom?group=nonsense").status, 400);
}

#[test]
fn a_link_is_previewed_with_picture_and_sentence() {
    let html = get(&format!("/power?{QUERY}")).body;
    let summary = html.split_once("<desc ").unwrap().1.split_once('>').unwrap().1;
    let said = meta(&html, "og:description");
    assert!(summary.starts_with(said.get(..40).unwrap()), "{said}");
    assert_eq!(meta(&html, "og:url"), format!("http://localhost/power?{QUERY}"));
    assert_eq!(meta(&html, "twitter:card"), "summary_large_image");
    let card = meta(&html, "og:image");
    let picture = get(card.strip_prefix("http://localhost").unwrap());
    assert_eq!(picture.header("content-type"), "image/png", "{card}");
    let decoded = resvg::tiny_skia::Pixmap::decode_png(&picture.bytes).unwrap();
    assert_eq!((decoded.width(), decoded.height()), (1200, 630));
    let feed = attribute(&html, "<link rel=\"alternate\"", "href").replace("&amp;", "&");
    assert_eq!(get(&feed).status, 200, "{feed}");
    let table = get("/attributes?collection=tiny").body;
    assert_eq!(meta(&table, "twitter:card"), "summary");
    let simulated = get("/power?collection=simulated-tiny").body;
    assert!(meta(&simulated, "og:description").starts_with("Simulated data."));
}

#[test]
fn assistants_read_what_is_here() {
    let text = get("/llms.txt");
    assert_eq!(text.header("content-type"), "text/plain; charset=utf-8");
    for said in ["- `tiny`: ", "`simulated-tiny`", "SIMULATED", "/api/v1/openapi.json", ".parquet"]
    {
        assert!(text.body.contains(said), "{said}: {}", text.body);
    }
    let links: Vec<&str> = text.body.split("](http://localhost").skip(1).collect();
    assert!(links.len() > 8);
    for link in links {
        let link = link.split_once(')').unwrap().0;
        // Assistants post to this one.
        let expected = if link == "/mcp" { 405 } else { 200 };
        assert_eq!(get(link).status, expected, "{link}");
    }
    assert!(ask(empty_server(), "/llms.txt", &[]).body.contains("None is built yet."));
}
