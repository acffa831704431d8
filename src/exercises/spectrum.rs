//! The exercises of notebook 05.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![conditioning_of_a_ring(), conditioning_without_elasticity(), chain()]
}

fn conditioning_of_a_ring() -> Exercise {
    let mass = 0.35;
    Exercise {
        id: "05-condition",
        task: Task::Number(Number {
            expected: (4.0 + mass) / mass,
            tolerance: BY_HAND,
            mistakes: vec![
                (4.0 / mass, "The mass shifts the top as well."),
                (4.0 + mass, "That is the largest eigenvalue; divide it by the smallest."),
                (4.6 / 0.6, "That is the ring of Figure 3; the mass is another one here."),
            ],
            hint: "Where do the eigenvalues of the pure ring begin and end, and what does the mass add to each?",
        }),
        shown: "Less mass, worse condition: the gap is what makes the ring well conditioned.",
    }
}

fn conditioning_without_elasticity() -> Exercise {
    let (smallest, largest): (f64, f64) = (0.4, 3.0);
    Exercise {
        id: "05-spread",
        task: Task::Number(Number {
            expected: (largest / smallest).powi(2),
            tolerance: BY_HAND,
            mistakes: vec![
                (largest / smallest, "That is the spread of the targets; the curvature is 1/y²."),
                (
                    (2.0 * largest / smallest).powi(2),
                    "The unit doubles the smallest target as well as the largest.",
                ),
                ((smallest / largest).powi(2), "Divide the largest eigenvalue by the smallest."),
                (1.0, "That is the condition number under squared error."),
            ],
            hint: "What is the curvature at the smallest target, and at the largest?",
        }),
        shown: "The spread of the targets decides, and no unit changes it.",
    }
}

fn chain() -> Exercise {
    Exercise {
        id: "05-chain",
        task: Task::Code(Code::operator(
            &[&[1.0, 2.0], &[1.0, 1.0, 1.0], &[0.0, 1.0, 0.0, 0.0], &[3.0, -1.0, 2.0, 0.5, 4.0]],
            |field| laplacian(field, |_, own| own, |_, own| own),
            &[
                (
                    |field| laplacian(field, |_, _| 0.0, |_, _| 0.0),
                    "Those are fixed ends, with zero beyond them; the ends are free here.",
                ),
                (
                    |field| laplacian(field, |list, _| list[list.len() - 1], |list, _| list[0]),
                    "That is a ring: its two ends are neighbours. The ends are free here.",
                ),
                (
                    |field| {
                        laplacian(field, |_, own| own, |_, own| own)
                            .iter()
                            .map(|value| -value)
                            .collect()
                    },
                    "That is +Δ: its eigenvalues are not positive.",
                ),
            ],
            "Each point is compared with its neighbours; a free end has one neighbour only.",
        )),
        shown: "A constant field gives zero: with free ends the smallest eigenvalue is the mass alone.",
    }
}

/// $-\Delta$ on a chain, with the values beyond its ends as functions of the field and the end's value.
fn laplacian(
    field: &[f64],
    before: fn(&[f64], f64) -> f64,
    behind: fn(&[f64], f64) -> f64,
) -> Vec<f64> {
    let at = |position: usize| {
        let own = field[position];
        let left = if position > 0 { field[position - 1] } else { before(field, own) };
        let right = field.get(position + 1).copied().unwrap_or_else(|| behind(field, own));
        2.0 * own - left - right
    };
    (0..field.len()).map(at).collect()
}
