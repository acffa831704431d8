//! Theorem 8.1, and tails.

use super::*;

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
