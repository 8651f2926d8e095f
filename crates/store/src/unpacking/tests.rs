use std::io::Write;

use super::*;

fn lines() -> Vec<u8> {
    // Not repetitive, so that a cut lies in the middle of the data.
    (0..20_000_u32).flat_map(|i| format!("{}\n", i.wrapping_mul(7919)).into_bytes()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 3).unwrap()
}

fn unpack(packed: &[u8]) -> (Vec<u8>, Option<String>) {
    let packing = Packing::of(packed).unwrap();
    let mut unpacking = Unpacking::new(packing, packed);
    let mut bytes = Vec::new();
    let fault = unpacking.read_to_end(&mut bytes).err().map(|error| error.to_string());
    (bytes, fault)
}

#[test]
fn packed_bytes_come_back_and_packs_may_follow_each_other() {
    let text = lines();
    for packed in [gzip(&text), zstd(&text)] {
        assert_eq!(unpack(&packed), (text.clone(), None));
        let twice = unpack(&[packed.clone(), packed].concat());
        assert_eq!(twice, ([text.clone(), text.clone()].concat(), None));
    }
    assert_eq!(Packing::of(&text), None);
}

#[test]
fn what_comes_before_a_break_is_read_and_the_break_is_named_again_and_again() {
    let text = lines();
    for (packed, name) in [(gzip(&text), "gzip"), (zstd(&text), "zstd")] {
        let half = &packed[..packed.len() / 2];
        let (bytes, fault) = unpack(half);
        assert!(text.starts_with(&bytes) && bytes.len() < text.len());
        let expected = format!("truncated {name}: the file breaks off");
        assert_eq!(fault.as_deref(), Some(expected.as_str()));
        let mut unpacking = Unpacking::new(Packing::of(half).unwrap(), half);
        while unpacking.read(&mut [0; 4096]).is_ok_and(|length| length > 0) {}
        assert_eq!(unpacking.read(&mut [0; 1]).unwrap_err().to_string(), expected);
    }
}

#[test]
fn damage_inside_is_named() {
    let mut packed = gzip(&lines());
    let middle = packed.len() / 2;
    packed[middle..middle + 64].fill(0xff);
    let fault = unpack(&packed).1.unwrap();
    assert!(fault.starts_with("damaged gzip: "), "{fault}");
}
