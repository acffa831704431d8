"""Newton's method for the Euler-Lagrange equation with SciPy's banded solver: the peer of benches/field.rs.

    field.py CELLS ELASTICITY

prints the processor time of a solve in milliseconds (the smallest of several), its steps, the largest entry
of the gradient that is left, and the mean of the field. Needs numpy and scipy.
"""

import sys
import time

import numpy
from scipy.linalg import solve_banded

MOST_STEPS = 60
RELATIVE_GRADIENT = 1e-10


def second_difference(field):
    result = numpy.empty_like(field)
    result[1:-1] = field[2:] - 2 * field[1:-1] + field[:-2]
    result[0] = field[1] - field[0]
    result[-1] = field[-2] - field[-1]
    return result


def minimise(target, elasticity):
    spacing = 1 / len(target)
    coupling = 2 * elasticity / spacing**2
    diagonal = numpy.full(len(target), 2 * coupling)
    diagonal[[0, -1]] = coupling
    bands = numpy.empty((3, len(target)))
    bands[0] = bands[2] = -coupling

    def action(field):
        ratio = target / field
        elastic = 0.5 * coupling * numpy.sum(numpy.diff(field) ** 2)
        return elastic + numpy.sum(ratio - numpy.log(ratio) - 1)

    def gradient(field):
        return -coupling * second_difference(field) + 1 / field - target / field**2

    field = target.copy()
    slope = gradient(field)
    largest = numpy.abs(slope).max()
    allowed = RELATIVE_GRADIENT * max(1, largest)
    for step in range(MOST_STEPS):
        eps = numpy.finfo(float).eps
        force = numpy.abs((field - target) / field**2).max()
        floor = 16 * eps * (2 * coupling * field.max() + force)
        if largest <= max(allowed, floor):
            break
        stiffness = 2 * target / field**3 - 1 / field**2
        if (stiffness < 0).any():
            stiffness = numpy.maximum(stiffness, 1e-8)
        bands[1] = diagonal + stiffness
        direction = solve_banded((1, 1), bands, -slope, check_finite=False)
        length, before, descent = 1.0, action(field), slope @ direction
        while length > 1e-8:
            trial = field + length * direction
            slack = 1e-12 * abs(before)
            if (trial > 0).all() and action(trial) <= before + 1e-4 * length * descent + slack:
                break
            length /= 2
        field = field + length * direction
        slope = gradient(field)
        largest = numpy.abs(slope).max()
    else:
        step = MOST_STEPS
    return field, step, largest


def main():
    cells, elasticity = int(sys.argv[1]), float(sys.argv[2])
    points = (numpy.arange(cells) + 0.5) / cells
    target = numpy.maximum(0.85 + 0.6 * numpy.sin(2 * numpy.pi * points), 0.1)
    runs = max(2, min(200, 2_000_000 // cells))
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        field, steps, largest = minimise(target, elasticity)
        best = min(best, time.process_time() - start)
    print(1e3 * best, steps, largest, field.mean())


main()
