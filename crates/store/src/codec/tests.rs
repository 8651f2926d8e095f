use std::io::Write;

use super::*;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn compression_is_told_by_the_bytes() {
    let text = b"{\"id\":\"a/b\"}\n".repeat(100);
    let packed = pack(&text).unwrap();
    for form in [text.clone(), gzip(&text), packed.clone()] {
        assert_eq!(decode(&form), Decoded { bytes: text.clone(), fault: None });
    }
    assert_eq!(pack(&packed), None, "what is packed is kept as received");
}

#[test]
fn a_truncated_gzip_yields_what_came_before() {
    // Not repetitive, so that the cut lies in the middle of the data.
    let text: Vec<u8> =
        (0..20_000_u32).flat_map(|i| format!("{}\n", i * 7919).into_bytes()).collect();
    let whole = gzip(&text);
    let decoded = decode(&whole[..whole.len() / 2]);
    assert!(!decoded.bytes.is_empty() && text.starts_with(&decoded.bytes));
    assert_eq!(decoded.fault.as_deref(), Some("truncated gzip: the file breaks off"));
}

#[test]
fn checksums_are_sha_256() {
    // FIPS 180-2, appendix B.1.
    assert_eq!(
        checksum(b"abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}
