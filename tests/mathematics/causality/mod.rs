//! Light cones, response bounds and tails: theorems on random input, and the audit's reference values.

mod bounds;
mod cone;
mod random;

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
    assert!(matches!(Graph::from_edges(2, &[(1, 1)]), Err(Error::InsideOf { .. })));
    assert!(matches!(Graph::chain(0), Err(Error::TooFew { .. })));
    assert!(matches!(Graph::ring(2), Err(Error::TooFew { .. })));
    assert!(matches!(Graph::random_regular(5, 3, 1), Err(Error::InsideOf { .. })));
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
