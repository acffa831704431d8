//! Lines on standard output by which a cell asks the project's kernel for what evcxr cannot do.
//!
//! A marker is one line: a control character, `itakura:`, a kind, a space and a JSON value. It is only
//! printed where the kernel has announced itself in the environment; on a stock evcxr kernel none is.

use std::io::Write;

/// Whether the kernel that runs this cell understands markers.
pub fn understood() -> bool {
    std::env::var_os("ITAKURA_KERNEL").is_some()
}

/// Prints a marker, whole, whatever other threads print.
pub fn send(kind: &str, content: &serde_json::Value) {
    let line = format!("\u{1}itakura:{kind} {content}\n");
    let mut stdout = std::io::stdout().lock();
    // A kernel that is gone reads nothing; there is nobody left to tell.
    let _ = stdout.write_all(line.as_bytes()).and_then(|()| stdout.flush());
}

/// Standard error of a cell, as text or, on the project's kernel, in order with standard output.
#[doc(hidden)]
pub fn to_stderr(text: std::fmt::Arguments<'_>) {
    if understood() {
        send("stderr", &serde_json::Value::String(text.to_string()));
    } else {
        std::eprint!("{text}");
    }
}
