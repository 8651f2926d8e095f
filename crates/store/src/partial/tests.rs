use super::*;

const URL: &str = "https://hub.test/datasets/a/b/resolve/main/c.parquet";
const TAG: Option<&str> = Some("\"v1\"");
/// SHA-256 of `hello`, as coreutils' sha256sum gives it.
const HELLO: &str = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn open(&self) -> Partial {
        Store::create(self.folder.path()).unwrap().partial(URL).unwrap()
    }

    /// The one folder below `downloads`.
    fn inside(&self, name: &str) -> PathBuf {
        let downloads = self.folder.path().join(DOWNLOADS);
        let mut folders = std::fs::read_dir(downloads).unwrap();
        folders.next().unwrap().unwrap().path().join(name)
    }

    /// `hel` on disk and vouched for, `lo` written after it and not.
    fn interrupted(&self) {
        let mut partial = self.open();
        partial.expect(Some(5), TAG).unwrap();
        partial.append(b"hel").unwrap();
        partial.checkpoint().unwrap();
        partial.append(b"lo").unwrap();
    }
}

#[test]
fn a_file_is_received_and_removed() {
    let place = Place::new();
    let mut partial = place.open();
    assert_eq!((partial.received(), partial.size(), partial.validator()), (0, None, None));
    partial.expect(Some(5), TAG).unwrap();
    partial.append(b"hel").unwrap();
    partial.append(b"lo").unwrap();
    assert_eq!(partial.sha256(), HELLO);
    let whole = partial.finish().unwrap();
    assert_eq!((whole.bytes(), whole.sha256()), (5, HELLO));
    assert_eq!(std::fs::read(whole.path()).unwrap(), b"hello");
    whole.remove().unwrap();
    assert_eq!(std::fs::read_dir(place.folder.path().join(DOWNLOADS)).unwrap().count(), 0);
}

#[test]
fn reception_goes_on_from_the_last_checkpoint() {
    let place = Place::new();
    place.interrupted();
    let mut partial = place.open();
    assert_eq!((partial.received(), partial.size(), partial.validator()), (3, Some(5), TAG));
    partial.expect(Some(5), TAG).unwrap();
    partial.append(b"lo").unwrap();
    let whole = partial.finish().unwrap();
    assert_eq!((whole.bytes(), whole.sha256()), (5, HELLO));
    assert_eq!(std::fs::read(whole.path()).unwrap(), b"hello");
}

#[test]
fn a_checkpoint_is_made_every_few_mebibytes() {
    let place = Place::new();
    let mut partial = place.open();
    partial.expect(None, TAG).unwrap();
    let mebibyte = vec![7; 1 << 20];
    for _ in 0..9 {
        partial.append(&mebibyte).unwrap();
    }
    drop(partial);
    // After 4 and after 8 of them; the ninth is lost.
    assert_eq!(place.open().received(), 8 << 20);
}

#[test]
fn a_file_that_was_whole_is_still_whole() {
    let place = Place::new();
    let mut partial = place.open();
    partial.expect(Some(5), TAG).unwrap();
    partial.append(b"hello").unwrap();
    drop(partial.finish().unwrap());
    let partial = place.open();
    assert_eq!((partial.received(), partial.size()), (5, Some(5)));
    assert_eq!(partial.finish().unwrap().sha256(), HELLO);
}

#[test]
fn what_cannot_be_vouched_for_is_discarded() {
    let damages: [fn(&Place); 5] = [
        |place| std::fs::write(place.inside(PAYLOAD), b"he").unwrap(),
        |place| std::fs::write(place.inside(PAYLOAD), b"hexlo").unwrap(),
        |place| std::fs::remove_file(place.inside(STATE)).unwrap(),
        |place| std::fs::write(place.inside(STATE), b"{\"url\"").unwrap(),
        |place| {
            let text = std::fs::read_to_string(place.inside(STATE)).unwrap();
            std::fs::write(place.inside(STATE), text.replace("hub.test", "else.test")).unwrap();
        },
    ];
    for (number, damage) in damages.iter().enumerate() {
        let place = Place::new();
        place.interrupted();
        damage(&place);
        let mut partial = place.open();
        assert_eq!((partial.received(), partial.validator()), (0, None), "damage {number}");
        partial.append(b"hello").unwrap();
        let whole = partial.finish().unwrap();
        assert_eq!(std::fs::read(whole.path()).unwrap(), b"hello", "damage {number}");
    }
}

#[test]
fn a_state_that_was_being_written_does_not_count() {
    let place = Place::new();
    place.interrupted();
    std::fs::write(place.inside("state.new"), b"{\"url\":").unwrap();
    assert_eq!(place.open().received(), 3);
}

#[test]
fn other_contents_begin_anew() {
    let others =
        [(Some(5), Some("\"v2\"")), (Some(6), TAG), (None, TAG), (Some(5), None), (None, None)];
    for (size, validator) in others {
        let place = Place::new();
        place.interrupted();
        let mut partial = place.open();
        partial.expect(size, validator).unwrap();
        assert_eq!(partial.received(), 0, "{size:?} {validator:?}");
        assert_eq!((partial.size(), partial.validator()), (size, validator));
        drop(partial);
        assert_eq!(place.open().received(), 0, "also on disk");
    }
}

#[test]
fn only_one_receives_a_file_at_a_time() {
    let place = Place::new();
    let store = Store::create(place.folder.path()).unwrap();
    let first = store.partial(URL).unwrap();
    assert!(matches!(store.partial(URL).unwrap_err(), Error::Locked { .. }));
    store.partial("https://hub.test/other").unwrap();
    let whole = first.finish().unwrap();
    assert!(matches!(store.partial(URL).unwrap_err(), Error::Locked { .. }));
    drop(whole);
    store.partial(URL).unwrap();
}
