//! Figure 4: the discrete light cone.

use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series};

const FARTHEST: i32 = 6;
const LAST: i32 = 7;

/// Figure 4 as printed: the right dots, and a filled triangle that is upside down.
///
/// The dots are the sites with $|i| \le t$. The fill has its tip at $t = 7$ and its base at $t = 0$, which is the
/// past of a node rather than its future.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_4() -> Result<Figure> {
    draw(
        "As printed: the fill points into the past",
        "The dots open with time, and the filled triangle closes.",
        Role::AsPrinted,
        |site| (0.0, f64::from(LAST) - site.abs()),
    )
}

/// Figure 4 with the fill where the dots are: $|i| \le t$.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_4_corrected() -> Result<Figure> {
    draw(
        "The cone opens by one node a step",
        "The dots and the filled triangle both open by one node on either side in each step.",
        Role::Bound,
        |site| (site.abs(), f64::from(LAST)),
    )
}

fn draw(
    title: &str,
    finding: &str,
    role: Role,
    limits: impl Fn(f64) -> (f64, f64),
) -> Result<Figure> {
    let sites: Vec<f64> = (-FARTHEST..=FARTHEST).map(f64::from).collect();
    let (lower, upper): (Vec<f64>, Vec<f64>) = sites.iter().map(|&site| limits(site)).unzip();
    let inside = |time: i32| {
        (-FARTHEST..=FARTHEST)
            .filter(move |site| site.abs() <= time)
            .map(move |site| (f64::from(site), f64::from(time)))
    };
    let (x, y): (Vec<f64>, Vec<f64>) = (0..=LAST).flat_map(inside).unzip();
    let panel = Panel::new(Axis::linear("site i − j"), Axis::linear("step t"))
        .series(Series::band("fill", &sites, &lower, &upper).role(role))
        .series(Series::data("sites that can respond", &x, &y));
    Figure::builder(title, finding).source("§10, Figure 4").panel(panel).build()
}
