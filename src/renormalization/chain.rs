//! The Gaussian chain, and what is left of it when sites are integrated out.

use super::{at_least, decay_per_site, positive, squared_mass_at_scale};
use crate::Result;
use crate::figure::{Axis, Figure, Panel, Series, Slider};

/// An infinite chain of Gaussian variables with equal bonds and masses.
///
/// $$ E[\varphi] = \frac12 \sum_i K\\,(\varphi_{i+1} - \varphi_i)^2 + r\\,\varphi_i^2 $$
///
/// This is the action of (4), section IIbis, on a lattice, with its elasticity in the bond $K$ and its mass
/// term in $r$.
///
/// # Examples
///
/// ```
/// use itakura_saito::renormalization::GaussianChain;
///
/// let chain = GaussianChain::new(1.0, 0.01)?;
/// let coarse = chain.decimated(2)?;
/// assert!((coarse.bond() - 1.0 / 2.01).abs() < 1e-15);
/// assert!((coarse.site_mass() - 0.01 * 4.01 / 2.01).abs() < 1e-15);
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GaussianChain {
    bond: f64,
    site_mass: f64,
    theta: f64,
}

impl GaussianChain {
    /// With the bond $K$ and the mass $r$ of each site.
    ///
    /// # Errors
    ///
    /// [`Error::NotPositive`](crate::Error::NotPositive) if either is not.
    pub fn new(bond: f64, site_mass: f64) -> Result<Self> {
        let bond = positive("the bond K", bond, "without bonds there is no chain")?;
        let remedy = "without a mass the chain has no finite covariance";
        let site_mass = positive("the mass r of a site", site_mass, remedy)?;
        let squared_mass =
            positive("the ratio r/K", site_mass / bond, "take values nearer to one")?;
        Ok(Self { bond, site_mass, theta: decay_per_site(squared_mass)? })
    }

    /// The bond $K$ between neighbours.
    pub fn bond(&self) -> f64 {
        self.bond
    }

    /// The mass $r$ of a site.
    pub fn site_mass(&self) -> f64 {
        self.site_mass
    }

    /// The squared mass in units of the lattice, $u = r/K$, which is all that flows.
    pub fn squared_mass(&self) -> f64 {
        self.site_mass / self.bond
    }

    /// The correlation length in sites, $\xi/a = 1/\theta$.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::GaussianChain;
    ///
    /// // 2(cosh θ - 1) = u: with K = 1 and r = 1/2, exp(θ) = 2.
    /// let chain = GaussianChain::new(1.0, 0.5)?;
    /// assert!((chain.correlation_length() * 2f64.ln() - 1.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn correlation_length(&self) -> f64 {
        self.theta.recip()
    }

    /// The covariance of two variables, `distance` sites apart.
    ///
    /// $$ \langle \varphi_i \varphi_{i+n} \rangle = \frac{e^{-\theta n}}{2K \sinh\theta} $$
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::GaussianChain;
    ///
    /// // With exp(θ) = 2: 1/(2K sinh θ) = 2/3, halved from site to site.
    /// let chain = GaussianChain::new(1.0, 0.5)?;
    /// assert!((chain.covariance(0) - 2.0 / 3.0).abs() < 1e-14);
    /// assert!((chain.covariance(3) - 1.0 / 12.0).abs() < 1e-14);
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn covariance(&self, distance: usize) -> f64 {
        (-self.theta * distance as f64).exp() / (2.0 * self.bond * self.theta.sinh())
    }

    /// The chain of every `block`-th site, with the sites between integrated out: exactly a chain again.
    ///
    /// $$ K_b = K\\,\frac{\sinh\theta}{\sinh b\theta}, \qquad r_b = K_b\\,u_b $$
    ///
    /// For pairs $K' = K^2/(2K + r)$ and $r' = r(4K + r)/(2K + r)$. Covariances of the sites that stay do
    /// not change.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`](crate::Error::TooFew) for a block of no site;
    /// [`Error::NotFinite`](crate::Error::NotFinite) or [`Error::NotPositive`](crate::Error::NotPositive)
    /// when a bond is too weak for an `f64`.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::renormalization::GaussianChain;
    ///
    /// // The sites that stay have the covariances that they had.
    /// let chain = GaussianChain::new(1.0, 0.5)?;
    /// let every_third = chain.decimated(3)?;
    /// assert!((every_third.covariance(2) - chain.covariance(6)).abs() < 1e-14);
    /// assert!(every_third.squared_mass() > chain.squared_mass());
    /// # Ok::<(), itakura_saito::Error>(())
    /// ```
    pub fn decimated(&self, block: usize) -> Result<Self> {
        at_least(1, "the number of sites in a block", block, "1 leaves the chain as it is")?;
        let squared_mass = squared_mass_at_scale(self.squared_mass(), block as f64)?;
        let bond = self.bond * self.theta.sinh() / (block as f64 * self.theta).sinh();
        Self::new(bond, bond * squared_mass)
    }

    /// Every second site goes, up to `steps` times: the covariance of those that stay, with a slider.
    ///
    /// # Errors
    ///
    /// [`Error::TooFew`](crate::Error::TooFew) for no step; as [`decimated`](Self::decimated); those of a
    /// figure.
    pub fn figure(&self, steps: u32) -> Result<Figure> {
        at_least(1, "the number of steps", steps as usize, "decimate at least once")?;
        let reach = 1usize << steps.min(12);
        let distances: Vec<f64> = (0..=4 * reach).map(|site| 0.25 * site as f64).collect();
        let continued = |x: &f64| self.covariance(0) * (-self.theta * x).exp();
        let curve: Vec<f64> = distances.iter().map(continued).collect();
        let mut slider = Slider::new("sites in a block").start_at(1);
        let mut lengths = Vec::new();
        for step in 0..=steps {
            let block = 1usize << step;
            let coarse = self.decimated(block)?;
            let kept: Vec<f64> = (0..=reach / block).map(|site| (site * block) as f64).collect();
            let covariances: Vec<f64> =
                (0..=reach / block).map(|site| coarse.covariance(site)).collect();
            lengths.push(coarse.correlation_length());
            let horizontal = Axis::linear("distance in sites of the first chain");
            let panel = Panel::new(horizontal, Axis::linear("covariance"))
                .series(Series::corrected("the first chain", &distances, &curve))
                .series(Series::data("sites that stay", &kept, &covariances));
            slider = slider.frame(&block.to_string(), vec![panel]);
        }
        let finding = format!(
            "With 2 sites in a block, and with more, the covariances of the sites that stay do not change; in \
             sites of its own lattice the correlation length falls from {:.2} to {:.2} and, in the end, to \
             {:.2}.",
            lengths[0],
            lengths[1],
            lengths[lengths.len() - 1]
        );
        Figure::builder("What do the sites that stay have in common?", &finding)
            .source("§II bis, on a lattice")
            .slider(slider)
            .build()
    }
}
