//! Files that are opened and read bit by bit, whatever their size.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::errors::{ParquetError, Result as ParquetResult};
use parquet::file::reader::{ChunkReader, Length};
use sha2::{Digest, Sha256};

use crate::codec::{PARQUET_MAGIC, hex, zstd_encoder};
use crate::error::io;
use crate::layer::sync_folder;
use crate::manifest::FileEntry;
use crate::unpacking::{Packing, Unpacking};
use crate::{Draft, Error, Layer, Result, Store};

const BUFFER_BYTES: usize = 256 << 10;

/// What a file holds, after decompression, told by its first bytes.
pub enum Content {
    /// Bytes in order. Where a packed file breaks off, reading fails, and the error's text says how.
    Text(Box<dyn BufRead + Send>),
    /// A Parquet file, whose parts are read as they are needed.
    Parts(Parts),
}

/// A file of which any part can be read at any time; clones read the same file.
#[derive(Debug, Clone)]
pub struct Parts {
    file: Arc<Mutex<File>>,
    length: u64,
}

/// Reads on from one place of a file of parts.
#[derive(Debug)]
pub struct PartsReader {
    file: Arc<Mutex<File>>,
    offset: u64,
}

impl Parts {
    fn new(file: File, path: &Path) -> Result<Self> {
        let length = file.metadata().map_err(io("read", path))?.len();
        Ok(Self { file: Arc::new(Mutex::new(file)), length })
    }

    fn reader(&self, offset: u64) -> PartsReader {
        PartsReader { file: Arc::clone(&self.file), offset }
    }
}

impl Length for Parts {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Parts {
    type T = BufReader<PartsReader>;

    fn get_read(&self, start: u64) -> ParquetResult<Self::T> {
        Ok(BufReader::with_capacity(BUFFER_BYTES, self.reader(start)))
    }

    fn get_bytes(&self, start: u64, length: usize) -> ParquetResult<Bytes> {
        // A damaged file may ask for more than there is, and memory is not asked for first.
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(ParquetError::EOF(format!(
                "{length} bytes at {start} lie beyond the file's {}",
                self.length
            )));
        }
        let mut bytes = vec![0; length];
        self.reader(start).read_exact(&mut bytes)?;
        Ok(bytes.into())
    }
}

impl Read for PartsReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // The place in the file is set anew each time, so a reader that panicked leaves no harm.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.offset))?;
        let length = file.read(buffer)?;
        self.offset += length as u64;
        Ok(length)
    }
}

impl Store {
    /// Opens a file that was handed to us; gzip and zstd are undone as it is read.
    pub fn open_input(&self, path: &Path) -> Result<Content> {
        let mut file = File::open(path).map_err(io("open", path))?;
        let mut first = [0; PARQUET_MAGIC.len()];
        let length = read_first(&mut file, &mut first).map_err(io("read", path))?;
        file.rewind().map_err(io("read", path))?;
        if &first[..length] == PARQUET_MAGIC {
            return Ok(Content::Parts(Parts::new(file, path)?));
        }
        let file = BufReader::with_capacity(BUFFER_BYTES, file);
        let Some(packing) = Packing::of(&first[..length]) else {
            return Ok(Content::Text(Box::new(file)));
        };
        let unpacking = Unpacking::new(packing, file);
        let mut text = BufReader::with_capacity(BUFFER_BYTES, unpacking);
        if text.fill_buf().is_ok_and(|bytes| bytes.starts_with(PARQUET_MAGIC)) {
            return self.unpack(text, path);
        }
        Ok(Content::Text(Box::new(text)))
    }

    /// Opens a file of an entry after holding it against its checksum.
    pub fn open_file(
        &self,
        layer: Layer,
        collection: &str,
        name: &str,
        file: &FileEntry,
    ) -> Result<Content> {
        let path = self.path(layer, collection, name).join(&file.name);
        if checksum_of_file(&path)? != file.sha256 {
            return Err(Error::Damaged { path });
        }
        self.open_input(&path)
    }

    /// A Parquet file that is packed as a whole is unpacked to a file without a name, which is gone
    /// when it is closed, however that happens.
    fn unpack(&self, mut text: impl BufRead + Send + 'static, path: &Path) -> Result<Content> {
        let mut file = tempfile::tempfile_in(self.root()).map_err(io("unpack", path))?;
        loop {
            let length = match text.fill_buf() {
                Ok([]) => break,
                Ok(bytes) => {
                    file.write_all(bytes).map_err(io("unpack", path))?;
                    bytes.len()
                }
                // The break is for the reader to name; a Parquet file without its end is none.
                Err(_) => return Ok(Content::Text(Box::new(text))),
            };
            text.consume(length);
        }
        Ok(Content::Parts(Parts::new(file, path)?))
    }
}

impl Draft {
    /// Writes a file as received, in bounded memory, packed with zstd and named so unless it is
    /// packed already. Returns the checksum of what was read.
    pub fn write_received_file(&mut self, name: &str, from: &Path) -> Result<String> {
        let mut source = File::open(from).map_err(io("open", from))?;
        let mut first = [0; PARQUET_MAGIC.len()];
        let length = read_first(&mut source, &mut first).map_err(io("read", from))?;
        source.rewind().map_err(io("read", from))?;
        let is_packed =
            Packing::of(&first[..length]).is_some() || &first[..length] == PARQUET_MAGIC;
        let name = if is_packed { name.to_owned() } else { format!("{name}.zst") };
        let path = self.folder().join(&name);
        let target = File::create(&path).map_err(io("create", &path))?;
        let mut target = Summed::new(target);
        let received = if is_packed {
            copy(&mut source, from, &mut target, &path)?
        } else {
            let mut packing = zstd_encoder(&mut target).map_err(io("write", &path))?;
            let received = copy(&mut source, from, &mut packing, &path)?;
            packing.finish().map_err(io("write", &path))?;
            received
        };
        target.inner.sync_all().map_err(io("write", &path))?;
        sync_folder(self.folder())?;
        let (bytes, sha256) = target.sum();
        self.note_file(FileEntry { name, bytes, sha256, rows: None });
        Ok(received)
    }
}

/// SHA-256 of a file in lower-case hex, in bounded memory.
pub fn checksum_of_file(path: &Path) -> Result<String> {
    let mut file = File::open(path).map_err(io("open", path))?;
    if !file.metadata().map_err(io("read", path))?.is_file() {
        // What is no file on disk can be read once only.
        let fault = io::Error::other("it is not a file on disk; save it to one first");
        return Err(io("read", path)(fault));
    }
    copy(&mut file, path, &mut io::sink(), path)
}

/// Copies everything, and returns the checksum of it.
fn copy(from: &mut File, source: &Path, to: &mut impl Write, target: &Path) -> Result<String> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; BUFFER_BYTES];
    loop {
        let length = match from.read(&mut buffer) {
            Ok(0) => return Ok(hex(&digest.finalize())),
            Ok(length) => length,
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => continue,
            Err(fault) => return Err(io("read", source)(fault)),
        };
        digest.update(&buffer[..length]);
        to.write_all(&buffer[..length]).map_err(io("write", target))?;
    }
}

fn read_first(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match from.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(fault) if fault.kind() == io::ErrorKind::Interrupted => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(length)
}

/// A file being written, with the checksum of what was written so far.
struct Summed {
    inner: File,
    digest: Sha256,
    bytes: u64,
}

impl Summed {
    fn new(inner: File) -> Self {
        Self { inner, digest: Sha256::new(), bytes: 0 }
    }

    fn sum(self) -> (u64, String) {
        (self.bytes, hex(&self.digest.finalize()))
    }
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.inner.write(bytes)?;
        self.digest.update(&bytes[..length]);
        self.bytes += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests;
