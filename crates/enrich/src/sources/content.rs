//! What a parser is handed: an opened file, in memory or not.

use std::io::{self, BufRead, Read};

use bytes::Bytes;
use parquet::file::reader::ChunkReader;
use schema::Instant;

/// With these a text in UTF-16 begins, and no file that we take does.
const UTF_16_MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
const PARQUET_MARK: &[u8] = b"PAR1";

/// A file's content after decompression.
pub enum Content<'a, R> {
    /// Bytes in order. Where reading fails the file breaks off; the error's text says how.
    Text(&'a mut dyn BufRead),
    /// A Parquet file, whose parts are read as they are needed.
    Parts(R),
}

/// A file of any size to be parsed.
pub struct Opened<'a, R> {
    /// The file's name, as the person who imports it knows it.
    pub file: &'a str,
    /// What it holds.
    pub content: Content<'a, R>,
    /// The present, which no date may lie beyond.
    pub now: Instant,
    /// When the content was read, where the file itself does not say.
    pub read_at: Option<Instant>,
}

/// A small file to be parsed, in memory.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The file's name, as the person who imports it knows it.
    pub file: &'a str,
    /// Its bytes after decompression.
    pub bytes: &'a [u8],
    /// What went wrong in decompression.
    pub fault: Option<&'a str>,
    /// The present, which no date may lie beyond.
    pub now: Instant,
    /// When the bytes were read, where the file itself does not say.
    pub read_at: Option<Instant>,
}

impl Input<'_> {
    /// Hands the bytes over as the content of an opened file.
    pub(super) fn open<T>(self, use_it: impl FnOnce(Opened<'_, Bytes>) -> T) -> T {
        let Input { file, bytes, fault, now, read_at } = self;
        let mut text = bytes.chain(Breaking { fault });
        let content = if bytes.starts_with(PARQUET_MARK) && fault.is_none() {
            Content::Parts(Bytes::copy_from_slice(bytes))
        } else {
            Content::Text(&mut text)
        };
        use_it(Opened { file, content, now, read_at })
    }
}

/// The end of a text: whether it ends there or breaks off.
struct Breaking<'a> {
    fault: Option<&'a str>,
}

impl Read for Breaking<'_> {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.fault.map_or(Ok(0), |fault| Err(io::Error::other(fault.to_owned())))
    }
}

impl BufRead for Breaking<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.fault.map_or(Ok(&[]), |fault| Err(io::Error::other(fault.to_owned())))
    }

    fn consume(&mut self, _: usize) {}
}

/// Why a content is not the text that was expected.
pub(super) enum NotText {
    /// It is written in another encoding or format.
    Other(&'static str),
    /// It breaks off before it has begun.
    Broken(io::Error),
}

/// Hands over the text of a content from behind its byte order mark.
pub(super) fn with_text<R: ChunkReader>(
    content: Content<'_, R>,
    use_it: impl FnOnce(&mut dyn BufRead),
) -> Result<(), NotText> {
    let Content::Text(text) = content else {
        return Err(NotText::Other("the file is Parquet; expected text"));
    };
    let mut first = Vec::new();
    text.take(BYTE_ORDER_MARK.len() as u64).read_to_end(&mut first).map_err(NotText::Broken)?;
    if UTF_16_MARKS.iter().any(|mark| first.starts_with(mark)) {
        return Err(NotText::Other("the file is UTF-16; expected UTF-8"));
    }
    let first = first.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&first);
    use_it(&mut first.chain(text));
    Ok(())
}
