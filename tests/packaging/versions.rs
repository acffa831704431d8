//! Versions stand in one place each.

use super::*;

/// The channel of rust-toolchain.toml.
fn toolchain() -> String {
    let text = read("rust-toolchain.toml");
    let channel = content(&text).find_map(|line| line.strip_prefix("channel = "));
    channel.expect("rust-toolchain.toml names a channel").trim_matches('"').to_owned()
}

#[test]
fn the_toolchain_is_a_channel_and_nothing_more() {
    let text = read("rust-toolchain.toml");
    let keys: Vec<&str> =
        content(&text).filter_map(|line| Some(line.split_once('=')?.0.trim())).collect();
    assert_eq!(keys, ["channel"], "rustup would fetch what else is named here without asking");
}

#[test]
fn every_python_package_is_pinned_exactly() {
    for list in [
        "kernel/requirements.txt",
        "kernel/requirements-test.txt",
        "kernel/requirements-nbgrader.txt",
    ] {
        let text = read(list);
        for line in content(&text).filter(|line| *line != "-r requirements.txt") {
            assert!(is_exact_pin(line), "{list}: {line:?} is no exact pin (name==version)");
        }
    }
}

fn is_exact_pin(line: &str) -> bool {
    let Some((name, version)) = line.split_once("==") else { return false };
    let of_name = |character: char| character.is_ascii_alphanumeric() || "-_.".contains(character);
    let of_version = |character: char| character.is_ascii_alphanumeric() || character == '.';
    !name.is_empty()
        && name.chars().all(of_name)
        && version.starts_with(|character: char| character.is_ascii_digit())
        && version.chars().all(of_version)
}

#[test]
fn conda_takes_its_versions_from_the_same_places() {
    let text = read("environment.yml");
    let items: Vec<&str> = content(&text).filter_map(|line| line.strip_prefix("- ")).collect();
    assert_eq!(
        items.last(),
        Some(&"-r kernel/requirements.txt"),
        "the one list of pins comes last"
    );
    assert!(items.contains(&format!("rust={}", toolchain()).as_str()), "Rust is {}", toolchain());
    let versioned: Vec<&str> = items
        .iter()
        .filter(|item| item.contains(['=', '<', '>', '~']))
        .filter_map(|item| item.split(['=', '<', '>', '~']).next())
        .collect();
    assert_eq!(versioned, ["python", "rust"], "only these have a version of their own");
}

#[test]
fn cells_and_tests_compile_the_dependencies_alike() {
    let overrides = |path: &str| -> Vec<String> {
        let text = read(path);
        let lines = content(&text).skip_while(|line| *line != "[profile.dev.package.\"*\"]");
        lines.map(str::to_owned).collect()
    };
    let of_cells = overrides("kernel/config/cargo.toml");
    assert!(of_cells.len() > 1, "kernel/config/cargo.toml holds the override");
    assert_eq!(overrides(".cargo/config.toml"), of_cells);
}
