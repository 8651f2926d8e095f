//! A data directory for one test, and the binary run on it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

/// A temporary folder with a data directory and files to import.
pub(crate) struct Bench {
    folder: tempfile::TempDir,
}

/// How a run ended.
pub(crate) struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The path of a file beside the data directory.
    pub(crate) fn file_path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file to import.
    pub(crate) fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// Runs the binary on the data directory.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_weighhouse"));
        command.env_clear().env("COLUMNS", "100");
        Run::from(command.arg("--data").arg(self.data()).args(arguments).output().unwrap())
    }

    /// Runs the binary and expects success.
    pub(crate) fn done(&self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
        run
    }

    pub(crate) fn import(&self, source: &str, path: &Path) -> Run {
        self.run(&["import", source, path.to_str().unwrap()])
    }

    /// Asks and returns the JSON answer.
    pub(crate) fn ask(&self, question: &str) -> Value {
        let mut arguments = vec!["query"];
        arguments.extend(question.split(' '));
        arguments.extend(["--format", "json"]);
        serde_json::from_str(&self.done(&arguments).stdout).unwrap()
    }

    /// Every file below the data directory with its bytes, sorted; but for the notes of when
    /// releases were built, which differ each time.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        walk(&self.data(), &self.data(), &mut files);
        files.retain(|(name, _)| !name.starts_with("published/"));
        files.sort();
        files
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn walk(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            walk(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            files.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

/// Packs bytes as gzip.
pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A radar snapshot of models with their 30-day downloads.
pub(crate) fn radar(rows: &[(&str, i64)]) -> Vec<u8> {
    let line = |(id, downloads): &(&str, i64)| {
        format!(
            "{{\"id\":\"{id}\",\"created_at\":\"2026-01-05T00:00:00Z\",\"likes\":1,\
             \"downloads_30d\":{downloads},\"license\":\"mit\",\"tags\":[\"license:mit\"]}}\n"
        )
    };
    rows.iter().map(line).collect::<String>().into_bytes()
}

/// The rows of an answer with this statistic, as unit and value.
pub(crate) fn values(answer: &Value, stat: &str) -> Vec<(Option<String>, f64)> {
    let rows = answer["rows"].as_array().unwrap().iter().filter(|row| row["stat"] == stat);
    let value =
        |row: &Value| (row["unit"].as_str().map(str::to_owned), row["value"].as_f64().unwrap());
    rows.map(value).collect()
}

/// A server of the dashboard on a free port, stopped with the value.
pub(crate) struct Server {
    host: String,
    process: Child,
    /// Kept open, so that what it says has somewhere to go.
    _said: BufReader<std::process::ChildStderr>,
}

impl Server {
    pub(crate) fn start(bench: &Bench) -> Self {
        std::fs::create_dir_all(bench.data()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_weighhouse"));
        command.env_clear().arg("--data").arg(bench.data()).args(["serve", "--port", "0"]);
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("listening on http://") {
            line.clear();
            assert!(said.read_line(&mut line).unwrap() > 0, "the server ended");
        }
        let host = line.trim().rsplit('/').next().unwrap().to_owned();
        Self { host, process, _said: said }
    }

    /// Begins an answer, which is read as it comes.
    pub(crate) fn open(&self, path: &str) -> BufReader<TcpStream> {
        let mut connection = TcpStream::connect(&self.host).unwrap();
        connection.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        let host = &self.host;
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        connection.write_all(request.as_bytes()).unwrap();
        BufReader::new(connection)
    }

    /// A whole answer as JSON.
    pub(crate) fn json(&self, path: &str) -> Value {
        let mut answer = String::new();
        self.open(path).read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
        serde_json::from_str(body).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A process that has ended already needs no stopping.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A simulated Hub on a free port, stopped with the value.
pub(crate) struct Hub {
    pub endpoint: String,
    process: Child,
}

impl Hub {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_weighhouse"));
        command.env_clear().args(["simulate", "hub", "--port", "0"]).args(arguments);
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(process.stderr.take().unwrap());
        said.read_line(&mut line).unwrap();
        let endpoint = line.trim().rsplit(' ').next().unwrap().to_owned();
        assert!(endpoint.starts_with("http://127.0.0.1:"), "{line}");
        Self { endpoint, process }
    }

    /// Moves the Hub's date, or switches its faults: `PUT /simulated/WHAT`.
    pub(crate) fn set(&self, what: &str, value: &str) {
        let host = self.endpoint.strip_prefix("http://").unwrap();
        let mut connection = TcpStream::connect(host).unwrap();
        let request = format!(
            "PUT /simulated/{what} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
             content-length: {}\r\n\r\n{value}",
            value.len()
        );
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 2"), "{what} {value}: {answer}");
    }

    /// A whole answer as JSON.
    pub(crate) fn json(&self, path: &str) -> Value {
        let host = self.endpoint.strip_prefix("http://").unwrap();
        let mut connection = TcpStream::connect(host).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
        connection.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        connection.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{answer}");
        serde_json::from_str(body).unwrap()
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // A process that has ended already needs no stopping.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A Hub that answers the first page of a listing and knows nothing of the second.
pub(crate) struct BrokenHub {
    pub endpoint: String,
}

impl BrokenHub {
    /// Listens on a free port of loopback until the test's process ends.
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let next = format!("{endpoint}/api/models?cursor=x");
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let mut connection = connection.unwrap();
                let mut request = [0; 4096];
                let length = connection.read(&mut request).unwrap();
                let is_second = String::from_utf8_lossy(&request[..length]).contains("cursor=x");
                let body = "[{\"_id\":\"1\",\"id\":\"a/b\"},{\"_id\":\"2\",\"id\":\"a/c\"}]";
                let (status, body) =
                    if is_second { ("404 Not Found", "{}") } else { ("200 OK", body) };
                let answer = format!(
                    "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nconnection: close\r\n\
                     date: Mon, 23 Nov 2026 10:00:00 GMT\r\nlink: <{next}>; rel=\"next\"\r\n\
                     content-length: {}\r\n\r\n{body}",
                    body.len()
                );
                connection.write_all(answer.as_bytes()).unwrap();
            }
        });
        Self { endpoint }
    }
}
