//! Errors under a fixed kernel, and what weights do to its condition: theorems on random input, and
//! the audit's reference values.

use itakura_saito::causality::{Graph, LocalKernel};
use itakura_saito::ntk::*;
use itakura_saito::operator::Symmetric;
use itakura_saito::{Error, Result};
use ndarray::{Array2, array};
use proptest::prelude::*;

fn close(observed: f64, expected: f64, relative: f64) {
    let gap = (observed - expected).abs();
    assert!(gap <= relative * expected.abs(), "{observed:e} is not {expected:e}");
}

fn chain(nodes: usize) -> Symmetric {
    LocalKernel::by_distance(&Graph::chain(nodes).unwrap(), &[1.0, 0.4]).unwrap().matrix().unwrap()
}

fn condition(conditioning: Conditioning) -> f64 {
    conditioning.condition_number().expect("a regular kernel")
}

#[test]
fn the_kernel_of_section_14_has_the_condition_of_its_cosines() {
    let plain = Conditioning::of(&chain(64));
    close(plain.smallest, 0.2009342185341384, 1e-12);
    close(plain.largest, 1.7990657814658617, 1e-13);
    close(condition(plain), 8.953506249908367, 1e-12);
}

#[test]
fn errors_grow_at_first_and_the_weighted_norm_never_does() {
    let kernel = Symmetric::new(array![[1.0, 0.9], [0.9, 1.0]]).unwrap();
    let weighted = WeightedKernel::new(&kernel, &[1.0, 10.0]).unwrap();
    let ends = weighted.conditioning();
    close(ends.smallest, 0.00188470506255, 1e-11);
    close(ends.largest, 1.00811529493745, 1e-13);
    for (factor, expected) in [(1.0, 1.3331974504469), (1.9, 2.1075573982324)] {
        let dynamics = ErrorDynamics::new(&weighted, factor / ends.largest).unwrap();
        let growth = dynamics.jacobian_norms(300).unwrap().into_iter().fold(0.0, f64::max);
        close(growth, expected, 1e-12);
        assert!(dynamics.figure(60).unwrap().to_text().contains(&format!("{growth:.3}")));
    }
}

#[test]
fn the_jacobian_is_a_product_of_steps() {
    let kernel = chain(6);
    let targets = [1.0, 2.0, 0.5, 3.0, 1.5, 0.8];
    let dynamics =
        ErrorDynamics::new(&WeightedKernel::new(&kernel, &targets).unwrap(), 0.3).unwrap();
    // By the definition, without any eigenvalue: I - η K W.
    let step = Array2::from_shape_fn((6, 6), |(row, column)| {
        let identity = if row == column { 1.0 } else { 0.0 };
        identity - 0.3 * kernel.view()[(row, column)] / (targets[column] * targets[column])
    });
    let mut power = Array2::<f64>::eye(6);
    for time in 0..8 {
        let gap = (&dynamics.jacobian(time) - &power).mapv(f64::abs).sum();
        assert!(gap < 1e-12, "step {time}: {gap:e}");
        power = step.dot(&power);
    }
}

#[test]
fn the_best_rate_is_the_best_of_all() {
    let weighted = WeightedKernel::new(&chain(12), &[1.0; 12]).unwrap();
    let dynamics = ErrorDynamics::new(&weighted, 1.0).unwrap();
    let (best_rate, best) = dynamics.best().unwrap();
    let kappa = condition(weighted.conditioning());
    close(best, (kappa - 1.0) / (kappa + 1.0), 1e-12);
    let factor = |rate: f64| ErrorDynamics::new(&weighted, rate).unwrap().decay_factor().unwrap();
    close(factor(best_rate), best, 1e-12);
    for scale in [0.9, 0.99, 1.01, 1.1] {
        assert!(factor(scale * best_rate) > best);
    }
    // Beyond the best rate the fast mode decides, and the printed lemma promises too much.
    let fast = ErrorDynamics::new(&weighted, 1.9 / weighted.conditioning().largest).unwrap();
    close(fast.decay_factor().unwrap(), 0.9, 1e-12);
    assert!(fast.decay_factor_of_the_smallest().unwrap() < 0.8);
}

#[test]
fn a_neutral_mode_stays() {
    let kernel = Symmetric::new(Array2::ones((2, 2))).unwrap();
    let weighted = WeightedKernel::new(&kernel, &[1.0, 2.0]).unwrap();
    assert!(weighted.conditioning().condition_number().is_err());
    let dynamics = ErrorDynamics::new(&weighted, 0.5).unwrap();
    // K W maps (1, -4) to zero: e_1/y_1² + e_2/y_2² = 0.
    let after = dynamics.errors(&[1.0, -4.0], 100).unwrap();
    assert!((after[0] - 1.0).abs() < 1e-12 && (after[1] + 4.0).abs() < 1e-12);
}

#[test]
fn ten_thousand_scalings_do_not_beat_none() {
    let search = ScalingSearch::new(&chain(12), 10_000, 1).unwrap();
    assert_eq!((search.improvements(), search.condition_numbers.len()), (0, 10_000));
    // Some come close, so that the search would have found what there is to find.
    assert!(search.smallest() < 1.001 * search.unscaled);
    assert_eq!(search, ScalingSearch::new(&chain(12), 10_000, 1).unwrap());
    search.figure().unwrap();
}

#[test]
fn the_search_finds_better_scalings_where_there_are_any() {
    // The diagonal is not constant: equal targets are not the best.
    let kernel = multiplicative_kernel(&chain(3), &[1.0, 2.0, 1.0]).unwrap();
    assert!(ScalingSearch::new(&kernel, 1000, 1).unwrap().improvements() > 10);
    // Three nodes that all couple have no two classes.
    let triangle =
        Symmetric::new(array![[1.0, 0.8, 0.1], [0.8, 1.0, 0.4], [0.1, 0.4, 1.0]]).unwrap();
    assert!(ScalingSearch::new(&triangle, 5000, 1).unwrap().improvements() > 0);
}

#[test]
fn the_sweep_of_the_audit() {
    let sweep = PowerSweep::new(20, &[0.0, 0.5, 1.0, 1.5, 2.0]).unwrap();
    for (found, expected) in sweep.condition_numbers.iter().zip([
        1674.825497143,
        115.478176054529,
        15.534879041800693,
        96.68368490421688,
        1434.561942271,
    ]) {
        close(*found, expected, 1e-9);
    }
    assert_eq!(sweep.best().0, 1.0);
    sweep.figure().unwrap();
}

#[test]
fn what_is_no_kernel_or_target_is_refused() -> Result<()> {
    let kernel = chain(3);
    assert!(matches!(WeightedKernel::new(&kernel, &[1.0; 2]), Err(Error::Lengths { .. })));
    assert!(matches!(
        WeightedKernel::new(&kernel, &[1.0, -1.0, 1.0]),
        Err(Error::NotPositiveAt { value: -1.0, .. })
    ));
    let indefinite = Symmetric::new(array![[1.0, 2.0], [2.0, 1.0]])?;
    assert!(matches!(
        WeightedKernel::new(&indefinite, &[1.0; 2]),
        Err(Error::OutOfRange { lower: 0.0, .. })
    ));
    let weighted = WeightedKernel::new(&kernel, &[1.0; 3])?;
    assert!(matches!(ErrorDynamics::new(&weighted, 0.0), Err(Error::NotPositive { .. })));
    let dynamics = ErrorDynamics::new(&weighted, 0.5)?;
    assert!(matches!(dynamics.errors(&[1.0], 3), Err(Error::Lengths { .. })));
    let singular = Symmetric::new(Array2::ones((2, 2)))?;
    assert!(matches!(ScalingSearch::new(&singular, 3, 1), Err(Error::OutOfRange { .. })));
    assert!(matches!(ScalingSearch::new(&kernel, 0, 1), Err(Error::TooFew { .. })));
    assert!(matches!(PowerSweep::new(1, &[1.0]), Err(Error::TooFew { .. })));
    Ok(())
}

// Theorems on random input.

/// A kernel $G G^T$ plus a little on the diagonal, with targets over a decade and a half.
fn kernels() -> impl Strategy<Value = (Symmetric, Vec<f64>)> {
    (2usize..8).prop_flat_map(|nodes| {
        let root = prop::collection::vec(-1.0..1.0f64, nodes * nodes);
        let targets = prop::collection::vec(0.2..5.0f64, nodes);
        (root, targets).prop_map(move |(root, targets)| {
            let root = Array2::from_shape_vec((nodes, nodes), root).unwrap();
            let matrix = root.dot(&root.t()) + 0.1 * Array2::<f64>::eye(nodes);
            (Symmetric::new(matrix).unwrap(), targets)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    // P9.
    #[test]
    fn the_weighted_norm_falls_below_the_limit_and_diverges_above(
        (kernel, targets) in kernels(), share in 0.05..0.99f64, seed in 0u64..100,
    ) {
        let weighted = WeightedKernel::new(&kernel, &targets).unwrap();
        let limit = weighted.stability_limit();
        let start: Vec<f64> =
            (0..targets.len()).map(|node| ((node as u64 + seed) as f64).sin() + 0.1).collect();
        let stable = ErrorDynamics::new(&weighted, share * limit).unwrap();
        prop_assert!(stable.is_stable());
        for pair in stable.weighted_norms(&start, 30).unwrap().windows(2) {
            prop_assert!(pair[1] <= pair[0] * (1.0 + 1e-12));
        }
        let unstable = ErrorDynamics::new(&weighted, 1.05 * limit).unwrap();
        prop_assert!(!unstable.is_stable());
        let norms = unstable.jacobian_norms(400).unwrap();
        prop_assert!(norms[400] > 1e6);
    }

    #[test]
    fn transient_growth_is_at_most_the_ratio_of_targets(
        (kernel, targets) in kernels(), share in 0.05..0.99f64,
    ) {
        let weighted = WeightedKernel::new(&kernel, &targets).unwrap();
        let dynamics = ErrorDynamics::new(&weighted, share * weighted.stability_limit()).unwrap();
        let bound = weighted.target_ratio().sqrt();
        for norm in dynamics.jacobian_norms(20).unwrap() {
            prop_assert!(norm <= bound * (1.0 + 1e-10));
        }
    }

    // P10.
    #[test]
    fn ostrowski_bounds_every_eigenvalue((kernel, targets) in kernels()) {
        let weighted = WeightedKernel::new(&kernel, &targets).unwrap();
        let smallest = targets.iter().copied().fold(f64::INFINITY, f64::min);
        let largest = targets.iter().copied().fold(0.0, f64::max);
        for factor in weighted.ostrowski_factors() {
            prop_assert!(factor >= (1.0 - 1e-9) / (largest * largest));
            prop_assert!(factor <= (1.0 + 1e-9) / (smallest * smallest));
        }
        let (plain, after) = (condition(weighted.plain()), condition(weighted.conditioning()));
        prop_assert!(after <= plain * weighted.target_ratio() * (1.0 + 1e-9));
        prop_assert!(after >= plain / weighted.target_ratio() * (1.0 - 1e-9));
    }

    #[test]
    fn a_constant_diagonal_has_at_least_the_condition_of_the_weights((kernel, targets) in kernels()) {
        let diagonal: Vec<f64> = kernel.view().diag().iter().map(|value| value.sqrt().recip()).collect();
        let unit = multiplicative_kernel(&kernel, &diagonal).unwrap();
        let weighted = WeightedKernel::new(&unit, &targets).unwrap();
        let after = condition(weighted.conditioning());
        prop_assert!(after >= weighted.target_ratio() * (1.0 - 1e-9));
    }

    #[test]
    fn no_scaling_of_a_chain_beats_none(
        couplings in prop::collection::vec(-0.49..0.49f64, 9),
        targets in prop::collection::vec(0.1..10.0f64, 10),
    ) {
        let entry = |(row, column): (usize, usize)| match row.abs_diff(column) {
            0 => 1.0,
            1 => couplings[row.min(column)],
            _ => 0.0,
        };
        let kernel = Symmetric::new(Array2::from_shape_fn((10, 10), entry)).unwrap();
        let weighted = WeightedKernel::new(&kernel, &targets).unwrap();
        let (plain, after) = (condition(weighted.plain()), condition(weighted.conditioning()));
        prop_assert!(after >= plain * (1.0 - 1e-10));
    }

    #[test]
    fn multiplicative_sensitivity_cancels_the_targets((kernel, targets) in kernels()) {
        let grown = multiplicative_kernel(&kernel, &targets).unwrap();
        let weighted = WeightedKernel::new(&grown, &targets).unwrap();
        for (one, other) in weighted.symmetric_form().view().iter().zip(kernel.view()) {
            prop_assert!((one - other).abs() <= 1e-14 * other.abs().max(1e-3));
        }
    }

    #[test]
    fn a_common_factor_of_the_targets_is_a_unit((kernel, targets) in kernels(), unit in 0.1..10.0f64) {
        let scaled: Vec<f64> = targets.iter().map(|target| unit * target).collect();
        let (one, other) = (
            WeightedKernel::new(&kernel, &targets).unwrap(),
            WeightedKernel::new(&kernel, &scaled).unwrap(),
        );
        let ratio = other.stability_limit() / one.stability_limit();
        prop_assert!((ratio / (unit * unit) - 1.0).abs() < 1e-10);
        let conditions = (condition(one.conditioning()), condition(other.conditioning()));
        prop_assert!((conditions.0 / conditions.1 - 1.0).abs() < 1e-9);
    }
}
