//! A field minimised: the smooth curve that the action prefers to a noisy target.

use itakura_saito::Result;
use itakura_saito::field::{Action, sample};
use itakura_saito::grid::Grid;

pub fn main() -> Result<()> {
    let grid = Grid::finite_volume(200)?.with_length(2.0)?;
    let target = sample(&grid, &|x| (2.0 + (3.0 * x).sin()) * (1.0 + 0.3 * (85.0 * x).sin()))?;
    let action = Action::neumann(target, 1e-3)?.on(grid)?;
    let minimum = action.minimise()?;
    let certificate = &minimum.certificate;
    println!("action {:.6}, of the target {:.6}", minimum.action, action.value(action.target())?);
    println!("gradient {:.0e}, zero up to rounding", certificate.gradient);
    println!("smallest eigenvalue {:.4}: a minimum", certificate.smallest_eigenvalue);
    Ok(())
}
