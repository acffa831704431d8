//! Random numbers by seed: the same seed gives the same numbers on every run and every machine.

use ndarray_rand::rand::SeedableRng;
use ndarray_rand::rand::rngs::StdRng;

/// A generator whose numbers do not depend on the platform (`SmallRng`'s do).
pub(crate) fn generator(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

/// The seed of one of several independent streams of a computation that has a single seed.
///
/// Two rounds of the SplitMix64 finaliser over seed and stream, so that neighbouring seeds and streams share
/// nothing.
///
/// ```
/// use itakura_saito::seed::stream;
///
/// assert_ne!(stream(1, 0), stream(1, 1));
/// assert_ne!(stream(1, 1), stream(2, 0));
/// ```
pub fn stream(seed: u64, stream: u64) -> u64 {
    mixed(mixed(seed).wrapping_add(stream.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
}

/// The finaliser of SplitMix64: a bijection in which each bit of the input moves half of the output.
fn mixed(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
