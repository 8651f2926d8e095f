//! A PDF of a page, printed by Chromium.

use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};

/// What Chromium is called, here and there.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
/// A page that takes longer is given up.
const PATIENCE: Duration = Duration::from_mins(3);
const LOOK: Duration = Duration::from_millis(50);

/// Prints a page beside it and returns where; `chromium` is the one that prints, else the first
/// that is found.
pub(super) fn print(page: &Path, chromium: Option<&Path>) -> anyhow::Result<PathBuf> {
    let page = store::output::absolute(page)?;
    let pdf = page.with_extension("pdf");
    let given = chromium.map(|path| vec![path.to_owned()]);
    let names = given.unwrap_or_else(|| NAMES.iter().map(PathBuf::from).collect());
    let mut child = start(&names, &page, &pdf)?;
    let end = Instant::now() + PATIENCE;
    loop {
        match child.try_wait().context("failed to wait for Chromium")? {
            Some(status) if status.success() && pdf.is_file() => return Ok(pdf),
            Some(status) => bail!("Chromium printed nothing and ended with {status}"),
            None if Instant::now() > end => {
                let _ = child.kill();
                let _ = child.wait();
                bail!("Chromium printed nothing in {} seconds", PATIENCE.as_secs());
            }
            None => std::thread::sleep(LOOK),
        }
    }
}

/// Starts the first program that is there.
fn start(names: &[PathBuf], page: &Path, pdf: &Path) -> anyhow::Result<Child> {
    for name in names {
        let mut command = Command::new(name);
        // The page is ours and has no scripts; without this flag Chromium refuses to run as root,
        // as it has to in most containers.
        command.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
        command.arg(format!("--print-to-pdf={}", pdf.display()));
        command.arg(address(page));
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match child.spawn() {
            Ok(child) => return Ok(child),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => {}
            Err(fault) => {
                return Err(fault)
                    .with_context(|| format!("failed to start Chromium at {}", name.display()));
            }
        }
    }
    let names: Vec<String> = names.iter().map(|name| name.display().to_string()).collect();
    bail!("Chromium is not found as {}; install it, or name it with --chromium", names.join(", "))
}

/// The address of a file, in which other bytes than these mean something else.
fn address(page: &Path) -> String {
    let mut address = "file://".to_owned();
    for byte in page.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}");
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_with_spaces_and_signs_is_an_address() {
        assert_eq!(address(Path::new("/a b/ä#1.html")), "file:///a%20b/%C3%A4%231.html");
    }
}
