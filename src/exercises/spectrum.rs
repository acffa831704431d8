//! The exercises of notebook 05.

use super::exercise::{Exercise, Number, Task};
use crate::grid::{Boundary, Grid};
use crate::spectrum::{LossComparison, appendix_target, laplacian, massive_laplacian};

/// How far an answer by hand may lie off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![conditioning_of_figure_3(), width_of_a_bin(), ratio_of_condition_numbers(), longer_chain()]
}

fn comparison() -> LossComparison {
    let target = appendix_target(300).expect("300 points");
    LossComparison::new(target, 5e-3).expect("a positive elasticity")
}

fn conditioning_of_figure_3() -> Exercise {
    let ring = Grid::lattice(40, Boundary::Periodic).expect("a ring of 40");
    let massive = massive_laplacian(&ring, &[0.6; 40]).expect("forty masses");
    Exercise {
        id: "05-condition",
        task: Task::Number(Number {
            expected: massive.condition_number().expect("a positive mass"),
            tolerance: BY_HAND,
            mistakes: vec![
                (4.0 / 0.6, "the mass shifts the top as well: 4 becomes 4.6"),
                (4.6, "that is the largest eigenvalue; divide it by the smallest"),
                (0.6 / 4.6, "the other way round: the largest over the smallest"),
            ],
            advice: "the pure ring runs from 0 to 4, and m² = 0.6 is added to both",
        }),
    }
}

fn width_of_a_bin() -> Exercise {
    let comparison = comparison();
    let histogram = comparison.itakura_saito.histogram(50).expect("fifty bins");
    Exercise {
        id: "05-bins",
        task: Task::Number(Number {
            expected: histogram.width() / comparison.largest_shift(),
            tolerance: 0.01,
            mistakes: vec![
                (histogram.width(), "that is the width of a bin; divide it by the largest shift"),
                (
                    histogram.width() / comparison.largest_possible_shift,
                    "that is the width over the largest shift that Weyl's inequality allows; the shifts \
                     that occur are smaller",
                ),
                (comparison.largest_shift() / histogram.width(), "the other way round"),
            ],
            advice: "the range of the eigenvalues over 50, over the largest of `comparison.shifts()`",
        }),
    }
}

fn ratio_of_condition_numbers() -> Exercise {
    let comparison = comparison();
    let of_loss = comparison.itakura_saito.condition_number().expect("positive");
    let of_squares = comparison.squared_error.condition_number().expect("positive");
    Exercise {
        id: "05-ratio",
        task: Task::Number(Number {
            expected: of_loss / of_squares,
            tolerance: BY_HAND,
            mistakes: vec![
                (of_squares / of_loss, "the other way round: Itakura-Saito over squared error"),
                (of_loss, "that is the condition number under Itakura-Saito alone"),
                (of_loss - of_squares, "the ratio is asked for, not the difference"),
            ],
            advice: "`condition_number()` of the two spectra in `comparison`",
        }),
    }
}

fn longer_chain() -> Exercise {
    let free = laplacian(&Grid::lattice(100, Boundary::Neumann).expect("a chain"));
    let massive = |mass: f64| (free.largest() + mass) / (free.smallest() + mass);
    Exercise {
        id: "05-longer",
        task: Task::Number(Number {
            expected: massive(0.01),
            tolerance: BY_HAND,
            mistakes: vec![
                (
                    2.0 * massive(0.01),
                    "with free ends the length of the chain hardly matters: read it off",
                ),
                (massive(0.1), "that is at m² = 0.1"),
            ],
            advice: "make `ConditioningByMass::new(100, &[0.01])` and look at its field `free`",
        }),
    }
}
