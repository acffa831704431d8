//! The field.
mod plane;
pub use plane::{PlaneAction, PlaneCertificate, PlaneHessian, PlaneMinimum, Rim};
