//! The exercises of notebook 03.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![amplitude(), length(), lattice_area()]
}

fn amplitude() -> Exercise {
    let (stiffness, mass_term) = (3.0, 27.0_f64);
    let length = (stiffness / mass_term).sqrt();
    let expected = 1.0 / (2.0 * length * mass_term);
    Exercise {
        id: "03-amplitude",
        task: Task::Number(Number {
            expected,
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    2.0 * expected,
                    "There are two flanks, left and right: a factor of two, as in A.6.",
                ),
                (1.0 / mass_term, "That is the area; the height is asked for."),
                (length, "That is the correlation length."),
                (
                    1.0 / (2.0 * length),
                    "That is normalised to the area one; the sum rule asks for another area.",
                ),
                (
                    1.0 / (2.0 * 3.0 * mass_term),
                    "The length is the square root of a ratio; look which way round.",
                ),
            ],
            hint: "Find the correlation length first, then the area under an exponential with two flanks; the sum \
                   rule says what the area must be.",
        }),
        shown: "The sum rule fixes the amplitude of any such propagator, and with it the factor of two in A.6.",
    }
}

fn length() -> Exercise {
    let (elasticity, target) = (0.03_f64, 1.2);
    let expected = (2.0 * elasticity).sqrt() * target;
    Exercise {
        id: "03-length",
        task: Task::Number(Number {
            expected,
            tolerance: BY_HAND,
            mistakes: vec![
                (elasticity.sqrt() * target, "A factor is missing under the root."),
                (2.0 * elasticity * target, "A root is missing."),
                (
                    (2.0 * elasticity).sqrt() / target,
                    "A larger target makes the reach longer, not shorter.",
                ),
                (expected / target, "The target is missing."),
            ],
            hint: "It is the square root of stiffness over mass term, in whichever normalisation you like.",
        }),
        shown: "The length is the same in every normalisation, since it is made of a ratio.",
    }
}

/// The spacing of the lattice in the exercise.
const SPACING: f64 = 0.5;

fn lattice_area() -> Exercise {
    Exercise {
        id: "03-area",
        task: Task::Code(Code::functional(
            &[&[1.0], &[2.0, 1.0], &[1.0, 0.5, 0.25, 0.125], &[3.0, 2.0, 0.7, 0.2, 0.1]],
            |flank| SPACING * (2.0 * flank.iter().sum::<f64>() - flank[0]),
            &[
                (
                    |flank| 2.0 * flank.iter().sum::<f64>() - flank[0],
                    "That is the sum; an area weighs every point with the spacing.",
                ),
                (
                    |flank| SPACING * flank.iter().sum::<f64>(),
                    "That is one flank only, with the top.",
                ),
                (
                    |flank| SPACING * 2.0 * flank.iter().sum::<f64>(),
                    "The point in the middle is counted twice.",
                ),
                (
                    |flank| SPACING * 2.0 * (flank.iter().sum::<f64>() - flank[0]),
                    "The point in the middle is not counted.",
                ),
            ],
            "Every point but the first has a twin on the other side.",
        )),
        shown: "Times the mass term this is one, exactly, at any spacing: the sum rule holds on the lattice too.",
    }
}
