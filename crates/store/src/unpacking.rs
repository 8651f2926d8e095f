//! Compressed bytes, unpacked as they are read.

use std::io::{self, BufRead, Read};

use crate::codec::{GZIP_MAGIC, ZSTD_MAGIC};

/// No file that we know unpacks to more; a bomb does.
const MAX_UNPACKED_BYTES: u64 = 8 << 30;

/// What a file is packed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// Told by the first bytes and not by the name; `None` for what is not packed.
    pub(crate) fn of(first: &[u8]) -> Option<Self> {
        if first.starts_with(GZIP_MAGIC) {
            Some(Self::Gzip)
        } else if first.starts_with(ZSTD_MAGIC) {
            Some(Self::Zstd)
        } else {
            None
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }
}

/// The content of packed bytes.
///
/// What comes before a break can be read; after it every read fails, and the error's text says
/// what is wrong, as "truncated gzip: the file breaks off".
pub(crate) struct Unpacking<R: BufRead> {
    packing: Packing,
    decoder: Decoder<R>,
    left: u64,
    fault: Option<String>,
}

enum Decoder<R: BufRead> {
    Gzip(Box<flate2::bufread::MultiGzDecoder<R>>),
    Zstd(Box<zstd::stream::read::Decoder<'static, R>>),
    Unreadable,
}

impl<R: BufRead> Unpacking<R> {
    pub(crate) fn new(packing: Packing, packed: R) -> Self {
        let mut fault = None;
        let decoder = match packing {
            Packing::Gzip => Decoder::Gzip(Box::new(flate2::bufread::MultiGzDecoder::new(packed))),
            Packing::Zstd => match zstd::stream::read::Decoder::with_buffer(packed) {
                Ok(decoder) => Decoder::Zstd(Box::new(decoder)),
                Err(error) => {
                    fault = Some(format!("unreadable zstd: {error}"));
                    Decoder::Unreadable
                }
            },
        };
        Self { packing, decoder, left: MAX_UNPACKED_BYTES, fault }
    }
}

impl<R: BufRead> Read for Unpacking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(fault) = &self.fault {
            return Err(io::Error::other(fault.clone()));
        }
        let read = match &mut self.decoder {
            Decoder::Gzip(decoder) => decoder.read(buffer),
            Decoder::Zstd(decoder) => decoder.read(buffer),
            Decoder::Unreadable => Ok(0),
        };
        let name = self.packing.name();
        let fault = match read {
            Ok(length) if length as u64 <= self.left => {
                self.left -= length as u64;
                return Ok(length);
            }
            Ok(_) => format!("{name} unpacks to more than 8 GiB"),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                format!("truncated {name}: the file breaks off")
            }
            Err(error) => format!("damaged {name}: {error}"),
        };
        self.fault = Some(fault.clone());
        Err(io::Error::other(fault))
    }
}

#[cfg(test)]
mod tests;
