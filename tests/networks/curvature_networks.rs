//! Lanczos on the Hessians of networks: against PyTorch's spectra (set A) and the dense solver.

use crate::set_a::SetA;
use itakura_saito::curvature::*;
use itakura_saito::divergence::Loss;
use itakura_saito::network::CurvatureOperator;
use itakura_saito::operator::Operator;

/// Eigenvalues agree to this, relative to the largest: rounding of sums of some thousand terms.
const EIGENVALUE: f64 = 1e-9;

fn loss(name: &str) -> Loss {
    match name {
        "mse" => Loss::MeanSquaredError,
        "is" => Loss::ITAKURA_SAITO,
        _ => panic!("set A has no loss {name}"),
    }
}

fn hessian(set: &SetA, mode: &str, name: &str) -> CurvatureOperator {
    set.objective(loss(name), mode, 2).hessian(&set.parameters).expect("a Hessian")
}

fn agree(found: &[f64], expected: &[f64], tolerance: f64, what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (one, other) in found.iter().zip(expected) {
        assert!((one - other).abs() <= tolerance, "{what}: {one} {other}");
    }
}

/// Both ends of a Hessian by certified Lanczos, with the audit of multiplicity, beside all that set A has
/// of them: `EIGENVALUE` times the largest apart, or `slack` times that.
fn both_ends_agree(network: &str, mode: &str, (top, bottom): (&str, &str), slack: f64) {
    let set = SetA::read(network);
    for name in ["mse", "is"] {
        let what = format!("{network} {mode} {name}");
        let case = set.case(mode, name);
        let (top, mut bottom) = (case.numbers(top), case.numbers(bottom));
        bottom.sort_by(f64::total_cmp);
        let ends = Ends::new(top.len(), bottom.len());
        let spectrum = eigenvalues_at_the_ends(&hessian(&set, mode, name), &ends);
        let spectrum = spectrum.expect("a spectrum");
        assert!(spectrum.is_converged(), "{what}");
        assert!(spectrum.loss_of_orthogonality < 1e-13, "{what}");
        let tolerance = slack * EIGENVALUE * top[0];
        agree(&spectrum.top_values(), &top, tolerance, &what);
        agree(&spectrum.bottom_values(), &bottom, tolerance, &what);
        // No plateau: what would be copies in the published lists are single eigenvalues here.
        let values = spectrum.top_values();
        let nearest = values.windows(2).map(|pair| 1.0 - pair[1] / pair[0]);
        assert!(nearest.fold(f64::INFINITY, f64::min) > 0.015, "{what}");
    }
}

#[test]
fn both_ends_of_tiny_cnn_are_those_of_set_a() {
    both_ends_agree("cnn", "eval", ("top20", "bottom10"), 1.0);
}

#[test]
fn both_ends_of_resnet_are_those_of_set_a() {
    both_ends_agree("resnet", "eval", ("top10", "bottom3"), 1.0);
}

#[test]
fn both_ends_of_resnet_with_the_statistics_of_the_batch_are_those_of_set_a() {
    both_ends_agree("resnet", "train", ("top10", "bottom3"), 1.0);
}

#[test]
fn both_ends_of_transformer_are_those_of_set_a() {
    // Set A itself is certain of eight digits here.
    both_ends_agree("transformer", "eval", ("top10", "bottom3"), 10.0);
}

/// The ends by Lanczos are those of the matrix with all its entries, and none was missed: Sylvester's law
/// counts as many beyond the last one as were found.
fn ends_are_those_of_the_dense_matrix(network: &str, name: &str, ends: &Ends) {
    let set = SetA::read(network);
    let hessian = hessian(&set, "eval", name);
    let spectrum = eigenvalues_at_the_ends(&hessian, ends).expect("a spectrum");
    let dense = hessian.objective().dense_hessian(&set.parameters).expect("all entries");
    let all = dense.eigenvalues();
    let tolerance = EIGENVALUE * all[all.len() - 1];
    let largest: Vec<f64> = all.iter().rev().take(ends.top).copied().collect();
    agree(&spectrum.top_values(), &largest, tolerance, name);
    agree(&spectrum.bottom_values(), &all[..ends.bottom], tolerance, name);
    let (top, bottom) = (&spectrum.top[ends.top - 1], &spectrum.bottom[ends.bottom - 1]);
    let above = inertia(&dense, top.value - 1e3 * top.bound).expect("a number").above;
    let below = inertia(&dense, bottom.value + 1e3 * bottom.bound).expect("a number").below;
    assert_eq!((above, below), (ends.top, ends.bottom), "{network} {name}: none was missed");
}

#[test]
fn no_eigenvalue_at_the_ends_of_tiny_cnn_is_missed() {
    for name in ["mse", "is"] {
        ends_are_those_of_the_dense_matrix("cnn", name, &Ends::new(20, 10));
    }
}

#[test]
fn no_eigenvalue_at_the_ends_of_resnet_is_missed() {
    ends_are_those_of_the_dense_matrix("resnet", "is", &Ends::new(10, 3));
}

#[test]
fn trace_density_and_parts_of_tiny_cnn_are_those_of_the_dense_matrix() {
    let set = SetA::read("cnn");
    for name in ["mse", "is"] {
        let case = set.case("eval", name);
        let hessian = hessian(&set, "eval", name);
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
    let hessian = hessian(&set, "eval", "is");
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
        let hessian = hessian(&set, "eval", name);
        let start = random_start(hessian.dim(), 0);
        let first = set.case("eval", name).numbers("top20")[0];
        let study = CopyStudy::run(&hessian, &start, &[20, 60]).expect("a study");
        assert!(study.copies_in_single()[0] >= 2, "{name}");
        assert!(study.copies_in_double()[1] > study.copies_in_double()[0], "{name}");
        assert_eq!(study.copies_reorthogonalised(), [1, 1], "{name}");
        let run = Lanczos::run(&hessian, &start, 60).expect("a run");
        assert!((run.values()[0] - first).abs() < EIGENVALUE * first);
        // The author's arithmetic throughout: the products have 32 bits too.
        let single = hessian.with_precision(Precision::Single).expect("predictions are near one");
        let run = PublishedRun::run(&single, &start, 20, Precision::Single).expect("a run");
        assert!(copies(&run.values(), first, 1e-3 * first) >= 2, "{name}");
        let repaired = PublishedRun::run_repaired(&single, &start, 20, Precision::Single);
        let repaired = repaired.expect("a run").values();
        assert_eq!(copies(&repaired, first, 1e-3 * first), 1, "{name}");
        assert!((repaired[0] / first - 1.0).abs() < 1e-5, "{name}: {}", repaired[0]);
    }
}
