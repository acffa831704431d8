"""Runs the jobs of a study on a Dask cluster: `python data/study_with_dask.py STUDY SCHEDULER [FOLDER [PROGRAM]]`.

Needs `distributed`, and on every worker this project, built by `cargo build --release --bin study`, in a
folder that all share. STUDY is one of those that `study list` knows; SCHEDULER is the address that
`dask scheduler` prints; PROGRAM is another build of `study`. A job whose worker dies is given to another one.
The results are the same bytes as those of `cargo study`, which afterwards collects them
(`cargo study run STUDY --folder FOLDER`).
"""

import subprocess
import sys
from pathlib import Path

from distributed import Client, as_completed

ROOT = Path(__file__).resolve().parent.parent


def study(program, *words):
    done = subprocess.run([program, *words], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{program} {' '.join(words)} failed: {done.stderr.strip()}")
    return done.stdout


def run(name, program, folder):
    study(program, "job", name, "--folder", folder)
    return name


def main(protocol, scheduler, folder=ROOT / "target/study", program=ROOT / "target/release/study"):
    names = study(program, "list", protocol).split()
    with Client(scheduler) as client:
        # A job writes its file whole or not at all, so one that was cut off can be run again.
        futures = client.map(run, names, program=str(program), folder=str(folder), retries=3, pure=False)
        for done, future in enumerate(as_completed(futures), start=1):
            print(f"{done} of {len(names)}: {future.result()}", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
