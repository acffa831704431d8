//! The Hessian of a network: in two parts, and layer by layer.

use std::ops::Range;

use super::basis::dot;
use super::ends::{Ends, eigenvalues_at_the_ends};
use super::estimate::{Estimate, at_least, random_signs};
use super::krylov::product;
use crate::network::CurvatureOperator;
use crate::operator::Operator;
use crate::{Error, Result, seed};

/// How large the two parts of a Hessian are, $H = G + R$.
///
/// $G = J^{\mathsf T} D J$ comes from the curvature of the loss, the residual $R$ from that of the network;
/// the arguments of the paper are about the weights in $G$.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvatureParts {
    /// $\lVert H \rVert_F^2$.
    pub hessian: Estimate,
    /// $\lVert G \rVert_F^2$.
    pub gauss_newton: Estimate,
    /// $\lVert H - G \rVert_F^2$.
    pub residual: Estimate,
    /// $\lVert H - G \rVert_F / \lVert H \rVert_F$, from the same vectors.
    pub residual_share: f64,
}

/// Estimates the Frobenius norms of a Hessian, its Gauss-Newton part and the rest: the mean of
/// $\lVert M z \rVert^2$ over vectors of random signs is $\lVert M \rVert_F^2$.
///
/// # Errors
///
/// [`Error::TooFew`] for fewer than two probes; [`Error::NotFiniteAt`] if a product is not finite.
pub fn curvature_parts(
    hessian: &CurvatureOperator,
    probes: usize,
    seed: u64,
) -> Result<CurvatureParts> {
    at_least("the number of probes", probes, 2)?;
    let gauss_newton = hessian.objective().gauss_newton(hessian.parameters())?;
    let (mut image, mut part) = (vec![0.0; hessian.dim()], vec![0.0; hessian.dim()]);
    let mut squares: [Vec<f64>; 3] = Default::default();
    for number in 0..probes {
        let probe = random_signs(hessian.dim(), seed::stream(seed, number as u64));
        product(hessian, &probe, &mut image)?;
        product(&gauss_newton, &probe, &mut part)?;
        let rest: Vec<f64> = image.iter().zip(&part).map(|(whole, part)| whole - part).collect();
        for (list, vector) in squares.iter_mut().zip([&image, &part, &rest]) {
            list.push(dot(vector, vector));
        }
    }
    let [hessian, gauss_newton, residual] = squares.map(|list| Estimate::of(&list, 2 * probes));
    let residual_share = (residual.value / hessian.value).sqrt();
    Ok(CurvatureParts { hessian, gauss_newton, residual, residual_share })
}

/// What a layer has to do with a Hessian.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerBlock {
    /// The name of the block of parameters, such as `conv1.weight`.
    pub name: String,
    /// How many parameters it has.
    pub size: usize,
    /// The largest eigenvalue of the block of the Hessian.
    pub largest: f64,
    /// The smallest one.
    pub smallest: f64,
    /// The share of the block in a vector that was given: its squared entries there, of all.
    pub share: f64,
}

/// The diagonal blocks of a Hessian, layer by layer, and the share of each in `vector`, such as the first
/// eigenvector.
///
/// By Cauchy's interlacing no block has a larger eigenvalue than the Hessian, nor a smaller one.
///
/// # Errors
///
/// [`Error::Lengths`] for the vector, [`Error::NotPositive`] if it is zero, and as
/// [`eigenvalues_at_the_ends`].
pub fn layer_blocks(hessian: &CurvatureOperator, vector: &[f64]) -> Result<Vec<LayerBlock>> {
    if vector.len() != hessian.dim() {
        return Err(Error::Lengths {
            name: "the vector",
            expected: hessian.dim(),
            found: vector.len(),
            remedy: "give one entry for each parameter",
        });
    }
    let square = dot(vector, vector);
    if !(square.is_finite() && square > 0.0) {
        return Err(Error::NotPositive {
            name: "the squared norm of the vector",
            value: square,
            remedy: "take an eigenvector",
        });
    }
    let layout = hessian.objective().predictor().architecture().layout();
    let of_block = |block: &crate::network::ParameterBlock| {
        let part = &vector[block.range()];
        let ends = Ends::new(1, usize::from(block.size() > 1));
        let operator = Block { operator: hessian, range: block.range() };
        let spectrum = eigenvalues_at_the_ends(&operator, &ends)?;
        let largest = spectrum.top[0].value;
        Ok(LayerBlock {
            name: block.name.clone(),
            size: block.size(),
            largest,
            smallest: spectrum.bottom.first().map_or(largest, |pair| pair.value),
            share: dot(part, part) / square,
        })
    };
    layout.iter().map(of_block).collect()
}

/// A diagonal block of an operator.
struct Block<'a> {
    operator: &'a dyn Operator,
    range: Range<usize>,
}

impl Operator for Block<'_> {
    fn dim(&self) -> usize {
        self.range.len()
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        let mut whole = vec![0.0; self.operator.dim()];
        whole[self.range.clone()].copy_from_slice(x);
        y.copy_from_slice(&self.operator.applied(&whole)[self.range.clone()]);
    }
}
