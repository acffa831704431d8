//! Figure 6: trajectories of the squared mass under a change of scale.

use crate::Result;
use crate::figure::{Axis, Figure, Panel, Role, Series, Slider};
use crate::renormalization::{PrintedFlow, squared_mass_at_scale};

/// Figure 6 as printed: four trajectories that fall from $m_0^2 = 0.2, 0.5, 1$ and $1.5$ towards zero.
///
/// The points are the recovered ones, with three decimals. The picture is right for the other direction:
/// see [`figure_6_corrected`].
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_6() -> Result<Figure> {
    let printed = PrintedFlow::of_figure_6();
    let mut panel = Panel::new(
        Axis::linear("ln b"),
        Axis::linear("squared mass m², as printed").range(0.0, 1.6),
    );
    for &start in printed.starts() {
        let points = printed.trajectory(start);
        let name = format!("m₀² = {start}");
        panel = panel.series(Series::line_with_markers(&name, printed.log_scales(), &points));
    }
    Figure::builder(
        "As printed: all masses go to zero",
        "As printed, the squared mass falls along four trajectories, to 0.08 of its start at ln b = 4.",
    )
    .source("§II bis, Figure 6")
    .panel(panel)
    .build()
}

/// Why no flow produces the printed points: one mass is passed at several rates.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_6_refuted() -> Result<Figure> {
    PrintedFlow::of_figure_6().figure()
}

/// Both directions of the flow beside the printed points, with a slider over the squared mass at the start.
///
/// In the continuum $m^2 = m_0^2b^{\pm2}$; the chain follows it as long as its mass is small.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_6_corrected() -> Result<Figure> {
    let printed = PrintedFlow::of_figure_6();
    let mut slider = Slider::new("m₀²").start_at(2);
    let scales: Vec<f64> = (0..=40).map(|step| 0.1 * f64::from(step)).collect();
    // A lattice of the spacing 1/64, so that the masses of the figure are small in its units.
    let steps: Vec<f64> = (0..=5).map(|step| f64::from(step) * std::f64::consts::LN_2).collect();
    for &start in printed.starts() {
        let growing: Vec<f64> = scales.iter().map(|scale| start * (2.0 * scale).exp()).collect();
        let shrinking: Vec<f64> = scales.iter().map(|scale| start * (-2.0 * scale).exp()).collect();
        let decimated = |step: &f64| -> Result<f64> {
            Ok(squared_mass_at_scale(start / FINER.powi(2), step.exp())? * FINER.powi(2))
        };
        let decimated = steps.iter().map(decimated).collect::<Result<Vec<f64>>>()?;
        let y = Axis::logarithmic("squared mass m²").range(1e-5, 1e4);
        let panel = Panel::new(Axis::linear("ln b"), y)
            .series(Series::corrected("large scales: m₀² b²", &scales, &growing))
            .series(Series::data("a chain, decimated", &steps, &decimated))
            .series(Series::line("small scales: m₀² b⁻²", &scales, &shrinking))
            .series(
                Series::line_with_markers(
                    "as printed",
                    printed.log_scales(),
                    &printed.trajectory(start),
                )
                .role(Role::AsPrinted),
            );
        slider = slider.frame(&start.to_string(), vec![panel]);
    }
    let factor = 8f64.exp();
    let finding = format!(
        "From m₀² = 1, as from any other start, the squared mass grows towards large scales, by {factor:.0} at \
         ln b = 4, and falls by as much towards small ones: that is the direction in which all masses go to zero."
    );
    Figure::builder("Masses go to zero at small scales, and grow at large ones", &finding)
        .source("§II bis, Figure 6, corrected")
        .slider(slider)
        .build()
}

/// How many sites of the chain make one unit of length.
const FINER: f64 = 64.0;

/// What the printed picture is right for: the squared correlation length in units of the lattice, which does
/// go to zero towards large scales, whatever it is at the start.
///
/// # Errors
///
/// None: its numbers are fixed.
pub fn figure_6_upside_down() -> Result<Figure> {
    let printed = PrintedFlow::of_figure_6();
    let scales: Vec<f64> = (0..=40).map(|step| 0.1 * f64::from(step)).collect();
    let y = Axis::logarithmic("ξ²/a² = 1/m²");
    let mut panel = Panel::new(Axis::linear("ln b"), y);
    for &start in printed.starts() {
        let lengths: Vec<f64> = scales.iter().map(|scale| (-2.0 * scale).exp() / start).collect();
        panel = panel.series(Series::line(&format!("m₀² = {start}"), &scales, &lengths));
    }
    Figure::builder(
        "The correlation length, in units of the lattice, does go to zero",
        "Towards large scales the squared correlation length falls in units of the lattice, by e² for each \
         unit of ln b: a figure in which everything goes to zero is right for it.",
    )
    .source("§II bis, Figure 6, for the correlation length")
    .panel(panel)
    .build()
}
