"""Powers of a banded matrix by SciPy's sparse products: the peer of benches/causality.rs.

    causality.py all|vector NODES STEPS

prints the processor time in milliseconds (the smallest of several runs) and an entry of the result: of all of
(I - eta K W)^t, or of it times a vector. Needs numpy and scipy.
"""

import sys
import time

import numpy
from scipy.sparse import diags_array, eye_array


def step(nodes):
    targets = 1.5 + numpy.sin(0.01 * numpy.arange(nodes))
    off = numpy.full(nodes - 1, 0.4)
    kernel = diags_array([off, numpy.ones(nodes), off], offsets=[-1, 0, 1], format="csr")
    weights = diags_array(targets**-2.0, format="csr")
    return (eye_array(nodes, format="csr") - 0.1 * (kernel @ weights)).tocsr()


def power(matrix, steps):
    result = eye_array(matrix.shape[0], format="csr")
    for _ in range(steps):
        result = matrix @ result
    return result


def repeated(matrix, vector, steps):
    for _ in range(steps):
        vector = matrix @ vector
    return vector


def main():
    what, nodes, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    matrix = step(nodes)
    vector = numpy.sin(3.0 * numpy.arange(nodes))
    best, entry = float("inf"), 0.0
    for _ in range(20 if what == "all" else 3):
        start = time.process_time()
        result = power(matrix, steps) if what == "all" else repeated(matrix, vector, steps)
        best = min(best, time.process_time() - start)
        entry = result[nodes // 2, nodes // 2 + 5] if what == "all" else result[nodes // 2]
    print(1e3 * best, entry)


main()
