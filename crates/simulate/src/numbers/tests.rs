use super::*;

/// The first outputs of `SplitMix64` seeded with 0 in the reference implementation
/// (prng.di.unimi.it/splitmix64.c): output k is `mix` of k times its increment.
#[test]
fn mix_agrees_with_the_reference() {
    assert_eq!(mix(0), 0xe220_a839_7b1d_cdaf);
    assert_eq!(mix(0x9e37_79b9_7f4a_7c15), 0x6e78_9e6a_a1b9_65f4);
}

#[test]
fn streams_are_repeatable_and_differ() {
    let draw = |seed, stream| Draws::new(seed, stream).bits();
    assert_eq!(draw(7, 1), draw(7, 1));
    assert_ne!(draw(7, 1), draw(7, 2));
    assert_ne!(draw(7, 1), draw(8, 1));
}

#[test]
fn a_weight_of_zero_is_never_drawn() {
    let mut draws = Draws::new(1, 0);
    for _ in 0..1_000 {
        assert_eq!(draws.weighted([0.0, 2.0, 0.0].into_iter()), 1);
    }
}
