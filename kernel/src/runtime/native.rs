//! What the runtime needs of the system that no safe interface offers: a copy of this process, and the
//! functions of a compiled cell. All of the kernel's `unsafe` code is here.

use anyhow::{Context, Result};
use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW, Symbol};
use rustix::process::Pid;
use std::ffi::c_void;
use std::sync::Mutex;

type CellFunction = extern "C" fn(*mut c_void) -> *mut c_void;
type OutcomeFunction = extern "C" fn(&mut usize) -> *const u8;
type QuietlyFunction = extern "C" fn(extern "C" fn());

/// A compiled cell. It is never unloaded: values and threads of it may live on.
pub struct CompiledCell {
    function: CellFunction,
    outcome: OutcomeFunction,
    quietly: QuietlyFunction,
}

/// The reader's variables, in a form that only compiled cells understand.
pub struct Variables(*mut c_void);

impl Default for Variables {
    fn default() -> Variables {
        Variables(std::ptr::null_mut())
    }
}

impl CompiledCell {
    /// Loads a cell, which may run code of the libraries that it links.
    pub fn load(path: &str, function: &str) -> Result<CompiledCell> {
        // SAFETY: the library is what evcxr has just compiled from the reader's cell. Loading it runs the
        // initialisers of what the reader has asked for, which is what a kernel is there to do.
        let library = unsafe { Library::open(Some(path), RTLD_NOW | RTLD_LOCAL) }
            .with_context(|| format!("the compiled cell {path} cannot be loaded"))?;
        let missing =
            "evcxr's generated code is not what this kernel expects: the cell was not run";
        // SAFETY: evcxr gives its function, and `watch.rs` gives the other two, just these types.
        let cell = unsafe {
            let function: Symbol<CellFunction> = library.get(function.as_bytes())?;
            let outcome: Symbol<OutcomeFunction> =
                library.get(b"itakura_outcome").context(missing)?;
            let quietly: Symbol<QuietlyFunction> =
                library.get(b"itakura_quietly").context(missing)?;
            CompiledCell { function: *function, outcome: *outcome, quietly: *quietly }
        };
        std::mem::forget(library);
        Ok(cell)
    }

    /// Runs the reader's code; what it reports of its end, as JSON, empty if it ran through.
    pub fn run(&self, variables: &mut Variables) -> Vec<u8> {
        variables.0 = (self.function)(variables.0);
        let mut length = 0;
        let text = (self.outcome)(&mut length);
        // SAFETY: `itakura_outcome` returns a text that it has leaked, and its length.
        unsafe { std::slice::from_raw_parts(text, length) }.to_vec()
    }

    /// Copies this process while no thread of a cell is in the midst of printing.
    pub fn fork(&self) -> Result<Option<Pid>> {
        static COPY: Mutex<Option<Result<Option<Pid>>>> = Mutex::new(None);
        extern "C" fn copy() {
            *COPY.lock().expect("only this thread uses it") = Some(fork());
        }
        (self.quietly)(copy);
        COPY.lock().expect("only this thread uses it").take().expect("it was called")
    }
}

/// Copies this process. In the copy, which has this thread only, nothing is returned.
pub fn fork() -> Result<Option<Pid>> {
    // SAFETY: the copy has only this thread, so a lock that another one held stays locked in it. The
    // runtime has one thread of its own; the allocator is made ready by the C library; the standard
    // streams of the cells are free, see `CompiledCell::fork`. What remains are locks of the reader's own
    // threads: a copy that takes over may wait for one of these for ever, and is then interrupted.
    match unsafe { libc::fork() } {
        -1 => Err(std::io::Error::last_os_error()).context("the process cannot be copied"),
        copy => Ok(Pid::from_raw(copy)),
    }
}
