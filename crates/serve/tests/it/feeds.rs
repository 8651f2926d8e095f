//! Feeds: an entry for each release, as RFC 4287 wants them.

use std::collections::BTreeSet;

use resvg::usvg::roxmltree::{Document, Node};
use schema::Instant;
use store::{Publication, Release};

use crate::ask;
use crate::data::{self, Directory};

const ATOM: &str = "http://www.w3.org/2005/Atom";
const QUERY: &str = "collection=tiny&measure=downloads&group=country";
const ADDRESS: &str = "/feed/power.atom?collection=tiny&measure=downloads&group=country";

fn noted(
    release: &str,
    published: &str,
    through: &str,
    models: u64,
    snapshots: u64,
) -> Publication {
    Publication {
        release: release.to_owned(),
        published_at: format!("{published}T08:30:00Z"),
        data_through: format!("{through}T00:00:00Z"),
        model_count: models,
        snapshot_count: snapshots,
        code_version: "test".to_owned(),
    }
}

/// A server that shows the third release of a collection, and knows of the two before it.
fn third() -> Directory {
    let directory = Directory::new();
    directory.write("tiny");
    for noted in [
        noted("first", "2024-03-26", "2024-03-25", 3, 3),
        noted("second", "2024-04-23", "2024-04-22", 6, 7),
        noted("tiny-release", "2024-05-28", "2024-05-27", 5, 12),
    ] {
        directory.store.note_publication("tiny", &noted).expect("a note");
    }
    directory.live.look();
    directory
}

fn children<'a>(of: Node<'a, 'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    of.children().filter(move |child| child.has_tag_name((ATOM, name)))
}

/// The text of the only child of this name.
fn text<'a>(of: Node<'a, 'a>, name: &'a str) -> &'a str {
    let found: Vec<Node<'_, '_>> = children(of, name).collect();
    assert_eq!(found.len(), 1, "one {name}");
    found[0].text().unwrap_or_else(|| panic!("{name} is empty"))
}

fn links<'a>(of: Node<'a, 'a>, rel: &'a str) -> Vec<&'a str> {
    let of_rel = children(of, "link").filter(|link| link.attribute("rel") == Some(rel));
    of_rel.map(|link| link.attribute("href").expect("a link leads somewhere")).collect()
}

/// Holds a feed against what RFC 4287 asks for in §4.1 and §4.2.
fn expect_valid(body: &str) {
    let document = Document::parse(body).expect("it is XML");
    let feed = document.root_element();
    assert!(feed.has_tag_name((ATOM, "feed")));
    text(feed, "title");
    assert_eq!(links(feed, "self").len(), 1, "§4.1.1: where it is");
    assert_eq!(links(feed, "alternate").len(), 1, "§4.1.1: at most one of a type and language");
    let author = children(feed, "author").next().expect("§4.1.1: an author of all entries");
    text(author, "name");
    let mut ids = BTreeSet::from([text(feed, "id")]);
    let newest = text(feed, "updated");
    assert!(children(feed, "entry").count() > 0);
    for entry in children(feed, "entry") {
        text(entry, "title");
        assert!(ids.insert(text(entry, "id")), "§4.1.1: no id twice");
        let updated = text(entry, "updated");
        assert!(Instant::parse(updated).is_ok() && updated.ends_with('Z'), "§3.3: {updated}");
        assert!(updated <= newest, "the feed is as new as its newest entry");
        assert_eq!(links(entry, "alternate").len(), 1);
        let content = children(entry, "content").next().expect("it says something");
        assert_eq!(content.attribute("type"), Some("html"));
        assert!(content.text().is_some_and(|text| text.contains("<p>")), "escaped markup");
    }
    for id in ids {
        let digits = id.strip_prefix("urn:uuid:").expect("§4.2.6: an IRI");
        let lengths: Vec<usize> = digits.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "RFC 9562 §4: {digits}");
        let is_digit = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c) || c == '-';
        assert!(digits.chars().all(is_digit), "{digits}");
        assert_eq!(&digits[14..15], "8", "version 8: made in a way of our own");
    }
}

/// Id, title, time and content of each entry.
fn entries(body: &str) -> Vec<[String; 4]> {
    let document = Document::parse(body).expect("it is XML");
    let of = |entry| ["id", "title", "updated", "content"].map(|name| text(entry, name).to_owned());
    children(document.root_element(), "entry").map(of).collect()
}

fn ids(entries: &[[String; 4]]) -> Vec<&str> {
    entries.iter().map(|[id, ..]| id.as_str()).collect()
}

#[test]
fn each_release_has_an_entry_with_its_own_time() {
    let directory = third();
    let feed = directory.get(ADDRESS).body;
    expect_valid(&feed);
    let entries = entries(&feed);
    let told: Vec<(&str, &str)> = entries
        .iter()
        .map(|[_, title, updated, _]| (title.rsplit_once(", ").unwrap().1, updated.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("data through 2024-05-27", "2024-05-28T08:30:00Z"),
            ("data through 2024-04-22", "2024-04-23T08:30:00Z"),
            ("data through 2024-03-25", "2024-03-26T08:30:00Z"),
        ]
    );
    assert!(feed.contains("<published>2024-04-23T08:30:00Z</published>"), "{feed}");
    let document = Document::parse(&feed).unwrap();
    for entry in children(document.root_element(), "entry") {
        let page = links(entry, "alternate")[0].strip_prefix("http://localhost").unwrap();
        assert_eq!(directory.get(page).status, 200, "{page}");
    }
}

#[test]
fn an_entry_says_what_is_other_than_in_the_release_before() {
    let feed = third().get(ADDRESS).body;
    let [third, second, first] = entries(&feed).try_into().expect("three entries");
    let said = "5 models (1 fewer than in the release before), read in 12 snapshots (5 more than \
                before).";
    assert!(third[3].contains(said), "{}", third[3]);
    assert!(second[3].contains("6 models (3 more than"), "{}", second[3]);
    assert!(first[3].contains("<p>3 models, read in 3 snapshots.</p>"), "{}", first[3]);
    // Of what happened each entry has its own part: the counters of three fell on the very day of
    // the first release's newest reading.
    for (content, told, untold) in [
        (&third[3], "Files of default", "Files of gguf"),
        (&second[3], "2024-04-22: Files of gguf &amp; others are counted.", "Files of default"),
        (&second[3], "2024-04-01: The counters of 4 models fell.", "of 3 models"),
        (&second[3], "2024-04-15: The source repeated", "nonsense"),
        (&first[3], "release first", "models fell"),
    ] {
        assert!(content.contains(told) && !content.contains(untold), "{told}: {content}");
    }
}

#[test]
fn an_earlier_entry_has_numbers_until_its_own_day() {
    let directory = third();
    let [third, second, first] = entries(&directory.get(ADDRESS).body).try_into().unwrap();
    let json = directory.get(&format!("/power.json?{QUERY}")).json();
    let series = &json["series"][0];
    let number = |at: &str| {
        let points = series["points"].as_array().unwrap();
        let point = points.iter().find(|point| point["at"] == at).expect("a moment");
        format!("{} ({at})", point["text"].as_str().unwrap())
    };
    let label = series["label"].as_str().unwrap();
    // Of the week of 8 April nothing is known.
    for (content, newest, before) in [
        (&third[3], "2024-05-20", "2024-05-13"),
        (&second[3], "2024-04-15", "2024-04-01"),
        (&first[3], "2024-03-18", "2024-03-11"),
    ] {
        let said = format!("{label}: {}; as before: {}", number(newest), number(before));
        assert!(content.contains(&said), "{said}: {content}");
    }
    assert!(second[3].contains("as the newest release has them now"), "{}", second[3]);
    assert!(!third[3].contains("as the newest release has them now"));
    // The definition says of how much of the newest week the group is known.
    let definition = "Downloads during each ISO week";
    assert!(third[3].contains(definition) && !second[3].contains(definition));
}

#[test]
fn the_page_about_the_data_lists_the_same_releases() {
    let page = third().get("/data?collection=tiny").body;
    let (_, section) = page.split_once("id=\"releases\"").expect("a section");
    let section = section.split("</section>").next().unwrap();
    let rows: Vec<&str> = section.split("<tr>").skip(2).collect();
    assert_eq!(rows.len(), 3, "{section}");
    for said in [
        "tiny-release",
        "28\u{a0}May\u{a0}2024\u{a0}08:30",
        "27\u{a0}May\u{a0}2024",
        "1 fewer than",
    ] {
        assert!(rows[0].contains(said), "{said}: {}", rows[0]);
    }
    assert!(rows[2].contains("first") && rows[2].contains("3 models, read in 3 snapshots."));
    assert!(section.contains("href=\"/feed/power.atom?collection=tiny\""), "{section}");
}

#[test]
fn ids_never_change() {
    let directory = third();
    let id = |body: &str| {
        let document = Document::parse(body).unwrap();
        text(document.root_element(), "id").to_owned()
    };
    let before = directory.get(ADDRESS).body;
    let server = || serve::router(&directory.live);
    let elsewhere = ask(server(), ADDRESS, &[("host", "weigh.example")]).body;
    assert!(elsewhere.contains("http://weigh.example/power"), "{elsewhere}");
    let swapped = "/feed/power.atom?group=country&measure=downloads&collection=tiny";
    let swapped = directory.get(swapped).body;
    for other in [&elsewhere, &swapped] {
        assert_eq!(id(&before), id(other));
        assert_eq!(ids(&entries(&before)), ids(&entries(other)));
    }
    let another = directory.get("/feed/power.atom?collection=tiny&group=sector").body;
    assert_ne!(id(&before), id(&another), "of another view");
    assert!(ids(&entries(&before)).iter().all(|id| !another.contains(id)));

    let fourth = noted("fourth", "2024-05-29", "2024-05-27", 5, 13);
    directory.store.note_publication("tiny", &fourth).unwrap();
    directory.publish("tiny", "fourth");
    directory.live.look();
    let after = directory.get(ADDRESS).body;
    expect_valid(&after);
    assert_eq!(id(&before), id(&after));
    let (old, new) = (entries(&before), entries(&after));
    assert_eq!(new.len(), 4);
    assert_eq!(ids(&old), ids(&new)[1..]);
    assert_eq!(old[1..], new[2..], "what was told of earlier releases stays");
    assert_eq!(old[0][2], new[1][2], "and so does when");
    assert!(new[0][3].contains("No reading is newer"), "{}", new[0][3]);
}

#[test]
fn a_release_that_cannot_be_shown_is_not_told_of() {
    let directory = third();
    let broken = noted("broken", "2024-05-30", "2024-05-27", 9, 14);
    directory.store.note_publication("tiny", &broken).unwrap();
    let release = Release {
        id: "broken".to_owned(),
        attributes: "gone".to_owned(),
        ..data::release("tiny", false)
    };
    directory.store.publish(&release).unwrap();
    directory.live.look();
    let feed = directory.get(ADDRESS).body;
    assert!(!feed.contains("broken"), "{feed}");
    // Who opens the server anew shows no release of it; one that is mended is told of.
    directory.publish("tiny", "broken");
    directory.live.look_closely();
    let titles = entries(&directory.get(ADDRESS).body);
    assert!(titles[0][3].contains("release broken") && titles.len() == 4, "{titles:?}");
}

#[test]
fn the_newest_twenty_are_told() {
    let directory = Directory::new();
    directory.write("tiny");
    for day in 1..=25 {
        let date = format!("2024-04-{day:02}");
        directory
            .store
            .note_publication("tiny", &noted(&format!("of-{day}"), &date, &date, 5, day))
            .unwrap();
    }
    directory.publish("tiny", "of-25");
    directory.live.look();
    let feed = directory.get(ADDRESS).body;
    expect_valid(&feed);
    let entries = entries(&feed);
    assert_eq!(entries.len(), 20);
    assert!(entries[0][3].contains("release of-25") && entries[19][3].contains("release of-6."));
}

/// Data directories of before, and notes that are damaged.
#[test]
fn a_release_that_was_not_noted_has_the_time_of_its_newest_reading() {
    let directory = Directory::new();
    directory.write("tiny");
    directory.live.look();
    let feed = directory.get(ADDRESS).body;
    expect_valid(&feed);
    let told = entries(&feed);
    assert_eq!((told.len(), told[0][2].as_str()), (1, "2024-05-27T00:00:00Z"));
    assert!(!feed.contains("<published>"), "nobody knows");

    std::fs::create_dir_all(directory.path().join("published")).unwrap();
    std::fs::write(directory.path().join("published/tiny.json"), b"[{").unwrap();
    directory.publish("tiny", "second");
    directory.live.look();
    let feed = directory.get(ADDRESS).body;
    expect_valid(&feed);
    assert_eq!(entries(&feed).len(), 1);
}
