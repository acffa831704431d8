"""Runs the trial study on a Dask cluster of two workers, kills one in the midst of its job, and compares bytes.

`python tests/python/study_dask.py [PROGRAM]`, in an environment with `distributed` and `psutil`. PROGRAM is
the built `study`; without it, that of `cargo build --release --bin study`. Ends with an error unless all
results are those of `cargo study` and no process is left.
"""

import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from distributed import LocalCluster

ROOT = Path(__file__).resolve().parents[2]
DRIVER = ROOT / "data" / "study_with_dask.py"
STUDY = "trial"

# Stands between the workers and the program: tells the processes of a job and of its worker, and holds the
# job as long as the gate is shut. However fast a job is, its worker can be killed before it ends.
GATE = """#!/bin/sh
if [ "$1" = job ]; then
    echo "$$ $PPID" > {folder}/"$2.held"
    while [ -e {folder}/shut ]; do sleep 0.02; done
fi
exec {program} "$@"
"""


def collect(program, folder):
    """Runs what is missing, on one thread, and stores the study beside its results."""
    words = ["run", STUDY, "--folder", folder, "--store", folder, "--workers", "1"]
    subprocess.run([program, *words], check=True)


def results(folder):
    files = [file for file in Path(folder).glob("*.json*") if "provenance" not in file.name]
    return {file.name: file.read_bytes() for file in files}


def gated(program, folder):
    (Path(folder) / "shut").touch()
    gate = Path(folder) / "gate"
    gate.write_text(GATE.format(folder=shlex.quote(folder), program=shlex.quote(str(program))))
    gate.chmod(0o755)
    return gate


def held(folder):
    """The jobs that wait at the gate, each with its own process and its worker's."""
    jobs = {file.stem: file.read_text().split() for file in Path(folder).glob("*.held")}
    return {job: [int(word) for word in words] for job, words in jobs.items() if len(words) == 2}


def kill_one_of_two(driver, folder):
    """Kills a worker and the job it is at, as if their machine had lost its power."""
    deadline = time.monotonic() + 60
    while len(held(folder)) < 2:
        assert driver.poll() is None, "the driver ended before both workers had a job"
        assert time.monotonic() < deadline, "two workers did not take two jobs within a minute"
        time.sleep(0.02)
    victim, processes = min(held(folder).items())
    for process in processes:
        os.kill(process, signal.SIGKILL)
    assert f"{victim}.json" not in results(folder), f"{victim} was done before its worker was killed"
    print(f"a worker was killed at {victim}, with {len(results(folder))} results there", flush=True)


def spread_over_two_workers(program, folder):
    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster:
        words = [STUDY, cluster.scheduler_address, folder, gated(program, folder)]
        with subprocess.Popen([sys.executable, DRIVER, *words]) as driver:
            try:
                kill_one_of_two(driver, folder)
                (Path(folder) / "shut").unlink()
                assert driver.wait(timeout=120) == 0, "the driver failed"
            finally:
                driver.kill()


def running_in(folder):
    """The processes on whose command line the folder stands."""
    lines = [" ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"])]
    return [line for line in lines if folder in line]


def compare(found, expected):
    assert expected, "cargo study gave no results"
    assert found.keys() == expected.keys(), f"not the same files: {sorted(found)} and {sorted(expected)}"
    different = sorted(name for name in expected if found[name] != expected[name])
    assert not different, f"other bytes than those of cargo study: {', '.join(different)}"


def main(program):
    with tempfile.TemporaryDirectory() as alone, tempfile.TemporaryDirectory() as spread:
        collect(program, alone)
        expected = results(alone)
        spread_over_two_workers(program, spread)
        assert running_in(spread) == [], f"left behind: {running_in(spread)}"
        jobs_alone = {name: data for name, data in expected.items() if name != f"{STUDY}.jsonl"}
        compare(results(spread), jobs_alone)
        collect(program, spread)
        compare(results(spread), expected)
        print(f"{len(expected)} files are equal byte by byte")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "target/release/study").resolve())
