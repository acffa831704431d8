//! The minimum of the action of a chain.

use super::newton::Newton;
use super::potential::{ItakuraSaito, Potential};
use super::{Action, Minimum};
use crate::Result;
use crate::divergence::{Divergence, PositiveArray};

impl Action {
    /// The minimum that is reached from the target itself.
    ///
    /// # Errors
    ///
    /// As [`Action::minimise_from`].
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // A soft field follows its target, a stiff one becomes the flat field that is best: the mean.
    /// let target = PositiveArray::of(&[1.0, 2.0, 6.0])?;
    /// let soft = Action::neumann(target.clone(), 1e-9)?.minimise()?.field;
    /// assert!((soft.as_slice()[2] - 6.0).abs() < 1e-5);
    /// let stiff = Action::neumann(target, 1e6)?.minimise()?.field;
    /// assert!(stiff.iter().all(|value| (value.get() - 3.0).abs() < 1e-5));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn minimise(&self) -> Result<Minimum> {
        self.minimise_from(self.target())
    }

    /// The minimum that is reached from a field.
    ///
    /// Damped Newton: where the Hessian is not positive definite, the curvature of the divergence in
    /// $\ln f$ stands in, no step takes more than nine tenths of the field at any point, and each lowers
    /// the action. Time and memory are proportional to the number of points. Where there are several
    /// minima (appendix A.4 and B.2 do not mention them), the start decides.
    ///
    /// # Errors
    ///
    /// [`Error::ShapeMismatch`](crate::Error::ShapeMismatch) if the start does not have one value for each target.
    /// [`Error::NotConverged`](crate::Error::NotConverged) with the residual if the solve does not end at a
    /// minimum; there is no field then.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::divergence::PositiveArray;
    /// use itakura_saito::field::Action;
    ///
    /// // Where all values lie within a factor of two there is one minimum, whatever the start.
    /// let action = Action::neumann(PositiveArray::of(&[1.0, 1.5, 2.0])?, 0.1)?;
    /// let (near, far) =
    ///     (action.minimise()?, action.minimise_from(&PositiveArray::constant(&[3], 50.0)?)?);
    /// let pairs = near.field.as_slice().iter().zip(far.field.as_slice());
    /// assert!(pairs.into_iter().all(|(one, other)| (one - other).abs() < 1e-10));
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn minimise_from(&self, start: &PositiveArray) -> Result<Minimum> {
        self.target().check_shape(start)?;
        // By value, so that the member of the beta family with the exponent 0 is as fast.
        if self.divergence() == Divergence::ItakuraSaito {
            self.solve(ItakuraSaito, start)
        } else {
            self.solve(self.divergence(), start)
        }
    }

    fn solve(&self, potential: impl Potential, start: &PositiveArray) -> Result<Minimum> {
        let (field, progress) = Newton::new(self, potential, start.as_slice()).solve()?;
        let curvature = field.iter().zip(self.target().as_slice());
        let curvature = curvature.map(|(&field, &target)| potential.stiffness(target, field));
        let lowest = self.chain(curvature.collect()).lowest_eigenvalue();
        let field = PositiveArray::from_vec(field)?;
        Ok(Minimum::new(self.value(&field)?, field, progress, lowest))
    }
}
