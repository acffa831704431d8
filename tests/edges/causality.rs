//! Cones, kernels and bounds where steps overflow, vanish, or do nothing.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::causality::*;
use itakura_saito::divergence::Divergence;

fn tails(amplitude: f64, length: f64, target: f64) -> ExponentialKernel {
    ExponentialKernel::new(amplitude, length, target).expect("positive numbers")
}

fn chain(nodes: usize) -> LocalKernel {
    LocalKernel::by_distance(&Graph::chain(nodes).unwrap(), &[1.0, 0.4]).unwrap()
}

#[track_caller]
fn not_finite<T: std::fmt::Debug>(result: Result<T, Error>) {
    let is_refused = matches!(result, Err(Error::NotFinite { .. } | Error::NotFiniteAt { .. }));
    assert!(is_refused, "{result:?}");
}

#[test]
fn an_entry_of_a_power_is_a_finite_sum_at_any_decay_length() {
    // t ln C - d/ξ + ln binomial(t - 1 + d, d) + ln of the sum of t terms.
    for (kernel, steps, distance, expected) in [
        (tails(1.0, 1e17, 1.0), 2, 5, 39.143946580898777),
        (tails(1.0, 1e17, 1.0), 7, 1000, 237.53350847367467),
        (tails(2.0, 0.01, 1.0), 4, 3, -294.23167900420622),
        (tails(1.0, 1.0, 1e-200), 3, 2, 2763.1846979778206),
        (tails(1.5, 30.0, 0.5), 200, 10, 1169.9252402450316),
        (tails(1.0, 1.0, 1.0), 400, 0, 304.55592236976934),
    ] {
        let observed = kernel.log_power_entry(steps, distance).expect("a step");
        assert_close(observed, expected, 1e-14);
    }
    for length in [1e-3, 1.0, 1e5, 1e17, 1e308] {
        assert_eq!(tails(1.0, length, 1.0).log_power_entry(1, 0).unwrap(), 0.0);
        let longer = tails(1.0, length, 1.0).log_power_entry(40, 3).unwrap();
        assert!(longer.is_finite(), "{length:e}");
    }
    not_finite(tails(1.0, 1.0, 1e-200).power_entry(3, 2));
}

#[test]
fn a_bound_with_an_exponential_tail_is_a_number_or_refused() {
    // w C sinh a/(cosh a - cosh m).
    for (kernel, length, expected) in [
        (tails(1.0, 1.0 / 711.0, 1.0), 1.0 / 300.0, 1.0),
        (tails(1.0, 1e-3, 1.0), 1.0 / 999.5, 2.5414940825371613),
        (tails(3.0, 1.0 / 5000.0, 1.0), 1.0 / 4999.0, 4.7459301206086022),
    ] {
        let observed = kernel.step_factor(length, Tilt::Displacement).expect("a number");
        assert_close(observed, expected, 1e-12);
    }
    assert_eq!(tails(1.0, 1.0 / 711.0, 1.0).jacobian_bound(0.1, 0, 0, 1.0).unwrap(), 1.0);
    let huge = tails(1.0, 1.0, 1e-200);
    not_finite(huge.step_factor(2.0, Tilt::Displacement));
    assert_close(2.0 * 922.07385832824206, huge.speed(2.0, Tilt::Displacement).unwrap(), 1e-14);
    not_finite(huge.bound(1, 0, 2.0, Tilt::Distance));
    let steep = tails(1e300, 1.0, 1e-100);
    assert_close(steep.jacobian_bound(0.1, 0, 4, 2.0).unwrap(), (-2f64).exp(), 1e-15);
    not_finite(steep.jacobian_bound(0.1, 1, 0, 2.0));
    // η N = 1e-300 times the factor, and so far away that the bound is a number.
    let log_bound = 1152.3323676276466 - 300.0 * 10f64.ln() - 200.0;
    assert_close(steep.jacobian_bound(1e-300, 1, 400, 2.0).unwrap(), log_bound.exp(), 1e-12);
    let fast = tails(2.0, 1e-3, 1.0).optimal_speed(Tilt::Displacement).unwrap();
    assert!(fast.speed > 0.0 && fast.speed.is_finite(), "{fast:?}");
    let next = tails(1.0, 3.0, 1.0).step_factor(3f64.next_up(), Tilt::Displacement);
    assert!(next.is_err() || next.is_ok_and(f64::is_finite));
}

#[test]
fn the_sign_of_a_kernel_is_that_of_its_entries_in_any_unit() {
    let pair = Graph::chain(2).unwrap();
    for unit in [1e-300, 1e-200, 1e-160, 1.0, 1e160, 1e200, 1e300] {
        let indefinite = LocalKernel::by_distance(&pair, &[unit, 2.0 * unit]);
        assert!(matches!(indefinite, Err(Error::NotPositiveDefinite { row: 1, .. })), "{unit:e}");
        assert!(LocalKernel::by_distance(&pair, &[2.0 * unit, unit]).is_ok(), "{unit:e}");
    }
}

#[test]
fn a_step_that_overflows_is_refused_where_it_does() {
    let kernel = chain(5);
    not_finite(GradientStep::new(&kernel, &[1e-200; 5], 0.1));
    not_finite(GradientStep::new(&kernel, &[1e-150; 5], 1e20));
    let step = GradientStep::new(&kernel, &[1.0; 5], 0.1).unwrap();
    for wrong in [f64::NAN, f64::INFINITY] {
        not_finite(step.repeated(&[1.0, wrong, 0.0, 0.0, 0.0], 1));
        not_finite(step.repeated(&[wrong; 5], 0));
    }
    let unstable = GradientStep::new(&kernel, &[1.0; 5], 1e200).unwrap();
    assert!(unstable.applied(&[1.0; 5]).is_ok());
    not_finite(unstable.repeated(&[1.0; 5], 2));
    not_finite(LightCone::new(&unstable, 0, 3));
    not_finite(BandedJacobian::after(&unstable, 3));
    not_finite(unstable.momentum_response(0, 0.5, 3));
    let targets = [1e-200; 5];
    let descent = NonlinearDescent::new(&kernel, Divergence::ItakuraSaito, &targets, 0.1).unwrap();
    not_finite(descent.run(&targets, 1));
}

#[test]
fn a_coupling_of_nothing_or_of_too_much_is_told_so() {
    let pair = Graph::chain(3).unwrap();
    let none = Coupling::nearest_neighbour(&pair, 0.0, 0.0).unwrap();
    assert_eq!(none.bounds(2, 0, 1.0).unwrap()[2], 1.0);
    assert_eq!(none.bounds(2, 1, 1.0).unwrap(), [0.0; 3]);
    assert!(matches!(none.speed(2, 1.0), Err(Error::NotPositive { .. })));
    let huge = Coupling::nearest_neighbour(&pair, 1e200, 1e200).unwrap();
    not_finite(huge.responses(0, 2));
    not_finite(huge.bounds(0, 2, 1.0));
    not_finite(huge.covariance(0, 1, 2, Start::CommonMode));
    not_finite(huge.equal_time_covariance(0, 1, 1, Start::CommonMode));
    not_finite(Coupling::nearest_neighbour(&pair, 1e307, 1e307).unwrap().uniform_row_sum(0.05));
}

#[test]
fn the_smallest_speed_may_be_at_any_decay() {
    // The minimum of ln(a + 2b cosh m)/m by its derivative.
    let line = Graph::chain(101).unwrap();
    for (own, neighbour, speed, length) in [
        (2.0, 1e-20, 0.016639301832081905, 0.023438063687909249),
        (1.5, 1e-200, 0.0008952551400008253, 0.0022031042827197458),
    ] {
        let coupling = Coupling::nearest_neighbour(&line, own, neighbour).unwrap();
        let smallest = coupling.optimal_speed(50).unwrap();
        assert_close(smallest.speed, speed, 1e-13);
        assert_close(smallest.decay_length, length, 1e-6);
    }
    let alone = Coupling::nearest_neighbour(&line, 2.0, 0.0).unwrap();
    assert!(matches!(alone.optimal_speed(50), Err(Error::OutOfRange { .. })));
}

#[test]
fn a_bound_of_lieb_and_robinson_is_a_number_at_any_rate_and_time() {
    // exp(2gt cosh s - d s) at sinh s = d/2gt.
    for (rate, distance, time, expected) in [
        (1e-200, 0, 1e-200, 1.0),
        (1.0, 1, 1e-200, 2.7182818284590452e-200),
        (1e-200, 1, 1e-90, 2.7182818284590452e-290),
        (1.0, 2, 1e-150, 1.8472640247326626e-300),
    ] {
        let chain = LiebRobinson::new(rate).unwrap();
        assert_close(chain.bound(distance, time).unwrap(), expected, 1e-12);
    }
    let chain = LiebRobinson::new(1.0).unwrap();
    // The time itself has four digits.
    assert_close(chain.bound(1, 1e-320).unwrap(), 2.7182515663240329e-320, 1e-3);
    not_finite(chain.bound(0, 1e3));
    not_finite(LiebRobinson::gradient_flow(-1.0, 0.1, 1000.0, 3));
    let before = chain.response(1, -1.0);
    assert!(matches!(before, Err(Error::OutOfRange { name: "the time", value: -1.0, .. })));
}

#[test]
fn a_graph_of_too_many_nodes_is_refused() {
    for shape in [&[1 << 40, 1 << 30][..], &[1 << 33], &[usize::MAX, 2, 2]] {
        assert!(matches!(Graph::lattice(shape), Err(Error::OutOfRange { .. })), "{shape:?}");
    }
    assert!(matches!(Graph::lattice(&[0, 1 << 40]), Err(Error::TooFew { .. })));
}
