//! Nothing in the project belongs to one machine.

use super::*;

/// Package registries, in two parts so that this file does not name them. Which one is asked is a
/// matter of the reader's cargo and pip, a mirror among them; no file of ours may go round it.
const REGISTRIES: &[(&str, &str)] = &[
    ("crates", "io"),
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("npmjs", "org"),
    ("npmjs", "com"),
    ("yarnpkg", "com"),
    ("anaconda", "org"),
];

/// Folders of one machine, without the slashes around them.
const MACHINE_FOLDERS: &[&str] = &["root", "home", "Users", "tmp"];

/// Where such a path may stand, how many times, and why.
const EXPLAINED: &[(&str, usize, &str)] = &[(
    "kernel/src/proxy/failure.rs",
    1,
    "an invented place in the registry's folder, which a test expects to be shortened",
)];

#[test]
fn no_tracked_file_names_a_registry_or_a_folder_of_one_machine() {
    let mut complaints = Vec::new();
    for path in printed("git", &["ls-files", "-z"]).split_terminator('\0') {
        // A file that was removed but is still in git's list has nothing to say.
        let Ok(bytes) = fs::read(root().join(path)) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let (is_lock, mut found) = (path.ends_with("Cargo.lock"), Vec::new());
        for (number, line) in text.lines().enumerate() {
            if is_lock && line.starts_with("source = ") {
                if !is_default_source(line) {
                    found.push(format!("{path}:{}: {line} is no usual source", number + 1));
                }
            } else if let Some(word) = registry_in(line).or_else(|| machine_folder_in(line)) {
                found.push(format!("{path}:{}: names {word}", number + 1));
            }
        }
        let explained = EXPLAINED.iter().find(|(file, ..)| *file == path);
        match explained {
            Some((_, count, _)) if *count == found.len() => {}
            Some((_, count, _)) => {
                complaints
                    .push(format!("{path}: {count} places are explained, {} found", found.len()));
                complaints.extend(found);
            }
            None => complaints.extend(found),
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// Cargo writes where each package comes from; it must be where everybody's cargo looks.
fn is_default_source(line: &str) -> bool {
    let (name, domain) = REGISTRIES[0];
    line == format!("source = \"registry+https://github.com/rust-lang/{name}.{domain}-index\"")
}

fn registry_in(line: &str) -> Option<String> {
    let hosts = REGISTRIES.iter().map(|(name, domain)| format!("{name}.{domain}"));
    hosts.into_iter().find(|host| line.contains(host.as_str()))
}

/// An absolute path into such a folder; a path of the same name below another one is none.
fn machine_folder_in(line: &str) -> Option<String> {
    let starts_there = |at: usize| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|character| character.is_alphanumeric() || ".-_~}/".contains(character))
    };
    let folders = MACHINE_FOLDERS.iter().map(|folder| format!("/{folder}/"));
    folders
        .into_iter()
        .find(|folder| line.match_indices(folder.as_str()).any(|(at, _)| starts_there(at)))
}

#[test]
fn registries_and_folders_are_told_from_what_looks_like_them() {
    let (name, domain) = REGISTRIES[1];
    assert!(registry_in(&format!("index = \"https://{name}.{domain}/simple\"")).is_some());
    assert!(registry_in("docs.rs, github.com").is_none());
    for folder in MACHINE_FOLDERS {
        assert!(machine_folder_in(&format!("open \"/{folder}/a\"")).is_some());
        assert!(machine_folder_in(&format!("/{folder}/a")).is_some());
        assert!(
            machine_folder_in(&format!("https://example.org/{folder}/a, {{root}}/{folder}/a"))
                .is_none()
        );
    }
    let (name, domain) = REGISTRIES[0];
    let usual = format!("source = \"registry+https://github.com/rust-lang/{name}.{domain}-index\"");
    assert!(is_default_source(&usual));
    assert!(!is_default_source("source = \"registry+https://mirror.example.org/index\""));
}
