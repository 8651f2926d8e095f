//! Files from the Hub by the real binary.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use crate::support::Bench;

const PATH: &str =
    "/datasets/mmpr/open_model_evolution_data/resolve/main/all_downloads_with_annotations.parquet";

const ADDRESS: &str = "https://huggingface.co/datasets/mmpr/open_model_evolution_data/resolve/\
    main/all_downloads_with_annotations.parquet";

/// The path of a request, and the first byte asked for.
type Asked = (String, Option<usize>);

/// A Hub with one file, which it has in its own store or elsewhere under a signed address.
struct OneFile {
    endpoint: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl OneFile {
    /// Serves `contents`; the first answer with bytes stops after `stop_after` of them and waits
    /// until the client is gone.
    fn start(contents: Vec<u8>, stop_after: Option<usize>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        let etag = format!("\"{}\"", store::checksum(&contents));
        std::thread::spawn(move || {
            let mut stop_after = stop_after;
            for connection in listener.incoming() {
                let mut connection = connection.unwrap();
                let (target, from) = request(&mut connection);
                seen.lock().unwrap().push((target.clone(), from));
                if target.starts_with("/datasets/") {
                    let head = format!(
                        "HTTP/1.1 302 Found\r\nlocation: /signed?x=1\r\ncontent-length: 0\r\n\
                         x-linked-size: {}\r\nx-linked-etag: {etag}\r\nconnection: close\r\n\r\n",
                        contents.len()
                    );
                    connection.write_all(head.as_bytes()).unwrap();
                    continue;
                }
                let start = from.unwrap_or(0);
                let (last, total) = (contents.len() - 1, contents.len());
                let status = if from.is_some() {
                    format!("206 Partial Content\r\ncontent-range: bytes {start}-{last}/{total}")
                } else {
                    "200 OK".to_owned()
                };
                let head = format!(
                    "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                    total - start
                );
                let end = stop_after.map_or(total, |after| start + after);
                let _ = connection.write_all(head.as_bytes());
                let _ = connection.write_all(&contents[start..end]);
                if stop_after.take().is_some() {
                    let _ = connection.read(&mut [0]);
                }
            }
        });
        Self { endpoint, asked }
    }

    fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn request(connection: &mut TcpStream) -> Asked {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && connection.read(&mut byte).unwrap() == 1 {
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    let target = head.split(' ').nth(1).unwrap().to_owned();
    let range = head.lines().find_map(|line| line.strip_prefix("range: bytes="));
    (target, range.map(|range| range.trim_end_matches('-').parse().unwrap()))
}

fn fetching(bench: &Bench, hub: &OneFile) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_weighhouse"));
    command.env_clear().arg("--data").arg(bench.data());
    command.args(["import", "open-model-evolution", ADDRESS, "--endpoint", &hub.endpoint]);
    command.stderr(Stdio::null()).spawn().unwrap()
}

/// The bytes that are known to be on disk, by the state beside the file.
fn checkpoint(bench: &Bench) -> Option<u64> {
    let folder = std::fs::read_dir(bench.data().join("downloads")).ok()?.next()?.ok()?.path();
    let state = std::fs::read(folder.join("state.json")).ok()?;
    let state: serde_json::Value = serde_json::from_slice(&state).ok()?;
    state["bytes"].as_u64().filter(|bytes| *bytes > 0)
}

#[test]
fn a_download_that_was_killed_goes_on() {
    let contents: Vec<u8> =
        (0..9 << 20).map(|at: u32| (at.wrapping_mul(40_503) >> 8) as u8).collect();
    let hub = OneFile::start(contents.clone(), Some(5 << 20));
    let bench = Bench::new();
    let mut process = fetching(&bench, &hub);
    // Every 4 MiB what came is made to last, so this happens before the server stops sending.
    while checkpoint(&bench).is_none() {
        assert!(process.try_wait().unwrap().is_none(), "it ended by itself");
        std::thread::yield_now();
    }
    process.kill().unwrap();
    process.wait().unwrap();

    let refused =
        bench.run(&["import", "open-model-evolution", ADDRESS, "--endpoint", &hub.endpoint]);
    // It is no Parquet file, which is not found out before the whole of it has come.
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains("nothing in all_downloads_with_annotations.parquet is sound"));
    let targets: Vec<_> = hub.asked().into_iter().map(|(target, _)| target).collect();
    assert_eq!(targets, [PATH, "/signed?x=1", PATH, "/signed?x=1"]);
    let from = hub.asked()[3].1.unwrap();
    assert!((4 << 20..=5 << 20).contains(&from), "{from}");
    let left = std::fs::read_dir(bench.data().join("downloads")).unwrap().count();
    assert_eq!(left, 0, "what was looked at is removed");
}

#[test]
fn a_pointer_is_not_taken_for_the_file() {
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n";
    let hub = OneFile::start(pointer.to_vec(), None);
    let bench = Bench::new();
    let refused =
        bench.run(&["import", "open-model-evolution", ADDRESS, "--endpoint", &hub.endpoint]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("is a git-lfs pointer, not the file itself; give its address with")
    );
}

#[test]
fn a_pointer_in_a_clone_is_named_as_such() {
    let bench = Bench::new();
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n";
    let refused = bench.import("hub-stats", &bench.file("models.parquet", pointer));
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("run `git lfs pull` in its clone"), "{}", refused.stderr);
}
