//! The numbers for section 8: responses, correlations and continuous time.

use crate::Result;
use crate::causality::{Coupling, Graph, LiebRobinson, Speed, Start};
use crate::claims::{Evidence, Tolerance};

/// Local averaging on a ring of 64 nodes.
fn ring() -> Result<Coupling> {
    Coupling::nearest_neighbour(&Graph::ring(64)?, 0.5, 0.25)
}

pub fn a_common_mode() -> Result<Vec<Evidence>> {
    let ring = ring()?;
    let mut evidence = Vec::new();
    for distance in [10, 32] {
        // The bound with the best constants for responses: C = 1, and ξ = 1.
        let bound = ring.bounds(0, 3, 1.0)?[distance];
        let covariance = ring.covariance(distance, 0, 3, Start::CommonMode)?;
        let label = format!("covariance at distance {distance} after 3 steps, common mode");
        evidence.push(Evidence::exact(&label, covariance, 1.0).against_claim(bound, 0.9));
    }
    Ok(evidence)
}

pub fn responses() -> Result<Vec<Evidence>> {
    let chain = Coupling::nearest_neighbour(&Graph::chain(41)?, 0.5, 0.4)?;
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

pub fn independent_nodes() -> Result<Vec<Evidence>> {
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

pub fn continuous_time() -> Result<Vec<Evidence>> {
    let chain = LiebRobinson::new(1.0)?;
    Ok(vec![
        Evidence::new("speed over rate", chain.speed(), 3.0177591230766403),
        Evidence::new("tilt s with s tanh s = 1", LiebRobinson::tilt(), 1.199678640257734),
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

pub fn diameters() -> Result<Vec<Evidence>> {
    let mut evidence = Vec::new();
    for (name, graph, expected) in [
        ("chain of 12", Graph::chain(12)?, 11.0),
        ("ring of 12", Graph::ring(12)?, 6.0),
        ("lattice of 4 by 5", Graph::lattice(&[4, 5])?, 7.0),
    ] {
        let coupling = Coupling::nearest_neighbour(&graph, 0.5, 0.1)?;
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
