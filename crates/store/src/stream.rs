//! Files of a layer that are neither tables nor received: written and read in one stream.

use std::fs::File;
use std::io::{BufReader, Read, Write};

use sha2::{Digest, Sha256};

use crate::codec::hex;
use crate::error::io;
use crate::layer::sync_folder;
use crate::manifest::FileEntry;
use crate::{Draft, Layer, Result, Store};

impl Draft {
    /// Writes a file by handing its sink to `write`.
    pub fn write_with(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<()> {
        let path = self.folder().join(name);
        let file = File::create(&path).map_err(io("create", &path))?;
        let mut sink = Summed { file, digest: Sha256::new(), bytes: 0 };
        write(&mut sink).map_err(io("write", &path))?;
        sink.file.sync_all().map_err(io("write", &path))?;
        sync_folder(self.folder())?;
        let sha256 = hex(&sink.digest.finalize());
        self.note_file(FileEntry { name: name.to_owned(), bytes: sink.bytes, sha256, rows: None });
        Ok(())
    }
}

impl Store {
    /// Opens a file of an entry as it lies on disk; returns it with its length in bytes.
    pub fn open_stream(
        &self,
        layer: Layer,
        collection: &str,
        name: &str,
        file: &str,
    ) -> Result<(impl Read, u64)> {
        let path = self.path(layer, collection, name).join(file);
        let file = File::open(&path).map_err(io("open", &path))?;
        let bytes = file.metadata().map_err(io("read", &path))?.len();
        // The reader asks for large pieces, which a buffer would copy once more.
        Ok((BufReader::with_capacity(1 << 16, file), bytes))
    }
}

/// A file that sums up what is written to it.
struct Summed {
    file: File,
    digest: Sha256,
    bytes: u64,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let length = self.file.write(bytes)?;
        self.digest.update(&bytes[..length]);
        self.bytes += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}
