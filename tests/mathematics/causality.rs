//! Light cones, response bounds and tails: theorems on random input, and the audit's reference values.

use itakura_saito::causality::*;
use itakura_saito::divergence::Divergence;
use itakura_saito::operator::{Operator, Symmetric};
use itakura_saito::{Error, Result};
use ndarray::Array2;
use proptest::prelude::*;

fn close(observed: f64, expected: f64, relative: f64) {
    let gap = (observed - expected).abs();
    assert!(gap <= relative * expected.abs(), "{observed:e} is not {expected:e}");
}

fn chain(nodes: usize) -> LocalKernel {
    LocalKernel::by_distance(&Graph::chain(nodes).unwrap(), &[1.0, 0.4]).unwrap()
}

fn slope_of_targets(nodes: u32) -> Vec<f64> {
    (0..nodes).map(|node| 1.0 + 0.1 * f64::from(node)).collect()
}

// Graphs.

#[test]
fn graphs_have_the_distances_that_can_be_counted() {
    let lattice = Graph::lattice(&[3, 4, 5]).unwrap();
    assert_eq!((lattice.node_count(), lattice.diameter()), (60, 2 + 3 + 4));
    // Row-major: the far corner is the last node.
    assert_eq!(lattice.distances(0)[59], 9);
    assert_eq!(Graph::ring(64).unwrap().diameter(), 32);
    assert_eq!(Graph::chain(1).unwrap().diameter(), 0);
    let ring = Graph::small_world(200, 2, 0.0, 1).unwrap();
    let world = Graph::small_world(200, 2, 0.1, 1).unwrap();
    assert_eq!(ring.diameter(), 50);
    assert!(world.diameter() < 20, "{}", world.diameter());
    assert_eq!(world, Graph::small_world(200, 2, 0.1, 1).unwrap());
    assert_ne!(world, Graph::small_world(200, 2, 0.1, 2).unwrap());
}

#[test]
fn what_is_no_graph_is_refused() {
    assert!(matches!(
        Graph::from_edges(4, &[(0, 1), (2, 3)]),
        Err(Error::Disconnected { from: 0, to: 2 })
    ));
    assert!(matches!(Graph::from_edges(2, &[(0, 2)]), Err(Error::OutOfRange { .. })));
    assert!(matches!(Graph::from_edges(2, &[(1, 1)]), Err(Error::OutOfRange { .. })));
    assert!(matches!(Graph::chain(0), Err(Error::TooFew { .. })));
    assert!(matches!(Graph::ring(2), Err(Error::TooFew { .. })));
    assert!(matches!(Graph::random_regular(5, 3, 1), Err(Error::OutOfRange { .. })));
    assert!(matches!(Graph::random_regular(6, 1, 1), Err(Error::NotDrawn { .. })));
    assert!(matches!(Graph::small_world(9, 5, 0.1, 1), Err(Error::OutOfRange { .. })));
}

// Kernels.

#[test]
fn what_is_no_kernel_is_refused() {
    let graph = Graph::chain(12).unwrap();
    let bound = 1.0 / (2.0 * (std::f64::consts::PI / 13.0).cos());
    assert!(LocalKernel::by_distance(&graph, &[1.0, bound * (1.0 - 1e-9)]).is_ok());
    assert!(matches!(
        LocalKernel::by_distance(&graph, &[1.0, bound * (1.0 + 1e-9)]),
        Err(Error::NotPositiveDefinite { .. })
    ));
    assert!(matches!(LocalKernel::by_distance(&graph, &[]), Err(Error::Empty { .. })));
    assert!(matches!(
        LocalKernel::by_distance(&graph, &[1.0; 13]),
        Err(Error::OutOfRange { upper: 11.0, .. })
    ));
    let skew = ndarray::array![[1.0, 0.5], [0.4, 1.0]];
    assert!(matches!(Symmetric::new(skew), Err(Error::NotSymmetric { .. })));
    let kernel = chain(3);
    assert!(matches!(
        GradientStep::new(&kernel, &[1.0, 0.0, 1.0], 0.5),
        Err(Error::NotPositiveAt { value: 0.0, .. })
    ));
    for rate in [0.0, -0.1, f64::NAN] {
        assert!(matches!(
            GradientStep::new(&kernel, &[1.0; 3], rate),
            Err(Error::NotPositive { .. })
        ));
    }
    assert!(matches!(GradientStep::new(&kernel, &[1.0; 4], 0.5), Err(Error::Lengths { .. })));
    let step = GradientStep::new(&kernel, &[1.0; 3], 0.5).unwrap();
    assert!(matches!(LightCone::new(&step, 3, 1), Err(Error::OutOfRange { .. })));
    assert!(matches!(step.momentum_response(0, 1.0, 1), Err(Error::OutOfRange { .. })));
    assert!(matches!(step.with_decay(-0.1), Err(Error::OutOfRange { .. })));
}

#[test]
fn a_singular_kernel_is_a_kernel() {
    // All ones: rank one, and every eigenvalue but one is zero.
    let matrix = Symmetric::new(Array2::ones((5, 5))).unwrap();
    let kernel = LocalKernel::from_matrix(&Graph::chain(5).unwrap(), &matrix).unwrap();
    assert_eq!(kernel.range(), 4);
    assert!(matches!(newton_response(&kernel, 0), Err(Error::OutOfRange { .. })));
}

// The light cone.

#[test]
fn the_entries_of_the_audit() {
    let step = GradientStep::new(&chain(12), &slope_of_targets(12), 0.5).unwrap();
    let jacobian = BandedJacobian::after(&step, 4).unwrap();
    close(jacobian.entry(6, 2), 1.490843981686473e-4, 1e-13);
    close(jacobian.entry(2, 6), 8.385997396986408e-5, 1e-13);
    assert_eq!(jacobian.entry(7, 2), 0.0);
    let cone = LightCone::new(&step, 2, 4).unwrap();
    close(cone.response(4, 6), 1.490843981686473e-4, 1e-13);
    assert_eq!(cone.response(4, 7), 0.0);
}

#[test]
fn the_front_is_a_product_of_couplings() {
    let targets = slope_of_targets(12);
    let (rate, beta) = (0.5, 0.4);
    let step = GradientStep::new(&chain(12), &targets, rate).unwrap();
    for time in 0..8 {
        let jacobian = BandedJacobian::after(&step, time).unwrap();
        for start in 0..12 - time {
            let front: f64 =
                targets[start..start + time].iter().map(|y| -rate * beta / (y * y)).product();
            close(jacobian.entry(start + time, start), front, 1e-13);
        }
    }
}

#[test]
fn arrivals_at_a_threshold_depend_on_rate_and_target() {
    let first = |target: f64, rate: f64| {
        // Long enough for both ends to be out of reach.
        let step = GradientStep::new(&chain(801), &[target; 801], rate).unwrap();
        let cone = LightCone::new(&step, 400, 380).unwrap();
        assert_eq!(cone.first_arrival(405, 0.0), Some(5));
        assert_eq!(cone.first_arrival(420, 1e-6), None);
        [405, 410].map(|node| cone.first_arrival(node, 1e-6).unwrap())
    };
    assert_eq!(first(1.0, 0.5), [5, 12]);
    assert_eq!(first(1.0, 0.1), [7, 45]);
    assert_eq!(first(2.0, 0.5), [6, 37]);
    assert_eq!(first(2.0, 0.1), [20, 172]);
    assert_eq!(first(0.9, 0.1), [6, 37]);
}

#[test]
fn the_cone_dissolves_when_steps_become_small() {
    let flow = LiebRobinson::gradient_flow(1.0, 0.4, 3.0, 10).unwrap();
    close(flow, 9.676383246349e-8, 1e-12);
    let entry = |steps: usize| {
        let step = GradientStep::new(&chain(81), &[1.0; 81], 3.0 / steps as f64).unwrap();
        let mut start = vec![0.0; 81];
        start[40] = 1.0;
        step.repeated(&start, steps).unwrap()[50]
    };
    // Nine steps cannot reach distance ten; many small ones approach the flow, with an error of first order.
    assert_eq!(entry(9), 0.0);
    let errors = [1000, 2000, 4000].map(|steps| (entry(steps) / flow - 1.0).abs());
    for pair in errors.windows(2) {
        assert!((pair[0] / pair[1] - 2.0).abs() < 0.05, "{errors:?}");
    }
}

#[test]
fn momentum_and_decay_keep_the_cone_and_newton_has_none() {
    let step = GradientStep::new(&chain(12), &slope_of_targets(12), 0.5).unwrap();
    let momentum = step.momentum_response(0, 0.9, 11).unwrap();
    let decayed = LightCone::new(&step.with_decay(0.05).unwrap(), 0, 11).unwrap();
    assert_eq!(decayed.largest_outside(), 0.0);
    for (time, responses) in momentum.iter().enumerate() {
        for (node, response) in responses.iter().enumerate() {
            assert_eq!(*response == 0.0, node > time, "step {time}, node {node}");
            assert_eq!(
                decayed.response(time, node) == 0.0,
                node > time,
                "step {time}, node {node}"
            );
        }
    }
    assert!(newton_response(&chain(12), 0).unwrap().iter().all(|value| value.abs() > 1e-5));
}

#[test]
fn the_map_itself_has_the_cone_under_every_loss() {
    let targets = slope_of_targets(12);
    let start: Vec<f64> = targets.iter().map(|target| 1.2 * target).collect();
    for loss in [
        Divergence::ItakuraSaito,
        Divergence::ReversedItakuraSaito,
        Divergence::SQUARED_ERROR,
        Divergence::KULLBACK_LEIBLER,
    ] {
        let descent = NonlinearDescent::new(&chain(12), loss, &targets, 0.3).unwrap();
        for steps in 0..6 {
            let path = descent.run(&start, steps).unwrap();
            for ((row, column), entry) in path.jacobian.indexed_iter() {
                assert_eq!(*entry == 0.0, row.abs_diff(column) > steps, "{loss}, {steps} steps");
            }
        }
    }
}

#[test]
fn the_jacobian_of_the_map_is_its_derivative() {
    let targets = slope_of_targets(6);
    let start: Vec<f64> = targets.iter().map(|target| 1.2 * target).collect();
    let descent =
        NonlinearDescent::new(&chain(6), Divergence::ItakuraSaito, &targets, 0.3).unwrap();
    let jacobian = descent.run(&start, 4).unwrap().jacobian;
    for moved in 0..6 {
        let end = |by: f64| {
            let mut start = start.clone();
            start[moved] += by;
            descent.run(&start, 4).unwrap().predictions.row(4).to_owned()
        };
        let difference = (end(1e-5) - end(-1e-5)) / 2e-5;
        for (node, slope) in difference.iter().enumerate() {
            assert!((slope - jacobian[(node, moved)]).abs() < 1e-8);
        }
    }
}

#[test]
fn the_linear_map_errs_by_the_square_of_the_start() {
    let targets: Vec<f64> = (0..8).map(|node| 1.0 + 0.25 * f64::from(node)).collect();
    let descent =
        NonlinearDescent::new(&chain(8), Divergence::ItakuraSaito, &targets, 0.5).unwrap();
    let error = |size: f64| {
        let at = |(node, y): (usize, &f64)| y * (1.0 + size * (node as f64).cos());
        let start: Vec<f64> = targets.iter().enumerate().map(at).collect();
        descent.linearisation_error(&start, 10).unwrap()
    };
    close(error(0.1), 0.009923671205089274, 1e-10);
    close(error(0.01), 9.759804962862668e-5, 1e-10);
    close(error(0.001), 9.7398587631e-7, 1e-8);
}

#[test]
fn the_jacobian_in_its_band_is_to_the_bit_that_of_the_cones_on_any_graph() {
    let graphs = [
        Graph::chain(17).unwrap(),
        Graph::chain(75).unwrap(),
        Graph::ring(12).unwrap(),
        Graph::lattice(&[4, 5]).unwrap(),
        Graph::lattice(&[11, 3]).unwrap(),
        Graph::random_regular(20, 3, 7).unwrap(),
    ];
    for graph in graphs {
        let kernel = LocalKernel::by_distance(&graph, &[1.0, 0.2, 0.05]).unwrap();
        let targets: Vec<f64> =
            (0..graph.node_count()).map(|node| 1.0 + (node as f64).sin().powi(2)).collect();
        let step = GradientStep::new(&kernel, &targets, 0.4).unwrap();
        let jacobian = BandedJacobian::after(&step, 3).unwrap();
        for source in 0..graph.node_count() {
            let cone = LightCone::new(&step, source, 3).unwrap();
            assert_eq!(cone.largest_outside(), 0.0);
            for (node, distance) in graph.distances(source).into_iter().enumerate() {
                assert_eq!(cone.response(3, node), jacobian.entry(node, source));
                assert!(distance <= 6 || jacobian.entry(node, source) == 0.0);
            }
        }
    }
}

#[test]
fn memory_grows_with_the_band() {
    let stored = |nodes: usize, steps: usize| {
        let step = GradientStep::new(&chain(nodes), &vec![1.0; nodes], 0.5).unwrap();
        BandedJacobian::after(&step, steps).unwrap().stored()
    };
    assert_eq!(stored(512, 64), 512 * 129);
    assert_eq!(stored(1024, 64), 1024 * 129);
    assert_eq!(stored(512, 32), 512 * 65);
    // All n² numbers would take 320 gigabytes.
    assert_eq!(stored(200_000, 3), 200_000 * 7);
}

/// A fraction, for arithmetic without rounding.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Fraction {
    over: i128,
    under: i128,
}

impl Fraction {
    fn new(over: i128, under: i128) -> Self {
        let (mut one, mut other) = (over.abs(), under.abs());
        while other != 0 {
            (one, other) = (other, one % other);
        }
        let divisor = one.max(1) * under.signum();
        Self { over: over / divisor, under: under / divisor }
    }

    fn plus(self, other: Self) -> Self {
        let over = self.over * other.under + other.over * self.under;
        Self::new(over, self.under * other.under)
    }

    fn times(self, other: Self) -> Self {
        let (one, two) = (Self::new(self.over, other.under), Self::new(other.over, self.under));
        Self::new(one.over * two.over, one.under * two.under)
    }

    fn value(self) -> f64 {
        self.over as f64 / self.under as f64
    }
}

#[test]
fn zeros_outside_the_cone_are_zeros_in_rational_arithmetic() {
    // α = 1, β = 2/5, η = 1/2, y_i = 1 + i/10 on six nodes.
    const NODES: usize = 6;
    let weight = |node: i128| Fraction::new(100, (10 + node) * (10 + node));
    let entry = |row: usize, column: usize| {
        let kernel = match row.abs_diff(column) {
            0 => Fraction::new(1, 1),
            1 => Fraction::new(2, 5),
            _ => Fraction::new(0, 1),
        };
        let identity = Fraction::new(i128::from(row == column), 1);
        identity.plus(kernel.times(weight(column as i128)).times(Fraction::new(-1, 2)))
    };
    let step = GradientStep::new(&chain(NODES), &slope_of_targets(6), 0.5).unwrap();
    let mut column = [Fraction::new(0, 1); NODES];
    column[0] = Fraction::new(1, 1);
    for time in 1..=4 {
        column = std::array::from_fn(|row| {
            let products = (0..NODES).map(|inner| entry(row, inner).times(column[inner]));
            products.fold(Fraction::new(0, 1), Fraction::plus)
        });
        let jacobian = BandedJacobian::after(&step, time).unwrap();
        for (row, exact) in column.iter().enumerate() {
            assert_eq!(exact.over == 0, row > time, "row {row} after {time} steps");
            assert!((jacobian.entry(row, 0) - exact.value()).abs() <= 1e-15);
        }
    }
}

// Theorem 8.1.

#[test]
fn the_speeds_of_the_audit() {
    let coupling = Coupling::nearest_neighbour(&Graph::chain(41).unwrap(), 0.5, 0.4).unwrap();
    close(coupling.speed(20, 1.0).unwrap(), 0.5506987247520038, 1e-14);
    let smallest = coupling.optimal_speed(20).unwrap();
    close(smallest.speed, 0.5506105514991246, 1e-13);
    close(1.0 / smallest.decay_length, 1.020643, 1e-6);
    // The bound for all pairs at once has e^(1/ξ) on both sides.
    close(coupling.uniform_row_sum(1.0).unwrap(), 0.5 + 0.8 * 1f64.exp(), 1e-14);
    let lazy = Coupling::nearest_neighbour(&Graph::chain(41).unwrap(), 0.5, 0.2).unwrap();
    assert!(matches!(lazy.optimal_speed(20), Err(Error::OutOfRange { .. })));
    assert!(lazy.speed(20, 100.0).unwrap() < 0.0);
}

#[test]
fn correlations_of_a_product_measure_have_the_cone_and_a_common_mode_has_none() {
    let coupling = Coupling::nearest_neighbour(&Graph::ring(64).unwrap(), 0.5, 0.25).unwrap();
    let of = |x, start| coupling.covariance(x, 0, 3, start).unwrap();
    assert_eq!(of(3, Start::Independent), 0.015625);
    assert_eq!(of(10, Start::Independent), 0.0);
    assert_eq!(coupling.equal_time_covariance(3, 0, 3, Start::Independent).unwrap(), 0.0537109375);
    for distance in 0..=32 {
        assert_eq!(of(distance, Start::CommonMode), 1.0);
    }
    assert_eq!(coupling.steps_to_reach(10, 0).unwrap(), 10);
}

#[test]
fn continuous_time_has_tails_and_a_speed() {
    let chain = LiebRobinson::new(1.0).unwrap();
    close(LiebRobinson::tilt(), 1.199678640257734, 1e-14);
    close(chain.speed(), 3.0177591230766403, 1e-14);
    close(chain.response(10, 1.0).unwrap(), 3.016963879350684e-7, 1e-13);
    close(chain.bound(10, 1.0).unwrap(), 2.433100019331e-6, 1e-12);
    close(chain.response(30, 5.0).unwrap(), 7.78756978316305e-12, 1e-13);
    close(chain.bound(30, 5.0).unwrap(), 1.0999159355560721e-10, 1e-13);
    assert!(LiebRobinson::new(0.0).is_err() && chain.response(1, -1.0).is_err());
}

// Tails.

#[test]
fn the_tails_of_the_audit() {
    let kernel = ExponentialKernel::new(1.0, 1.0, 1.0).unwrap();
    close(kernel.power_entry(2, 10).unwrap(), 5.13611007362182e-4, 1e-13);
    close(kernel.same_rate_ratio(10), 11.3130352854993, 1e-14);
    close(kernel.same_rate_ratio(100), 101.313035285499, 1e-14);
    close(kernel.speed(2.0, Tilt::Distance).unwrap(), 2.81365822749459, 1e-14);
    let displaced = kernel.optimal_speed(Tilt::Displacement).unwrap();
    close(displaced.speed, 1.978095943725, 1e-12);
    close(1.0 / displaced.decay_length, 0.62844, 1e-5);
    let by_distance = kernel.optimal_speed(Tilt::Distance).unwrap();
    close(by_distance.speed, 2.696070173926, 1e-12);
    close(1.0 / by_distance.decay_length, 0.63711, 1e-5);
    for (steps, exact, bound) in [
        (5, -28.1054297681, -24.2048637751),
        (10, -52.6487450067, -48.4097275502),
        (20, -101.4009815762, -96.8194551004),
        (40, -198.5649780225, -193.6389102009),
    ] {
        close(kernel.log_power_entry(steps, 8 * steps).unwrap(), exact, 1e-12);
        let (best, rate) = kernel.optimal_log_bound(steps, 8 * steps).unwrap();
        close(best, bound, 1e-12);
        close(rate, 0.884653, 1e-6);
    }
}

#[test]
fn powers_of_the_infinite_chain_are_those_of_a_long_one() {
    let kernel = ExponentialKernel::new(0.7, 1.5, 1.2).unwrap();
    // A finite matrix, long enough that its ends are e^(-80) away.
    let weight = 1.0 / (1.2 * 1.2);
    let entry =
        |(row, column): (usize, usize)| 0.7 * weight * (-(row.abs_diff(column) as f64) / 1.5).exp();
    let matrix = Array2::from_shape_fn((261, 261), entry);
    let mut power = Array2::<f64>::eye(261);
    for steps in 1..=4 {
        power = power.dot(&matrix);
        for distance in [0, 1, 5, 20] {
            close(kernel.power_entry(steps, distance).unwrap(), power[(130, 130 + distance)], 1e-9);
        }
    }
}

#[test]
fn what_has_no_tail_is_refused() {
    assert!(matches!(ExponentialKernel::new(1.0, 0.0, 1.0), Err(Error::NotPositive { .. })));
    assert!(matches!(ExponentialKernel::new(1.0, 1.0, -1.0), Err(Error::NotPositive { .. })));
    let kernel = ExponentialKernel::new(1.0, 1.0, 1.0).unwrap();
    assert!(matches!(kernel.speed(1.0, Tilt::Distance), Err(Error::OutOfRange { .. })));
    assert!(matches!(kernel.power_entry(0, 3), Err(Error::TooFew { .. })));
    // Row sums of one half: everything decays.
    let weak = ExponentialKernel::new(0.5 * 0.5f64.tanh(), 1.0, 1.0).unwrap();
    assert!(matches!(weak.optimal_speed(Tilt::Distance), Err(Error::OutOfRange { .. })));
}

#[test]
fn every_result_has_a_figure() -> Result<()> {
    let step = GradientStep::new(&chain(12), &slope_of_targets(12), 0.5)?;
    let cone = LightCone::new(&step, 0, 10)?;
    assert!(cone.figure()?.to_text().contains("exactly zero"));
    assert!(cone.arrival_figure(&[1e-3, 1e-6])?.to_svg().contains("support"));
    assert!(cone.arrival_figure(&[0.0]).is_err());
    let frames = LightCone::frames(&step, 10)?;
    assert_eq!(frames.frame_count(), 11);
    let coupling = Coupling::nearest_neighbour(&Graph::ring(64)?, 0.5, 0.25)?;
    coupling.figure(0, 5, 1.0)?;
    assert!(coupling.correlation_figure(0, 3)?.to_text().contains("1.000 at every distance"));
    let kernel = ExponentialKernel::new(1.0, 1.0, 1.0)?;
    kernel.figure(4, 40, 2.0)?;
    kernel.same_rate_figure(100)?;
    Ok(())
}

// Theorems on random input.

/// A symmetric positive definite matrix with a band, its targets and a rate.
fn banded() -> impl Strategy<Value = (usize, Vec<f64>, Vec<f64>, f64)> {
    (2usize..=3, 8usize..=14).prop_flat_map(|(range, nodes)| {
        let values = prop::collection::vec(-1.0..1.0f64, nodes * (range + 1));
        let targets = prop::collection::vec(0.2..5.0f64, nodes);
        (Just(range), values, targets, 0.01..1.0f64)
    })
}

/// $G G^T$ with a band $G$ of half the range, plus one on the diagonal.
fn kernel_of(range: usize, values: &[f64], nodes: usize) -> LocalKernel {
    let half = range.div_ceil(2);
    let root = Array2::from_shape_fn((nodes, nodes), |(row, column)| {
        match row >= column && row - column <= half {
            true => values[row * (range + 1) + row - column],
            false => 0.0,
        }
    });
    let matrix = root.dot(&root.t()) + Array2::<f64>::eye(nodes);
    LocalKernel::from_matrix(&Graph::chain(nodes).unwrap(), &Symmetric::new(matrix).unwrap())
        .unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    // P8.
    #[test]
    fn the_jacobian_is_exactly_zero_outside_the_cone((range, values, targets, rate) in banded()) {
        let nodes = targets.len();
        let kernel = kernel_of(range, &values, nodes);
        let step = GradientStep::new(&kernel, &targets, rate).unwrap();
        let flat = GradientStep::new(&kernel, &vec![1.0; nodes], rate).unwrap();
        for source in 0..nodes {
            let cone = LightCone::new(&step, source, 4).unwrap();
            prop_assert_eq!(cone.largest_outside(), 0.0);
            // The weights scale amplitudes; the support is that of equal targets.
            let other = LightCone::new(&flat, source, 4).unwrap();
            prop_assert_eq!(other.largest_outside(), 0.0);
            for node in 0..nodes {
                let arrivals = (cone.first_arrival(node, 0.0), other.first_arrival(node, 0.0));
                prop_assert_eq!(arrivals.0, arrivals.1);
            }
        }
    }

    #[test]
    fn jacobians_are_a_semigroup((range, values, targets, rate) in banded()) {
        let nodes = targets.len();
        let step = GradientStep::new(&kernel_of(range, &values, nodes), &targets, rate).unwrap();
        let full = |steps: usize| {
            let jacobian = BandedJacobian::after(&step, steps).unwrap();
            Array2::from_shape_fn((nodes, nodes), |(row, column)| jacobian.entry(row, column))
        };
        let (two, three, five) = (full(2), full(3), full(5));
        let product = two.dot(&three);
        let size = five.iter().fold(0.0_f64, |size, value| size.max(value.abs()));
        for (one, other) in product.iter().zip(&five) {
            prop_assert!((one - other).abs() <= 1e-12 * size);
        }
    }

    // The corrected Theorem 8.1, on random sparse updates of random graphs.
    #[test]
    fn responses_stay_below_the_bound(seed in 0u64..1000, decay_length in 0.2..5.0f64) {
        let graph = Graph::random_regular(16, 3, seed).unwrap();
        let weight = |x: usize, y: usize| ((x * 31 + y * 17 + seed as usize) % 97) as f64 / 97.0;
        let row = |node: usize| {
            let others = graph.neighbours(node).iter().map(|&other| (other, weight(node, other)));
            others.chain([(node, weight(node, node))]).collect()
        };
        let coupling = Coupling::new(&graph, (0..16).map(row).collect()).unwrap();
        let distances = graph.distances(3);
        for steps in 0..6 {
            let responses = coupling.responses(3, steps).unwrap();
            let bounds = coupling.bounds(3, steps, decay_length).unwrap();
            for node in 0..16 {
                prop_assert!(responses[node] <= bounds[node] * (1.0 + 1e-12));
                prop_assert!(distances[node] <= steps || responses[node] == 0.0);
            }
        }
        let (around, uniform) =
            (coupling.weighted_row_sum(3, decay_length), coupling.uniform_row_sum(decay_length));
        prop_assert!(around.unwrap() <= uniform.unwrap() * (1.0 + 1e-12));
    }

    // P11.
    #[test]
    fn weighted_norms_bound_every_entry_at_every_smaller_rate(
        share in 0.05..0.95f64, steps in 1usize..12, distance in 0usize..60,
        amplitude in 0.1..2.0f64, target in 0.5..2.0f64,
    ) {
        let kernel = ExponentialKernel::new(amplitude, 1.3, target).unwrap();
        let decay_length = 1.3 / share;
        let entry = kernel.power_entry(steps, distance).unwrap();
        for tilt in [Tilt::Distance, Tilt::Displacement] {
            let bound = kernel.bound(steps, distance, decay_length, tilt).unwrap();
            prop_assert!(entry <= bound * (1.0 + 1e-11), "{entry:e} above {bound:e}");
        }
        let factor = kernel.step_factor(decay_length, Tilt::Displacement).unwrap();
        let wider = kernel.step_factor(decay_length, Tilt::Distance).unwrap();
        prop_assert!(factor <= wider * (1.0 + 1e-12));
    }

    #[test]
    fn the_square_has_its_closed_form(distance in 0usize..200, decay_length in 0.3..4.0f64) {
        let kernel = ExponentialKernel::new(1.0, decay_length, 1.0).unwrap();
        let found = kernel.log_power_entry(2, distance).unwrap();
        let closed = kernel.same_rate_ratio(distance).ln() - distance as f64 / decay_length;
        prop_assert!((found - closed).abs() <= 1e-12 * closed.abs().max(1.0));
    }

    #[test]
    fn the_factor_of_a_product_is_at_most_the_product_of_factors(
        weights in prop::collection::vec(0.0..1.0f64, 48), decay_length in 0.3..5.0f64,
    ) {
        let graph = Graph::ring(16).unwrap();
        let of = |shift: usize| {
            let row = |node: usize| {
                [(node, 0), ((node + 1) % 16, 1), ((node + 15) % 16, 2)]
                    .map(|(other, place)| (other, weights[(3 * node + place + shift) % 48]))
                    .to_vec()
            };
            Coupling::new(&graph, (0..16).map(row).collect()).unwrap()
        };
        let (one, two) = (of(0), of(7));
        let columns: Vec<Vec<f64>> = (0..16)
            .map(|source| {
                let inner = two.responses(source, 1).unwrap();
                let parts = (0..16).map(|node| (one.responses(node, 1).unwrap(), inner[node]));
                parts.fold(vec![0.0; 16], |sum, (column, weight)| {
                    sum.iter().zip(column).map(|(sum, value)| sum + weight * value).collect()
                })
            })
            .collect();
        let rows = (0..16).map(|row| (0..16).map(|at| (at, columns[at][row])).collect()).collect();
        let product = Coupling::new(&graph, rows).unwrap();
        let norm = |coupling: &Coupling| coupling.uniform_row_sum(decay_length).unwrap();
        prop_assert!(norm(&product) <= norm(&one) * norm(&two) * (1.0 + 1e-12));
    }
}

#[test]
fn a_local_kernel_is_an_operator() {
    let kernel = chain(5);
    let image = kernel.applied(&[0.0, 1.0, 0.0, 0.0, 2.0]);
    assert_eq!(image, [0.4, 1.0, 0.4, 0.8, 2.0]);
    assert_eq!(kernel.matrix().unwrap().applied(&[0.0, 1.0, 0.0, 0.0, 2.0]), image);
}
