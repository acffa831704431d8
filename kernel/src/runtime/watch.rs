// What a cell reports of itself. This file is not a module of the kernel: `instrument.rs` appends it to
// the source that evcxr makes of each cell, as `mod itakura_cell`, so it uses nothing but the standard
// library. What a cell prints is data; what is reported here cannot be printed.

use ::std::any::Any;
use ::std::fmt::Arguments;
use ::std::io::Write;
use ::std::panic::{Location, PanicHookInfo};
use ::std::sync::{Mutex, PoisonError};

/// How the cell ended, as the JSON of `frame::Outcome`. It stays empty if the cell ran to its end.
static OUTCOME: Mutex<::std::string::String> = Mutex::new(::std::string::String::new());
/// Variables whose type a later definition has changed.
static LOST: Mutex<::std::vec::Vec<::std::string::String>> = Mutex::new(::std::vec::Vec::new());
/// Message and place of the last panic of the cell's own thread.
static LAST_PANIC: Mutex<Option<(::std::string::String, ::std::string::String)>> = Mutex::new(None);

/// Before the reader's code: panics are reported in words that no length or silence can break.
pub fn begin() {
    let cell = ::std::thread::current().id();
    ::std::panic::set_hook(::std::boxed::Box::new(move |panic| {
        if ::std::thread::current().id() == cell { report(panic) } else { tell(panic) }
    }));
}

/// After it: what is still in the buffer of standard output belongs to this cell.
pub fn end() {
    let _ = ::std::io::stdout().flush();
}

/// A panic on the cell's own thread: whether something catches it is not known yet.
fn report(panic: &PanicHookInfo<'_>) {
    let message = words_of(panic.payload());
    let place = panic.location().map_or_else(|| "null".into(), place_of);
    send("panic", &::std::format!("{{\"message\":{},\"place\":{place}}}", json(&message)));
    *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = Some((message, place));
}

/// A panic on another thread ends that thread only.
fn tell(panic: &PanicHookInfo<'_>) {
    let thread = ::std::thread::current();
    let name = thread.name().unwrap_or("<unnamed>");
    let place =
        panic.location().map_or_else(|| "an unknown place".into(), |place| place.to_string());
    let message = words_of(panic.payload());
    send("stderr", &json(&::std::format!("\nthread '{name}' panicked at {place}:\n{message}\n")));
}

/// A panic has reached the top of the cell.
pub fn panicked(payload: ::std::boxed::Box<dyn Any + Send>) {
    let message = words_of(&*payload);
    // The payload may be a value of the reader's whose drop panics.
    ::std::mem::forget(payload);
    let last = LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner);
    let place = match &*last {
        Some((its_message, place)) if *its_message == message => place,
        _ => "null",
    };
    let outcome =
        ::std::format!("{{\"panicked\":{{\"message\":{},\"place\":{place}}}}}", json(&message));
    *OUTCOME.lock().unwrap_or_else(PoisonError::into_inner) = outcome;
}

/// A `?` at the top of the cell returns an error.
#[track_caller]
pub fn returned(error: Arguments<'_>) {
    let place = place_of(Location::caller());
    let message = json(&::std::fmt::format(error));
    *OUTCOME.lock().unwrap_or_else(PoisonError::into_inner) =
        ::std::format!("{{\"returned_error\":{{\"message\":{message},\"place\":{place}}}}}");
}

/// A variable has another type than the cell expects.
pub fn lost(name: &str) {
    LOST.lock().unwrap_or_else(PoisonError::into_inner).push(name.into());
}

/// Where the outcome stands, and its length.
#[unsafe(no_mangle)]
pub extern "C" fn itakura_outcome(length: &mut usize) -> *const u8 {
    let lost = LOST.lock().unwrap_or_else(PoisonError::into_inner);
    let mut outcome = OUTCOME.lock().unwrap_or_else(PoisonError::into_inner);
    if outcome.is_empty() && !lost.is_empty() {
        let names: ::std::vec::Vec<_> = lost.iter().map(|name| json(name)).collect();
        *outcome = ::std::format!("{{\"lost\":[{}]}}", names.join(","));
    }
    if !outcome.is_empty() && AT_STAKE {
        *outcome = ::std::format!("[{outcome},true]");
    } else if !outcome.is_empty() {
        *outcome = ::std::format!("[{outcome},false]");
    }
    let text = ::std::string::String::leak(::std::mem::take(&mut *outcome));
    *length = text.len();
    text.as_ptr()
}

/// Calls the kernel while no thread is in the midst of printing: a copy of the process that is made
/// meanwhile can print.
#[unsafe(no_mangle)]
pub extern "C" fn itakura_quietly(act: extern "C" fn()) {
    let mut stdout = ::std::io::stdout().lock();
    let _ = stdout.flush();
    let _stderr = ::std::io::stderr().lock();
    act();
}

fn send(kind: &str, content: &str) {
    if let Some(token) = ::std::env::var_os("ITAKURA_KERNEL") {
        let line = ::std::format!("\u{1}itakura:{}:{kind} {content}\n", token.display());
        let mut stdout = ::std::io::stdout().lock();
        let _ = stdout.write_all(line.as_bytes()).and_then(|()| stdout.flush());
    }
}

fn words_of(payload: &dyn Any) -> ::std::string::String {
    if let Some(text) = payload.downcast_ref::<&'static str>() {
        (*text).into()
    } else if let Some(text) = payload.downcast_ref::<::std::string::String>() {
        text.clone()
    } else {
        "a panic with a value that is not text".into()
    }
}

fn place_of(place: &Location<'_>) -> ::std::string::String {
    ::std::format!("[{},{},{}]", json(place.file()), place.line(), place.column())
}

fn json(text: &str) -> ::std::string::String {
    let mut json = ::std::string::String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => json.extend(['\\', character]),
            '\0'..='\u{1f}' => json.push_str(&::std::format!("\\u{:04x}", character as u32)),
            _ => json.push(character),
        }
    }
    json.push('"');
    json
}
