//! The claims of section 8: a bound on the speed of propagation.

use super::{Basis, Claim, Evidence, Part, Tolerance, Verdict};
use crate::Result;
use crate::causality::{Coupling, Graph, LiebRobinson, Speed, Start};

const NOTEBOOK: &str = "07_speed_limit";

pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C08.1",
        place: "Theorem 8.1",
        statement: "Under local Lipschitz updates the correlation of two nodes is at most \
                    C exp(-(d - vt)/ξ).",
        verdict: Verdict::False,
        correct: "Locality bounds responses, not correlations. If F_x depends on its neighbours with Lipschitz \
                  constants g, then two runs that differ at y differ at x by at most (g^t)_xy times as much: \
                  exactly zero for d > rt, and at most exp(-(d - v t)/ξ) with C = 1 and v = ξ ln M for every \
                  ξ > 0, where M is the largest row sum of g weighted by the exponential of the distance gained. \
                  Correlations obey the same bound if the nodes start independently. Nodes that share a random \
                  number at the start are correlated at every distance, at every time.",
        notebook: NOTEBOOK,
        parts: &[
            Part {
                about: "As stated, for correlations.",
                verdict: Verdict::False,
                basis: Basis::Computed(a_common_mode),
            },
            Part {
                about: "For responses, with its constants.",
                verdict: Verdict::HoldsAfterCorrection,
                basis: Basis::Computed(responses),
            },
            Part {
                about: "For correlations of nodes that start independently.",
                verdict: Verdict::HoldsUnderAssumptions,
                basis: Basis::Computed(independent_nodes),
            },
        ],
    },
    Claim {
        id: "C08.2",
        place: "section 8.1, first and second point",
        statement: "It reduces to the Lieb-Robinson bound, and implies a strict light cone.",
        verdict: Verdict::HoldsAfterCorrection,
        correct: "In discrete time the cone is strict. In continuous time there are only tails: neighbours with the \
                  rate g respond by I_d(2gt), positive at every distance, below inf exp(-sd + 2gt cosh s), with \
                  the speed 2g sinh s, s tanh s = 1. The theorem of Lieb and Robinson bounds commutators, \
                  which are responses as well.",
        notebook: NOTEBOOK,
        parts: &[Part {
            about: "Tails, a bound and a speed instead of a strict cone.",
            verdict: Verdict::HoldsAfterCorrection,
            basis: Basis::Computed(continuous_time),
        }],
    },
    Claim {
        id: "C08.3",
        place: "section 8.1, first point",
        statement: "The bound is related to the diameter of a network and the depth of a circuit.",
        verdict: Verdict::Holds,
        correct: "Influence over a distance d takes at least d/r steps, rounded up, and over the whole graph as \
                  many as its diameter asks for.",
        notebook: NOTEBOOK,
        parts: &[Part {
            about: "The first step at which the farthest node responds is the diameter over the range.",
            verdict: Verdict::Holds,
            basis: Basis::Computed(diameters),
        }],
    },
    Claim {
        id: "C08.4",
        place: "section 8.1, third point",
        statement: "Conformal invariance strengthens robustness inside the cone, and generalisation follows from \
                    causality.",
        verdict: Verdict::NotTestable,
        correct: "Neither robustness nor the way from one to the other is defined.",
        notebook: NOTEBOOK,
        parts: &[Part {
            about: "No quantity is named that could be computed.",
            verdict: Verdict::NotTestable,
            basis: Basis::Reason(
                "the section defines no measure of robustness or of generalisation, and no map from a bound \
                 on propagation to either",
            ),
        }],
    },
];

/// Local averaging on a ring of 64 nodes.
fn ring() -> Result<Coupling> {
    Coupling::averaging(&Graph::ring(64)?, 0.5, 0.25)
}

fn a_common_mode() -> Result<Vec<Evidence>> {
    let ring = ring()?;
    let mut evidence = Vec::new();
    for distance in [10, 32] {
        // The bound with the best constants for responses: C = 1, and ξ = 1.
        let bound = ring.bounds(0, 3, 1.0)?[distance];
        let covariance = ring.covariance(distance, 0, 3, Start::CommonMode)?;
        let label = format!("covariance at distance {distance} after 3 steps, common mode");
        evidence.push(Evidence::exact(&label, covariance, 1.0).contradicting(bound, 0.9));
    }
    Ok(evidence)
}

fn responses() -> Result<Vec<Evidence>> {
    let chain = Coupling::averaging(&Graph::chain(41)?, 0.5, 0.4)?;
    let Speed { speed, decay_length } = chain.optimal_speed(20)?;
    let (responses, bounds) = (chain.responses(20, 8)?, chain.bounds(20, 8, 1.0)?);
    let violations = responses.iter().zip(&bounds).filter(|(response, bound)| response > bound);
    let outside = (0..41_usize).filter(|node| node.abs_diff(20) > 8).map(|node| responses[node]);
    let steep =
        Tolerance::absolute(2e-6, "a minimum fixes its place to the root of the rounding only");
    Ok(vec![
        Evidence::new(
            "v at ξ = 1, own weight 0.5, neighbours 0.4",
            chain.speed(20, 1.0)?,
            0.5506987247520038,
        ),
        Evidence::new("smallest speed", speed, 0.5506105514991246),
        Evidence::new("1/ξ of the smallest speed", decay_length.recip(), 1.020643).within(steep),
        Evidence::exact("nodes whose response exceeds the bound", violations.count() as f64, 0.0),
        Evidence::exact(
            "largest response beyond 8 nodes after 8 steps",
            outside.fold(0.0, f64::max),
            0.0,
        ),
    ])
}

fn independent_nodes() -> Result<Vec<Evidence>> {
    let ring = ring()?;
    let of = |distance: usize| ring.covariance(distance, 0, 3, Start::Independent);
    let equal_time = ring.equal_time_covariance(3, 0, 3, Start::Independent)?;
    Ok(vec![
        Evidence::exact("covariance at distance 3 after 3 steps, independent", of(3)?, 0.015625),
        Evidence::exact("covariance at distance 10 after 3 steps, independent", of(10)?, 0.0),
        Evidence::exact(
            "covariance of two nodes 3 apart, both after 3 steps",
            equal_time,
            0.0537109375,
        ),
    ])
}

fn continuous_time() -> Result<Vec<Evidence>> {
    let chain = LiebRobinson::new(1.0)?;
    Ok(vec![
        Evidence::new("tilt s with s tanh s = 1", LiebRobinson::tilt(), 1.199678640257734),
        Evidence::new("speed over rate", chain.speed(), 3.0177591230766403),
        Evidence::new(
            "response at distance 10, time 1",
            chain.response(10, 1.0)?,
            3.016963879350684e-7,
        ),
        Evidence::new("bound at distance 10, time 1", chain.bound(10, 1.0)?, 2.433100019331e-6),
        Evidence::new(
            "response at distance 30, time 5",
            chain.response(30, 5.0)?,
            7.78756978316305e-12,
        ),
        // By Decimal arithmetic with 50 digits.
        Evidence::new(
            "bound at distance 30, time 5",
            chain.bound(30, 5.0)?,
            1.0999159355560721e-10,
        ),
    ])
}

fn diameters() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (name, graph, expected) in [
        ("chain of 12", Graph::chain(12)?, 11.0),
        ("ring of 12", Graph::ring(12)?, 6.0),
        ("lattice of 4 by 5", Graph::lattice(&[4, 5])?, 7.0),
    ] {
        let coupling = Coupling::averaging(&graph, 0.5, 0.1)?;
        let farthest = (0..graph.node_count()).max_by_key(|&node| graph.distances(0)[node]);
        let node = farthest.unwrap_or(0);
        let mut first = 0;
        while coupling.responses(0, first)?[node] == 0.0 {
            first += 1;
        }
        let label = format!("first step at which the farthest node responds, {name}");
        evidence.push(Evidence::exact(&label, first as f64, expected));
        let label = format!("diameter, {name}");
        evidence.push(Evidence::exact(&label, graph.diameter() as f64, expected));
    }
    Ok(evidence)
}
