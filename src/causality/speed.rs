//! The speed of a bound, and the smallest one.

use crate::{Error, Result};

/// A speed $v$ with the decay length $\xi$ that it belongs to: the response at distance $d$ after $t$ steps
/// is at most $e^{-(d - vt)/\xi}$.
///
/// A negative speed means that responses decay even where they are made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Speed {
    /// $v$, in nodes per step.
    pub speed: f64,
    /// $\xi$, in nodes.
    pub decay_length: f64,
}

/// So many sections of an interval leave nothing but rounding.
const SECTIONS: usize = 200;

impl Speed {
    /// $v(\mu) = \ln N(\mu)/\mu$ at its smallest, with $\xi = 1/\mu$ and $0 < \mu <$ `limit`.
    ///
    /// $\ln N$ is convex, so that $v$ has no other minimum. Row sums of at most one are refused: $v$ falls all the
    /// way to $\mu = 0$, everything decays and nothing travels.
    pub(super) fn smallest(log_norm: &dyn Fn(f64) -> f64, limit: f64) -> Result<Self> {
        if log_norm(0.0) <= 0.0 {
            return Err(Error::OutOfRange {
                name: "the largest row sum",
                value: log_norm(0.0).exp(),
                lower: 1.0_f64.next_up(),
                upper: f64::MAX,
                remedy: "everything decays, so that no smallest speed exists; ask for that at one ξ",
            });
        }
        let speed = |decay: f64| log_norm(decay) / decay;
        let decay = minimum_of(&speed, 0.0, limit);
        Ok(Self { speed: speed(decay), decay_length: decay.recip() })
    }
}

/// Where a function with one minimum has it, by golden sections of an open interval.
pub(super) fn minimum_of(function: &dyn Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let golden = 0.5 * (5f64.sqrt() - 1.0);
    let (mut low, mut high) = (low, high);
    let mut left = high - golden * (high - low);
    let mut right = low + golden * (high - low);
    let (mut at_left, mut at_right) = (function(left), function(right));
    for _ in 0..SECTIONS {
        if at_left < at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = function(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = function(right);
        }
    }
    0.5 * (low + high)
}
