//! The kernel: its own tests, and what other tools make of it.

mod common;

use common::{cargo_in_kernel, itakura, python, python_script, root, text};
use std::path::Path;

/// Runs a function of tests/python/behaviour.py.
fn behaviour(name: &str) {
    python_script("behaviour.py", &[name]);
}

#[test]
fn the_tests_of_its_own_workspace_pass() {
    itakura();
    cargo_in_kernel(&["test", "--release", "--locked", "--quiet"]);
}

#[test]
fn it_keeps_to_the_protocol() {
    let printed = python_script("protocol.py", &[]);
    assert!(printed.contains("OK"), "{printed}");
}

#[test]
fn fifty_of_fifty_panics_are_errors_and_keep_the_variables() {
    behaviour("panics");
}

#[test]
fn failures_are_told_with_their_place_and_the_kernel_goes_on() {
    behaviour("failures");
}

#[test]
fn no_failure_is_unseen_and_none_is_told_twice() {
    behaviour("unseen");
}

#[test]
fn what_a_cell_prints_is_data() {
    behaviour("data");
}

#[test]
fn variables_survive_every_way_for_a_cell_to_die() {
    behaviour("deaths");
}

#[test]
fn an_interrupt_keeps_the_variables_in_every_state() {
    behaviour("interrupts");
}

#[test]
fn two_hundred_good_and_bad_cells_in_a_random_order_lose_nothing() {
    behaviour("sequence");
}

#[test]
fn a_cell_that_waits_for_input_asks_or_fails() {
    behaviour("typed_input");
}

#[test]
fn the_protocol_is_kept_to_the_letter() {
    behaviour("letters");
}

#[test]
fn the_commonest_slips_are_answered_with_what_to_write() {
    behaviour("advice");
}

#[test]
fn outputs_arrive_in_order_and_while_the_cell_runs() {
    behaviour("outputs");
}

#[test]
fn queued_cells_are_aborted_and_silent_ones_leave_no_trace() {
    behaviour("requests");
}

#[test]
fn two_kernels_run_side_by_side_in_a_path_with_a_space() {
    behaviour("side_by_side");
}

#[test]
fn the_notebooks_run_on_a_stock_evcxr_kernel_too() {
    behaviour("stock_kernel");
}

#[test]
fn a_kernel_leaves_the_toolchain_as_it_is() {
    let sysroot = std::process::Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(root())
        .output()
        .expect("rustc starts");
    let sysroot = String::from_utf8_lossy(&sysroot.stdout).trim().to_owned();
    let sources = Path::new(&sysroot).join("lib/rustlib/src");
    let before = sources.exists();
    let output = common::run(&["run", "tests/fixture_notebooks/good.ipynb"]);
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(sources.exists(), before, "evcxr's analyser has fetched rust-src");
}

#[test]
fn twenty_starts_and_kills_leave_nothing_behind() {
    behaviour("kills");
}

#[test]
fn nbclient_nbmake_and_nbconvert_tell_good_from_bad() {
    let fixtures = Path::new("tests/fixture_notebooks");
    for (notebook, good) in [("good", true), ("panic", false), ("returned_error", false)] {
        let path = fixtures.join(notebook).with_extension("ipynb");
        let path = path.to_str().expect("a UTF-8 path");
        let scratch = tempfile::tempdir().expect("a temporary folder");
        let scratch = scratch.path().to_str().expect("a UTF-8 path").to_owned();
        let tools: [&[&str]; 3] = [
            &["-c", "import nbclient.cli; nbclient.cli.main()", path],
            &["-m", "pytest", "--quiet", "-p", "no:cacheprovider", "--nbmake", path],
            &["-m", "nbconvert", "--execute", "--to", "notebook", "--output-dir", &scratch, path],
        ];
        for tool in tools {
            let output = python(tool).output().expect("Python starts");
            assert_eq!(output.status.success(), good, "{notebook} by {tool:?}:\n{}", text(&output));
        }
    }
}

#[test]
fn the_doctor_finds_everything_in_place() {
    let output = common::run(&["doctor"]);
    assert!(output.status.success(), "{}", text(&output));
}

#[test]
fn set_up_twice_at_once_and_once_more_does_nothing_twice() {
    let start = |_| {
        std::process::Command::new(itakura())
            .arg("setup")
            .current_dir(root())
            .spawn()
            .expect("starts")
    };
    for mut setup in [0, 1].map(start) {
        assert!(setup.wait().expect("it ends").success());
    }
    let output = common::run(&["setup"]);
    assert!(output.status.success());
    assert_eq!(text(&output), "", "a set-up with nothing to do says nothing");
}
