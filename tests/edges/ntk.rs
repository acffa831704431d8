//! Kernels and their dynamics in any unit, and over very many steps.

use super::assert_close;
use itakura_saito::Error;
#[cfg(feature = "networks")]
use itakura_saito::divergence::PositiveArray;
#[cfg(feature = "networks")]
use itakura_saito::ntk::EmpiricalKernel;
use itakura_saito::ntk::{ErrorDynamics, WeightedKernel, multiplicative_kernel};
use itakura_saito::operator::Symmetric;
use ndarray::{Array2, array};

fn dynamics(kernel: Array2<f64>, targets: &[f64], rate: f64) -> ErrorDynamics {
    let kernel = WeightedKernel::new(&Symmetric::new(kernel).unwrap(), targets).unwrap();
    ErrorDynamics::new(&kernel, rate).unwrap()
}

#[test]
fn very_many_small_steps_keep_what_a_difference_from_one_rounds_away() {
    // (1 - η)^t.
    for (rate, steps, expected) in [
        (1e-10, 10_000_000_000, 0.36787944115304834),
        (1e-17, 1_000_000_000_000_000_000, 4.5399929762484817e-5),
        (3e-13, 7_000_000_000_000, 0.12245642825294335),
        (0.25, 8, 0.1001129150390625),
    ] {
        let jacobian = dynamics(array![[1.0]], &[1.0], rate).jacobian(steps);
        assert_close(jacobian[(0, 0)], expected, 1e-12);
    }
}

#[test]
fn norms_of_errors_are_numbers_in_any_unit() {
    let one = dynamics(array![[1.0]], &[1.0], 0.5);
    for unit in [1e-300, 1e-200, 1.0, 1e200, 1e300] {
        let norms = one.weighted_norms(&[unit], 1).unwrap();
        assert_close(norms[0], unit, 1e-15);
        assert_close(norms[1], 0.5 * unit, 1e-15);
    }
    for wrong in [f64::NAN, f64::INFINITY] {
        assert!(matches!(one.weighted_norms(&[wrong], 1), Err(Error::NotFiniteAt { .. })));
    }
    let unstable = dynamics(array![[1.0]], &[1.0], 1e200);
    assert!(matches!(unstable.weighted_norms(&[1.0], 2), Err(Error::NotFiniteAt { .. })));
    let fast = dynamics(array![[1.0]], &[1.0], 1.0 - 1e-3);
    assert_close(fast.jacobian_norms(80).unwrap()[80], 1e-240, 1e-10);
}

#[test]
fn a_kernel_with_targets_of_any_size_is_divided_by_one_after_the_other() {
    for (entry, target, expected) in
        [(1e300, 1e170, 1e-40), (1e-300, 1e-170, 1e40), (1e-300, 1e-160, 1e20), (8.0, 2.0, 2.0)]
    {
        let kernel = Symmetric::new(array![[entry]]).unwrap();
        let weighted = WeightedKernel::new(&kernel, &[target]).unwrap();
        assert_close(weighted.symmetric_form().view()[(0, 0)], expected, 1e-14);
        assert_close(weighted.stability_limit(), 2.0 / expected, 1e-14);
        assert_close(weighted.unit_of_equal_limits(), target.recip(), 1e-14);
        let back = multiplicative_kernel(weighted.symmetric_form(), &[target]).unwrap();
        assert_close(back.view()[(0, 0)], entry, 1e-14);
        #[cfg(feature = "networks")]
        {
            let kernel = EmpiricalKernel::from_matrix(kernel, 1).unwrap();
            let weighted = kernel.weighted(&PositiveArray::of(&[target]).unwrap()).unwrap();
            assert_close(weighted.view()[(0, 0)], expected, 1e-14);
        }
    }
    let zeros = Symmetric::new(array![[0.0]]).unwrap();
    assert_eq!(WeightedKernel::new(&zeros, &[3.0]).unwrap().unit_of_equal_limits(), 1.0);
}

#[cfg(feature = "networks")]
#[test]
fn ranks_and_shares_of_a_kernel_know_no_unit() {
    let kernel = |unit: f64| {
        let matrix = array![[2.0 * unit, unit], [unit, 2.0 * unit]];
        EmpiricalKernel::from_matrix(Symmetric::new(matrix).unwrap(), 2).unwrap()
    };
    for unit in [1e-300, 1e-200, 1.0, 1e200, 1e300] {
        assert_close(kernel(unit).effective_rank(), 1.6, 1e-15);
        assert_close(kernel(unit).share_beyond(0), 0.2, 1e-15);
    }
    assert_eq!((kernel(0.0).effective_rank(), kernel(0.0).share_beyond(0)), (0.0, 0.0));
}
