//! The numbers for section 10: cones, thresholds, and the two figures.

use crate::Result;
use crate::causality::{
    BandedJacobian, ExponentialKernel, GradientStep, Graph, LiebRobinson, LightCone, LocalKernel,
    NonlinearDescent, newton_response,
};
use crate::claims::{Evidence, Tolerance};
use crate::divergence::Divergence;

fn chain(nodes: usize) -> Result<LocalKernel> {
    LocalKernel::by_distance(&Graph::chain(nodes)?, &[1.0, 0.4])
}

fn slope_of_targets() -> Vec<f64> {
    (0..12).map(|node| 1.0 + 0.1 * f64::from(node)).collect()
}

pub fn powers_have_a_range() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (name, graph) in [
        ("a chain", Graph::chain(20)?),
        ("a ring", Graph::ring(20)?),
        ("a lattice", Graph::lattice(&[4, 5])?),
        ("a random graph", Graph::random_regular(20, 3, 1)?),
    ] {
        let kernel = LocalKernel::by_distance(&graph, &[1.0, 0.2])?;
        let targets: Vec<f64> = (0..20).map(|node| 1.0 + 0.1 * f64::from(node)).collect();
        // A decay of one takes the identity away: what is left is -KW.
        let power = GradientStep::new(&kernel, &targets, 1.0)?.with_decay(1.0)?;
        let outside =
            (0..20).map(|source| Ok(LightCone::new(&power, source, 4)?.largest_outside()));
        let largest = outside.collect::<Result<Vec<f64>>>()?.into_iter().fold(0.0, f64::max);
        let label = format!("largest entry of (KW)^t beyond tR, t ≤ 4, on {name}");
        evidence.push(Evidence::exact(&label, largest, 0.0));
    }
    Ok(evidence)
}

pub fn entries_of_the_chain() -> Result<Vec<Evidence>> {
    let targets = slope_of_targets();
    let jacobian = BandedJacobian::after(&GradientStep::new(&chain(12)?, &targets, 0.5)?, 4)?;
    let front: f64 = targets[2..6].iter().map(|y| -0.2 / (y * y)).product();
    Ok(vec![
        Evidence::new("J at (6, 2) after 4 steps", jacobian.entry(6, 2), 1.490843981686473e-4),
        Evidence::new("the product of -ηβ/y² along the front", front, 1.490843981686473e-4),
        Evidence::new("J at (2, 6) after 4 steps", jacobian.entry(2, 6), 8.385997396986408e-5),
        Evidence::exact("J at (7, 2) after 4 steps", jacobian.entry(7, 2), 0.0),
    ])
}

pub fn other_updates() -> Result<Vec<Evidence>> {
    let targets = slope_of_targets();
    let start: Vec<f64> = targets.iter().map(|target| 1.2 * target).collect();
    let outside = |entries: &dyn Fn(usize, usize) -> f64, steps: usize| {
        let pairs = (0..12_usize).flat_map(|row| (0..12_usize).map(move |column| (row, column)));
        let far = pairs.filter(|(row, column)| row.abs_diff(*column) > steps);
        far.map(|(row, column)| entries(row, column).abs()).fold(0.0, f64::max)
    };
    let mut evidence = Vec::new();
    for (name, loss) in
        [("Itakura-Saito", Divergence::ItakuraSaito), ("squared error", Divergence::SQUARED_ERROR)]
    {
        let path = NonlinearDescent::new(&chain(12)?, loss, &targets, 0.3)?.run(&start, 4)?;
        let largest = outside(&|row, column| path.jacobian[(row, column)], 4);
        let label = format!("derivative of the map itself beyond 4 nodes, 4 steps, {name}");
        evidence.push(Evidence::exact(&label, largest, 0.0));
    }
    let step = GradientStep::new(&chain(12)?, &targets, 0.5)?;
    let momentum = step.momentum_response(0, 0.9, 4)?;
    let beyond = momentum[4][5..].iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
    evidence.push(Evidence::exact("with momentum 0.9, beyond 4 nodes after 4 steps", beyond, 0.0));
    let decayed = LightCone::new(&step.with_decay(0.05)?, 0, 11)?;
    evidence.push(Evidence::exact("with decay, outside the cone", decayed.largest_outside(), 0.0));
    Ok(evidence)
}

pub fn natural_gradient() -> Result<Vec<Evidence>> {
    let response = newton_response(&chain(12)?, 0)?;
    let zeros = response.iter().filter(|value| **value == 0.0).count();
    Ok(vec![
        Evidence::exact("zeros in a column of the inverse kernel, of 12", zeros as f64, 0.0),
        // Cramer's rule: β^11 over the determinant, with a continued product.
        Evidence::new("inverse kernel at (11, 0)", response[11], -corner_of_the_inverse())
            .within(Tolerance::EIGENVALUE),
    ])
}

/// $\beta^{11}/\det K$, with the determinant of a tridiagonal matrix by its recursion.
fn corner_of_the_inverse() -> f64 {
    let step = |(before, now): (f64, f64), _| (now, now - 0.16 * before);
    0.4f64.powi(11) / (1..12).fold((1.0, 1.0), step).1
}

/// Long enough for both ends to be out of reach.
const LONG: usize = 801;

fn long_cone(target: f64, rate: f64) -> Result<LightCone> {
    let step = GradientStep::new(&chain(LONG)?, &vec![target; LONG], rate)?;
    LightCone::new(&step, LONG / 2, 200)
}

fn arrival(cone: &LightCone, distance: usize, threshold: f64) -> f64 {
    cone.first_arrival(LONG / 2 + distance, threshold).map_or(f64::NAN, |step| step as f64)
}

const SETTINGS: [(f64, f64, [f64; 2]); 5] = [
    (1.0, 0.5, [5.0, 12.0]),
    (1.0, 0.1, [7.0, 45.0]),
    (2.0, 0.5, [6.0, 37.0]),
    (2.0, 0.1, [20.0, 172.0]),
    (0.9, 0.1, [6.0, 37.0]),
];

pub fn support() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (target, rate, _) in SETTINGS {
        let cone = long_cone(target, rate)?;
        for distance in [5, 10] {
            let label = format!("first response at distance {distance}, y = {target}, η = {rate}");
            evidence.push(Evidence::exact(&label, arrival(&cone, distance, 0.0), distance as f64));
        }
    }
    Ok(evidence)
}

pub fn thresholds() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (target, rate, expected) in SETTINGS {
        let cone = long_cone(target, rate)?;
        for (distance, expected) in [5, 10].into_iter().zip(expected) {
            let label =
                format!("first |J| above 1e-6 at distance {distance}, y = {target}, η = {rate}");
            evidence.push(Evidence::exact(&label, arrival(&cone, distance, 1e-6), expected));
        }
        let never = f64::from(u8::from(cone.first_arrival(LONG / 2 + 20, 1e-6).is_some()));
        let label = format!("whether distance 20 is reached above 1e-6, y = {target}, η = {rate}");
        evidence.push(Evidence::exact(&label, never, 0.0));
    }
    Ok(evidence)
}

pub fn small_steps() -> Result<Vec<Evidence>> {
    let flow = LiebRobinson::gradient_flow(1.0, 0.4, 3.0, 10)?;
    let after = |steps: usize| -> Result<f64> {
        let step = GradientStep::new(&chain(81)?, &[1.0; 81], 3.0 / steps as f64)?;
        let mut start = vec![0.0; 81];
        start[40] = 1.0;
        Ok(step.repeated(&start, steps)?[50])
    };
    // Two step sizes, extrapolated to zero: the first-order error cancels.
    let limit = 2.0 * after(4000)? - after(2000)?;
    let second_order = Tolerance::relative(1e-4, "the error of second order in a step of 1/1000");
    Ok(vec![
        Evidence::new("exp(-3A) at distance 10", flow, 9.676383246349e-8).against_claim(0.0, 1e-8),
        Evidence::exact("nine steps of 1/3, distance 10", after(9)?, 0.0),
        Evidence::new("steps towards zero, distance 10", limit, 9.676383246349e-8)
            .within(second_order),
    ])
}

pub fn figure_4_sites() -> Result<Vec<Evidence>> {
    let step = GradientStep::new(&chain(13)?, &[1.0; 13], 0.5)?;
    let cone = LightCone::new(&step, 6, 7)?;
    let mut evidence = Vec::new();
    for (time, expected) in [(1_usize, 3.0), (2, 5.0), (5, 11.0), (6, 13.0)] {
        let responding = (0..13).filter(|&node| cone.response(time, node) != 0.0).count();
        // The fill holds the sites with |i| ≤ 7 - t.
        let in_the_fill = (0..13_usize).filter(|node| node.abs_diff(6) <= 7 - time).count();
        let label = format!("sites that respond at step {time}");
        let found = Evidence::exact(&label, responding as f64, expected);
        evidence.push(found.against_print(in_the_fill as f64, 1.5));
    }
    Ok(evidence)
}

pub fn figure_5_sizes() -> Result<Vec<Evidence>> {
    let kernel = ExponentialKernel::new(1.0, 1.0, 1.5)?;
    let size = |distance: f64, time: f64| ((1.2 * time - distance) / 1.5).exp().min(1.0);
    Ok(vec![
        // The references by sums over 241 sites.
        Evidence::new("A³ at distance 6", kernel.power_entry(3, 6)?, REFERENCE_3_6)
            .against_print(size(6.0, 3.0), 0.1),
        Evidence::new("A⁷ at distance 6", kernel.power_entry(7, 6)?, REFERENCE_7_6)
            .against_print(size(6.0, 7.0), 0.1),
    ])
}

const REFERENCE_3_6: f64 = 0.0069426082529837445;
const REFERENCE_7_6: f64 = 0.01877331758516025;
