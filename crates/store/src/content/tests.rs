use super::*;
use crate::{checksum, decode};

struct Bench {
    folder: tempfile::TempDir,
    store: Store,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("data")).unwrap();
        Self { folder, store }
    }

    fn file(&self, bytes: &[u8]) -> std::path::PathBuf {
        let path = self.folder.path().join("given");
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// What a file holds, and whether it was told to be Parquet.
    fn read(&self, bytes: &[u8]) -> (Vec<u8>, bool, Option<String>) {
        let mut read = Vec::new();
        match self.store.open_input(&self.file(bytes)).unwrap() {
            Content::Text(mut text) => {
                let fault = text.read_to_end(&mut read).err().map(|fault| fault.to_string());
                (read, false, fault)
            }
            Content::Parts(parts) => {
                parts.get_read(0).unwrap().read_to_end(&mut read).unwrap();
                (read, true, None)
            }
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn content_is_told_by_the_first_bytes_packed_or_not() {
    let bench = Bench::new();
    let text = b"{\"id\":\"a/b\"}\n".repeat(50_000);
    let parquet = [b"PAR1", &text[..], b"PAR1"].concat();
    assert_eq!(bench.read(&text), (text.clone(), false, None));
    assert_eq!(bench.read(&gzip(&text)), (text, false, None));
    assert_eq!(bench.read(&parquet), (parquet.clone(), true, None));
    assert_eq!(bench.read(&gzip(&parquet)), (parquet, true, None));
    assert_eq!(bench.read(b"PA"), (b"PA".to_vec(), false, None));
    assert_eq!(bench.read(b""), (Vec::new(), false, None));
}

#[test]
fn a_packed_parquet_file_that_breaks_off_says_so_and_leaves_nothing() {
    let bench = Bench::new();
    let noise: Vec<u8> =
        (0..400_000_u32).flat_map(|i| (i.wrapping_mul(2_654_435_761)).to_le_bytes()).collect();
    let packed = gzip(&[b"PAR1", &noise[..]].concat());
    let (_, is_parquet, fault) = bench.read(&packed[..packed.len() / 2]);
    assert_eq!(
        (is_parquet, fault.as_deref()),
        (false, Some("truncated gzip: the file breaks off"))
    );
    assert_eq!(std::fs::read_dir(bench.store.root()).unwrap().count(), 0);
}

#[test]
fn parts_lie_where_they_were_asked_for_and_readers_do_not_disturb_each_other() {
    let bench = Bench::new();
    let bytes: Vec<u8> =
        b"PAR1".iter().copied().chain((0..600_000).map(|i| (i % 251) as u8)).collect();
    let Content::Parts(parts) = bench.store.open_input(&bench.file(&bytes)).unwrap() else {
        panic!("not told to be Parquet");
    };
    assert_eq!(parts.len(), bytes.len() as u64);
    let (mut one, mut other) =
        (parts.get_read(10).unwrap(), parts.clone().get_read(500_000).unwrap());
    let (mut from_one, mut from_other) = (vec![0; 300_000], vec![0; 50_000]);
    one.read_exact(&mut from_one[..100_000]).unwrap();
    other.read_exact(&mut from_other).unwrap();
    assert_eq!(parts.get_bytes(4, 100).unwrap(), bytes[4..104]);
    one.read_exact(&mut from_one[100_000..]).unwrap();
    assert!(from_one == bytes[10..300_010] && from_other == bytes[500_000..550_000]);
    assert!(parts.get_bytes(600_000, 5).is_err(), "it ends at 600,004");
    assert!(parts.get_bytes(u64::MAX, 1).is_err());
}

#[test]
fn a_received_file_is_kept_with_its_checksums_and_opened_again() {
    let bench = Bench::new();
    let text = b"{\"id\":\"a/b\"}\n".repeat(50_000);
    let packed = gzip(&text);
    for (given, name) in [(&text, "payload.zst"), (&packed, "payload")] {
        let entry = format!("entry-{name}");
        let mut draft = bench.store.draft(Layer::Raw, "c", &entry).unwrap();
        let received = draft.write_received_file("payload", &bench.file(given)).unwrap();
        assert_eq!(received, checksum(given));
        let manifest = draft.commit().unwrap();
        let file = &manifest.files[0];
        assert_eq!(file.name, name);
        let kept = bench.store.read_file(Layer::Raw, "c", &entry, file).unwrap();
        assert_eq!((kept.len() as u64, checksum(&kept)), (file.bytes, file.sha256.clone()));
        assert_eq!(decode(&kept).bytes, text);
        let Content::Text(mut opened) =
            bench.store.open_file(Layer::Raw, "c", &entry, file).unwrap()
        else {
            panic!("told to be Parquet");
        };
        let mut read = Vec::new();
        opened.read_to_end(&mut read).unwrap();
        assert!(read == text);
        let damaged = FileEntry { sha256: checksum(b"other"), ..file.clone() };
        let refused = bench.store.open_file(Layer::Raw, "c", &entry, &damaged);
        assert!(matches!(refused.err(), Some(Error::Damaged { .. })));
    }
}

#[test]
fn a_checksum_is_of_a_file_on_disk() {
    let bench = Bench::new();
    assert_eq!(checksum_of_file(&bench.file(b"abc")).unwrap(), checksum(b"abc"));
    let refused = checksum_of_file(bench.folder.path()).unwrap_err();
    assert!(std::error::Error::source(&refused).is_some(), "{refused}");
}
