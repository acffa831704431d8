//! The positional encoding of the Transformer.

/// The sines and cosines of 96 positions in 32 channels, in 32 bits: the author's own table, since the
/// last bits of such a sine differ between libraries, and the Hessian by 4e-7 then.
static TABLE: &[u8] = include_bytes!("../../data/positional_table.f32");

const CHANNELS: usize = 32;

/// The longest sequence that the table covers.
pub(super) const POSITIONS: usize = 96;

/// One row per channel.
pub(super) fn positional_table() -> Vec<Vec<f64>> {
    let numbers: Vec<f64> = TABLE
        .chunks_exact(4)
        .map(|bytes| f64::from(f32::from_le_bytes(bytes.try_into().expect("four bytes"))))
        .collect();
    let column = |channel: usize| numbers.iter().skip(channel).step_by(CHANNELS).copied().collect();
    (0..CHANNELS).map(column).collect()
}

#[cfg(test)]
mod tests {
    use super::{CHANNELS, POSITIONS, positional_table};

    #[test]
    fn the_table_holds_sines_and_cosines_in_single_precision() {
        let table = positional_table();
        assert_eq!((table.len(), table[0].len()), (CHANNELS, POSITIONS));
        for (channel, row) in table.iter().enumerate() {
            let exponent = (channel - channel % 2) as f64 / CHANNELS as f64;
            let wave_number = 10_000_f64.powf(-exponent);
            for (position, value) in row.iter().enumerate() {
                let phase = position as f64 * wave_number;
                let expected = if channel % 2 == 0 { phase.sin() } else { phase.cos() };
                // A phase of up to 95 in 24 bits.
                assert!(
                    (value - expected).abs() < 2e-5,
                    "{channel} {position}: {value} {expected}"
                );
            }
        }
    }
}
