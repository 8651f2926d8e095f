//! Bytes as received: compression told by its first bytes, and checksums.

use std::fmt::Write as _;
use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use crate::unpacking::{Packing, Unpacking};

pub(crate) const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];
pub(crate) const ZSTD_MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
pub(crate) const PARQUET_MAGIC: &[u8] = b"PAR1";
const RAW_ZSTD_LEVEL: i32 = 9;

/// The content of a file after decompression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The bytes that could be read, all of them if `fault` is none.
    pub bytes: Vec<u8>,
    /// What went wrong on the way, as a truncated gzip.
    pub fault: Option<String>,
}

/// Undoes gzip or zstd, told by the first bytes and not by the name.
///
/// A file that breaks off yields what came before the break, and the fault.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let Some(packing) = Packing::of(bytes) else {
        return Decoded { bytes: bytes.to_owned(), fault: None };
    };
    let mut decoded = Vec::new();
    let read = Unpacking::new(packing, bytes).read_to_end(&mut decoded);
    Decoded { bytes: decoded, fault: read.err().map(|fault| fault.to_string()) }
}

/// Packs bytes for the raw layer, unless they are packed already.
pub(crate) fn pack(bytes: &[u8]) -> Option<Vec<u8>> {
    let packed = [GZIP_MAGIC, ZSTD_MAGIC, PARQUET_MAGIC];
    if packed.iter().any(|magic| bytes.starts_with(magic)) {
        return None;
    }
    Some(pack_always(bytes))
}

/// Packs bytes, whatever they are.
pub(crate) fn pack_always(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, RAW_ZSTD_LEVEL)
        .expect("zstd packs into memory, at a level that it knows")
}

/// Packs what is written to it as [`pack_always`] does; `finish` it.
pub(crate) fn zstd_encoder<W: Write>(to: W) -> io::Result<zstd::Encoder<'static, W>> {
    zstd::Encoder::new(to, RAW_ZSTD_LEVEL)
}

/// SHA-256 in lower-case hex.
#[must_use]
pub fn checksum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

pub(crate) fn hex(digest: &[u8]) -> String {
    digest.iter().fold(String::with_capacity(digest.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
        text
    })
}

#[cfg(test)]
mod tests;
