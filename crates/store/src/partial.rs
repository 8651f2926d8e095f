//! Files that are received over hours, and outlive whoever receives them.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::codec::{checksum, hex};
use crate::error::io;
use crate::layer::{sync_folder, write_atomically};
use crate::{Error, Result, Store};

const DOWNLOADS: &str = "downloads";
const PAYLOAD: &str = "payload";
const STATE: &str = "state.json";
/// The most that a process that dies has received in vain, in bytes.
const CHECKPOINT_BYTES: u64 = 4 << 20;
const READ_BYTES: usize = 256 << 10;

/// A file being received from an address. A process that dies leaves it, and the next one goes on.
///
/// Bytes count from the moment the state on disk says so, which is after they have reached the
/// disk themselves; what lies beyond them is cut off on resumption.
#[derive(Debug)]
pub struct Partial {
    folder: PathBuf,
    payload: File,
    state: State,
    /// Bytes received, those since the last checkpoint among them.
    received: u64,
    /// Over the bytes received.
    digest: Sha256,
}

/// A file that was received whole; it stays until it is removed.
#[derive(Debug)]
pub struct Whole {
    folder: PathBuf,
    path: PathBuf,
    bytes: u64,
    sha256: String,
    /// Keeps the right to the folder.
    _payload: File,
}

/// What is known to be on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    url: String,
    /// The size of the whole file, in bytes, where the sender says it.
    size: Option<u64>,
    /// What the sender calls these contents of the file.
    validator: Option<String>,
    /// How many bytes have reached the disk.
    bytes: u64,
    /// SHA-256 of those bytes.
    sha256: String,
}

impl Store {
    /// Goes on with the file that is being received from an address, or begins it.
    ///
    /// Fails with [`Error::Locked`] while another process receives it.
    pub fn partial(&self, url: &str) -> Result<Partial> {
        let folder = self.root().join(DOWNLOADS).join(&checksum(url.as_bytes())[..16]);
        std::fs::create_dir_all(&folder).map_err(io("create", &folder))?;
        let path = folder.join(PAYLOAD);
        let payload = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(io("open", &path))?;
        if payload.try_lock().is_err() {
            return Err(Error::Locked { doing: "downloading into", path: folder });
        }
        sync_folder(&folder)?;
        let state = read_state(&folder, url);
        let digest = state.as_ref().and_then(|state| sound_digest(&payload, state));
        let (state, digest) = match (state, digest) {
            (Some(state), Some(digest)) => (state, digest),
            // What cannot be vouched for is received again.
            _ => (State::empty(url), Sha256::new()),
        };
        let mut partial = Partial { folder, payload, received: state.bytes, state, digest };
        partial.cut()?;
        Ok(partial)
    }
}

impl Partial {
    /// How many bytes have been received.
    #[must_use]
    pub fn received(&self) -> u64 {
        self.received
    }

    /// The size of the whole file in bytes, where the sender has said it.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        self.state.size
    }

    /// What the sender calls the contents that are being received, where it says so.
    #[must_use]
    pub fn validator(&self) -> Option<&str> {
        self.state.validator.as_deref()
    }

    /// SHA-256 of the bytes received, in lower-case hex.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(&self.digest.clone().finalize())
    }

    /// Says which contents the next bytes belong to. What was received of others is discarded,
    /// and so is what is not known to be of these.
    pub fn expect(&mut self, size: Option<u64>, validator: Option<&str>) -> Result<()> {
        let is_same =
            self.state.size == size && validator.is_some() && self.validator() == validator;
        if self.received > 0 && !is_same {
            self.restart()?;
        }
        self.state.size = size;
        self.state.validator = validator.map(str::to_owned);
        Ok(())
    }

    /// Takes the next bytes. Every few MiB they are made to reach the disk.
    pub fn append(&mut self, bytes: &[u8]) -> Result<()> {
        let path = self.folder.join(PAYLOAD);
        self.payload.write_all(bytes).map_err(io("write", &path))?;
        self.digest.update(bytes);
        self.received += bytes.len() as u64;
        if self.received - self.state.bytes >= CHECKPOINT_BYTES {
            self.checkpoint()?;
        }
        Ok(())
    }

    /// Makes what was received reach the disk; when this returns, a crash loses none of it.
    pub fn checkpoint(&mut self) -> Result<()> {
        let path = self.folder.join(PAYLOAD);
        self.payload.sync_data().map_err(io("write", &path))?;
        self.state.bytes = self.received;
        self.state.sha256 = self.sha256();
        self.write_state()
    }

    /// Discards what was received.
    pub fn restart(&mut self) -> Result<()> {
        let url = std::mem::take(&mut self.state.url);
        self.state = State::empty(&url);
        self.received = 0;
        self.digest = Sha256::new();
        // First what is known, then what is there: dying in between leaves too much, never too little.
        self.write_state()?;
        self.cut()
    }

    /// Ends the reception: what was received is the whole file.
    pub fn finish(mut self) -> Result<Whole> {
        self.checkpoint()?;
        Ok(Whole {
            path: self.folder.join(PAYLOAD),
            folder: self.folder,
            bytes: self.received,
            sha256: self.state.sha256,
            _payload: self.payload,
        })
    }

    /// Removes what lies beyond the bytes received, and stands after them.
    fn cut(&mut self) -> Result<()> {
        let path = self.folder.join(PAYLOAD);
        self.payload.set_len(self.received).map_err(io("write", &path))?;
        self.payload.seek(SeekFrom::Start(self.received)).map_err(io("write", &path))?;
        Ok(())
    }

    fn write_state(&self) -> Result<()> {
        let path = self.folder.join(STATE);
        let mut text = serde_json::to_vec_pretty(&self.state)
            .map_err(|source| Error::Manifest { path: path.clone(), source })?;
        text.push(b'\n');
        write_atomically(&path, &text)
    }
}

impl Whole {
    /// Where it lies.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Its size in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of its bytes, in lower-case hex.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// Removes it.
    pub fn remove(self) -> Result<()> {
        std::fs::remove_dir_all(&self.folder).map_err(io("remove", &self.folder))
    }
}

impl State {
    fn empty(url: &str) -> Self {
        Self { url: url.to_owned(), size: None, validator: None, bytes: 0, sha256: checksum(b"") }
    }
}

/// The state on disk; `None` where there is none, it cannot be read, or it is of another address.
fn read_state(folder: &Path, url: &str) -> Option<State> {
    let bytes = std::fs::read(folder.join(STATE)).ok()?;
    let state: State = serde_json::from_slice(&bytes).ok()?;
    (state.url == url).then_some(state)
}

/// The digest over the bytes that the state vouches for; `None` where they are not those.
fn sound_digest(mut payload: &File, state: &State) -> Option<Sha256> {
    let mut digest = Sha256::new();
    let mut left = state.bytes;
    let mut buffer = vec![0; READ_BYTES];
    payload.seek(SeekFrom::Start(0)).ok()?;
    while left > 0 {
        let wanted = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        payload.read_exact(&mut buffer[..wanted]).ok()?;
        digest.update(&buffer[..wanted]);
        left -= wanted as u64;
    }
    (hex(&digest.clone().finalize()) == state.sha256).then_some(digest)
}

#[cfg(test)]
mod tests;
