//! The light cone.

use super::*;

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
