//! A figure in its three forms: interactive, as a drawing, and in a sentence.

use itakura_saito::Result;
use itakura_saito::figure::{Axis, Figure, Panel, Role, Series};

pub fn main() -> Result<()> {
    let predictions: Vec<f64> = (1..=40).map(|index| 0.1 * f64::from(index)).collect();
    let of = |loss: &dyn Fn(f64) -> f64| predictions.iter().map(|&f| loss(f)).collect::<Vec<f64>>();
    let itakura_saito = of(&|f| 1.0 / f + f.ln() - 1.0);
    let squared_error = of(&|f| 0.5 * (f - 1.0).powi(2));
    let panel = Panel::new(Axis::linear("prediction f"), Axis::linear("loss for the target 1"))
        .series(Series::line("IS", &predictions, &itakura_saito).role(Role::ItakuraSaito))
        .series(Series::line("squared", &predictions, &squared_error).role(Role::SquaredError));
    let finding = "The Itakura-Saito loss rises without limit towards a prediction of zero.";
    let figure =
        Figure::builder("Too low is dearer than too high", finding).panel(panel).build()?;

    let traces = &figure.to_plotly()["data"];
    println!("for Plotly: {} traces", traces.as_array().map_or(0, Vec::len));
    println!("a drawing:  {} bytes of SVG", figure.to_svg().len());
    println!("in words:   {}", figure.to_text());
    Ok(())
}
