//! The exercises of notebook 08.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::{Count, Number};

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![entries(), front(), step()]
}

fn entries() -> Exercise {
    Exercise {
        id: "08-entries",
        task: Task::Count(Count {
            expected: 2 * 3 * 20 + 1,
            mistakes: vec![
                (41, "The range of the kernel is not one here."),
                (61, "The change spreads to both sides."),
                (120, "The node in the middle responds as well."),
            ],
            hint: "How far does the support reach on either side?",
        }),
        shown: "The band grows with the range and the steps, and a thousand nodes do not matter.",
    }
}

fn front() -> Exercise {
    let hop = -0.2 * 0.3;
    Exercise {
        id: "08-front",
        task: Task::Number(Number {
            expected: hop * hop * hop / 64.0,
            tolerance: BY_HAND,
            mistakes: vec![
                (hop * hop * hop, "The weights of the targets along the way are missing."),
                (hop * hop * hop / 8.0, "The weight of a target is its inverse square."),
                (hop * hop / 4.0, "That is after two steps."),
            ],
            hint: "Only one path leads to the front in as many steps: multiply what each step contributes.",
        }),
        shown: "The front has one path, so that its amplitude is a product. Large targets damp it.",
    }
}

fn step() -> Exercise {
    Exercise {
        id: "08-step",
        task: Task::Code(Code::operator(
            &[&[1.0, 0.0, 0.0], &[1.0], &[0.0, 2.0, 0.0, -1.0], &[1.0, 2.0, 3.0, 4.0, 5.0]],
            |errors| stepped(errors, 1.0, -0.3, false),
            &[
                (
                    |errors| stepped(errors, 0.0, -0.3, false),
                    "The identity is missing: that is -ηA e.",
                ),
                (
                    |errors| stepped(errors, 1.0, 0.3, false),
                    "Descent goes against the gradient: the sign.",
                ),
                (
                    |errors| stepped(errors, 1.0, -0.3, true),
                    "That is a ring: the ends of a chain have one neighbour only.",
                ),
            ],
            "Each new error is the old one, less the rate times the kernel's row.",
        )),
        shown: "Applied again and again, this function is the light cone.",
    }
}

/// $(c + s K) e$ on a chain with $\alpha = 1$, $\beta = 0.25$ and targets of one.
fn stepped(errors: &[f64], identity: f64, rate: f64, ring: bool) -> Vec<f64> {
    let nodes = errors.len();
    let at = |place: isize| {
        let inside = place >= 0 && (place as usize) < nodes;
        match (inside, ring) {
            (true, _) => errors[place as usize],
            (false, true) => errors[place.rem_euclid(nodes as isize) as usize],
            (false, false) => 0.0,
        }
    };
    let row = |node: usize| {
        let place = node as isize;
        identity * at(place) + rate * (at(place) + 0.25 * (at(place - 1) + at(place + 1)))
    };
    (0..nodes).map(row).collect()
}
