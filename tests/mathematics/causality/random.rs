//! Theorems on random input.

use super::*;

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
