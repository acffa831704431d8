//! The exercises of notebook 11.

use super::code::Code;
use super::exercise::{Exercise, Task};
use super::number::Number;
use crate::renormalization::GaussianChain;

/// How far an answer by hand may be off.
const BY_HAND: f64 = 1e-3;

pub(super) fn exercises() -> Vec<Exercise> {
    vec![twice(), triples(), exponent()]
}

fn twice() -> Exercise {
    Exercise {
        id: "11-twice",
        task: Task::Number(Number {
            // 0.02 × 4.02 × 4.0804.
            expected: 0.32806416,
            tolerance: BY_HAND,
            mistakes: vec![
                (0.0804, "That is after one step; the question is for two."),
                (
                    0.32,
                    "The step is a little more than a factor of four, and the second one more so.",
                ),
                (0.08, "That is one step, and without its second term."),
            ],
            hint: "Put the result of the first step into the step again.",
        }),
        shown: "Each step multiplies by more than the one before: the mass runs away.",
    }
}

fn triples() -> Exercise {
    Exercise {
        id: "11-triples",
        task: Task::Code(Code::operator(
            &[&[1.0, 0.01], &[2.0, 0.5], &[0.7, 3.0], &[5.0, 0.2], &[1.0, 1.0]],
            |chain| every(3, chain),
            &[
                (|chain| every(2, chain), "That keeps every second site; two in a row have to go."),
                (|chain| every(4, chain), "Pairs twice leave one site in four."),
                (
                    |chain| {
                        let coarse = every(3, chain);
                        vec![chain[0], chain[0] * coarse[1] / coarse[0]]
                    },
                    "The ratio is right, but the bond has become weaker, and the mass with it.",
                ),
                (
                    |chain| {
                        let coarse = every(3, chain);
                        vec![coarse[1], coarse[0]]
                    },
                    "Both numbers are right, in the other order.",
                ),
            ],
            "Let one of the two sites go first; the other then has a weaker bond on one side, and more mass.",
        )),
        shown: "Two eliminations in a row leave a chain of the same form, and the ratio of its two numbers is \
                Chebyshev's polynomial for blocks of three.",
    }
}

/// Bond and mass of the chain of every `block`-th site.
fn every(block: usize, chain: &[f64]) -> Vec<f64> {
    let coarse = GaussianChain::new(chain[0], chain[1]).and_then(|chain| chain.decimated(block));
    coarse.map_or_else(|_| vec![f64::NAN; 2], |chain| vec![chain.bond(), chain.site_mass()])
}

fn exponent() -> Exercise {
    Exercise {
        id: "11-exponent",
        task: Task::Number(Number {
            expected: -0.7,
            tolerance: BY_HAND,
            mistakes: vec![
                (1.3, "That is the degree of the loss; the curvature is its second derivative."),
                (-2.0, "That is the exponent of IS, whose degree is zero."),
                (0.3, "Each of the two derivatives takes one off the degree."),
            ],
            hint: "What is the degree of this loss, and how many powers do two derivatives take off?",
        }),
        shown: "The degree alone decides how the mass depends on the target.",
    }
}
