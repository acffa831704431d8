//! The families of targets on the chain of section 14 for which the audit has reference values.

use crate::Result;
use crate::causality::{Graph, LocalKernel};
use crate::operator::Symmetric;
use crate::special::normal_cumulative;

/// The number of nodes.
pub(super) const NODES: usize = 64;

/// $\kappa(K)$.
pub(super) const CONDITION: f64 = 8.953506249908367;

/// Targets, with what the audit finds for them.
pub(super) struct TargetFamily {
    pub(super) name: &'static str,
    pub(super) targets: Vec<f64>,
    pub(super) smallest: f64,
    pub(super) largest: f64,
    pub(super) condition: f64,
    pub(super) largest_ratio: f64,
    pub(super) ratio: f64,
    pub(super) limit: f64,
    /// $\kappa(Y K_0 Y)$.
    pub(super) multiplicative: Option<f64>,
}

/// The kernel with $\alpha = 1$ and $\beta = 0.4$.
pub(super) fn table_kernel() -> Result<Symmetric> {
    LocalKernel::by_distance(&Graph::chain(NODES)?, &[1.0, 0.4])?.matrix()
}

/// Equally spaced targets.
pub(super) fn linspace(from: f64, to: f64) -> Vec<f64> {
    let last = NODES as f64 - 1.0;
    (0..NODES).map(|node| from + (to - from) * node as f64 / last).collect()
}

/// All seven.
pub(super) fn families() -> Vec<TargetFamily> {
    let family =
        |name, targets, [smallest, largest, condition, largest_ratio, ratio, limit]: [f64; 6]| {
            TargetFamily {
                name,
                targets,
                smallest,
                largest,
                condition,
                largest_ratio,
                ratio,
                limit,
                multiplicative: None,
            }
        };
    let with = |family: TargetFamily, condition| TargetFamily {
        multiplicative: Some(condition),
        ..family
    };
    let alternating = (0..NODES).map(|node| if node % 2 == 0 { 1.0 } else { 2.0 }).collect();
    vec![
        family(
            "all 3",
            vec![3.0; NODES],
            [0.0223260242816, 0.199896197941, 8.95350624991, 0.1111111111, 1.0, 10.0051928],
        ),
        family(
            "all 0.5",
            vec![0.5; NODES],
            [0.803736874137, 7.19626312586, 8.95350624991, 4.0, 1.0, 0.2779220222],
        ),
        with(
            family(
                "from 0.5 to 2",
                linspace(0.5, 2.0),
                [0.0622631628448, 5.90698009226, 94.8711858243, 3.283359704, 16.0, 0.3385824853],
            ),
            82.9454021628,
        ),
        with(
            family(
                "from 2 to 5",
                linspace(2.0, 5.0),
                [0.00968075748431, 0.392339754413, 40.5277949632, 0.2180797158, 6.25, 5.097622603],
            ),
            37.8886658568,
        ),
        with(
            family(
                "from 0.1 to 1",
                linspace(0.1, 1.0),
                [0.255710957835, 129.646625654, 507.004575602, 72.06330474, 100.0, 0.01542654882],
            ),
            372.550815129,
        ),
        with(
            family(
                "lognormal",
                lognormal(),
                [
                    0.049590396072,
                    11.3558765863,
                    228.993464175,
                    6.312096369,
                    125.85344,
                    0.1761202656,
                ],
            ),
            169.788940344,
        ),
        family(
            "1 and 2 in turn",
            alternating,
            [0.0770478754696, 1.17295212453, 15.2236790097, 0.6519784527, 4.0, 1.705099431],
        ),
    ]
}

/// The quantiles of a lognormal distribution with the width one half, in an order without a trend.
fn lognormal() -> Vec<f64> {
    let probability = |node: usize| ((37 * node % NODES) as f64 + 0.5) / NODES as f64;
    (0..NODES).map(|node| (0.5 * normal_quantile(probability(node))).exp()).collect()
}

/// The deviation below which the normal distribution has this probability, by bisection.
fn normal_quantile(probability: f64) -> f64 {
    let (mut low, mut high) = (-10.0, 10.0);
    for _ in 0..100 {
        let middle = 0.5 * (low + high);
        match normal_cumulative(middle) < probability {
            true => low = middle,
            false => high = middle,
        }
    }
    0.5 * (low + high)
}
