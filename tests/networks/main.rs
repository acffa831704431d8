//! The networks of section 17: derivatives, training, spectra and kernels, in one program.

mod curvature_networks;
mod network;
mod ntk_empirical;
#[path = "../set_a/mod.rs"]
mod set_a;
mod training;
