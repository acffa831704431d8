"""All eigenvalues of a tridiagonal matrix by SciPy: the peer of benches/spectrum.rs.

    spectrum.py SIZE MATRIX

MATRIX is "appendix B" or "irregular". Prints the processor time in milliseconds (the smallest of several), the
smallest and the largest eigenvalue. Needs numpy and scipy.
"""

import sys
import time

import numpy
from scipy.linalg import eigh_tridiagonal


def appendix(size):
    spacing = 1 / (size + 1)
    target = 1.25 + 0.75 * numpy.sin(4 * numpy.pi * numpy.linspace(0, 1, size))
    coupling = 2 * 5e-3 / spacing**2
    return 2 * coupling + target**-2, numpy.full(size - 1, -coupling)


def irregular(size):
    squares = numpy.arange(size, dtype=float) ** 2
    return numpy.sin(0.7 * squares), numpy.abs(numpy.sin(0.3 * squares[1:]))


def main():
    size, name = int(sys.argv[1]), sys.argv[2]
    diagonal, off_diagonal = appendix(size) if name == "appendix B" else irregular(size)
    best = float("inf")
    for _ in range(50 if size < 1000 else 3):
        start = time.process_time()
        eigenvalues = eigh_tridiagonal(diagonal, off_diagonal, eigvals_only=True)
        best = min(best, time.process_time() - start)
    print(1e3 * best, eigenvalues[0], eigenvalues[-1])


main()
