//! Bytes as received: compression told by its first bytes, and checksums.

use std::fmt::Write as _;
use std::io::Read;

use sha2::{Digest, Sha256};

const GZIP_MAGIC: &[u8] = &[0x1f, 0x8b];
const ZSTD_MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
const PARQUET_MAGIC: &[u8] = b"PAR1";
/// No file that we know unpacks to more; a bomb does.
const MAX_DECODED_BYTES: u64 = 8 << 30;
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
    if bytes.starts_with(GZIP_MAGIC) {
        return read_all("gzip", flate2::read::MultiGzDecoder::new(bytes));
    }
    if bytes.starts_with(ZSTD_MAGIC) {
        return match zstd::stream::read::Decoder::new(bytes) {
            Ok(decoder) => read_all("zstd", decoder),
            Err(fault) => {
                Decoded { bytes: Vec::new(), fault: Some(format!("unreadable zstd: {fault}")) }
            }
        };
    }
    Decoded { bytes: bytes.to_owned(), fault: None }
}

fn read_all(format: &str, decoder: impl Read) -> Decoded {
    let mut bytes = Vec::new();
    let mut limited = decoder.take(MAX_DECODED_BYTES);
    let fault = match limited.read_to_end(&mut bytes) {
        Ok(_) if limited.limit() == 0 => Some(format!("{format} unpacks to more than 8 GiB")),
        Ok(_) => None,
        Err(fault) if fault.kind() == std::io::ErrorKind::UnexpectedEof => {
            Some(format!("truncated {format}: the file breaks off"))
        }
        Err(fault) => Some(format!("damaged {format}: {fault}")),
    };
    Decoded { bytes, fault }
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
