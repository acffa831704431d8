//! Propagators where the correlation length is far larger than all else, or far smaller.

use super::assert_close;
use itakura_saito::Error;
use itakura_saito::grid::Boundary;
use itakura_saito::propagator::*;

#[test]
fn an_interval_far_shorter_than_the_correlation_length_keeps_its_digits() {
    // cosh and sinh of §4 with a = 1, on [0, 2] between 0.3 and 1.25: free, held, joined, and the area under
    // the response to 0.3 between held ends, (1 - cosh(k(x - ℓ/2))/cosh(kℓ/2))/c.
    for (mass_term, [free, held, joined, area]) in [
        (
            3.0,
            [0.081082982794147595, 0.033347071927994704, 0.10584175599458064, 0.12409007267782779],
        ),
        (1e-10, [4999999999.8297915, 0.11249999999372343, 4999999999.9172915, 0.25499999999041624]),
        (1e-16, [4999999999999999.9, 0.1125, 5e15, 0.255]),
        (1e-40, [5e39, 0.1125, 5e39, 0.255]),
        (1e-200, [5e199, 0.1125, 5e199, 0.255]),
    ] {
        let on =
            |ends| IntervalPropagator::of_operator(1.0, mass_term, 2.0, ends).expect("numbers");
        let at = |ends| on(ends).at(0.3, 1.25).expect("in the interval");
        assert_close(at(Boundary::Neumann), free, 1e-14);
        assert_close(at(Boundary::Dirichlet), held, 1e-14);
        assert_close(at(Boundary::Periodic), joined, 1e-14);
        assert_close(on(Boundary::Dirichlet).area(0.3).expect("in the interval"), area, 1e-14);
    }
    let short = IntervalPropagator::of_operator(2.5, 1e-25, 1e-3, Boundary::Dirichlet).unwrap();
    assert_close(short.area(2.5e-4).unwrap(), 3.75e-8, 1e-14);
    // Held ends stay held, and what would not fit is refused.
    assert_eq!(short.at(0.0, 5e-4).unwrap(), 0.0);
    let soft = IntervalPropagator::of_operator(1e-8, 1e-305, 1e-10, Boundary::Neumann).unwrap();
    assert!(matches!(soft.at(0.0, 0.0), Err(Error::NotFinite { .. })));
}

#[test]
fn a_slope_between_logarithmic_axes_outlives_the_propagator() {
    // -x K_1(x)/K_0(x) with x = mr.
    for (lengths, expected) in [
        (1e-10, -0.043211883196585021),
        (2.0, -2.456073859637816),
        (699.5, -699.99982155582714),
        (700.0, -700.49982168310573),
        (746.0, -746.49983266382083),
        (5000.0, -5000.4999750049984),
    ] {
        let plane = FreePropagator::massive(Dimension::Two, lengths).unwrap();
        assert_close(plane.log_slope(1.0).unwrap(), expected, 3e-15);
        let line = FreePropagator::massive(Dimension::One, lengths).unwrap();
        assert_eq!(line.log_slope(1.0).unwrap(), -lengths);
        let space = FreePropagator::massive(Dimension::Three, lengths).unwrap();
        assert_eq!(space.log_slope(1.0).unwrap(), -1.0 - lengths);
    }
    for dimension in Dimension::ALL {
        let massless = FreePropagator::massless(dimension);
        for distance in [1e-200, 1e200] {
            assert_eq!(massless.flux(distance).unwrap(), 1.0, "{dimension:?} {distance:e}");
            assert!(massless.log_slope(distance).unwrap().is_finite());
        }
        let massive = FreePropagator::massive(dimension, 1.0).unwrap();
        assert_close(massive.flux(1e-200).unwrap(), 1.0, 1e-15);
        assert_eq!(massive.flux(1e200).unwrap(), 0.0);
    }
}

#[test]
fn a_power_law_of_many_dimensions_is_a_number_or_an_error() {
    // Γ(d/2 - 1)/(4 π^(d/2)) r^(2 - d).
    for (dimensions, distance, expected) in [
        (346, 10.0, 3.0534452538761137e-122),
        (2000, 15.0, 1.0539268169702134e-286),
        (3, 1e-200, 7.9577471545947669e198),
    ] {
        assert_close(massless_power_law(dimensions, distance).unwrap(), expected, 3e-12);
    }
    // A million dimensions multiply a rounding of the distance by a million, and no other one.
    for (dimensions, distance, expected) in [
        (40_000, 48.395, 0.00025595464654272762),
        (1_000_000, 241.97, 0.002072450073671445),
        (1_000_001, 241.97, 0.0034168984788323393),
    ] {
        assert_close(massless_power_law(dimensions, distance).unwrap(), expected, 1e-13);
    }
    for (dimensions, distance) in [(1000, 3.0), (400, 0.1), (345, 0.5)] {
        let refused = massless_power_law(dimensions, distance);
        assert!(matches!(refused, Err(Error::NotFinite { .. })), "{refused:?}");
    }
}

#[test]
fn the_kinetic_identity_sees_a_field_of_any_sharpness() {
    // ∫ e'² over [-1, 1.5] with e = exp(-s x²)(1 + x/2), by quad between places one width 1/√s apart.
    for (sharpness, kinetic) in
        [(1e4, 125.33376369555749), (1e8, 12533.141396654643), (3e12, 2170803.7636749387)]
    {
        let field = TestFunction::new(sharpness, &[1.0, 0.5]).unwrap();
        let map = Reparametrization::moebius(2.0, 1.0, 1.0, 3.0).unwrap();
        let identity = KineticIdentity::new(&map, &field, -1.0, 1.5).unwrap();
        assert_close(identity.original, kinetic, 1e-12);
        // On the left side a place is rounded, which counts in units of the width.
        let rounding = 1e-11 + f64::EPSILON * sharpness.sqrt();
        assert!(identity.residual().abs() < rounding * kinetic, "{identity:?}");
    }
    // A field that grows, one on a small part of a long interval, a tiny one, and a power that crowds the
    // images of nearly all places near zero.
    let moebius = Reparametrization::moebius(1.0, 0.0, -0.125, 1.0).unwrap();
    let power = Reparametrization::power(40.0).unwrap();
    for (map, sharpness, coefficients, low, high) in [
        (moebius, -3.0, vec![1.0], -2.0, 2.5),
        (moebius, 2e5, vec![0.5, -1.0, 30.0], -5000.0, 7.0),
        (moebius, 1.0, vec![1e-9, 2e-9], -1.0, 1.0),
        (power, 50.0, vec![1.0, -1.0], 0.3, 1.6),
    ] {
        let field = TestFunction::new(sharpness, &coefficients).unwrap();
        let identity = KineticIdentity::new(&map, &field, low, high).unwrap();
        let size = identity.original + identity.transformed;
        assert!(size > 0.0 && identity.residual().abs() < 1e-10 * size, "{map:?}: {identity:?}");
    }
}

#[test]
fn a_fine_grid_keeps_a_small_mass() {
    // The discrete equations by elimination at 60 digits.
    let (free, held) = (Boundary::Neumann, Boundary::Dirichlet);
    for (stiffness, mass_term, length, ends, nodes, source, at, expected) in [
        (1.0, 1e-5, 1.0, free, 100, 50, 0, 99999.955850015266),
        (1.0, 1e-8, 1.0, free, 1000, 500, 0, 99999999.958083498),
        (1.0, 1e-12, 1.0, free, 1000, 500, 0, 999999999999.9581),
        (2.5, 3e-13, 0.75, free, 400, 17, 399, 4444444444444.395),
        (1.0, 1e-9, 2.0, held, 300, 40, 100, 0.18101345453247124),
        (1.0, 2.0, 3.0, free, 50, 10, 30, 0.078442189627197898),
    ] {
        let interval = IntervalPropagator::of_operator(stiffness, mass_term, length, ends).unwrap();
        assert_close(interval.on_grid(nodes, source).unwrap()[at], expected, 1e-12);
    }
    for (stiffness, mass_term) in [(1e308, 1.0), (1e-12, 1e-305)] {
        let interval = IntervalPropagator::of_operator(stiffness, mass_term, 1e-10, free).unwrap();
        let refused = interval.on_grid(10, 3);
        assert!(matches!(refused, Err(Error::NotFinite { .. })), "{refused:?}");
    }
}

#[test]
fn a_free_propagator_near_its_source_is_a_number_or_an_error() {
    // K_0(mr)/2π, its slope -1/(2πr) and -1/K_0(mr), with K_0(x) = -ln(x/2) - γ.
    let plane = |mass| FreePropagator::massive(Dimension::Two, mass).unwrap();
    for (mass, distance, value, slope) in [
        (1e-200, 1e-200, 146.60557084966272, -0.0010855995592084384),
        (1e-180, 1e-150, 120.95282488888275, -0.0013158431251035948),
        (1.0, 1e-310, 113.62346890008847, -0.001400722444338006),
    ] {
        assert_close(plane(mass).at(distance).unwrap(), value, 1e-15);
        assert_close(plane(mass).log_slope(distance).unwrap(), slope, 1e-15);
    }
    assert_close(plane(1e-200).derivative(1e-200).unwrap(), -1.5915494309189534e199, 1e-15);
    let space = FreePropagator::massless(Dimension::Three);
    let tiny = FreePropagator::massive(Dimension::One, 1e-310).unwrap();
    let refusals =
        [space.derivative(1e-200), space.at(1e-310), plane(1.0).derivative(1e-310), tiny.at(1.0)];
    for refused in refusals {
        assert!(matches!(refused, Err(Error::NotFinite { .. })), "{refused:?}");
    }
    assert_close(space.derivative(1e-150).unwrap(), -0.25e300 / std::f64::consts::PI, 1e-15);
}

#[test]
fn what_is_far_away_or_next_to_massless_has_a_value() {
    let line = LinePropagator::of_operator(1e-20, 1.0).unwrap();
    for (position, slope) in [(1e300, 0.0), (-1e-7, 0.0), (0.0, 1.0), (1e-10, 0.58197670686932645)]
    {
        assert_close(line.structure_slope(position).unwrap(), slope, 1e-14);
    }
    // Between held ends x (ℓ - x)/2 without a mass.
    for mass_term in [1e-310, 5e-324, 1e-300] {
        let held = IntervalPropagator::of_operator(1.0, mass_term, 1.0, Boundary::Dirichlet);
        let held = held.unwrap();
        assert_close(held.area(0.5).unwrap(), 0.125, 1e-14);
        assert_close(held.area(0.2).unwrap(), 0.08, 1e-14);
    }
    let lattice = LatticePropagator::of_operator(1.0, 3.0, 0.5).unwrap();
    for site in [i64::MIN, i64::MAX, i64::MIN + 1] {
        assert_eq!((lattice.at(site), lattice.operator_at(site)), (0.0, 0.0));
    }
    assert_eq!(lattice.operator_at(-3), lattice.operator_at(3));
}

#[test]
fn a_moebius_map_of_almost_equal_rows_keeps_its_determinant() {
    let small = 2f64.powi(-30);
    let unit = 2f64.powi(-53);
    let map = Reparametrization::moebius(1.0 + small, 1.0, 1.0 - unit, 1.0 - small).unwrap();
    assert_close(map.derivative(0.0), 1.1015494092970682e-16, 1e-15);
    let far = Moebius::new(1e10, 0.0, 1e10, 1e10).unwrap();
    assert_eq!([1e300, -1e300, 1e5].map(|x| far.apply(x)), [1.0, 1.0, 1e15 / (1e15 + 1e10)]);
    assert_close(Moebius::new(3e200, 1.0, 1e-10, 2e-200).unwrap().apply(1e200), 3e210, 1e-14);
    for sharpness in [1.0, 1e-300] {
        let bell = TestFunction::new(sharpness, &[1.0, 1.0, 1.0]).unwrap();
        assert_eq!(bell.value_and_slope(1e200), (0.0, 0.0));
        assert_eq!(bell.value_and_slope(-1e200), (0.0, 0.0));
    }
}

#[test]
fn a_kinetic_term_is_resolved_however_near_the_interval_comes_to_zero() {
    let square = Reparametrization::power(2.0).unwrap();
    let field = TestFunction::new(1.0, &[1.0, 0.5]).unwrap();
    for low in [1e-5, 1e-20, 1e-30, 1e-50, 1e-300] {
        match KineticIdentity::new(&square, &field, low, 1.0) {
            // A quarter and three quarters of 1/x at the lower end, with the next term of the field.
            Ok(identity) => {
                assert!(identity.residual().abs() < 1e-11 * identity.schwarzian_term);
                assert_close(identity.transformed, 0.25 / low, 1e-3);
            }
            Err(error) => assert!(
                matches!(error, Error::NotConverged { .. } | Error::NotFinite { .. }),
                "{error}"
            ),
        }
    }
}
