//! An operator of which only the product with a vector is known.

use super::Operator;

/// A symmetric operator from a function that writes the image of a vector.
///
/// Nothing can be seen of a function but its products, so that it is on trust that the map is linear and
/// symmetric; the algorithms that find out otherwise say so by
/// [`Error::NotSymmetric`](crate::Error::NotSymmetric).
///
/// # Examples
///
/// ```
/// use itakura_saito::operator::{MatrixFree, Operator};
///
/// // The identity and a matrix of ones.
/// let operator = MatrixFree::new(3, |x: &[f64], image: &mut [f64]| {
///     let sum: f64 = x.iter().sum();
///     image.iter_mut().zip(x).for_each(|(image, entry)| *image = entry + sum);
/// });
/// assert_eq!(operator.applied(&[1.0, 0.0, 0.0]), [2.0, 1.0, 1.0]);
/// ```
#[derive(Debug, Clone)]
pub struct MatrixFree<Product> {
    dimension: usize,
    product: Product,
}

impl<Product: Fn(&[f64], &mut [f64])> MatrixFree<Product> {
    /// From the number of entries of its vectors and the product: its first argument is the vector, its
    /// second the place for the image, all of whose entries it writes.
    pub fn new(dimension: usize, product: Product) -> Self {
        Self { dimension, product }
    }
}

impl<Product: Fn(&[f64], &mut [f64])> Operator for MatrixFree<Product> {
    fn dim(&self) -> usize {
        self.dimension
    }

    fn apply(&self, x: &[f64], y: &mut [f64]) {
        assert_eq!(x.len(), self.dimension, "a vector of the operator's dimension");
        assert_eq!(y.len(), self.dimension, "a place for the image, of the operator's dimension");
        (self.product)(x, y);
    }
}
