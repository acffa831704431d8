//! How the kernel starts and compiles cells: offline, with the pinned versions, with the diagnostics of
//! the real cargo, and from a prepared folder that stays as it is.

mod common;

/// Runs a function of tests/python/start.py.
fn start(name: &str) {
    common::python_script("start.py", &[name]);
}

#[test]
fn kernel_runner_book_and_lab_need_no_network() {
    start("without_network");
}

#[test]
fn the_projects_lock_is_in_force() {
    start("pinned_versions");
}

#[test]
fn a_let_needs_no_type_that_rustc_can_name() {
    start("untyped_lets");
}

#[test]
fn a_package_that_the_reader_adds_is_used_as_it_is_now() {
    start("added_packages");
}

#[test]
fn names_are_completed_and_explained() {
    start("names");
}

#[test]
fn a_faulty_cell_is_reported_as_the_real_cargo_does() {
    start("diagnostics");
}

#[test]
fn a_start_in_a_strange_environment_leaves_the_prepared_folder_as_it_is() {
    start("prepared_stays");
}

#[test]
fn a_spare_kernel_takes_the_part_of_the_next_one_and_goes_with_the_lab() {
    start("spare");
}

#[test]
fn two_labs_at_once_have_two_addresses_that_answer() {
    start("two_labs");
}

#[test]
fn an_evcxr_toml_beside_a_notebook_is_refused() {
    start("foreign_configuration");
}
