//! The numbers behind the claims of appendix A about the action.

use std::f64::consts::PI;

use crate::Result;
use crate::claims::targets::{cells, gap, half_wave, level};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{PositiveArray, itakura_saito};
use crate::field::{Action, LogarithmicResidual, Minimum, RivalMinima, sample};
use crate::grid::Grid;

/// Two waves on 200 cells.
fn two_waves() -> Result<PositiveArray> {
    cells(200, &|x| 1.25 + 0.75 * (4.0 * PI * x).sin())
}

pub fn the_action_is_not_negative() -> Result<Vec<Evidence>> {
    let met = level(50, 3.0, 0.1)?;
    let mut negative = 0;
    let action = half_wave(0.01)?;
    for wave in 0..20 {
        let field = cells(400, &|x| 2.0 + 1.9 * (f64::from(wave) * x).sin())?;
        negative += i32::from(action.value(&field)? <= 0.0);
    }
    Ok(vec![
        Evidence::exact("S of a constant target that is met", met.value(met.target())?, 0.0),
        Evidence::exact("fields out of 20 whose action is not positive", f64::from(negative), 0.0),
    ])
}

pub fn the_barrier() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for exponent in [-3, -9] {
        let value = itakura_saito(1.0, 10f64.powi(exponent))?;
        let expected = 10f64.powi(-exponent) + f64::from(exponent) * 10f64.ln() - 1.0;
        let label = format!("V at f = 1e{exponent} of the target");
        evidence.push(Evidence::new(&label, value, expected));
    }
    let action = Action::dirichlet(two_waves()?, 0.1, 0.3)?;
    let lowest = action.minimise()?.field.minimum().get();
    let excess = lowest.min(0.3) - action.bounds().0.get();
    evidence.push(Evidence::exact(
        "values of a minimum below the smallest target and boundary value",
        f64::from(i32::from(excess < 0.0)),
        0.0,
    ));
    Ok(evidence)
}

pub fn the_strong_form() -> Result<Vec<Evidence>> {
    let action = half_wave(0.05)?;
    let field = cells(400, &|x| 1.4 + 0.3 * (2.0 * PI * x).cos())?;
    let gradient = action.gradient(&field)?;
    let step = 1e-5;
    let mut evidence = Vec::new();
    for index in [0, 123, 399] {
        let moved = |step: f64| {
            let mut values = field.as_slice().to_vec();
            values[index] += step;
            action.value(&PositiveArray::from_vec(values)?)
        };
        let quotient = 400.0 * (moved(step)? - moved(-step)?) / (2.0 * step);
        let label =
            format!("left side of (9) in cell {index}, by the action's difference quotient");
        evidence.push(Evidence::new(&label, gradient[index], quotient).within(QUOTIENT));
    }
    // Inside, the same from the formula.
    let x = action.grid().points()[123];
    let f = field.as_slice()[123];
    let second = -0.3 * 4.0 * PI * PI * (2.0 * PI * x).cos();
    let exact = -0.1 * second + 1.0 / f - (1.25 + 0.75 * (PI * x).cos()) / f / f;
    evidence.push(
        Evidence::new("left side of (9) at x = 0.30875", gradient[123], exact)
            .within(Tolerance::absolute(1e-4, "2λ f''''h²/12 at h = 1/400 is 2.5e-5")),
    );
    Ok(evidence)
}

const QUOTIENT: Tolerance = Tolerance::absolute(
    1e-6,
    "the rounding of S, 1e-17 there, over the cell and the step, and the squared step",
);

pub fn the_weak_form() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    let free = half_wave(0.05)?;
    let fixed = Action::dirichlet(
        sample(&Grid::finite_difference(400)?, &|x| 1.25 + 0.75 * (PI * x).cos())?,
        0.05,
        0.5,
    )?;
    for (ends, action) in [("free", free), ("fixed", fixed)] {
        let field = action.minimise()?.field;
        for (name, formula) in TEST_FUNCTIONS {
            let variation: Vec<f64> = action.grid().points().into_iter().map(formula).collect();
            let residual = action.weak_residual(&field, &variation)?;
            let label = format!("left side of (10) for v = {name}, {ends} ends");
            evidence.push(Evidence::new(&label, residual, 0.0).within(Tolerance::absolute(
                1e-10,
                "the gradient at the minimum is at its rounding floor, 1e-11 there",
            )));
        }
    }
    Ok(evidence)
}

/// A function of the position.
type Formula = fn(f64) -> f64;

const TEST_FUNCTIONS: [(&str, Formula); 3] = [
    ("x(1 - x)", |x| x * (1.0 - x)),
    ("sin 5πx", |x| (5.0 * PI * x).sin()),
    ("a hat at 0.3", |x| (1.0 - 10.0 * (x - 0.3).abs()).max(0.0)),
];

pub fn minima_lie_between_the_bounds() -> Result<Vec<Evidence>> {
    let mut outside = 0;
    let mut unproven = 0;
    for exponent in -4..=4 {
        let elasticity = 10f64.powi(exponent);
        for action in [
            Action::neumann(two_waves()?, elasticity)?,
            Action::dirichlet(two_waves()?, elasticity, 0.2)?,
            Action::dirichlet(two_waves()?, elasticity, 5.0)?,
        ] {
            let (low, high) = action.bounds();
            let Minimum { field, certificate, .. } = action.minimise()?;
            let rounding = 1e-14 * high.get();
            let leaves = field.minimum().get() < low.get() - rounding
                || field.maximum().get() > high.get() + rounding;
            outside += i32::from(leaves);
            unproven += i32::from(certificate.smallest_eigenvalue <= certificate.eigenvalue_error);
        }
    }
    Ok(vec![
        Evidence::exact("minima out of 27 that leave the bounds", f64::from(outside), 0.0),
        Evidence::exact("minima out of 27 that are not strict", f64::from(unproven), 0.0),
    ])
}

pub fn the_growth_is_logarithmic() -> Result<Vec<Evidence>> {
    let action = Action::neumann(two_waves()?, 0.01)?;
    let target = action.target().as_slice();
    let mean_logarithm = target.iter().map(|y| y.ln()).sum::<f64>() / target.len() as f64;
    let of_constant = |constant: f64| {
        let field = PositiveArray::constant(&[200], constant)?;
        Ok(action.value(&field)? + mean_logarithm)
    };
    let (million, double) = (of_constant(1e6)?, of_constant(2e6)?);
    Ok(vec![
        Evidence::new("S + mean ln y of the constant 10⁶", million, 12.815511807964274),
        // Coercivity as a square would make this a factor of four.
        Evidence::new("S of twice the constant less S of it", double - million, 2f64.ln()).within(
            Tolerance::absolute(1e-6, "mean y/c at c = 10⁶ is 1.25e-6, and half of it at 2c"),
        ),
    ])
}

pub fn truncation_lowers_the_action() -> Result<Vec<Evidence>> {
    let mut changed = 0;
    let mut not_lowered = 0;
    for wave in 1..=30 {
        let amplitude = 0.1 * f64::from(wave);
        let field = cells(200, &|x| (amplitude * (f64::from(wave) * x).sin()).exp())?;
        for wall in [0.2, 1.0, 8.0] {
            let action = Action::dirichlet(two_waves()?, 0.01, wall)?;
            let truncated = action.truncated(&field)?;
            if truncated != field {
                changed += 1;
                not_lowered += i32::from(action.value(&truncated)? >= action.value(&field)?);
            }
        }
    }
    Ok(vec![
        Evidence::exact("fields out of 90 that leave the bounds", f64::from(changed), 72.0),
        Evidence::exact(
            "of these, those whose action truncation does not lower",
            f64::from(not_lowered),
            0.0,
        ),
    ])
}

pub fn one_minimum_for_mild_targets() -> Result<Vec<Evidence>> {
    let target = cells(100, &|x| 1.5 + 0.5 * (7.0 * x).cos())?;
    let action = Action::neumann(target, 0.003)?;
    let first = action.minimise()?.field;
    let mut largest: f64 = 0.0;
    for start in [1e-3, 0.3, 1.0, 5.0, 1e3] {
        let start = PositiveArray::constant(&[100], start)?;
        let field = action.minimise_from(&start)?.field;
        for (one, other) in field.as_slice().iter().zip(first.as_slice()) {
            largest = largest.max((one / other - 1.0).abs());
        }
    }
    Ok(vec![
        Evidence::exact(
            "whether V is convex between the bounds, M ≤ 2m",
            f64::from(i32::from(action.is_convex_between_bounds())),
            1.0,
        ),
        Evidence::new("largest relative difference of the minima from six starts", largest, 0.0)
            .within(Tolerance::absolute(1e-11, "each solve ends at a relative step of 1e-12")),
        Evidence::exact(
            "the same for the target with a gap",
            f64::from(i32::from(gap(400, 0.02)?.is_convex_between_bounds())),
            0.0,
        ),
    ])
}

pub fn two_minima_for_a_gap() -> Result<Vec<Evidence>> {
    let rivals = RivalMinima::of(&gap(400, 0.02)?)?;
    let (near, far) = (&rivals.near, &rivals.far);
    let middle = |minimum: &Minimum| minimum.field.as_slice()[200];
    let solve = |label: &str, observed: f64, expected: f64| {
        Evidence::new(label, observed, expected).within(Tolerance::NONLINEAR_SOLVE)
    };
    let ratios = far.field.as_slice().iter().zip(gap(400, 0.02)?.target().as_slice().to_vec());
    let largest = ratios.map(|(f, y)| f / y).fold(0.0, f64::max);
    Ok(vec![
        solve("S from the start f = y", near.action, 0.308026747997),
        // One minimum would give the same action from both starts.
        solve("S from the start f = 1", far.action, 0.276916591026)
            .against_claim(near.action, 0.03),
        solve("f in the middle from f = y", middle(near), 0.0208097529905),
        solve("f in the middle from f = 1", middle(far), 0.667668561618)
            .against_claim(middle(near), 0.6),
        solve("smallest eigenvalue from f = y", near.certificate.smallest_eigenvalue, 2.235110461),
        solve("smallest eigenvalue from f = 1", far.certificate.smallest_eigenvalue, 1.197338877),
        Evidence::new("largest f/y from f = 1", largest, 35.5).within(Tolerance::last_digit(0.1)),
    ])
}

pub fn the_two_minima_exchange() -> Result<Vec<Evidence>> {
    let fine = RivalMinima::of(&gap(1600, 0.02)?)?;
    let exchange = RivalMinima::exchange(&gap(400, 0.02)?, 0.012, 0.02)?;
    Ok(vec![
        Evidence::new("S from f = y on 1600 cells", fine.near.action, 0.308149223136)
            .within(Tolerance::NONLINEAR_SOLVE),
        Evidence::new("S from f = 1 on 1600 cells", fine.far.action, 0.276919724995)
            .within(Tolerance::NONLINEAR_SOLVE),
        Evidence::new("λ at which both have the same action", exchange.elasticity, 0.0157776977)
            .within(Tolerance::last_digit(1e-10)),
        Evidence::new("the action that they have there", exchange.action, 0.2738967465)
            .within(Tolerance::last_digit(1e-10)),
    ])
}

pub fn the_logarithmic_action() -> Result<Vec<Evidence>> {
    let action = half_wave(0.05)?;
    let minimum = action.minimise()?;
    let logarithmic = action.logarithmic_value(&minimum.field)?;
    Ok(vec![
        Evidence::new("least action of f", minimum.action, 0.0616988411973283)
            .within(Tolerance::NONLINEAR_SOLVE),
        Evidence::new("f at the first cell", minimum.field.as_slice()[0], 1.443668111650958)
            .within(Tolerance::NONLINEAR_SOLVE),
        Evidence::new("the action as a functional of ψ = ln f", logarithmic, minimum.action)
            .within(Tolerance::absolute(
                1e-7,
                "the face weights differ by a multiple of h² = 6e-6",
            )),
    ])
}

pub fn the_printed_equation_lacks_a_term() -> Result<Vec<Evidence>> {
    let action = half_wave(0.05)?;
    let residual = LogarithmicResidual::of(&action, &action.minimise()?.field)?;
    Ok(vec![
        Evidence::new("largest left side as printed", residual.largest_printed(5), 0.11543733613)
            .within(Tolerance::NONLINEAR_SOLVE)
            .against_claim(0.0, 0.1),
        Evidence::new("the same with the missing term", residual.largest_corrected(5), 3.17e-6)
            .within(Tolerance::last_digit(0.01e-6)),
    ])
}

pub fn the_linearisation_is_unaffected() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for size in [1e-2, 1e-3] {
        let action = level(400, 2.0, 0.05)?;
        let field = cells(400, &|x| 2.0 * (size * (PI * x).cos()).exp())?;
        let residual = LogarithmicResidual::of(&action, &field)?;
        // -2λy²Δδψ + δψ on size·cos πx, at the inner point nearest to 1/4.
        let index = 99;
        let wave = (PI * residual.points()[index]).cos();
        let expected = (0.1 * 4.0 * PI * PI + 1.0) * wave;
        let observed = residual.printed()[index] / size;
        let label = format!("printed equation at δψ = {size} cos πx over its size");
        let reason = "the terms of second order, 4λ(y π)² times the size";
        evidence.push(
            Evidence::new(&label, observed, expected)
                .within(Tolerance::absolute(8.0 * size, reason)),
        );
    }
    Ok(evidence)
}
