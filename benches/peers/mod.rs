//! The scripts of this folder, which do the same with other libraries.

use std::path::Path;
use std::process::Command;

/// The numbers that a script prints, on one thread; how many they are is part of what is asked.
pub fn call<const NUMBERS: usize>(
    python: &str,
    script: &str,
    arguments: &[&str],
) -> [f64; NUMBERS] {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers");
    let output = Command::new(python)
        .arg(folder.join(script))
        .args(arguments)
        .env("OMP_NUM_THREADS", "1")
        .env("OPENBLAS_NUM_THREADS", "1")
        .output()
        .unwrap_or_else(|error| panic!("{python} does not start: {error}"));
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<f64> =
        text.split_whitespace().map(|word| word.parse().expect("a number")).collect();
    numbers.try_into().unwrap_or_else(|_| {
        panic!("the peer {script} failed: {}", String::from_utf8_lossy(&output.stderr))
    })
}
