//! The loss with its derivatives and a link in a training loop of your own: Newton's method for the two
//! numbers of $f(x) = e^{a + bx}$.

use itakura_saito::Result;
use itakura_saito::divergence::{Link, Loss, PositiveArray};

pub fn main() -> Result<()> {
    let positions = [0.0, 0.5, 1.0, 1.5, 2.0];
    // Drawn from 0.1 e^{3x}, and a tenth more or less.
    let targets = PositiveArray::from_vec(vec![0.11, 0.4034, 2.2094, 8.1015, 44.377])?;
    let (mut a, mut b) = (0.0, 0.0);
    for step in 0..6 {
        let (mut loss, mut gradient, mut hessian) = (0.0, [0.0; 2], [0.0; 3]);
        for (x, target) in positions.into_iter().zip(targets.iter()) {
            let term = Loss::ITAKURA_SAITO.behind(Link::Exponential, target, a + b * x)?;
            loss += term.value / positions.len() as f64;
            gradient = [gradient[0] + term.derivative, gradient[1] + x * term.derivative];
            let second = term.second_derivative;
            hessian = [hessian[0] + second, hessian[1] + x * second, hessian[2] + x * x * second];
        }
        println!("step {step}: loss {loss:.6}, f(x) = {:.4} exp({b:.4} x)", f64::exp(a));
        let determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
        a -= (hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant;
        b -= (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant;
    }
    Ok(())
}
