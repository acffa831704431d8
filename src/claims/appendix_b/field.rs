//! The numbers behind the claims of appendix B about the minimum and its second variation.

use std::f64::consts::PI;

use crate::Result;
use crate::claims::targets::{cells, gap, half_wave, level};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::{Divergence, PositiveArray};
use crate::field::{Action, RivalMinima};
use crate::operator::Operator;

pub fn convexity_near_the_target() -> Result<Vec<Evidence>> {
    let action = gap(400, 0.02)?;
    let rivals = RivalMinima::of(&action)?;
    let curvature = |(y, f)| Divergence::ItakuraSaito.second_derivative(y, f);
    let concave = |field: &PositiveArray| {
        let pairs = action.target().iter().zip(field.iter());
        pairs.filter(|&pair| curvature(pair) < 0.0).count() as f64
    };
    let mild = Action::neumann(cells(100, &|x| 1.5 + 0.5 * (7.0 * x).cos())?, 0.003)?;
    let field = mild.minimise()?.field;
    let pairs = mild.target().iter().zip(field.iter());
    let softest = pairs.map(curvature).fold(f64::INFINITY, f64::min);
    Ok(vec![
        Evidence::exact(
            "targets between 1 and 2: points of the minimum where V is concave",
            f64::from(i32::from(softest < 0.0)),
            0.0,
        ),
        Evidence::exact(
            "target with a gap: points of the bridging minimum where V is concave",
            concave(&rivals.far.field),
            40.0,
        ),
        // It is isolated all the same.
        Evidence::new(
            "smallest eigenvalue of the Hessian there",
            rivals.far.certificate.smallest_eigenvalue,
            1.197338877,
        )
        .within(Tolerance::NONLINEAR_SOLVE),
    ])
}

/// The second differences of the minimum for a target with a root at the middle, $1 + \sqrt{|x - 1/2|}$.
fn second_differences(count: usize) -> Result<Vec<f64>> {
    let target = cells(count, &|x| 1.0 + (x - 0.5).abs().sqrt())?;
    let field = Action::neumann(target, 0.01)?.minimise()?.field;
    let scale = (count * count) as f64;
    let second = |f: &[f64]| scale * ((f[2] - f[1]) - (f[1] - f[0]));
    Ok(field.as_slice().windows(3).map(second).collect())
}

/// The largest Hölder quotient of exponent 1/2 between neighbours.
fn holder_quotient(values: &[f64], spacing: f64) -> f64 {
    let gaps = values.windows(2).map(|pair| (pair[1] - pair[0]).abs());
    gaps.fold(0.0, f64::max) / spacing.sqrt()
}

pub fn as_smooth_as_the_target() -> Result<Vec<Evidence>> {
    let (coarse, fine) = (second_differences(401)?, second_differences(6401)?);
    let of_coarse = holder_quotient(&coarse, 1.0 / 401.0);
    let of_fine = holder_quotient(&fine, 1.0 / 6401.0);
    // A second derivative that were not continuous would have a quotient four times as large.
    Ok(vec![
        Evidence::new(
            "Hölder quotient of f'' of exponent 1/2 on 6401 cells over that on 401",
            of_fine / of_coarse,
            1.0,
        )
        .within(Tolerance::absolute(
            0.05,
            "the field at the singularity differs by a multiple of h",
        )),
        Evidence::new(
            "f'' in the middle on 6401 cells over that on 401",
            fine[3199] / coarse[199],
            1.0,
        )
        .within(Tolerance::absolute(0.02, "the target in the middle cell rounds the root by √h")),
    ])
}

/// The form and the norm of the image of a hat under $L$, on `count` cells.
fn form_and_norm(count: usize) -> Result<(f64, f64)> {
    let action = level(count, 1.0, 0.5)?;
    let hat: Vec<f64> = action.grid().points().iter().map(|x| 0.5 - (x - 0.5).abs()).collect();
    let image = action.linearised()?.applied(&hat);
    let spacing = action.grid().spacing();
    let product = |one: &[f64], other: &[f64]| {
        spacing * one.iter().zip(other).map(|(one, other)| one * other).sum::<f64>()
    };
    Ok((product(&hat, &image), product(&image, &image).sqrt()))
}

pub fn a_kink_has_a_form_and_no_image() -> Result<Vec<Evidence>> {
    let (_, coarse_norm) = form_and_norm(400)?;
    let (fine_form, fine_norm) = form_and_norm(1600)?;
    Ok(vec![
        // ∫u'² + u² with λ = 1/2: 1 + 1/12.
        Evidence::new("form of a hat on 1600 cells", fine_form, 1.0 + 1.0 / 12.0).within(
            Tolerance::absolute(2e-3, "half a cell at each free end, and the one at the kink"),
        ),
        Evidence::new("norm of L on a hat, 1600 cells over 400", fine_norm / coarse_norm, 2.0)
            .within(Tolerance::absolute(1e-3, "the part of the norm that stays finite"))
            .against_claim(1.0, 0.5),
    ])
}

pub fn the_target_is_not_stationary() -> Result<Vec<Evidence>> {
    let action = half_wave(0.05)?;
    let target = action.target();
    // At f = y the divergence and its slope vanish, and the elastic term is all there is.
    let constant = action.value(target)?;
    let slope = action.gradient(target)?;
    let x = action.grid().points()[100];
    let linear = 0.1 * 0.75 * PI * PI * (PI * x).cos();
    let lowered = action.minimise()?.action;
    Ok(vec![
        Evidence::new("S at f = y: λ∫y'²", constant, 0.05 * 0.5625 * PI * PI / 2.0)
            .within(SQUARED_SPACING)
            .against_print(0.0, 0.1),
        Evidence::new("slope of S at f = y, x = 0.25125: -2λy''", slope[100], linear)
            .within(SQUARED_SPACING)
            .against_print(0.0, 0.1),
        Evidence::new("S at the minimum", lowered, 0.0616988411973283)
            .within(Tolerance::NONLINEAR_SOLVE),
    ])
}

const SQUARED_SPACING: Tolerance =
    Tolerance::absolute(1e-5, "π²h²/12 = 5e-6 of a number below one, from the differences");

pub fn two_lowest_eigenvalues() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (elasticity, at_minimum, of_paper) in [
        (0.001, 0.321444346255, 0.295917690101),
        (0.01, 0.588890390699, 0.413884223449),
        (0.05, 0.806700958432, 0.667277072021),
    ] {
        let action = half_wave(elasticity)?;
        let minimum = action.minimise()?;
        let true_lowest = action.hessian(&minimum.field)?.eigenvalues()[0];
        let printed = action.linearised()?.eigenvalues()[0];
        let lowest = |label: String, observed: f64, expected: f64| {
            Evidence::new(&label, observed, expected).within(EIGENVALUE_OF_A_STIFF_CHAIN)
        };
        let label = format!("lowest eigenvalue of the Hessian at the minimum, λ = {elasticity}");
        let found = lowest(label, true_lowest, at_minimum);
        evidence.push(found.against_print(printed, 0.02));
        evidence.push(lowest(
            format!("lowest eigenvalue of L, λ = {elasticity}"),
            printed,
            of_paper,
        ));
        evidence.push(lowest(
            format!("lowest eigenvalue by the minimum's own certificate, λ = {elasticity}"),
            minimum.certificate.smallest_eigenvalue,
            at_minimum,
        ));
    }
    let largest = half_wave(0.05)?.target().maximum().get();
    evidence.push(
        Evidence::new("1/M²", 1.0 / (largest * largest), 0.2500014457)
            .within(Tolerance::last_digit(1e-10)),
    );
    Ok(evidence)
}

const EIGENVALUE_OF_A_STIFF_CHAIN: Tolerance = Tolerance::relative(
    1e-9,
    "a symmetric eigenvalue is exact up to rounding of the matrix norm, which is 6e4 here",
);
