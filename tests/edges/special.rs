//! Bessel functions of orders next to one, and far out in their tails.

use super::assert_close;
use itakura_saito::special::{bessel_i, bessel_k};
use itakura_saito::universality::BulkBoundary;

#[test]
fn a_second_bessel_function_has_no_pole_at_order_one() {
    // besselk(order, x).
    for (order, argument, expected) in [
        (1.0 - 1.1e-16, 9e-10, 1111111111.1111085),
        (1.0 - 1e-10, 1e-10, 9999999976.8582153),
        (0.999999, 1e-10, 9999768584.8614513),
        (0.99, 1e-40, 3.976787731420762e39),
        (0.97, 5e-10, 1049095230.7903592),
        (0.96, 9.9e-10, 439298006.50143342),
        (0.959, 9.9e-10, 430263336.54250362),
    ] {
        assert_close(bessel_k(order, argument).expect("in the range"), expected, 3e-14);
    }
    for (dimension, depth, momentum, expected) in [
        (1.5 - 2.3e-16, 1.0, 9e-10, 1.0),
        (1.47, 2.0, 3e-10, 0.72196459776124806),
        (1.499, 1e-3, 1e-8, 31.405086938762197),
    ] {
        let kernel = BulkBoundary::new(dimension).expect("above the bound");
        let observed = kernel.in_momentum_space(depth, momentum).expect("in the range");
        assert_close(observed, expected, 1e-14);
    }
}

#[test]
fn a_first_bessel_function_outlives_its_first_term() {
    // besseli(order, x); below the smallest f64 it is zero.
    for (order, argument, expected) in [
        (1530, 700.0, 1.677730135777581e-284),
        (1535, 700.0, 8.1689831419874854e-288),
        (1540, 700.0, 3.9190384864012956e-291),
        (200, 0.5, 0.0),
        (7, 0.0, 0.0),
    ] {
        assert_close(bessel_i(order, argument).expect("in the range"), expected, 1e-12);
    }
}

#[test]
fn a_field_in_the_bulk_is_not_lost_between_a_small_depth_and_a_large_distance() {
    // C (z/(z² + x²))^Δ.
    for (dimension, depth, distance, expected) in [
        (0.6, 1e-200, 1e140, 8.8315138988939007e-290),
        (0.6, 1e-170, 1e77, 3.5158890099925079e-196),
        (0.55, 1e-300, 1e100, 4.6830841445315441e-277),
        (0.7, 3e-250, 2e50, 1.3042734252363791e-246),
    ] {
        let kernel = BulkBoundary::new(dimension).expect("above the bound");
        assert_close(kernel.value(depth, distance).expect("in the range"), expected, 1e-12);
    }
}
