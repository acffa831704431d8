"""Runs the trial study on a Dask cluster of two workers, kills one on the way, and compares every byte.

`python tests/python/study_dask.py`, in an environment with `distributed`, after
`cargo build --release --bin study`. Ends with an error unless all results are those of `cargo study`.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from distributed import LocalCluster

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target" / "release" / "study"
DRIVER = ROOT / "data" / "study_with_dask.py"


def results(folder):
    files = Path(folder).glob("*.json")
    return {file.name: file.read_bytes() for file in files if "provenance" not in file.name}


def main(study="trial"):
    with tempfile.TemporaryDirectory() as alone, tempfile.TemporaryDirectory() as spread:
        subprocess.run([PROGRAM, "run", study, "--folder", alone, "--store", alone, "--workers", "1"], check=True)
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
            driver = subprocess.Popen([sys.executable, DRIVER, study, cluster.scheduler_address, spread])
            while not results(spread):
                time.sleep(0.01)
            victim = next(iter(cluster.workers.values()))
            victim.process.process.kill()
            print("one of two workers was killed", flush=True)
            assert driver.wait(timeout=600) == 0, "the driver failed"
        expected, found = results(alone), results(spread)
        assert expected and found == expected, f"{sorted(found)} are not {sorted(expected)}"
        print(f"{len(found)} results are equal byte by byte")


if __name__ == "__main__":
    main(*sys.argv[1:])
