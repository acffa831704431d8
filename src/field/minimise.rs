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
