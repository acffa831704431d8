//! `cargo study` as it is called: one worker or two, interrupted and continued, and on a Dask cluster.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use itakura_saito::training::study::{Job, Protocol};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_study");

/// Runs what is missing of the trial and stores it beside its results; returns what was said.
fn run(folder: &Path, workers: &str) -> String {
    let mut command = Command::new(PROGRAM);
    command.args(["run", "trial", "--workers", workers, "--folder"]).arg(folder);
    let output = command.arg("--store").arg(folder).output().expect("the study starts");
    let said = common::text(&output);
    assert!(output.status.success(), "{said}");
    said
}

/// A trial that was run as a whole, and the names of its jobs.
fn trial() -> (TempDir, Vec<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    run(folder.path(), "1");
    (folder, Protocol::Trial.jobs().iter().map(Job::name).collect())
}

/// The files of a folder, those that say where and when left out or taken alone.
fn files(folder: &Path, provenance: bool) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("the study's folder");
    let paths = entries.map(|entry| entry.expect("an entry of the folder").path());
    let named = paths.map(|path| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, fs::read(&path).expect("a file"))
    });
    named.filter(|(name, _)| name.contains("provenance") == provenance).collect()
}

#[test]
fn one_worker_and_two_store_the_same_bytes() {
    let (alone, jobs) = trial();
    let together = tempfile::tempdir().expect("a temporary folder");
    run(together.path(), "2");
    let (alone, together) = (files(alone.path(), false), files(together.path(), false));
    // One file for each job, and the study.
    assert_eq!(alone.len(), jobs.len() + 1);
    assert!(alone == together, "{:?} and {:?} differ", alone.keys(), together.keys());
}

#[test]
fn an_interrupted_study_runs_only_what_is_missing() {
    let (folder, jobs) = trial();
    let whole = files(folder.path(), false);
    let started = files(folder.path(), true);
    for file in [format!("{}.json", jobs[1]), "trial.jsonl".to_owned()] {
        fs::remove_file(folder.path().join(file)).expect("a file of the study");
    }
    let said = run(folder.path(), "2");
    assert!(files(folder.path(), false) == whole, "other bytes than at first:\n{said}");
    // How long a job took is written anew when it runs, and is not the same twice.
    let started_again = files(folder.path(), true);
    for (index, job) in jobs.iter().enumerate() {
        let kept = index != 1;
        let provenance = format!("{job}.provenance.json");
        assert_eq!(started_again[&provenance] == started[&provenance], kept, "{job}:\n{said}");
        assert_eq!(said.contains(&format!("{job} was there")), kept, "{job}:\n{said}");
    }
}

#[test]
fn a_file_that_is_no_result_of_its_job_is_reported_and_replaced() {
    let (folder, jobs) = trial();
    let whole = files(folder.path(), false);
    let file = |job: &str| folder.path().join(format!("{job}.json"));
    let text = fs::read_to_string(file(&jobs[0])).expect("a result");
    fs::write(file(&jobs[0]), &text[..text.len() / 2]).expect("half of a result");
    fs::write(file(&jobs[1]), [0xff, 0xfe]).expect("bytes that are no text");
    fs::copy(file(&jobs[3]), file(&jobs[2])).expect("another job's result");
    let said = run(folder.path(), "1");
    for (job, reason) in [
        (&jobs[0], "a result that is not the record of a job (EOF"),
        (&jobs[1], "stream did not contain valid UTF-8"),
        (&jobs[2], "its file holds the result of Job { protocol: Trial"),
    ] {
        let told = format!("{job} is run again: {reason}");
        assert!(said.contains(&told), "{told:?} is not said in:\n{said}");
    }
    assert!(said.contains(&format!("{} was there", jobs[3])), "{said}");
    assert!(files(folder.path(), false) == whole, "other bytes than at first:\n{said}");
}

#[test]
fn jobs_that_another_launcher_starts_give_the_same_bytes() {
    let (alone, jobs) = trial();
    let launched = tempfile::tempdir().expect("a temporary folder");
    let line = "\"$0\" list trial | xargs -n 1 -P 2 \"$0\" job --folder \"$1\"";
    let mut shell = Command::new("sh");
    let output =
        shell.args(["-c", line, PROGRAM]).arg(launched.path()).output().expect("sh starts");
    assert!(output.status.success(), "{}", common::text(&output));
    let said = run(launched.path(), "1");
    for job in jobs {
        assert!(said.contains(&format!("{job} was there")), "{said}");
    }
    assert!(files(alone.path(), false) == files(launched.path(), false), "other bytes:\n{said}");
}

#[test]
fn a_dask_cluster_that_loses_a_worker_gives_the_same_bytes() {
    let printed = common::python_script("study_dask.py", &[PROGRAM]);
    assert!(printed.contains("5 files are equal byte by byte"), "{printed}");
}
