"""Makes the data of section 17: `python data/make_paper_dataset.py` (needs numpy) writes two files beside it.

paper_inputs.f32   512 x 96 float32, little endian: the input sequences, with their noise
paper_phases.f64   512 x 4 float64, little endian: the draws f1, f2, p1, p2 behind each sequence

The targets are not stored: they follow from p1 and p2 alone, and the crate computes them. Two generators
are at work, both with the seed 0: numpy's default one for the draws, its legacy one for the noise.
"""

from pathlib import Path

import numpy

SEQUENCES, LENGTH = 512, 96
FOLDER = Path(__file__).resolve().parent


def main():
    draws = numpy.random.default_rng(0).uniform(
        [1, 3, 0, 0], [3, 6, 2 * numpy.pi, 2 * numpy.pi], (SEQUENCES, 4)
    )
    noise = numpy.random.RandomState(0).standard_normal((SEQUENCES, LENGTH))
    first, second, phase, other_phase = (column[:, None] for column in draws.T)
    time = numpy.linspace(0, 2 * numpy.pi, LENGTH, endpoint=False)
    waves = 0.6 * numpy.sin(first * time + phase) + 0.4 * numpy.sin(second * time + other_phase)
    (waves + 0.05 * noise).astype("<f4").tofile(FOLDER / "paper_inputs.f32")
    draws.astype("<f8").tofile(FOLDER / "paper_phases.f64")


main()
