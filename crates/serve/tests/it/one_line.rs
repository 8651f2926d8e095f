//! The lines of `docs/use-the-data.md`, run as they stand there against a server on loopback.
#![expect(clippy::print_stderr, reason = "a line that is skipped says so")]

use std::io::Write;
use std::process::{Command, Stdio};

use crate::data::{Directory, server};
use crate::{ask, get};

const DOCUMENT: &str = include_str!("../../../../docs/use-the-data.md");
const ADDRESS: &str = "http://127.0.0.1:8642";
/// Where an interpreter with the packages is, if not on the path.
const PYTHON: &str = "WEIGHHOUSE_PYTHON";

/// Runs lines one by one: each gives rows and a sum, or why it was not run.
const RUNNER: &str = "
import json, sys
for line in sys.stdin.read().splitlines():
    names = {}
    try:
        exec(line, names)
    except ImportError as error:
        print(json.dumps({'skipped': str(error)}))
        continue
    except Exception as error:
        missing = 'httpfs' in str(error)
        print(json.dumps({'skipped' if missing else 'failed': type(error).__name__ + ': ' + str(error)}))
        continue
    table = names['table']
    values = [value for value in list(table['value']) if value is not None and value == value]
    print(json.dumps({'rows': len(table), 'sum': sum(values), 'nulls': len(table) - len(values)}))
";

/// The lines of the document in a language, each a block of its own.
fn lines(language: &str) -> Vec<&'static str> {
    let begin = format!("```{language}\n");
    let blocks = DOCUMENT.split(begin.as_str()).skip(1);
    blocks.map(|block| block.split_once("\n```").expect("a block ends").0).collect()
}

/// What a line has to give: the rows, and the sum of the known values, of the CSV.
fn expected(line: &str) -> (u64, f64) {
    let (_, rest) = line.split_once(ADDRESS).expect("a line asks the server");
    let address = rest.split(['"', '\'']).next().expect("an address ends");
    let csv = get(&address.replace(".parquet", ".csv").replace(".arrow", ".csv")).body;
    let mut rows = csv.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = rows.next().expect("a row of names");
    let value = head.iter().position(|name| *name == "value").expect("a column of values");
    let values: Vec<&str> = rows.map(|row| row[value]).collect();
    let sum = values.iter().filter_map(|value| value.parse::<f64>().ok()).sum();
    (values.len() as u64, sum)
}

/// Runs a program over lines while a server answers, and gives what it wrote.
fn run(program: &str, arguments: &[&str], lines: &[&str]) -> Option<String> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let directory = Directory::new();
    directory.write("tiny");
    directory.live.look();
    let listener =
        runtime.block_on(serve::listen(([127, 0, 0, 1], 0).into())).expect("a port is free");
    let origin = format!("http://{}", listener.local_addr().expect("it listens"));
    let live = directory.live.clone();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = runtime.spawn(async move {
        serve::serve(&live, listener, async { stopped.await.unwrap_or_default() }).await
    });
    let written = lines.join("\n").replace(ADDRESS, &origin);
    let child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()
        .and_then(|mut child| {
            child.stdin.take()?.write_all(written.as_bytes()).ok()?;
            child.wait_with_output().ok()
        });
    stop.send(()).expect("the server waits for it");
    runtime.block_on(serving).expect("it ends").expect("it served");
    child
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8(output.stdout).expect("a program writes text"))
}

#[test]
fn every_python_line_of_the_document_loads_the_view() {
    let lines = lines("python");
    assert!(lines.len() >= 7, "{lines:?}");
    let python = std::env::var(PYTHON).unwrap_or_else(|_| "python3".to_owned());
    let Some(output) = run(&python, &["-c", RUNNER], &lines) else {
        eprintln!("skipped: no {python} here; set {PYTHON} to one with pandas, polars and duckdb");
        return;
    };
    let answers: Vec<serde_json::Value> =
        output.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    assert_eq!(answers.len(), lines.len(), "{output}");
    for (line, answer) in lines.iter().zip(answers) {
        if let Some(reason) = answer["skipped"].as_str() {
            eprintln!("skipped: {line}: {reason}");
            continue;
        }
        let (rows, sum) = expected(line);
        assert_eq!(answer["rows"].as_u64(), Some(rows), "{line}: {answer}");
        let got = answer["sum"].as_f64().expect("a sum");
        assert!((got - sum).abs() <= 1e-9 * sum.abs(), "{line}: {got}, not {sum}");
    }
}

#[test]
fn every_r_line_of_the_document_loads_the_view() {
    for line in lines("r") {
        let told = "cat(nrow(table), format(sum(table$value, na.rm = TRUE), digits = 17))";
        let script = format!("{line}\n{told}\n");
        let Some(output) = run("Rscript", &["-"], &[&script]) else {
            eprintln!("skipped: no Rscript here that runs: {line}");
            continue;
        };
        let (rows, sum) = expected(line);
        let (got_rows, got_sum) = output.trim().split_once(' ').expect("two numbers");
        assert_eq!(got_rows.parse::<u64>(), Ok(rows), "{line}");
        let got_sum: f64 = got_sum.trim().parse().expect("a sum");
        assert!((got_sum - sum).abs() <= 1e-9 * sum.abs(), "{line}: {got_sum}, not {sum}");
    }
}

#[test]
fn the_lines_ask_for_what_is_there() {
    for line in lines("python").into_iter().chain(lines("r")) {
        let (rows, sum) = expected(line);
        assert!(rows > 0 && sum > 0.0, "{line}");
    }
    let head = ask(server(), "/power.parquet", &[("range", "bytes=-8")]);
    assert_eq!(head.status, 206, "readers of Parquet ask for its end");
}
