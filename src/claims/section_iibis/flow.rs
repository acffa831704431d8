//! The evidence on the flow of the mass.

use crate::Result;
use crate::claims::five_points::{SPACING, five_point_action, five_predictions};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{BetaDivergence, Divergence, FDivergence, itakura_saito_second_derivative};
use crate::operator::Symmetric;
use crate::propagator::scaling_dimension;
use crate::renormalization::{
    BlockMeans, DisorderedChain, GaussianChain, KineticRescaling, LossClass, LossClassification,
    MeasuredFlow, PlaneDecimation, PrintedFlow, beta_function, decay_per_site,
    decimated_squared_mass, schur_complement, squared_mass_at_scale,
};

pub(super) fn the_action() -> Result<Vec<Evidence>> {
    let value = five_point_action(0.1)?.value(&five_predictions()?)?;
    // By hand from (1) and (2), with h = 1/4.
    Ok(vec![Evidence::new("S of five points at λ = 0.1", value, BY_HAND)])
}

/// (1) for five points with λ = 0.1 and h = 1/4.
const BY_HAND: f64 = 0.767956562537015;

pub(super) fn the_kinetic_term() -> Result<Vec<Evidence>> {
    let mut evidence = vec![Evidence::exact("Δ on a line", scaling_dimension(1)?, -0.5)];
    for dimensions in 1..=3 {
        let rescaling = KineticRescaling::canonical(dimensions, 1.7)?;
        let label = format!("kinetic term of φ_b over that of φ, d = {dimensions}");
        evidence.push(Evidence::new(&label, rescaling.kinetic_ratio, 1.0).within(QUADRATURE));
        let label = format!("integral of φ_b² over that of φ², d = {dimensions}: b⁻²");
        let expected = 1.7f64.powi(-2);
        evidence.push(Evidence::new(&label, rescaling.square_ratio, expected).within(QUADRATURE));
    }
    let other = KineticRescaling::with_dimension(1, 1.7, 0.0)?.kinetic_ratio;
    evidence.push(Evidence::new("kinetic term with Δ = 0 on a line: b", other, 1.7));
    Ok(evidence)
}

const QUADRATURE: Tolerance =
    Tolerance::relative(1e-12, "quadrature of a smooth profile converges to a few ulps");

pub(super) fn the_mass_term() -> Result<Vec<Evidence>> {
    [0.5, 2.0, 30.0]
        .into_iter()
        .map(|target| {
            let half = 0.5 * itakura_saito_second_derivative(target, target)?;
            let label = format!("half the second derivative of V at y = {target}: 1/(2y²)");
            Ok(Evidence::new(&label, half, 0.5 / (target * target)))
        })
        .collect()
}

pub(super) fn the_whole_action_at_another_scale() -> Result<Vec<Evidence>> {
    let field = five_predictions()?;
    let (scale, length) = (3.0f64, 5.0 * SPACING / 3.0);
    let same_target = five_point_action(0.1 / scale.powi(2))?.with_length(length)?.value(&field)?;
    let shrink = scale.powf(-0.5);
    let rescaled = |elasticity: f64| -> Result<f64> {
        let action = five_point_action(elasticity)?.with_length(length)?.scaled(shrink)?;
        action.value(&field.scaled(shrink)?)
    };
    Ok(vec![
        Evidence::new("b times S with λ/b² on a third of the length", scale * same_target, BY_HAND),
        Evidence::new(
            "b times S of b^Δ f and b^Δ y with λ/b",
            scale * rescaled(0.1 / scale)?,
            BY_HAND,
        ),
        // Were the potential form-invariant, λ would stay, and no factor would appear.
        Evidence::new("S of five points, before", BY_HAND, BY_HAND)
            .against_claim(rescaled(0.1)?, 0.005),
    ])
}

pub(super) fn the_exponent_of_the_mass() -> Result<Vec<Evidence>> {
    [(1, 1.0), (2, 0.0), (3, -1.0)]
        .into_iter()
        .map(|(dimensions, printed)| {
            let factor = KineticRescaling::canonical(dimensions, 2.0)?.squared_mass_factor();
            let label =
                format!("log₂ of the squared mass at b = 2 over that before, d = {dimensions}");
            Ok(Evidence::new(&label, factor.log2(), 2.0).against_print(printed, 0.5))
        })
        .collect()
}

/// On a lattice the exponent 2 has a correction of the size of the squared mass.
const SMALL_MASS: Tolerance =
    Tolerance::absolute(1e-5, "at u = 1e-6 the exponent differs from 2 by about the squared mass");

pub(super) fn the_exponent_on_lattices() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (dimensions, printed) in [(1, 1.0), (2, 0.0), (3, -1.0)] {
        let growth = decimated_squared_mass(dimensions, 1e-6, 2)? / 1e-6;
        let label = format!("exponent of a lattice at u = 1e-6, d = {dimensions}");
        let found = Evidence::new(&label, growth.log2(), 2.0).within(SMALL_MASS);
        evidence.push(found.against_print(printed, 0.5));
    }
    let plane = PlaneDecimation::new(16, 0.05)?;
    let label = "exponent in the plane at u = 0.05, sites eliminated one by one";
    let found = Evidence::new(label, plane.exponent(), plane.exponent_in_closed_form()?);
    let finite = "a torus of 16 sites instead of the plane";
    evidence.push(found.within(Tolerance::absolute(2e-3, finite)).against_print(0.0, 0.5));
    Ok(evidence)
}

pub(super) fn bond_and_mass_apart() -> Result<Vec<Evidence>> {
    let chain = GaussianChain::new(1.0, 1e-6)?;
    let coarse = chain.decimated(8)?;
    let exponent = |after: f64, before: f64| (after / before).log2() / 3.0;
    let bond = exponent(coarse.bond(), chain.bond());
    let mass = exponent(coarse.site_mass(), chain.site_mass());
    let zoomed = squared_mass_at_scale(1e-6, 0.5)? / 1e-6;
    let finer = Evidence::new("log₂ of the squared mass at b = 1/2", zoomed.log2(), -2.0);
    Ok(vec![
        Evidence::new("exponent of the bond", bond, -1.0).within(BLOCK_OF_EIGHT),
        Evidence::new("exponent of the mass of a site", mass, 1.0).within(BLOCK_OF_EIGHT),
        finer.within(SMALL_MASS),
        Evidence::new("β(u)/u at u = 1e-6", beta_function(1e-6)? / 1e-6, 2.0).within(SMALL_MASS),
    ])
}

const BLOCK_OF_EIGHT: Tolerance =
    Tolerance::absolute(2e-5, "the correction is of the size of the squared mass times b²");

/// The squared mass after one to six decimations from 0.01.
const DECIMATED: [f64; 6] =
    [0.0401, 0.16200801, 0.67427863530416, 3.15176621924428, 22.5406951777465, 598.245719807071];

pub(super) fn six_decimations() -> Result<Vec<Evidence>> {
    let mut squared_mass = 0.01;
    let mut evidence = Vec::new();
    for (step, expected) in DECIMATED.into_iter().enumerate() {
        // The step itself, not the closed form.
        squared_mass *= 4.0 + squared_mass;
        let label = format!("u from 0.01, after decimation {}", step + 1);
        evidence.push(Evidence::new(&label, squared_mass, expected));
    }
    // A flow to zero would lie below the start.
    let end = evidence.pop().map(|last| last.against_claim(0.0, 0.01));
    evidence.extend(end);
    Ok(evidence)
}

pub(super) fn decimation_in_closed_form() -> Result<Vec<Evidence>> {
    let chain = GaussianChain::new(1.0, 0.01)?;
    let pair = chain.decimated(2)?;
    let mut evidence = vec![
        Evidence::new("K' of K = 1, r = 0.01", pair.bond(), 0.497512437810945),
        Evidence::new("r' of K = 1, r = 0.01", pair.site_mass(), 0.0199502487562189),
        Evidence::new("u for blocks of 3: u(u + 3)²", chain.decimated(3)?.squared_mass(), 0.090601),
        Evidence::new("log₂(u₁/u₀)", (pair.squared_mass() / 0.01).log2(), 2.0036022366802),
        Evidence::new("θ = a/ξ", decay_per_site(0.01)?, 0.0999583801386973),
    ];
    for (step, expected) in DECIMATED.into_iter().enumerate() {
        let block = 1 << (step + 1);
        let coarse = chain.decimated(block)?;
        let label = format!("u in one step, b = {block}");
        evidence.push(Evidence::new(&label, coarse.squared_mass(), expected));
        let label = format!("correlation length in sites, b = {block}, times b");
        let length = coarse.correlation_length() * block as f64;
        evidence.push(Evidence::new(&label, length, chain.correlation_length()));
    }
    Ok(evidence)
}

pub(super) fn the_covariances_stay() -> Result<Vec<Evidence>> {
    let chain = GaussianChain::new(1.0, 0.3)?;
    let coarse = chain.decimated(3)?;
    let mut evidence = Vec::new();
    for distance in 0..4 {
        let label = format!("covariance {} sites apart, b = 3", 3 * distance);
        let (after, before) = (coarse.covariance(distance), chain.covariance(3 * distance));
        evidence.push(Evidence::new(&label, after, before));
    }
    // Inside a long chain, all sites between eliminated one by one.
    let long = DisorderedChain::new(&[1.0; 120], &[0.3; 121])?.precision()?;
    let staying: Vec<usize> = (0..=40).map(|site| 3 * site).collect();
    let left = schur_complement(&dense(&long)?, &staying)?;
    let (diagonal, beside) = (left.view()[(20, 20)], left.view()[(20, 21)]);
    let mass = diagonal + 2.0 * beside;
    evidence.push(Evidence::new("bond by elimination, b = 3", -beside, coarse.bond()));
    evidence.push(Evidence::new("mass by elimination, b = 3", mass, coarse.site_mass()));
    Ok(evidence)
}

fn dense(chain: &crate::operator::SymmetricTridiagonal) -> Result<Symmetric> {
    let count = chain.diagonal().len();
    let entry = |(row, column): (usize, usize)| match row.abs_diff(column) {
        0 => chain.diagonal()[row],
        1 => chain.off_diagonal()[row.min(column)],
        _ => 0.0,
    };
    Symmetric::new(ndarray::Array2::from_shape_fn((count, count), entry))
}

pub(super) fn the_measured_flow() -> Result<Vec<Evidence>> {
    let flow = MeasuredFlow::of_samples(&[0.01, 0.04, 0.16, 0.64], 2, 64, 8192, 15)?;
    let mut evidence = Vec::new();
    for point in flow.points() {
        let observed = point.observed.squared_mass;
        let label =
            format!("exponent of the squared mass from samples, u = {}", point.squared_mass);
        let allowed = Tolerance::three_standard_errors(observed.standard_error);
        let found = Evidence::new(&label, observed.value, point.expected.squared_mass);
        evidence.push(found.within(allowed).against_print(1.0, 0.5));
    }
    Ok(evidence)
}

pub(super) fn the_massless_point() -> Result<Vec<Evidence>> {
    Ok(vec![
        Evidence::exact("u = 0 after one decimation", squared_mass_at_scale(0.0, 2.0)?, 0.0),
        Evidence::exact("u = 0 for blocks of 7", squared_mass_at_scale(0.0, 7.0)?, 0.0),
        Evidence::exact("β(0)", beta_function(0.0)?, 0.0),
    ])
}

pub(super) fn the_flow_of_itakura_saito() -> Result<Vec<Evidence>> {
    // u = 1/(2λ y²) = 0.01 at λ = 1/2 and h = 1.
    let start = LossClass::start(Divergence::ItakuraSaito, 10.0, 0.5, 1.0)?;
    let end = squared_mass_at_scale(start, 64.0)?;
    let length = 1.0 / decay_per_site(end)?;
    Ok(vec![
        Evidence::new("u of IS at the target 10, λ = 1/2, h = 1", start, 0.01),
        Evidence::new("u of IS seen from 64 times further away", end, 598.245719807071)
            .against_claim(0.0, 0.01),
        Evidence::new(
            "correlation length over the lattice spacing, there",
            length,
            1.0 / (64.0 * 0.0999583801386973),
        ),
    ])
}

pub(super) fn the_printed_points() -> Result<Vec<Evidence>> {
    let printed = PrintedFlow::of_figure_6();
    let mut evidence = Vec::new();
    let stretches = [(0.0, 1.2), (1.2, 2.0), (2.0, 2.8), (2.8, 3.4), (3.4, 4.0)];
    let expected = [0.417, 0.625, 0.625, 0.833, 0.833];
    for ((rate, expected), (from, to)) in printed.rates().into_iter().zip(expected).zip(stretches) {
        let label = format!("printed rate of decay, log b from {from} to {to}");
        let found = Evidence::new(&label, rate, expected);
        evidence.push(found.within(Tolerance::last_digit(0.001)));
    }
    // A flow has one rate at one mass.
    let rate = |start: f64| printed.rate_at(start, 0.45).unwrap_or(f64::NAN);
    evidence.push(
        Evidence::new("rate at m² = 0.45, from 1, over that from 0.5", rate(1.0) / rate(0.5), 1.5)
            .against_claim(1.0, 0.2),
    );
    Ok(evidence)
}

pub(super) fn the_end_of_the_trajectories() -> Result<Vec<Evidence>> {
    let factor = KineticRescaling::canonical(1, 4f64.exp())?.squared_mass_factor();
    let printed = PrintedFlow::of_figure_6().ratios()[5];
    // A chain of 2^20 sites in one unit of length.
    let fine = 2f64.powi(-40);
    let chain = squared_mass_at_scale(fine, 4f64.exp())? / fine;
    let label = "m² at log b = 4 over that at the start";
    let of_chain = "the same on a chain of 2^20 sites a unit";
    Ok(vec![
        Evidence::new(label, factor, 2980.95798704).against_print(printed, 1.0),
        Evidence::new(of_chain, chain, 2980.95798704)
            .within(Tolerance::relative(1e-8, "the lattice corrects by its squared mass times b²")),
    ])
}

pub(super) fn the_other_direction() -> Result<Vec<Evidence>> {
    let mut squared_mass: f64 = 1.0;
    let mut evidence = Vec::new();
    let expected =
        [0.2360679775, 0.0581710272715, 0.0144902648738, 0.0036192914009, 9.04618266673e-4];
    for (step, expected) in expected.into_iter().enumerate() {
        // -2 + √(4 + u), without its cancellation.
        squared_mass /= 2.0 + (4.0 + squared_mass).sqrt();
        let label = format!("u after zooming in {} times from 1", step + 1);
        evidence.push(Evidence::new(&label, squared_mass, expected));
        let label = format!("the same in one step, b = 1/{}", 2 << step);
        let scale = 0.5f64.powi(step as i32 + 1);
        evidence.push(Evidence::new(&label, squared_mass_at_scale(1.0, scale)?, expected));
    }
    let chain = GaussianChain::new(1.0, 0.01)?;
    let lengths = chain.decimated(8)?.correlation_length() / chain.correlation_length();
    let rate = -2.0 * lengths.ln() / 8f64.ln();
    evidence.push(Evidence::new("rate of decay of ξ²/a² towards large scales", rate, 2.0));
    Ok(evidence)
}

pub(super) fn one_flow_for_all_losses() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for divergence in [
        Divergence::ItakuraSaito,
        Divergence::SQUARED_ERROR,
        Divergence::KULLBACK_LEIBLER,
        Divergence::Weighted(FDivergence::Hellinger),
        Divergence::Beta(BetaDivergence::new(0.5)?),
    ] {
        let start = LossClass::start(divergence, 5.0, 0.5, 0.5)?;
        let eight = decay_per_site(squared_mass_at_scale(start, 8.0)?)? / decay_per_site(start)?;
        let label = format!("θ of a block of 8 over θ, {divergence}");
        evidence.push(Evidence::new(&label, eight, 8.0));
        // In the end bonds are nothing beside masses, for whichever loss.
        let left = squared_mass_at_scale(start, 512.0)?.recip();
        let label = format!("K/r seen from 512 times further away, {divergence}");
        evidence.push(Evidence::new(&label, left, 0.0).within(ULTRA_LOCAL));
    }
    Ok(evidence)
}

const ULTRA_LOCAL: Tolerance =
    Tolerance::absolute(1e-20, "every one of these masses is heavy at this scale");

pub(super) fn the_squared_error_flows() -> Result<Vec<Evidence>> {
    // h²/(2λ) = 0.01, and a quarter of it at y = 2.
    let squared = LossClass::start(Divergence::SQUARED_ERROR, 2.0, 0.5, 0.1)?;
    let far = LossClass::start(Divergence::SQUARED_ERROR, 200.0, 0.5, 0.1)?;
    let itakura_saito = LossClass::start(Divergence::ItakuraSaito, 2.0, 0.5, 0.1)?;
    let step = |start: f64| -> Result<f64> {
        Ok(GaussianChain::new(1.0, start)?.decimated(2)?.squared_mass())
    };
    Ok(vec![
        Evidence::new("u of the squared error at the target 2", squared, 0.01),
        Evidence::new("u of the squared error at the target 200", far, 0.01),
        Evidence::new("u of the squared error after one decimation", step(squared)?, 0.0401)
            .against_claim(0.01, 0.01),
        Evidence::new("u of IS at the target 2", itakura_saito, 0.0025),
        Evidence::new("u of IS after one decimation", step(itakura_saito)?, 0.0025 * 4.0025),
    ])
}

pub(super) fn unequal_masses() -> Result<Vec<Evidence>> {
    let targets: Vec<f64> = (0..33).map(|site| 1.0 + f64::from((7 * site) % 5)).collect();
    let chain = DisorderedChain::of_targets(&targets, 0.5, 1.0)?;
    let coarse = chain.decimated()?;
    let staying: Vec<usize> = (0..17).map(|site| 2 * site).collect();
    let left = schur_complement(&dense(&chain.precision()?)?, &staying)?;
    let expected = dense(&coarse.precision()?)?;
    let difference = (&left.view() - &expected.view()).fold(0.0, |d: f64, x| d.max(x.abs()));
    let positive = |values: &[f64]| values.iter().filter(|value| **value > 0.0).count() as f64;
    let uniform = DisorderedChain::of_targets(&[10.0; 9], 0.5, 1.0)?.decimated()?;
    Ok(vec![
        Evidence::new("bond for equal targets 10", uniform.bonds()[1], 0.497512437810945),
        Evidence::new("mass for equal targets 10", uniform.site_masses()[2], 0.0199502487562189),
        Evidence::new("largest difference of rule and Schur complement", difference, 0.0)
            .within(Tolerance::absolute(1e-14, "entries of size one, a few roundings each")),
        Evidence::exact("positive bonds of 16", positive(coarse.bonds()), 16.0),
        Evidence::exact("positive masses of 17", positive(coarse.site_masses()), 17.0),
    ])
}

pub(super) fn means_of_blocks() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (index, (shape, block)) in [(1.0, 2), (1.0, 8), (2.0, 4), (0.5, 16)].into_iter().enumerate()
    {
        let means = BlockMeans::of_samples(shape, block, 20_000, 20 + index as u64)?;
        let allowed = Tolerance::three_standard_errors(means.shape.standard_error);
        let label = format!("shape of the means of {block} variables of shape {shape}");
        let found = Evidence::new(&label, means.shape.value, means.expected_shape);
        evidence.push(found.within(allowed));
        let allowed = Tolerance::three_standard_errors(means.skewness.standard_error);
        let label = format!("their skewness, {block} of shape {shape}");
        let found = Evidence::new(&label, means.skewness.value, means.expected_skewness());
        evidence.push(found.within(allowed));
    }
    Ok(evidence)
}

/// The squared masses at the start are below 2e-8.
const EIGENVALUE: Tolerance =
    Tolerance::absolute(1e-7, "the exponent of a lattice differs from 2 by about its squared mass");

pub(super) fn one_eigenvalue_for_all() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for class in LossClassification::new()?.classes() {
        let (name, degree) = (class.divergence, class.divergence.degree());
        let label = format!("exponent of the squared mass, {name}");
        evidence.push(Evidence::new(&label, class.eigenvalue, 2.0).within(EIGENVALUE));
        let label = format!("exponent of the curvature from values, {name}: p - 2");
        let found = Evidence::new(&label, class.curvature_exponent, degree - 2.0);
        evidence.push(found.within(SECOND_DIFFERENCE_OF_EXPONENT));
    }
    Ok(evidence)
}

const SECOND_DIFFERENCE_OF_EXPONENT: Tolerance =
    Tolerance::absolute(1e-7, "second differences with the relative step 1e-4, at two targets");
