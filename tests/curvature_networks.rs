//! Lanczos on the Hessians of networks: against PyTorch's spectra (set A) and the dense solver.

mod set_a;

use itakura_saito::curvature::*;
use itakura_saito::network::{CurvatureOperator, Loss};
use itakura_saito::operator::Operator;
use set_a::SetA;

/// Eigenvalues agree to this, relative to the largest: rounding of sums of some thousand terms.
const EIGENVALUE: f64 = 1e-9;

fn loss(name: &str) -> Loss {
    match name {
        "mse" => Loss::MeanSquaredError,
        "is" => Loss::ITAKURA_SAITO,
        _ => panic!("set A has no loss {name}"),
    }
}

fn hessian(set: &SetA, name: &str) -> CurvatureOperator {
    set.objective(loss(name), "eval", 1).hessian(&set.parameters).expect("a Hessian")
}

fn agree(found: &[f64], expected: &[f64], scale: f64, what: &str) {
    assert!(found.len() >= expected.len(), "{what}");
    for (one, other) in found.iter().zip(expected) {
        assert!((one - other).abs() <= EIGENVALUE * scale, "{what}: {one} {other}");
    }
}

#[test]
fn both_ends_of_tiny_cnn_are_those_of_set_a_and_of_the_dense_solver() {
    let set = SetA::read("cnn");
    for name in ["mse", "is"] {
        let case = set.case("eval", name);
        let hessian = hessian(&set, name);
        let spectrum = eigenvalues_at_the_ends(&hessian, &Ends::new(20, 10)).expect("a spectrum");
        assert!(spectrum.is_converged());
        let (top, mut bottom) = (case.numbers("top20"), case.numbers("bottom10"));
        bottom.sort_by(f64::total_cmp);
        agree(&spectrum.top_values(), &top, top[0], name);
        agree(&spectrum.bottom_values(), &bottom, top[0], name);
        let dense = hessian.objective().dense_hessian(&set.parameters).expect("all entries");
        let last = &spectrum.top[19];
        let counts = inertia(&dense, last.value - 1e3 * last.bound).expect("a number");
        assert_eq!(counts.above, 20, "{name}: none was missed");
    }
}

#[test]
fn trace_density_and_parts_of_tiny_cnn_are_those_of_the_dense_matrix() {
    let set = SetA::read("cnn");
    for name in ["mse", "is"] {
        let case = set.case("eval", name);
        let hessian = hessian(&set, name);
        let (trace, square) = (case.number("trace"), case.number("frobenius").powi(2));
        for estimate in [
            hutchinson(&hessian, 60, 1).expect("a trace"),
            hutch_plus_plus(&hessian, 60, 1).expect("a trace"),
        ] {
            let errors = (estimate.value - trace).abs() / estimate.standard_error;
            assert!(errors < 4.0, "{name}: {estimate:?} {trace}");
        }
        let density = SpectralDensity::estimate(&hessian, 10, 20, 2).expect("a density");
        for (order, exact) in [(1, trace / 401.0), (2, square / 401.0)] {
            let moment = density.moment(order);
            assert!((moment.value - exact).abs() < 4.0 * moment.standard_error, "{name} {order}");
        }
        let parts = curvature_parts(&hessian, 40, 3).expect("parts");
        assert!((parts.hessian.value - square).abs() < 4.0 * parts.hessian.standard_error);
        assert!((0.05..1.0).contains(&parts.residual_share), "{parts:?}");
    }
}

#[test]
fn blocks_of_layers_lie_within_the_spectrum_and_share_a_vector() {
    let set = SetA::read("cnn");
    let hessian = hessian(&set, "is");
    let spectrum = eigenvalues_at_the_ends(&hessian, &Ends::new(1, 1)).expect("a spectrum");
    let blocks = layer_blocks(&hessian, &spectrum.top[0].vector).expect("six blocks");
    assert_eq!(blocks.iter().map(|block| block.size).sum::<usize>(), 401);
    assert!((blocks.iter().map(|block| block.share).sum::<f64>() - 1.0).abs() < 1e-12);
    let (top, bottom) = (spectrum.top[0].value, spectrum.bottom[0].value);
    let mut offset = 0;
    for block in &blocks {
        assert!(block.largest <= top + 1e-10 && block.smallest >= bottom - 1e-10, "{block:?}");
        let range = offset..offset + block.size;
        offset = range.end;
        let dense = hessian.objective().hessian_block(&set.parameters, range).expect("a block");
        let exact = dense.eigenvalues();
        assert!((block.largest - exact[exact.len() - 1]).abs() < 1e-9 * top, "{block:?}");
        assert!((block.smallest - exact[0]).abs() < 1e-9 * top, "{block:?}");
    }
    assert!(layer_blocks(&hessian, &[1.0]).unwrap_err().to_string().contains("401"));
    assert!(
        layer_blocks(&hessian, &vec![0.0; 401]).unwrap_err().to_string().contains("eigenvector")
    );
}

#[test]
fn the_published_algorithm_copies_the_first_eigenvalue_of_a_network_too() {
    let set = SetA::read("cnn");
    for name in ["mse", "is"] {
        let hessian = hessian(&set, name);
        let start = random_start(hessian.dim(), 0);
        let first = set.case("eval", name).numbers("top20")[0];
        let study = CopyStudy::run(&hessian, &start, &[20, 60]).expect("a study");
        assert!(study.copies_in_single()[0] >= 2, "{name}");
        assert!(study.copies_in_double()[1] > study.copies_in_double()[0], "{name}");
        assert_eq!(study.copies_reorthogonalised(), [1, 1], "{name}");
        let run = Lanczos::run(&hessian, &start, 60).expect("a run");
        assert!((run.values()[0] - first).abs() < EIGENVALUE * first);
    }
}
