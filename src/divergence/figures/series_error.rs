//! How good a truncated Taylor series is, as a figure.

use super::spacing::geometric;
use crate::Result;
use crate::divergence::{TaylorPolynomial, itakura_saito};
use crate::figure::{Axis, Figure, Panel, Series};

const POINTS: usize = 81;

/// The errors of the Taylor polynomials of $V$ about $f = y$, over the relative deviation
/// $u = (f - y)/y$.
///
/// The polynomial of order $n$ misses by about its next term, $\frac{n}{n+1} u^{n+1}$, which is a
/// straight line of slope $n + 1$ in a plot with logarithmic axes.
///
/// ```
/// use itakura_saito::divergence::SeriesError;
///
/// let errors: SeriesError = SeriesError::of_orders(&[2, 4], 0.01, 0.5)?;
/// assert!(errors.figure()?.to_text().contains("slope"));
/// # Ok::<(), itakura_saito::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesError {
    deviations: Vec<f64>,
    /// Order, and the error at each deviation.
    errors: Vec<(usize, Vec<f64>)>,
}

impl SeriesError {
    /// For polynomials of these orders, at most four, over deviations from `smallest` to `largest`.
    ///
    /// # Errors
    ///
    /// If an order is below 2, or a deviation is not between 0 and 1, where the series converges.
    pub fn of_orders(orders: &[usize], smallest: f64, largest: f64) -> Result<SeriesError> {
        let deviations = geometric(smallest, largest, POINTS)?;
        let errors = orders
            .iter()
            .map(|&order| {
                let polynomial = TaylorPolynomial::itakura_saito(order)?;
                let error = |&deviation: &f64| truncation_error(&polynomial, deviation);
                Ok((order, deviations.iter().map(error).collect::<Result<Vec<f64>>>()?))
            })
            .collect::<Result<Vec<_>>>()?;
        Ok(SeriesError { deviations, errors })
    }

    /// Error over deviation, with the slope of the leading error of each polynomial.
    ///
    /// # Errors
    ///
    /// If an error is zero, because a deviation was too small for 64 bits.
    pub fn figure(&self) -> Result<Figure> {
        let finding = "On logarithmic axes the error of each truncated series is a straight line whose \
                       slope is one more than the order: the series is the right one.";
        let x = Axis::logarithmic("relative deviation u = (f − y)/y");
        let mut panel = Panel::new(x, Axis::logarithmic("error of the series"));
        for (order, errors) in &self.errors {
            panel =
                panel.series(Series::line(&format!("to order {order}"), &self.deviations, errors));
            let middle = self.deviations.len() / 4;
            // Far enough below the curve for the label between the two, also where both are steep.
            let from = (self.deviations[middle], errors[middle] / 300.0);
            panel = panel.slope(
                (order + 1) as f64,
                from,
                3.0 * from.0,
                &format!("slope {}", order + 1),
            );
        }
        Figure::builder("How steep is the error of a series that was cut?", finding)
            .source("§2, §3")
            .panel(panel)
            .build()
    }
}

fn truncation_error(polynomial: &TaylorPolynomial, deviation: f64) -> Result<f64> {
    let exact = itakura_saito(1.0, 1.0 + deviation)?;
    Ok((polynomial.evaluate(deviation)?.value - exact).abs())
}
