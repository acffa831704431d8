//! The value and the standard error of a quantity that is computed from sums over independent groups.

use crate::Result;

/// An estimated number with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampledValue {
    /// The estimate from all groups together.
    pub value: f64,
    /// Its standard error, from leaving out one group at a time.
    pub standard_error: f64,
}

/// The quantities that `quantities` computes from the total of all groups, each with the error of the
/// jackknife: $\sigma^2 = \frac{n-1}{n} \sum_i (x_{(i)} - \bar x)^2$, where $x_{(i)}$ lacks group $i$.
pub(super) fn jackknife<const SUMS: usize, const COUNT: usize>(
    groups: &[[f64; SUMS]],
    quantities: impl Fn(&[f64; SUMS]) -> Result<[f64; COUNT]>,
) -> Result<[SampledValue; COUNT]> {
    let mut total = [0.0; SUMS];
    for group in groups {
        total.iter_mut().zip(group).for_each(|(sum, term)| *sum += term);
    }
    let without =
        |group: &[f64; SUMS]| quantities(&std::array::from_fn(|index| total[index] - group[index]));
    let values = quantities(&total)?;
    let reduced = groups.iter().map(without).collect::<Result<Vec<_>>>()?;
    let count = groups.len() as f64;
    Ok(std::array::from_fn(|index| {
        let mean = reduced.iter().map(|values| values[index]).sum::<f64>() / count;
        let squares: f64 = reduced.iter().map(|values| (values[index] - mean).powi(2)).sum();
        let standard_error = ((count - 1.0) / count * squares).sqrt();
        SampledValue { value: values[index], standard_error }
    }))
}
