//! `print!`, `eprint!` and `eprintln!` for cells: at once, and in the order in which they are called.
//!
//! The kernel's configuration imports them by name, so that they stand before the standard library's; a
//! glob import of the crate does not bring them. A cell's
//! two output streams are two pipes, whose order nobody can tell afterwards; and `std::print!` keeps
//! back what does not end in a newline, so that progress would not move.

/// Prints to standard output, and flushes.
#[doc(hidden)]
#[macro_export]
macro_rules! cell_print {
    ($($argument:tt)*) => {{
        ::std::print!($($argument)*);
        let _ = ::std::io::Write::flush(&mut ::std::io::stdout());
    }};
}

/// Prints to standard error, in order with what is printed to standard output.
#[doc(hidden)]
#[macro_export]
macro_rules! cell_eprint {
    ($($argument:tt)*) => { $crate::notebook::marker::to_stderr(::std::format_args!($($argument)*)) };
}

/// Prints a line to standard error, in order with what is printed to standard output.
#[doc(hidden)]
#[macro_export]
macro_rules! cell_eprintln {
    () => { $crate::cell_eprint!("\n") };
    ($($argument:tt)*) => {
        $crate::notebook::marker::to_stderr(::std::format_args!("{}\n", ::std::format_args!($($argument)*)))
    };
}

pub use crate::{cell_eprint as eprint, cell_eprintln as eprintln, cell_print as print};
