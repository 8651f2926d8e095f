//! One attempt at a file: from its address by redirects to its bytes.

use std::io::Read;

use store::Partial;
use ureq::Agent;

use super::content_range::{self, ContentRange};
use super::{Download, Listener, Transfer};
use crate::error::Failure;
use crate::http::{self, Opened, Patience, Reply, Request};
use crate::origin::{Origin, resolve};
use crate::retry::{Attempt, Failed};

/// How often one file may be somewhere else.
const REDIRECTS_MAX: usize = 10;
/// The least that counts as progress, in bytes: it bounds how often a transfer may break off.
const PROGRESS_BYTES: u64 = 64 << 10;
/// How much of the file is in memory at once, in bytes.
const PIECE_BYTES: usize = 128 << 10;

/// The way to a file.
pub(super) struct Way<'a> {
    download: &'a Download,
    agent: Agent,
    /// Where it begins.
    url: String,
    /// The only origin that is told the token.
    home: Origin,
    /// The only origin that is believed what it says of the file behind a redirect.
    first: Origin,
    /// The most that was ever received of the file: what counts as progress is beyond it.
    furthest: u64,
}

/// Where an attempt that did not fail came to.
pub(super) enum Arrival {
    /// The file is there; its SHA-256 where the Hub named it.
    Whole { sha256: Option<String> },
    /// The file is there already, by its SHA-256.
    Known { sha256: String },
    /// It broke off, but not without progress.
    BrokenOff,
}

/// What is said of the real file on the way to it.
#[derive(Default)]
struct Linked {
    bytes: Option<u64>,
    etag: Option<String>,
}

impl<'a> Way<'a> {
    pub(super) fn new(download: &'a Download, url: String, home: Origin, first: Origin) -> Self {
        let agent = http::agent(Patience::EachStep(download.timeout), &download.user_agent);
        Self { download, agent, url, home, first, furthest: 0 }
    }

    /// Goes the way once, and receives what is missing.
    pub(super) fn attempt(
        &mut self,
        into: &mut Partial,
        listener: &mut Listener<'_>,
    ) -> Attempt<Arrival> {
        let mut url = self.url.clone();
        let mut linked = Linked::default();
        self.furthest = self.furthest.max(into.received());
        // Without something to tell its contents by, a file cannot be gone on with.
        if into.received() > 0 && (into.validator().is_none() || into.size().is_none()) {
            into.restart().map_err(Failure::Keep)?;
        }
        for _ in 0..=REDIRECTS_MAX {
            let origin = Origin::of(&url);
            let opened = self.ask(&url, origin.as_ref(), &linked, into)?;
            let is_first = origin.as_ref() == Some(&self.first);
            let is_signed = !is_first || linked.etag.is_some();
            if is_first {
                linked.learn(&opened.reply);
            }
            self.check_size(linked.bytes)?;
            if let Some(sha256) = linked.sha256().filter(|sha256| (listener.is_known)(sha256)) {
                return Ok(Arrival::Known { sha256 });
            }
            match opened.reply.status {
                200 if is_message(&opened.reply, &self.url) => {
                    return Err(Failure::NotTheFile { said: opened.into_beginning().said() }.into());
                }
                200 | 206 | 416 => return self.receive(opened, &linked, into, listener),
                301 | 302 | 303 | 307 | 308 => {
                    if linked.etag.is_some() {
                        // The size that is not said anew is the one that was said before.
                        let bytes = linked.bytes.or(into.size());
                        into.expect(bytes, linked.etag.as_deref()).map_err(Failure::Keep)?;
                        if linked.bytes == Some(into.received()) {
                            return Ok(Arrival::Whole { sha256: linked.sha256() });
                        }
                    }
                    let location = opened.reply.header("location").unwrap_or("").to_owned();
                    let was_encrypted = origin.is_some_and(|origin| origin.is_encrypted());
                    match target(&url, &location, was_encrypted) {
                        Some(target) => url = target,
                        None => return Err(Failure::Redirect { location }.into()),
                    }
                }
                // An address that is signed for an hour says 403 after it.
                403 if is_signed => {
                    return Err(Failure::Expired { said: opened.into_beginning().said() }.into());
                }
                _ => {
                    let reply = opened.into_beginning();
                    return Err(Failed::with(reply.to_failure(), reply));
                }
            }
        }
        Err(Failure::Redirect { location: url }.into())
    }

    /// Asks for what is missing.
    fn ask(
        &self,
        url: &str,
        origin: Option<&Origin>,
        linked: &Linked,
        into: &Partial,
    ) -> Result<Opened, Failure> {
        let token = self.download.token.as_ref().filter(|_| origin == Some(&self.home));
        let max_bytes = self.download.max_bytes;
        let request = Request { url, token, max_bytes, is_plain: true };
        let range = format!("bytes={}-", into.received());
        let mut headers = Vec::new();
        if into.received() > 0 {
            headers.push(("range", range.as_str()));
            // Contents that the Hub vouched for a moment ago need no other proof, and whoever
            // holds them may call them something else.
            if linked.etag.is_none() {
                headers.extend(into.validator().map(|validator| ("if-range", validator)));
            }
        }
        http::open(&self.agent, &request, &headers)
    }

    /// Receives an answer that holds the file, or the end of it, or says that there is no more.
    fn receive(
        &mut self,
        opened: Opened,
        linked: &Linked,
        into: &mut Partial,
        listener: &mut Listener<'_>,
    ) -> Attempt<Arrival> {
        let whole = || Ok(Arrival::Whole { sha256: linked.sha256() });
        let is_all_there = match opened.reply.status {
            200 => self.begin(&opened.reply, linked, into)?,
            206 => go_on(&opened.reply, linked, into)?,
            _ => is_past_the_end(&opened.reply, into)?,
        };
        if is_all_there {
            return whole();
        }
        match self.pour(opened, into, listener) {
            Ok(()) => whole(),
            Err(failure) => {
                // What came is not to be lost with us.
                into.checkpoint().map_err(Failure::Keep)?;
                let is_progress = into.received() >= self.furthest + PROGRESS_BYTES;
                if failure.is_transient() && is_progress {
                    return Ok(Arrival::BrokenOff);
                }
                Err(failure.into())
            }
        }
    }

    /// Prepares for a whole file; says whether it is there already.
    fn begin(&self, reply: &Reply, linked: &Linked, into: &mut Partial) -> Result<bool, Failure> {
        let announced = content_length(reply);
        if let (Some(expected), Some(received)) = (linked.bytes, announced)
            && expected != received
        {
            return Err(Failure::Truncated { expected, received });
        }
        let bytes = linked.bytes.or(announced);
        self.check_size(bytes)?;
        // A body that was unpacked on the way has no length, and its bytes no fixed places.
        let validator =
            linked.etag.clone().or_else(|| own_validator(reply)).filter(|_| announced.is_some());
        into.expect(bytes, validator.as_deref()).map_err(Failure::Keep)?;
        if into.received() > 0 && bytes == Some(into.received()) {
            return Ok(true);
        }
        // The server does not go on where it was asked to.
        if into.received() > 0 {
            into.restart().map_err(Failure::Keep)?;
            into.expect(bytes, validator.as_deref()).map_err(Failure::Keep)?;
        }
        Ok(false)
    }

    fn pour(
        &self,
        opened: Opened,
        into: &mut Partial,
        listener: &mut Listener<'_>,
    ) -> Result<(), Failure> {
        let mut body = opened.into_reader();
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let read =
                body.read(&mut piece).map_err(|source| Failure::Transport(Box::new(source)))?;
            let received = into.received() + read as u64;
            self.check_size(Some(received))?;
            if let Some(expected) = into.size()
                && (received > expected || read == 0 && received < expected)
            {
                return Err(Failure::Truncated { expected, received });
            }
            if read == 0 {
                return Ok(());
            }
            into.append(&piece[..read]).map_err(Failure::Keep)?;
            (listener.on_progress)(Transfer { bytes: received, bytes_total: into.size() });
        }
    }

    fn check_size(&self, bytes: Option<u64>) -> Result<(), Failure> {
        let max_bytes = self.download.max_bytes;
        if bytes.is_some_and(|bytes| bytes > max_bytes) {
            return Err(Failure::TooLarge { max_bytes });
        }
        Ok(())
    }
}

impl Linked {
    fn learn(&mut self, reply: &Reply) {
        let size = || reply.header("x-linked-size")?.trim().parse().ok();
        self.bytes = self.bytes.or_else(size);
        if self.etag.is_none() {
            self.etag = reply.header("x-linked-etag").map(|etag| etag.trim().to_owned());
        }
    }

    /// The tag of a large file is its SHA-256; that of a small one is another checksum.
    fn sha256(&self) -> Option<String> {
        let tag = self.etag.as_ref()?.trim_matches('"').to_ascii_lowercase();
        let is_sha256 = tag.len() == 64 && tag.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_sha256.then_some(tag)
    }
}

/// Checks that an answer goes on exactly where we are, with the same contents. Says whether
/// nothing is missing.
fn go_on(reply: &Reply, linked: &Linked, into: &mut Partial) -> Result<bool, Failure> {
    let said = reply.header("content-range").unwrap_or("no range");
    let asked = into.received();
    let range = content_range::parse(said);
    let Some(ContentRange::Part { first, bytes_total }) = range.filter(|_| asked > 0) else {
        return discard(into, Failure::WrongRange { asked, said: said.to_owned() });
    };
    if first != asked {
        return discard(into, Failure::WrongRange { asked, said: said.to_owned() });
    }
    let validator = linked.etag.clone().or_else(|| own_validator(reply));
    let is_same = validator.is_none_or(|validator| into.validator() == Some(&validator))
        && bytes_total.is_none_or(|total| into.size() == Some(total));
    if is_same { Ok(false) } else { discard(into, Failure::Changed) }
}

/// Whether an answer that there is no more means that everything is there.
fn is_past_the_end(reply: &Reply, into: &mut Partial) -> Result<bool, Failure> {
    let bytes_total = match reply.header("content-range").and_then(content_range::parse) {
        Some(ContentRange::Unsatisfied { bytes_total }) => Some(bytes_total),
        _ => into.size(),
    };
    let is_whole = bytes_total == Some(into.received()) && into.size() == bytes_total;
    if is_whole { Ok(true) } else { discard(into, Failure::Changed) }
}

fn discard(into: &mut Partial, failure: Failure) -> Result<bool, Failure> {
    into.restart().map_err(Failure::Keep)?;
    Err(failure)
}

/// What the answer calls its contents, if that holds byte by byte.
fn own_validator(reply: &Reply) -> Option<String> {
    let strong = reply.header("etag").filter(|etag| etag.trim_start().starts_with('"'));
    strong.or_else(|| reply.header("last-modified")).map(|text| text.trim().to_owned())
}

fn content_length(reply: &Reply) -> Option<u64> {
    reply.header("content-length")?.trim().parse().ok()
}

/// Whether an answer is a page or a JSON object where the file is neither: so gateways, and the
/// Hub when it throttles, have been seen to answer with success.
fn is_message(reply: &Reply, url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let extension = path.rsplit(['/', '.']).next().unwrap_or_default();
    let kind = reply.header("content-type").unwrap_or_default();
    (kind.starts_with("text/html") && !extension.starts_with("htm"))
        || (kind.starts_with("application/json") && !extension.contains("json"))
}

/// Where a redirect leads; `None` where it cannot be read or would give up encryption.
fn target(url: &str, location: &str, was_encrypted: bool) -> Option<String> {
    let target = resolve(url, location)?;
    let is_encrypted = Origin::of(&target)?.is_encrypted();
    (is_encrypted || !was_encrypted).then_some(target)
}
