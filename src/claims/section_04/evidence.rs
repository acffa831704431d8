//! The numbers behind the claims of section 4.

use std::f64::consts::PI;

use crate::Result;
use crate::claims::targets::cells;
use crate::claims::{Evidence, Tolerance};
use crate::field::{Action, Minimum};
use crate::propagator::{
    Dimension, FieldOperator, FreePropagator, KineticIdentity, LatticePropagator, LinePropagator,
    MasslessLimit, Reparametrization, StaticResponse, TestFunction, correlator_exponent,
    massless_power_law, scaling_dimension,
};

fn line(normalization: FieldOperator, lambda: f64, target: f64) -> Result<LinePropagator> {
    LinePropagator::new(normalization, lambda, target)
}

pub fn the_green_equation() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for normalization in FieldOperator::ALL {
        let green = line(normalization, 0.5, 2.0)?;
        let lattice = LatticePropagator::new(normalization, 0.5, 2.0, 0.1)?;
        let name = normalization.name();
        let at = |site: i64| 0.1 * lattice.operator_at(site);
        evidence.push(Evidence::new(&format!("h (L G) at the source, {name}"), at(0), 1.0));
        evidence.push(
            Evidence::new(&format!("h (L G) three sites away, {name}"), at(3), 0.0)
                .within(SECOND_DIFFERENCE),
        );
        let length = green.correlation_length();
        evidence.push(Evidence::new(&format!("correlation length, {name}"), length, 2.0));
    }
    Ok(evidence)
}

const SECOND_DIFFERENCE: Tolerance =
    Tolerance::absolute(1e-12, "a second difference with h = 0.1 loses two digits to rounding");

pub fn three_dimensions() -> Result<Vec<Evidence>> {
    let table = [
        (Dimension::One, 0.176140688529719),
        (Dimension::Two, 0.0387789073964006),
        (Dimension::Three, 0.00981178144069014),
    ];
    let row = |(dimension, expected): (Dimension, f64)| {
        let value = FreePropagator::massive(dimension, 0.7)?.at(2.0)?;
        let label = format!("G in d = {}, m = 0.7, r = 2", dimension.number());
        Ok(Evidence::new(&label, value, expected))
    };
    table.into_iter().map(row).collect()
}

pub fn section_4_as_printed() -> Result<Vec<Evidence>> {
    let green = line(FieldOperator::HalfHessian, 0.5, 2.0)?;
    let other = line(FieldOperator::HalfHessian, 0.01, 1.5)?;
    Ok(vec![
        Evidence::new("G(0), λ = 0.5, y₀ = 2", green.at(0.0)?, 2.0),
        Evidence::new("G(1), λ = 0.5, y₀ = 2", green.at(1.0)?, 1.21306131942527),
        Evidence::new("area by quadrature: 1/m² = 2y₀²", green.area(), 8.0),
        Evidence::new("ξ, λ = 0.01, y₀ = 1.5", other.correlation_length(), 0.212132034355964),
    ])
}

pub fn the_lattice() -> Result<Vec<Evidence>> {
    let table = [
        (0.1, 10, 0.999687646408123, 0.606372779897028),
        (0.05, 20, 0.999921884154082, 0.606491176470988),
        (0.025, 40, 0.999980469322186, 0.60652078807134),
    ];
    let mut evidence = Vec::new();
    for (spacing, site, at_zero, at_one) in table {
        let lattice = LatticePropagator::of_operator(1.0, 0.25, spacing)?;
        evidence.push(Evidence::new(&format!("G₀ for h = {spacing}"), lattice.at(0), at_zero));
        evidence.push(Evidence::new(&format!("G(1) for h = {spacing}"), lattice.at(site), at_one));
        evidence.push(Evidence::new(&format!("h Σ G for h = {spacing}"), lattice.sum(), 4.0));
    }
    let continuum = LinePropagator::of_operator(1.0, 0.25)?;
    evidence.push(Evidence::new("G(0) in the continuum", continuum.at(0.0)?, 1.0));
    evidence.push(Evidence::new("G(1) in the continuum", continuum.at(1.0)?, 0.606530659712633));
    Ok(evidence)
}

pub fn the_opposite_limit() -> Result<Vec<Evidence>> {
    let length = |lambda| Ok(line(FieldOperator::Hessian, lambda, 2.0)?.correlation_length());
    let mass = |normalization, lambda| Ok(line(normalization, lambda, 2.0)?.mass_term());
    let shrinks: f64 = length(1e-8)?;
    Ok(vec![
        // In a limit that is like y₀ → ∞ it would not be shorter than at λ = 1.
        Evidence::new("ξ at λ = 1e-8 over ξ at λ = 1, y₀ = 2", shrinks / length(1.0)?, 1e-4)
            .against_claim(1.0, 0.5),
        Evidence::new(
            "m² of section 4 at λ = 1e-8, y₀ = 2",
            mass(FieldOperator::HalfHessian, 1e-8)?,
            0.125,
        )
        .against_claim(0.0, 0.1),
        Evidence::new(
            "canonical m² at λ = 1e-8, y₀ = 2",
            mass(FieldOperator::Canonical, 1e-8)?,
            1.25e7,
        )
        .against_claim(0.0, 1e6),
    ])
}

/// The minimum with free ends on 200 cells for the target $1.25 + 0.75 \sin 4\pi x$.
fn two_waves(lambda: f64) -> Result<Minimum> {
    let target = cells(200, &|x| 1.25 + 0.75 * (4.0 * PI * x).sin())?;
    Action::neumann(target, lambda)?.minimise()
}

/// λ, the action, and values of the field at some cells.
type Row = (f64, f64, &'static [(usize, f64)]);

pub fn the_minimum_over_eight_decades() -> Result<Vec<Evidence>> {
    let table: [Row; 5] = [
        (1e-4, 0.003910794348125, &[(0, 1.431018243089)]),
        (1e-3, 0.02641552992467, &[(75, 0.5794613804876)]),
        (1e-2, 0.07798013786881, &[(0, 1.459943436289), (75, 1.060871308756)]),
        (1.0, 0.1048221275254, &[]),
        (1e4, 0.1053604609265, &[(0, 1.250000681428)]),
    ];
    let mut evidence = Vec::new();
    for (lambda, action, values) in table {
        let minimum = two_waves(lambda)?;
        evidence.push(solved(&format!("action at λ = {lambda}"), minimum.action, action));
        for &(index, expected) in values {
            let found = minimum.field.as_slice()[index];
            evidence.push(solved(&format!("f_{index} at λ = {lambda}"), found, expected));
        }
    }
    Ok(evidence)
}

fn solved(label: &str, observed: f64, expected: f64) -> Evidence {
    Evidence::new(label, observed, expected).within(Tolerance::NONLINEAR_SOLVE)
}

/// Cells at either end that the ends disturb.
const AT_AN_END: usize = 20;

pub fn the_first_order_law() -> Result<Vec<Evidence>> {
    let (lambda, count) = (1e-6, 200);
    let target = cells(count, &|x| 1.25 + 0.75 * (4.0 * PI * x).sin())?;
    let minimum = two_waves(lambda)?;
    let (y, f) = (target.as_slice(), minimum.field.as_slice());
    let (mut deviation, mut discrete, mut analytic) = (0.0f64, 0.0f64, 0.0f64);
    for index in AT_AN_END..count - AT_AN_END {
        let moved = f[index] - y[index];
        let second = (y[index - 1] - 2.0 * y[index] + y[index + 1]) * (count * count) as f64;
        let exact = -(4.0 * PI).powi(2) * (y[index] - 1.25);
        let law = |curvature: f64| 2.0 * lambda * y[index] * y[index] * curvature;
        deviation = deviation.max(moved.abs());
        discrete = discrete.max((moved - law(second)).abs());
        analytic = analytic.max((moved - law(exact)).abs());
    }
    Ok(vec![
        solved("largest |f - y| at λ = 1e-6", deviation, 9.43391501e-4),
        Evidence::new("error of the law, discrete y''", discrete, 2.96e-6)
            .within(Tolerance::last_digit(1e-8)),
        Evidence::new("error of the law, analytic y''", analytic, 3.27e-6)
            .within(Tolerance::last_digit(1e-8)),
    ])
}

pub fn the_massless_limit() -> Result<Vec<Evidence>> {
    let table = [
        (1.0, -0.432332358381694),
        (0.1, -0.906346234610091),
        (0.01, -0.990066334662235),
        (0.001, -0.999000666333467),
    ];
    let mut evidence = Vec::new();
    for (mass, expected) in table {
        let green = LinePropagator::of_operator(1.0, mass * mass)?;
        let label = format!("G(2) - G(0) on a line, m = {mass}");
        evidence.push(Evidence::new(&label, green.difference(2.0)?, expected));
    }
    let light = LinePropagator::of_operator(1.0, 1e-16)?;
    let ratio = light.difference(4.0)? / light.difference(2.0)?;
    // A fall from a constant towards 1/|x| would level off: it cannot double with the distance.
    evidence.push(
        Evidence::new("(G(4) - G(0)) / (G(2) - G(0)), m = 1e-8", ratio, 2.0)
            .within(TINY_MASS)
            .against_claim(1.0, 0.5),
    );
    let limit = MasslessLimit::of_targets(0.5, &[1.0], 4.0)?.limit(2.0);
    evidence.push(Evidence::new("-|x|/(4λ) at x = 2, λ = 0.5", limit, -1.0));
    let plane = FreePropagator::massless(Dimension::Two);
    let fall = plane.at(1.0)? - plane.at(2.0)?;
    evidence.push(Evidence::new("fall from r = 1 to 2 in the plane", fall, 2f64.ln() / (2.0 * PI)));
    let space = massless_power_law(3, 2.0)?;
    evidence.push(Evidence::new("in d = 3 at r = 2: 1/(8π)", space, 0.125 / PI));
    Ok(evidence)
}

const TINY_MASS: Tolerance =
    Tolerance::absolute(1e-6, "the mass changes the ratio by its product with the distance");

pub fn the_structure_function() -> Result<Vec<Evidence>> {
    let table = [
        (1.0, 0.8646647167633873),
        (10.0, 1.8126924692201818),
        (100.0, 1.9801326693244747),
        (1000.0, 1.998001332666921),
    ];
    let mut evidence = Vec::new();
    for (target, expected) in table {
        let value = line(FieldOperator::Hessian, 0.5, target)?.structure_function(2.0)?;
        evidence.push(Evidence::new(&format!("D(2), λ = 0.5, y₀ = {target}"), value, expected));
    }
    let light = line(FieldOperator::Hessian, 0.5, 1e8)?;
    evidence.push(
        Evidence::new("D(2) in the limit: |x|/(2λ)", light.structure_function(2.0)?, 2.0)
            .within(TINY_MASS),
    );
    evidence.push(
        Evidence::new("slope of ln D over ln |x|", light.structure_slope(2.0)?, 1.0)
            .within(TINY_MASS)
            .against_claim(-1.0, 1.0),
    );
    Ok(evidence)
}

pub fn the_scaling_dimension() -> Result<Vec<Evidence>> {
    let dimension = scaling_dimension(1)?;
    Ok(vec![
        Evidence::new("Δ of the free field on a line", dimension, -0.5).against_claim(0.5, 0.5),
        Evidence::new("exponent of its correlator", correlator_exponent(dimension), 1.0)
            .against_claim(-1.0, 1.0),
        Evidence::new("Δ in three dimensions", scaling_dimension(3)?, 0.5),
    ])
}

pub fn the_moebius_identity() -> Result<Vec<Evidence>> {
    let map = Reparametrization::moebius(2.0, 1.0, 1.0, 3.0)?;
    let field = TestFunction::new(1.0, &[1.0, 0.5])?;
    let identity = KineticIdentity::new(&map, &field, 0.0, 1.0)?;
    let square = Reparametrization::power(2.0)?;
    let other = KineticIdentity::new(&square, &field, 1.0, 2.0)?;
    Ok(vec![
        Evidence::new("∫ (dẽ/dx̃)² dx̃, F = (2x+1)/(x+3)", identity.transformed, 0.671457312342947),
        Evidence::new("∫ e'² dx", identity.original, 0.414250075830208),
        Evidence::new("what the ends contribute", identity.boundary_term, 0.257207236512739),
        Evidence::new("what the Schwarzian contributes", identity.schwarzian_term, 0.0)
            .within(QUADRATURE),
        Evidence::new("left minus right side", identity.residual(), 0.0).within(QUADRATURE),
        Evidence::new("left minus right side, F = x²", other.residual(), 0.0).within(QUADRATURE),
    ])
}

const QUADRATURE: Tolerance =
    Tolerance::absolute(1e-10, "double exponential quadrature of a smooth function");

pub fn what_is_conformal() -> Result<Vec<Evidence>> {
    // 1/√(x² + a²) has the Fourier transform 2 K₀(a|k|), and 2π times the planar propagator is K₀.
    let plane = FreePropagator::massive(Dimension::Two, 1.0)?;
    let transform = |k: f64| Ok(4.0 * PI * plane.at(1e-6 * k)?);
    let fall: f64 = transform(2.0)?;
    // Covariance of the slopes over steps of 0.1, at the same step and at the next one.
    let light = line(FieldOperator::Hessian, 0.5, 1e8)?;
    let (near, far) = (light.structure_function(0.1)?, light.structure_function(0.2)?);
    Ok(vec![
        Evidence::new(
            "transform of 1/|x|: from k = 1 to 2",
            fall - transform(1.0)?,
            -2.0 * 2f64.ln(),
        ),
        Evidence::new("h × variance of a slope, λ = 0.5: 1/(2λ)", near / 0.1, 1.0)
            .within(TINY_MASS),
        Evidence::new("h × covariance of neighbouring slopes", (far - 2.0 * near) / 0.2, 0.0)
            .within(TINY_MASS),
    ])
}

pub fn figure_1() -> Result<Vec<Evidence>> {
    let printed = 0.496585303791410;
    let (mass, one) = (0.7, 1.0);
    let on_line = FreePropagator::massive(Dimension::One, mass)?;
    let in_space = FreePropagator::massive(Dimension::Three, mass)?;
    Ok(vec![
        Evidence::new("G(1) on a line, m = 0.7", on_line.at(one)?, 0.3547037884224353)
            .against_print(printed, 0.1),
        Evidence::new("4π G(1) in space, m = 0.7", 4.0 * PI * in_space.at(one)?, printed),
        Evidence::new("G(0) on a line: 1/(2m)", on_line.at(1e-12)?, 0.7142857142857143),
    ])
}

pub fn figure_2() -> Result<Vec<Evidence>> {
    let slope = |green: FreePropagator| green.log_slope(2.0);
    let massive = FreePropagator::massive(Dimension::Three, 0.5)?;
    Ok(vec![
        Evidence::new(
            "slope on a line, massless",
            slope(FreePropagator::massless(Dimension::One))?,
            1.0,
        )
        .against_print(-1.0, 1.0),
        Evidence::new(
            "slope in space, massless",
            slope(FreePropagator::massless(Dimension::Three))?,
            -1.0,
        ),
        Evidence::new("slope in space at r = 2, m = 0.5: -1 - mr", slope(massive)?, -2.0),
    ])
}

pub fn the_static_response() -> Result<Vec<Evidence>> {
    let green = line(FieldOperator::Hessian, 0.5, 2.0)?;
    Ok(vec![
        Evidence::new("response at 0, λ = 0.5, y₀ = 2", green.static_response(0.0)?, 0.25),
        Evidence::new("response at 1", green.static_response(1.0)?, 0.151632664928158),
        Evidence::new("its integral", green.mass_term() * green.area(), 1.0),
    ])
}

pub fn the_response_of_the_minimum() -> Result<Vec<Evidence>> {
    let response = StaticResponse::new(0.5, 2.0)?;
    Ok(vec![
        Evidence::new("at the disturbed cell", response.solved_at(0), 0.25).within(GRID),
        Evidence::new(
            "at a distance of 1",
            response.solved_at(response.sites_per_unit()),
            0.151632664928158,
        )
        .within(GRID),
        Evidence::new("sum over the interval", response.solved_sum(), 1.0).within(GRID),
    ])
}

const GRID: Tolerance = Tolerance::relative(
    1e-4,
    "the grid of spacing 0.02 changes the response by 1e-5, and the walls, five lengths away, by e^-20",
);
