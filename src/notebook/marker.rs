//! Lines on standard output by which a cell asks the project's kernel for what evcxr cannot do.
//!
//! A marker is one line: a control character, `itakura:`, a secret of the kernel, a colon, a kind, a space
//! and a JSON value. The kernel gives its secret in the environment, so no text is a marker by chance; on
//! a stock evcxr kernel there is no secret, and no marker is printed.

use std::io::Write;

/// Whether the kernel that runs this cell understands markers.
pub fn understood() -> bool {
    secret().is_some()
}

fn secret() -> Option<String> {
    std::env::var("ITAKURA_KERNEL").ok()
}

/// Prints a marker, whole, whatever other threads print.
pub fn send(kind: &str, content: &serde_json::Value) {
    let Some(secret) = secret() else { return };
    let line = format!("\u{1}itakura:{secret}:{kind} {content}\n");
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
