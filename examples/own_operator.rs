//! Certified eigenvalues of an operator of your own: all that it needs is a product with a vector.

use itakura_saito::Result;
use itakura_saito::curvature::{Ends, eigenvalues_at_the_ends};
use itakura_saito::operator::MatrixFree;

/// The Laplacian of a ring of 100 points. It has no entries here, only what it does.
pub fn main() -> Result<()> {
    let nodes = 100;
    let ring = MatrixFree::new(nodes, |x: &[f64], image: &mut [f64]| {
        for (at, image) in image.iter_mut().enumerate() {
            let (left, right) = ((at + nodes - 1) % nodes, (at + 1) % nodes);
            *image = 2.0 * x[at] - x[left] - x[right];
        }
    });
    // Most of its eigenvalues come in pairs, of which Lanczos alone would see one each.
    let spectrum = eigenvalues_at_the_ends(&ring, &Ends::new(3, 0))?;
    for pair in &spectrum.top {
        println!("{:.12} within {:.0e}, {:?}", pair.value, pair.bound, pair.status);
    }
    Ok(())
}
