//! Axes: a quantity, its unit and its scale.

use serde::{Deserialize, Serialize};

/// How the values of an axis are spread along it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scale {
    /// Equal differences are equal lengths.
    Linear,
    /// Equal ratios are equal lengths; every value must be positive.
    Logarithmic,
}

/// An axis of a panel: what it measures, in which unit, on which scale.
///
/// The range follows the data unless [`Axis::range`] fixes it; what lies outside a fixed range is cut
/// off at the border.
///
/// ```
/// use itakura_saito::figure::Axis;
///
/// let distance: Axis = Axis::linear("distance x").unit("lattice sites").range(0.0, 8.0);
/// let response: Axis = Axis::logarithmic("response |J|");
/// let network: Axis = Axis::categories("network", &["TinyCNN", "ResNet1D"]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    pub(super) title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) unit: String,
    pub(super) scale: Scale,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) range: Option<(f64, f64)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<String>,
    /// Marked at whole numbers only.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) counts: bool,
}

impl Axis {
    /// A linear axis for the quantity `title`.
    pub fn linear(title: &str) -> Self {
        Self::new(title, Scale::Linear)
    }

    /// A logarithmic axis for the quantity `title`; it takes positive values only.
    ///
    /// # Examples
    ///
    /// ```
    /// use itakura_saito::figure::{Axis, Figure, Panel, Series};
    ///
    /// // Zero has no place on it.
    /// let panel = Panel::new(Axis::linear("x"), Axis::logarithmic("y")).series(Series::line(
    ///     "curve",
    ///     &[0.0, 1.0],
    ///     &[0.0, 1.0],
    /// ));
    /// assert!(Figure::builder("A curve", "It begins at zero.").panel(panel).build().is_err());
    /// ```
    pub fn logarithmic(title: &str) -> Self {
        Self::new(title, Scale::Logarithmic)
    }

    /// A linear axis that counts, such as epochs or steps: it is marked at whole numbers only.
    pub fn counting(title: &str) -> Self {
        Self { counts: true, ..Self::linear(title) }
    }

    /// An axis of names. The name number `i` stands at the value `i`, counted from zero.
    pub fn categories(title: &str, names: &[&str]) -> Self {
        let mut axis = Self::new(title, Scale::Linear);
        axis.categories = names.iter().map(|name| name.to_string()).collect();
        if !names.is_empty() {
            axis.range = Some((-0.5, names.len() as f64 - 0.5));
        }
        axis
    }

    /// The unit, shown in brackets after the title. A pure number has none.
    pub fn unit(mut self, unit: &str) -> Self {
        self.unit = unit.to_string();
        self
    }

    /// Fixes the range, in data values (not in their logarithms). `low` must be less than `high`.
    pub fn range(mut self, low: f64, high: f64) -> Self {
        self.range = Some((low, high));
        self
    }

    fn new(title: &str, scale: Scale) -> Self {
        Self {
            title: title.to_string(),
            unit: String::new(),
            scale,
            range: None,
            categories: Vec::new(),
            counts: false,
        }
    }

    /// Title and unit as they are written along the axis.
    pub(super) fn label(&self) -> String {
        if self.unit.is_empty() {
            self.title.clone()
        } else {
            format!("{} ({})", self.title, self.unit)
        }
    }

    pub(super) fn is_logarithmic(&self) -> bool {
        self.scale == Scale::Logarithmic
    }

    /// Where a value stands along the axis: itself, or its decadic logarithm.
    pub(super) fn coordinate(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => value,
            Scale::Logarithmic => value.log10(),
        }
    }
}
