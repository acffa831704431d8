//! The special functions against mpmath 1.3 at 40 digits, and their behaviour at the edge of their domain.

#![allow(clippy::excessive_precision)] // references with all the digits that were computed

use itakura_saito::Error;
use itakura_saito::special::{bessel_k, gamma, normal_cumulative, normal_density};

/// What the libraries keep, measured at hundreds of points: see the docs of the module.
const LIBRARY: f64 = 1e-13;

fn close(observed: f64, expected: f64) -> bool {
    (observed - expected).abs() <= LIBRARY * expected.abs()
}

/// Order, argument, and $K_\nu(x)$.
const BESSEL: &[(f64, f64, f64)] = &[
    (0.0, 0.001, 7.0236888005623813),
    (0.0, 0.7, 0.6605198599151016),
    (0.0, 1.4, 0.24365506118154192),
    (0.0, 30.0, 2.1324774964630564e-14),
    (0.25, 0.01, 6.1657412641392401),
    (0.25, 1.755, 0.15665504614107125),
    (0.25, 60.0, 1.4146284045570553e-27),
    (1.0, 0.3, 3.0559920334573251),
    (1.0, 5.0, 0.0040446134454521642),
    (1.5, 2.5, 0.091092320415613985),
    (3.7, 0.2, 10412.791636449135),
    (10.0, 9.0, 0.0070802345123249456),
];

const GAMMA: &[(f64, f64)] = &[
    (-5.5, 0.010912654781909863),
    (-2.75, -1.0044979832303123),
    (-0.25, -4.9016668098607106),
    (-0.5, -3.5449077018110321),
    (0.25, 3.6256099082219083),
    (0.75, 1.2254167024651776),
    (1.5, 0.88622692545275801),
    (10.25, 639232.59877957679),
    (170.5, 5.5620924145599996e+305),
];

const NORMAL: &[(f64, f64)] = &[
    (-8.0, 6.2209605742717841e-16),
    (-3.0, 0.0013498980316300945),
    (-0.5, 0.3085375387259869),
    (0.25, 0.59870632568292372),
    (1.0, 0.84134474606854295),
    (4.0, 0.99996832875816688),
];

#[test]
fn the_bessel_function_agrees_with_mpmath() {
    for &(order, argument, expected) in BESSEL {
        let observed = bessel_k(order, argument).unwrap();
        assert!(
            close(observed, expected),
            "K_{order}({argument}) = {observed:e}, not {expected:e}"
        );
        assert_eq!(bessel_k(-order, argument).unwrap(), observed, "K is even in its order");
    }
}

#[test]
fn the_bessel_function_obeys_its_recurrence() {
    for (order, argument) in [(1.0, 0.3), (1.25, 4.0), (2.5, 17.0)] {
        let [below, here, above] = [-1.0, 0.0, 1.0].map(|k| bessel_k(order + k, argument).unwrap());
        assert!(close(above - below, 2.0 * order / argument * here));
    }
}

#[test]
fn the_gamma_function_agrees_with_mpmath() {
    for &(argument, expected) in GAMMA {
        let observed = gamma(argument).unwrap();
        assert!(close(observed, expected), "Γ({argument}) = {observed:e}, not {expected:e}");
    }
}

#[test]
fn the_normal_distribution_agrees_with_mpmath() {
    for &(deviation, expected) in NORMAL {
        let observed = normal_cumulative(deviation);
        assert!(close(observed, expected), "Φ({deviation}) = {observed:e}, not {expected:e}");
        let step = 1e-4;
        let slope = (normal_cumulative(deviation + step) - normal_cumulative(deviation - step))
            / (2.0 * step);
        assert!((slope - normal_density(deviation)).abs() < 1e-8, "the density is its derivative");
    }
}

#[test]
fn a_bessel_function_outside_its_domain_names_the_value() {
    for argument in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = bessel_k(0.5, argument).unwrap_err();
        assert!(matches!(error, Error::NotPositive { .. }), "{error}");
        assert!(error.to_string().contains(&argument.to_string()));
    }
    for order in [21.0, -20.5, f64::NAN] {
        assert!(matches!(bessel_k(order, 1.0), Err(Error::OutOfRange { .. })));
    }
    assert!(matches!(bessel_k(3.0, 1e-200), Err(Error::NotFinite { .. })));
    assert_eq!(bessel_k(0.0, 1e12).unwrap(), 0.0);
}

#[test]
fn a_pole_of_the_gamma_function_is_an_error() {
    for argument in [0.0, -1.0, -7.0, 172.0, f64::NAN, f64::NEG_INFINITY] {
        let error = gamma(argument).unwrap_err();
        assert!(matches!(error, Error::NotFinite { .. }), "{argument}: {error}");
    }
}
