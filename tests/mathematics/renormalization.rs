//! The theorems of the flow: decimation is a semigroup, agrees with elimination, and keeps what it should.

use itakura_saito::Error;
use itakura_saito::gallery::{
    figure_6, figure_6_corrected, figure_6_refuted, figure_6_upside_down,
};
use itakura_saito::operator::{Symmetric, SymmetricTridiagonal};
use itakura_saito::renormalization::*;
use ndarray::Array2;
use proptest::prelude::*;

fn close(one: f64, other: f64, tolerance: f64) -> bool {
    (one - other).abs() <= tolerance * one.abs().max(other.abs())
}

fn dense(chain: &SymmetricTridiagonal) -> Symmetric {
    let count = chain.diagonal().len();
    let entry = |(row, column): (usize, usize)| match row.abs_diff(column) {
        0 => chain.diagonal()[row],
        1 => chain.off_diagonal()[row.min(column)],
        _ => 0.0,
    };
    Symmetric::new(Array2::from_shape_fn((count, count), entry)).unwrap()
}

/// A column of the inverse.
fn covariances(precision: &SymmetricTridiagonal, site: usize) -> Vec<f64> {
    let mut unit = vec![0.0; precision.diagonal().len()];
    unit[site] = 1.0;
    precision.solve(&unit).unwrap()
}

/// The polynomial `outer` at the polynomial `inner`, in whole numbers.
fn composed(outer: &[i64], inner: &[i64]) -> Vec<i64> {
    let mut result = vec![0i64];
    for coefficient in outer.iter().rev() {
        let mut next = vec![0i64; result.len() + inner.len() - 1];
        for (i, a) in result.iter().enumerate() {
            for (j, b) in inner.iter().enumerate() {
                next[i + j] += a * b;
            }
        }
        next[0] += coefficient;
        result = next;
    }
    while result.last() == Some(&0) {
        result.pop();
    }
    result
}

#[test]
fn scales_multiply_exactly_in_whole_numbers() {
    for (first, second) in [(2, 2), (2, 3), (3, 2), (3, 3), (2, 5), (4, 3), (5, 4), (2, 12)] {
        let (a, b) =
            (decimation_polynomial(first).unwrap(), decimation_polynomial(second).unwrap());
        let product = decimation_polynomial(first * second).unwrap();
        assert_eq!(composed(&a, &b), product, "{first} after {second}");
        assert_eq!(composed(&b, &a), product, "{second} after {first}");
    }
}

#[test]
fn the_coefficients_are_those_of_the_binomials() {
    let binomial =
        |n: usize, k: usize| (1..=k).fold(1i64, |c, i| c * (n - k + i) as i64 / i as i64);
    for block in 1..=12 {
        let polynomial = decimation_polynomial(block).unwrap();
        assert_eq!(polynomial[0], 0);
        assert_eq!(polynomial[1], (block * block) as i64);
        for (power, &coefficient) in polynomial.iter().enumerate().skip(1) {
            let numerator = 2 * block as i64 * binomial(block + power, 2 * power);
            assert_eq!(coefficient * (block + power) as i64, numerator, "b = {block}, u^{power}");
            assert!(coefficient > 0);
        }
    }
}

proptest! {
    #[test]
    fn scales_multiply(
        log_mass in -12f64..1.0, a in 1usize..6, b in 1usize..6, zoom in 1usize..9,
    ) {
        let mass = log_mass.exp();
        let at = |mass: f64, scale: f64| squared_mass_at_scale(mass, scale).unwrap();
        let product = at(mass, (a * b) as f64);
        prop_assert!(close(at(at(mass, a as f64), b as f64), product, 1e-12));
        prop_assert!(close(at(at(mass, b as f64), a as f64), product, 1e-12));
        let zoomed = at(mass, 1.0 / zoom as f64);
        prop_assert!(close(at(zoomed, zoom as f64), mass, 1e-12), "zooming in is the inverse");
    }

    #[test]
    fn the_correlation_length_is_divided_by_the_block(
        bond in 0.1f64..10.0, log_mass in -12f64..1.0, block in 1usize..9,
    ) {
        let chain = GaussianChain::new(bond, bond * log_mass.exp()).unwrap();
        let coarse = chain.decimated(block).unwrap();
        let length = coarse.correlation_length() * block as f64;
        prop_assert!(close(length, chain.correlation_length(), 1e-11));
        let (theta, after) = (decay_per_site(chain.squared_mass()).unwrap(),
            decay_per_site(coarse.squared_mass()).unwrap());
        prop_assert!(close(after, block as f64 * theta, 1e-11));
        // What is left of the covariance is the covariance.
        for distance in 0..3 {
            let (after, before) = (coarse.covariance(distance), chain.covariance(block * distance));
            prop_assert!(close(after, before, 1e-10), "{after} {before}");
        }
    }

    #[test]
    fn a_polynomial_is_what_decimation_does(log_mass in -9f64..1.0, block in 1usize..9) {
        let mass = log_mass.exp();
        let powers = decimation_polynomial(block).unwrap();
        let value = powers.iter().rev().fold(0.0, |value, &c| value * mass + c as f64);
        prop_assert!(close(value, squared_mass_at_scale(mass, block as f64).unwrap(), 1e-12));
    }

    #[test]
    fn elimination_gives_the_closed_form(
        bond in 0.2f64..5.0, mass in 0.2f64..2.0, block in 2usize..5,
    ) {
        // Long enough that the middle does not know of the ends.
        let (blocks, middle) = (40, 20);
        let sites = blocks * block + 1;
        let chain = DisorderedChain::new(&vec![bond; sites - 1], &vec![mass * bond; sites]).unwrap();
        let staying: Vec<usize> = (0..=blocks).map(|site| site * block).collect();
        let left = schur_complement(&dense(&chain.precision().unwrap()), &staying).unwrap();
        let beside = -left.view()[(middle, middle + 1)];
        let coarse = GaussianChain::new(bond, mass * bond).unwrap().decimated(block).unwrap();
        prop_assert!(close(beside, coarse.bond(), 1e-11));
        let site_mass = left.view().row(middle).sum();
        prop_assert!(close(site_mass, coarse.site_mass(), 1e-11));
    }

    #[test]
    fn unequal_masses_stay_positive_and_keep_their_covariances(
        bonds in prop::collection::vec(0.01f64..10.0, 20),
        masses in prop::collection::vec(0.001f64..10.0, 21),
        even in any::<bool>(),
    ) {
        let count = if even { 20 } else { 21 };
        let chain = DisorderedChain::new(&bonds[..count - 1], &masses[..count]).unwrap();
        let coarse = chain.decimated().unwrap();
        prop_assert!(coarse.bonds().iter().chain(coarse.site_masses()).all(|&value| value > 0.0));
        let (before, after) = (chain.precision().unwrap(), coarse.precision().unwrap());
        // The inverse of what is left is the part of the inverse that is left.
        let (fine, left) = (covariances(&before, 6), covariances(&after, 3));
        for (site, &value) in left.iter().enumerate() {
            prop_assert!((value - fine[2 * site]).abs() < 1e-11 * fine[6], "{site}");
        }
        // And the rule is the Schur complement.
        let staying: Vec<usize> = (0..count.div_ceil(2)).map(|site| 2 * site).collect();
        let eliminated = schur_complement(&dense(&before), &staying).unwrap();
        let difference = &eliminated.view() - &dense(&after).view();
        prop_assert!(difference.iter().all(|entry| entry.abs() < 1e-12 * 40.0));
    }

    #[test]
    fn the_sum_over_momenta_is_chebyshevs_polynomial_on_a_line(
        log_mass in -9f64..1.0, block in 1usize..7,
    ) {
        let mass = log_mass.exp();
        let by_momenta = decimated_squared_mass(1, mass, block).unwrap();
        let by_chebyshev = squared_mass_at_scale(mass, block as f64).unwrap();
        prop_assert!(close(by_momenta, by_chebyshev, 1e-9), "{by_momenta} {by_chebyshev}");
    }

    #[test]
    fn the_beta_function_is_the_slope_of_the_flow(log_mass in -9f64..1.0) {
        let (mass, step) = (log_mass.exp(), 1e-5f64);
        let at = |step: f64| squared_mass_at_scale(mass, step.exp()).unwrap();
        let slope = (at(step) - at(-step)) / (2.0 * step);
        prop_assert!(close(slope, beta_function(mass).unwrap(), 1e-8));
    }

    #[test]
    fn below_zero_the_step_is_the_logistic_map(z in 0.0f64..=1.0) {
        let next = squared_mass_at_scale(-4.0 * z, 2.0).unwrap() / -4.0;
        prop_assert!((next - 4.0 * z * (1.0 - z)).abs() < 1e-14);
    }
}

#[test]
fn the_references_of_the_audit_are_reproduced() {
    let chain = GaussianChain::new(1.0, 0.01).unwrap();
    let pair = chain.decimated(2).unwrap();
    assert!(close(pair.bond(), 0.497512437810945, 1e-14));
    assert!(close(pair.site_mass(), 0.0199502487562189, 1e-14));
    assert!(close(decay_per_site(0.01).unwrap(), 0.0999583801386973, 1e-14));
    assert!(close(chain.decimated(3).unwrap().squared_mass(), 0.090601, 1e-13));
    assert!(close((pair.squared_mass() / 0.01).log2(), 2.0036022366802, 1e-13));
    let portrait = FlowPortrait::new(&[0.01, 1.0], 2, 6).unwrap();
    let outwards = [
        0.01,
        0.0401,
        0.16200801,
        0.67427863530416,
        3.15176621924428,
        22.5406951777465,
        598.245719807071,
    ];
    for (found, expected) in portrait.infrared()[0].iter().zip(outwards) {
        assert!(close(*found, expected, 1e-13), "{found} {expected}");
    }
    let inwards =
        [1.0, 0.2360679775, 0.0581710272715, 0.0144902648738, 0.0036192914009, 9.04618266673e-4];
    for (found, expected) in portrait.ultraviolet()[1].iter().zip(inwards) {
        assert!(close(*found, expected, 1e-10), "{found} {expected}");
    }
}

#[test]
fn the_plane_by_elimination_is_the_sum_over_momenta() {
    for mass in [0.02, 0.1, 0.5, 2.0] {
        let (small, large) =
            (PlaneDecimation::new(8, mass).unwrap(), PlaneDecimation::new(16, mass).unwrap());
        let expected = large.exponent_in_closed_form().unwrap();
        assert!(
            (large.exponent() - expected).abs() < 5e-3,
            "{mass}: {} {expected}",
            large.exponent()
        );
        // A larger torus is nearer to the plane.
        assert!((large.exponent() - expected).abs() <= (small.exponent() - expected).abs());
        assert!(large.across_diagonal > 0.0 && large.share_of_neighbours < 1.0);
    }
}

#[test]
fn in_every_dimension_the_exponent_is_two() {
    for dimensions in 1..=4 {
        for block in [2, 3] {
            let growth = decimated_squared_mass(dimensions, 1e-7, block).unwrap() / 1e-7;
            let exponent = growth.ln() / (block as f64).ln();
            assert!((exponent - 2.0).abs() < 1e-5, "d = {dimensions}, b = {block}: {exponent}");
        }
        let continuum = KineticRescaling::canonical(dimensions, 3.0).unwrap();
        assert!((continuum.kinetic_ratio - 1.0).abs() < 1e-12);
        assert!((continuum.squared_mass_factor() - 9.0).abs() < 1e-10);
    }
}

#[test]
fn another_dimension_of_the_field_does_not_keep_the_kinetic_term() {
    for (dimensions, field_dimension) in [(1, 0.0), (2, 0.5), (3, -1.0)] {
        let found = KineticRescaling::with_dimension(dimensions, 2.0, field_dimension).unwrap();
        let expected = 2f64.powf(2.0 * field_dimension + 2.0 - dimensions as f64);
        assert!(close(found.kinetic_ratio, expected, 1e-12));
    }
}

#[test]
fn samples_tell_plus_two_from_what_is_printed() {
    let masses = [0.0025, 0.01, 0.04, 0.16, 0.64];
    for block in [2, 3] {
        let flow = MeasuredFlow::of_samples(&masses, block, 64, 8192, 11).unwrap();
        for point in flow.points() {
            assert!(point.deviation().abs() < 3.0, "b = {block}: {point:?}");
            // 0, the printed exponent on a line, and the printed sign.
            for excluded in [0.0, 1.0, -1.0] {
                assert!(point.distance_from(excluded) > 10.0, "{excluded}: {point:?}");
            }
            let bond = point.observed.bond;
            assert!((bond.value - point.expected.bond).abs() < 4.0 * bond.standard_error);
            let mass = point.observed.site_mass;
            assert!((mass.value - point.expected.site_mass).abs() < 4.0 * mass.standard_error);
        }
    }
}

#[test]
fn the_stated_errors_are_the_errors() {
    // Over forty seeds the squared deviations in standard errors have the mean one.
    let deviations: Vec<f64> = (0..40)
        .map(|seed| {
            MeasuredFlow::of_samples(&[0.09], 2, 32, 2000, seed).unwrap().points()[0].deviation()
        })
        .collect();
    let mean_square = deviations.iter().map(|d| d * d).sum::<f64>() / 40.0;
    assert!((0.4..1.9).contains(&mean_square), "{mean_square}");
    assert!(deviations.iter().sum::<f64>().abs() / 40f64.sqrt() < 4.0, "{deviations:?}");
}

#[test]
fn the_same_seed_gives_the_same_bits() {
    let flow = |seed| MeasuredFlow::of_samples(&[0.04], 2, 16, 500, seed).unwrap();
    assert_eq!(flow(3), flow(3));
    assert_ne!(flow(3), flow(4));
    let means = |seed| BlockMeans::of_samples(1.0, 2, 1000, seed).unwrap();
    assert_eq!(means(3), means(3));
    assert_ne!(means(3), means(4));
}

#[test]
fn means_of_gamma_blocks_are_gamma_variables() {
    for (shape, block) in [(1.0, 1), (1.0, 4), (0.5, 10), (3.0, 2)] {
        let means = BlockMeans::of_samples(shape, block, 20_000, 5).unwrap();
        let off = |found: SampledValue, expected: f64| {
            (found.value - expected).abs() / found.standard_error
        };
        assert!(off(means.shape, means.expected_shape) < 3.5, "{means:?}");
        assert!(off(means.skewness, means.expected_skewness()) < 3.5, "{means:?}");
        // Small enough to tell the block from a single variable.
        assert!(block == 1 || off(means.shape, shape) > 10.0);
    }
}

#[test]
fn unequal_masses_grow_together() {
    let targets: Vec<f64> =
        (0..257).map(|site| 20.0 + f64::from((37 * site * site + 11 * site) % 17)).collect();
    let flow =
        DisorderFlow::new(DisorderedChain::of_targets(&targets, 0.5, 1.0).unwrap(), 4).unwrap();
    assert_eq!(flow.chains()[4].site_masses().len(), 17);
    let (means, spreads) = (flow.mean_squared_masses(), flow.relative_spreads());
    for step in 0..4 {
        let exponent = (means[step + 1] / means[step]).log2();
        assert!((1.9..2.3).contains(&exponent), "{exponent}");
    }
    assert!(spreads[3] < 0.5 * spreads[0], "{spreads:?}");
}

#[test]
fn no_flow_has_the_printed_trajectories() {
    let printed = PrintedFlow::of_figure_6();
    assert_eq!(printed.trajectory(0.5), [0.5, 0.303, 0.184, 0.112, 0.068, 0.041]);
    assert_eq!(printed.trajectory(1.5)[5], 0.123);
    // Where two trajectories pass the same mass at different rates.
    let differs = |mass: f64| {
        let rates: Vec<f64> =
            printed.starts().iter().filter_map(|&start| printed.rate_at(start, mass)).collect();
        rates.iter().any(|rate| (rate - rates[0]).abs() > 0.1)
    };
    let masses: Vec<f64> = (1..150).map(|step| 0.01 * f64::from(step)).collect();
    assert!(masses.iter().filter(|&&mass| differs(mass)).count() > 40);
    assert_eq!(printed.rate_at(0.5, 0.6), None);
}

#[test]
fn only_the_start_depends_on_the_loss() {
    let table = LossClassification::new().unwrap();
    for class in table.classes() {
        assert!((class.degree - class.divergence.degree()).abs() < 1e-10, "{class:?}");
        assert!((class.curvature_exponent - (class.degree - 2.0)).abs() < 1e-7, "{class:?}");
        assert!((class.eigenvalue - 2.0).abs() < 1e-7, "{class:?}");
    }
    assert!(table.classes()[0].is_scale_invariant() && !table.classes()[1].is_scale_invariant());
    assert_eq!(table.to_string().lines().count(), 10);
}

#[test]
fn every_figure_can_be_drawn_and_is_small() {
    let targets: Vec<f64> = (0..65).map(|site| 5.0 + f64::from(site % 4)).collect();
    let chain = DisorderedChain::of_targets(&targets, 0.5, 1.0).unwrap();
    let figures = [
        figure_6(),
        figure_6_refuted(),
        figure_6_corrected(),
        figure_6_upside_down(),
        GaussianChain::new(1.0, 0.01).unwrap().figure(5),
        FlowPortrait::new(&[0.2, 0.5, 1.0, 1.5], 2, 4).unwrap().figure(),
        MeasuredFlow::of_samples(&[0.01, 0.1], 2, 16, 500, 1).unwrap().figure(),
        DisorderFlow::new(chain, 4).unwrap().figure(),
        DimensionComparison::new(&[0.01, 0.1, 1.0], 8).unwrap().figure(),
        LossClassification::new().unwrap().figure(),
    ];
    for figure in figures {
        let figure = figure.unwrap();
        assert!(figure.frame_count() <= 40);
        assert!(figure.to_svg().len() < 300_000 && figure.to_svg().starts_with("<svg"));
        assert!(!figure.to_text().is_empty());
    }
}

#[test]
fn what_cannot_be_is_refused_by_name() {
    let error = GaussianChain::new(1.0, -0.5).unwrap_err();
    assert!(error.to_string().contains("mass r") && error.to_string().contains("-0.5"), "{error}");
    assert!(GaussianChain::new(0.0, 1.0).is_err() && GaussianChain::new(1.0, f64::NAN).is_err());
    let chain = GaussianChain::new(1.0, 1.0).unwrap();
    assert!(matches!(chain.decimated(0), Err(Error::TooFew { .. })));
    assert!(chain.decimated(2000).is_err());
    assert!(matches!(squared_mass_at_scale(-4.1, 2.0), Err(Error::OutOfRange { .. })));
    assert!(
        squared_mass_at_scale(f64::NAN, 2.0).is_err() && squared_mass_at_scale(1.0, 0.0).is_err()
    );
    assert!(matches!(squared_mass_at_scale(1.0, 1e4), Err(Error::NotFinite { .. })));
    assert!(beta_function(-0.1).is_err() && decay_per_site(f64::INFINITY).is_err());
    assert!(decimation_polynomial(0).is_err() && decimation_polynomial(25).is_err());
    assert!(
        decimated_squared_mass(0, 1.0, 2).is_err() && decimated_squared_mass(3, 1.0, 200).is_err()
    );
    assert!(PlaneDecimation::new(9, 0.1).is_err() && PlaneDecimation::new(50, 0.1).is_err());
    assert!(matches!(DisorderedChain::new(&[1.0], &[1.0]), Err(Error::TooFew { .. })));
    assert!(matches!(DisorderedChain::new(&[1.0], &[1.0; 3]), Err(Error::Lengths { .. })));
    assert!(matches!(DisorderedChain::new(&[1.0], &[1.0, 0.0]), Err(Error::NotPositiveAt { .. })));
    assert!(DisorderedChain::of_targets(&[1.0, 2.0], -1.0, 1.0).is_err());
    assert!(DisorderedChain::new(&[1.0], &[1.0; 2]).unwrap().decimated().is_err());
    assert!(MeasuredFlow::of_samples(&[], 2, 8, 100, 1).is_err());
    assert!(MeasuredFlow::of_samples(&[0.1], 1, 8, 100, 1).is_err());
    assert!(MeasuredFlow::of_samples(&[0.1], 2, 7, 100, 1).is_err());
    assert!(MeasuredFlow::of_samples(&[0.1], 2, 8, 4, 1).is_err());
    assert!(BlockMeans::of_samples(-1.0, 2, 1000, 1).is_err());
    assert!(
        BlockMeans::of_samples(1.0, 0, 1000, 1).is_err()
            && BlockMeans::of_samples(1.0, 2, 9, 1).is_err()
    );
    let pair = Symmetric::new(ndarray::array![[1.0, 2.0], [2.0, 1.0]]).unwrap();
    assert!(schur_complement(&pair, &[]).is_err() && schur_complement(&pair, &[0, 0]).is_err());
    assert!(schur_complement(&pair, &[2]).is_err() && schur_complement(&pair, &[1]).is_ok());
    let negative = Symmetric::new(ndarray::array![[-1.0, 0.0], [0.0, 1.0]]).unwrap();
    assert!(matches!(schur_complement(&negative, &[1]), Err(Error::NotPositiveDefinite { .. })));
    assert!(FlowPortrait::new(&[], 2, 1).is_err() && FlowPortrait::new(&[1.0], 1, 1).is_err());
    assert!(KineticRescaling::canonical(0, 2.0).is_err());
}
