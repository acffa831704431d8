//! The last line of every notebook: what it was computed with.

use super::bundle::Bundle;

/// The versions of what ran this notebook, and its seeds; without a time or a path, so that two runs
/// write the same.
pub fn footer(seeds: &[u64]) -> Bundle {
    let seeds: Vec<String> = seeds.iter().map(u64::to_string).collect();
    let seeds = if seeds.is_empty() { "none".to_owned() } else { seeds.join(", ") };
    Bundle::new(&format!(
        "itakura-saito {} · Rust {} · seeds: {seeds}",
        env!("CARGO_PKG_VERSION"),
        env!("CARGO_PKG_RUST_VERSION")
    ))
}
