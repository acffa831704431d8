"""What the peers of the network bench share: the fixtures, a clock, and a line of JSON."""

import argparse
import json
import os
import time

import numpy as np

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "fixtures")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--networks", default="cnn,resnet,transformer", type=lambda text: text.split(","))
    parser.add_argument("--batches", default=[24], type=lambda text: [int(part) for part in text.split(",")])
    return parser.parse_args()


def fixture(name):
    """Summary, arrays and direction of one network of set A."""
    with open(os.path.join(FIXTURES, "setA.json")) as file:
        summary = json.load(file)[name]
    with np.load(os.path.join(FIXTURES, f"setA_{name}.npz")) as file:
        arrays = {key: file[key] for key in file.files}
    direction = np.sin(0.37 * (np.arange(arrays["theta"].size) + 1.0))
    return summary, arrays, direction / np.linalg.norm(direction)


def selected(array, batch):
    """The first sequences, over again if there are too few."""
    return np.take(array, np.arange(batch) % len(array), axis=0).astype(np.float64)


def measure(work):
    """The process-CPU time of the best repetition within a second, in milliseconds."""
    work()
    start, least, repetitions = time.perf_counter(), float("inf"), 0
    while repetitions < 3 or (time.perf_counter() - start < 1 and repetitions < 2000):
        before = time.process_time()
        work()
        least = min(least, time.process_time() - before)
        repetitions += 1
    return 1e3 * least


def emit(network, batch, work, milliseconds):
    print(json.dumps(dict(network=network, batch=batch, work=work, cpu_ms=milliseconds)), flush=True)
