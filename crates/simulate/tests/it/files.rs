//! Files of data sets and cards of models, as a client that resumes reads them.

use schema::Instant;
use simulate::{Hub, Options, world};

use crate::{AT, Served, agent, get, header, read, serve, served};

const PATH: &str = "datasets/acme/dump/resolve/main/models.parquet";

fn with_file(bytes: Vec<u8>) -> Served {
    let at = Instant::parse(AT).unwrap();
    let world = world(&Options { models: 10, seed: 1, at });
    serve(Hub::new(world, at, None).with_file(PATH, bytes))
}

#[test]
fn a_file_that_breaks_off_is_read_on_from_there() {
    let bytes: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
    let hub = with_file(bytes.clone());
    let answer = get(&format!("{}/{PATH}", hub.endpoint));
    assert_eq!(answer.status(), 302);
    assert_eq!(header(&answer, "x-linked-size"), ["100000"]);
    let signed = header(&answer, "location")[0].to_owned();
    assert!(signed.starts_with(&hub.endpoint), "{signed}");

    hub.hub.set_faults("1:truncated".parse().unwrap());
    let mut received = Vec::new();
    let mut broken = get(&signed);
    let result = std::io::Read::read_to_end(&mut broken.body_mut().as_reader(), &mut received);
    assert!(result.is_err());
    assert_eq!(received.len(), 50_000);
    let range = format!("bytes={}-", received.len());
    let mut rest =
        agent().get(&signed).header("range", &range).header("connection", "close").call().unwrap();
    assert_eq!(rest.status(), 206);
    assert_eq!(header(&rest, "content-range"), ["bytes 50000-99999/100000"]);
    received.extend(rest.body_mut().read_to_vec().unwrap());
    assert_eq!(received, bytes);
    let beyond = agent()
        .get(&signed)
        .header("range", "bytes=100000-")
        .header("connection", "close")
        .call()
        .unwrap();
    assert_eq!(beyond.status(), 416);
}

#[test]
fn a_head_of_a_file_tells_its_size_and_hash() {
    let hub = with_file(b"PAR1 and so on".to_vec());
    let url = format!("{}/{PATH}", hub.endpoint);
    let head = agent().head(&url).header("connection", "close").call().unwrap();
    assert_eq!(head.status(), 302);
    assert_eq!(header(&head, "x-linked-size"), ["14"]);
    assert_eq!(header(&head, "x-linked-etag"), header(&get(&url), "x-linked-etag"));
}

/// A card is a small file: a relative 307 to where it is kept, which answers itself.
#[test]
fn a_card_is_read_by_way_of_its_cache() {
    let hub = served(60);
    let listed = read(&format!(
        "{}/api/models?limit=60&expand=cardData&expand=sha&expand=gated",
        hub.endpoint
    ));
    let models: Vec<serde_json::Value> = serde_json::from_str(&listed.1).unwrap();
    let mut cards = 0;
    let mut statuses = std::collections::BTreeMap::new();
    for model in &models {
        let id = model["id"].as_str().unwrap();
        let answer = get(&format!("{}/{id}/resolve/main/README.md", hub.endpoint));
        *statuses.entry(answer.status().as_u16()).or_insert(0) += 1;
        let (is_open, has_card) = (model["gated"] == false, model.get("cardData").is_some());
        let expected = match (is_open, has_card) {
            (false, _) => 401,
            (true, true) => 307,
            (true, false) => 404,
        };
        assert_eq!(answer.status(), expected, "{id}");
        if expected != 307 {
            continue;
        }
        let location = header(&answer, "location")[0];
        let sha = model["sha"].as_str().unwrap();
        assert_eq!(location, format!("/api/resolve-cache/models/{id}/{sha}/README.md"));
        let (status, card) = read(&format!("{}{location}", hub.endpoint));
        assert_eq!(status, 200);
        assert_eq!(header(&answer, "x-linked-size"), [card.len().to_string()]);
        let (front, _) = card.strip_prefix("---\n").unwrap().split_once("---\n").unwrap();
        for (key, value) in model["cardData"].as_object().unwrap() {
            let line = match value.as_str() {
                Some(text) => format!("{key}: {text}\n"),
                None => format!("{key}:\n- {}\n", value[0].as_str().unwrap()),
            };
            assert!(front.contains(&line), "{line} is not in {front}");
        }
        cards += 1;
    }
    assert!(cards > 20 && statuses.len() == 3, "{statuses:?}");
}
