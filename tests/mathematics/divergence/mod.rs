//! The theorems about the divergence, as properties of arbitrary targets and predictions.

mod families;
mod input;
mod links;
mod shape;
mod statistics;

use itakura_saito::Error;
use itakura_saito::divergence::*;
use ndarray::{ArrayD, IxDyn};
use proptest::collection::vec;
use proptest::prelude::*;

/// A few roundings of numbers that do not cancel.
const ROUNDING: f64 = 1e-14;
/// A five-point difference with a relative step of 1e-3: its truncation is the fourth power.
const FINITE_DIFFERENCE: f64 = 1e-8;
/// Trapezoidal sums of a few hundred terms.
const QUADRATURE: f64 = 1e-12;

fn positive(value: f64) -> Positive {
    Positive::new(value).expect("a positive number in a test")
}

fn sample(values: &[f64]) -> PositiveArray {
    PositiveArray::from_vec(values.to_vec()).expect("a positive sample in a test")
}

/// Numbers over `decades` decades on either side of one.
fn number(decades: f64) -> impl Strategy<Value = Positive> {
    (-decades..decades).prop_map(|exponent| positive(10f64.powf(exponent)))
}

/// Every positive `f64` below `limit`, the subnormal ones included.
fn any_below(limit: f64) -> impl Strategy<Value = Positive> {
    (1..limit.to_bits()).prop_map(|bits| positive(f64::from_bits(bits)))
}

fn any_positive() -> impl Strategy<Value = Positive> {
    any_below(f64::INFINITY)
}

fn divergences() -> Vec<Divergence> {
    let exponents = [-2.0, -1.0, 0.0, 1e-9, 0.5, 1.0, 1.5, 2.0, 3.0];
    let beta = exponents.map(|exponent| Divergence::Beta(BetaDivergence::new(exponent).unwrap()));
    let mut all = vec![Divergence::ItakuraSaito, Divergence::ReversedItakuraSaito];
    all.extend(beta);
    all.extend(FDivergence::ALL.map(Divergence::Weighted));
    all
}

fn any_loss() -> impl Strategy<Value = Loss> {
    let mut all = vec![Loss::MeanSquaredError, Loss::SquaredLogarithm];
    all.extend(divergences().into_iter().map(Loss::from));
    proptest::sample::select(all)
}

fn any_divergence() -> impl Strategy<Value = Divergence> {
    proptest::sample::select(divergences())
}

/// The five-point difference quotient of a function of the prediction.
fn difference_quotient(function: impl Fn(Positive) -> f64, prediction: Positive) -> f64 {
    let step = 1e-3 * prediction.get();
    let at = |multiple: f64| function(positive(prediction.get() + multiple * step));
    (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * step)
}
