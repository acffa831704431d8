//! `cargo metadata`: what evcxr's analyser is told to read.
//!
//! The analyser reads and resolves every package that it is told of, third-party ones too, and that was
//! three quarters of a kernel's start. It needs the cells' package and what the cells name: the packages
//! that they depend on directly. Of those that are folders on this machine it takes everything below the
//! folder for source, build directories and Python packages included; so it is shown the folder of the
//! sources only.

use super::{Call, TARGET_VARIABLE, answers};
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

/// Answers the question. Only the analyser's full one, which names a platform, is cut down.
pub(super) fn answer(call: &Call) -> Result<ExitCode> {
    let ask = || {
        let analysed = call.has("--filter-platform");
        let mut output = call.output(&if analysed { vec![] } else { this_platform() })?;
        if output.status.success() && analysed && !call.has("--no-deps") {
            let metadata =
                serde_json::from_slice(&output.stdout).context("cargo metadata printed no JSON")?;
            output.stdout = direct_dependencies_only(metadata).to_string().into_bytes();
        }
        Ok(output)
    };
    // A folder that the reader added may change while the kernel runs.
    let output = if call.manifest()?.has_added_packages() {
        ask()?
    } else {
        answers::remembered(call, ask)?
    };
    call.print(&output)
}

/// evcxr's own question names no platform; cargo would then want the packages of all of them at hand.
fn this_platform() -> Vec<OsString> {
    match std::env::var_os(TARGET_VARIABLE) {
        Some(target) => vec!["--filter-platform".into(), target],
        None => Vec::new(),
    }
}

fn direct_dependencies_only(mut metadata: Value) -> Value {
    let kept = kept_packages(&metadata);
    let is_kept = |id: &Value| id.as_str().is_some_and(|id| kept.contains(id));
    let members = metadata["workspace_members"].clone();
    retain(&mut metadata["packages"], |package| {
        let is_member = members.as_array().is_some_and(|members| members.contains(&package["id"]));
        if package["source"].is_null() && !is_member {
            show_sources_only(package);
        }
        is_kept(&package["id"])
    });
    retain(&mut metadata["resolve"]["nodes"], |node| {
        retain(&mut node["dependencies"], |id| is_kept(id));
        retain(&mut node["deps"], |dependency| is_kept(&dependency["pkg"]));
        is_kept(&node["id"])
    });
    metadata
}

/// The cells' package, and those that it depends on directly.
fn kept_packages(metadata: &Value) -> BTreeSet<String> {
    let strings = |value: &Value| -> Vec<String> {
        let ids = value.as_array().into_iter().flatten();
        ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
    };
    let members = strings(&metadata["workspace_members"]);
    let nodes = metadata["resolve"]["nodes"].as_array().into_iter().flatten();
    let of_members = nodes
        .filter(|node| members.iter().any(|member| node["id"] == member.as_str()))
        .flat_map(|node| strings(&node["dependencies"]));
    of_members.chain(members.iter().cloned()).collect()
}

/// The analyser takes the folder of the manifest for the folder of the sources.
fn show_sources_only(package: &mut Value) {
    let is_library = |target: &&Value| {
        target["kind"].as_array().is_some_and(|kinds| kinds.contains(&json!("lib")))
    };
    let targets = package["targets"].as_array();
    let library = targets.and_then(|targets| targets.iter().find(is_library)).cloned();
    let Some(library) = library else { return };
    if let Some(folder) = library["src_path"].as_str().and_then(|path| Path::new(path).parent()) {
        package["manifest_path"] = json!(folder.join("Cargo.toml"));
        package["targets"] = json!([library]);
    }
}

fn retain(array: &mut Value, mut keep: impl FnMut(&mut Value) -> bool) {
    if let Some(array) = array.as_array_mut() {
        array.retain_mut(|value| keep(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_analyser_sees_the_cells_their_dependencies_and_only_their_sources() {
        let library = |path: &str| {
            json!([
                {"kind": ["test"], "name": "t", "src_path": "/project/tests/t.rs"},
                {"kind": ["lib"], "name": "l", "src_path": path},
            ])
        };
        let metadata = json!({
            "workspace_members": ["ctx"],
            "packages": [
                {"id": "ctx", "source": null, "manifest_path": "/build/Cargo.toml", "targets": []},
                {"id": "crate", "source": null, "manifest_path": "/project/Cargo.toml",
                 "targets": library("/project/src/lib.rs")},
                {"id": "added", "source": "registry", "manifest_path": "/r/added/Cargo.toml", "targets": []},
                {"id": "deep", "source": "registry", "manifest_path": "/r/deep/Cargo.toml", "targets": []},
            ],
            "resolve": {"root": "ctx", "nodes": [
                {"id": "ctx", "dependencies": ["crate", "added"], "deps": [{"pkg": "crate"}, {"pkg": "added"}]},
                {"id": "crate", "dependencies": ["deep"], "deps": [{"pkg": "deep"}]},
                {"id": "added", "dependencies": ["deep", "crate"], "deps": [{"pkg": "deep"}, {"pkg": "crate"}]},
                {"id": "deep", "dependencies": [], "deps": []},
            ]},
        });
        let seen = direct_dependencies_only(metadata);
        let ids = |list: &Value| -> Vec<String> {
            let list = list.as_array().unwrap();
            list.iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(ids(&seen["packages"]), ["ctx", "crate", "added"]);
        assert_eq!(ids(&seen["resolve"]["nodes"]), ["ctx", "crate", "added"]);
        assert_eq!(seen["resolve"]["nodes"][1]["deps"], json!([]));
        assert_eq!(seen["resolve"]["nodes"][2]["dependencies"], json!(["crate"]));
        assert_eq!(seen["packages"][0]["manifest_path"], "/build/Cargo.toml");
        assert_eq!(seen["packages"][1]["manifest_path"], "/project/src/Cargo.toml");
        assert_eq!(seen["packages"][2]["manifest_path"], "/r/added/Cargo.toml");
    }
}
