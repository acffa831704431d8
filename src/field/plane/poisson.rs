//! The Laplacian with a constant mass, inverted by fast transforms.

use std::f64::consts::PI;
use std::sync::Arc;

use rustdct::algorithm::{Dst1ConvertToFft, Type2And3ConvertToFft};
use rustdct::rustfft::{FftDirection, FftPlannerScalar};
use rustdct::{Dst1, TransformType2And3};

use super::laplacian::Laplacian;

/// $(a\\,(-\Delta_h) + m)^{-1}$ for the five-point Laplacian.
///
/// Cosines diagonalise it on cells with a free rim, sines on points within a fixed one, along each axis with
/// the eigenvalues $(2 - 2\cos\theta)/h^2$.
pub(super) struct Poisson {
    rows: Axis,
    columns: Axis,
    transposed: Vec<f64>,
}

/// One axis: its transform and its eigenvalues.
struct Axis {
    transform: Transform,
    eigenvalues: Vec<f64>,
    scratch: Vec<f64>,
}

enum Transform {
    /// The second kind forwards, the third kind back.
    Cosine(Arc<dyn TransformType2And3<f64>>),
    /// The first kind, its own inverse up to a factor.
    Sine(Arc<dyn Dst1<f64>>),
}

impl Transform {
    /// The planner of scalars: those of vector instructions would be compiled anew with this crate, a tenth of
    /// it, and differ in the last bits from processor to processor.
    fn new(count: usize, is_free: bool) -> Self {
        let plan = |length| FftPlannerScalar::new().plan_fft(length, FftDirection::Forward);
        match is_free {
            true => Self::Cosine(Arc::new(Type2And3ConvertToFft::new(plan(count)))),
            false => Self::Sine(Arc::new(Dst1ConvertToFft::new(plan(2 * (count + 1))))),
        }
    }

    fn scratch_len(&self) -> usize {
        match self {
            Self::Cosine(both) => both.get_scratch_len(),
            Self::Sine(both) => both.get_scratch_len(),
        }
    }
}

impl Axis {
    fn new(count: usize, spacing: f64, is_free: bool) -> Self {
        let transform = Transform::new(count, is_free);
        let scratch = transform.scratch_len();
        let angle = |index: usize| match is_free {
            true => PI * index as f64 / count as f64,
            false => PI * (index + 1) as f64 / (count + 1) as f64,
        };
        // 2 - 2 cos θ = 4 sin²(θ/2), without its cancellation.
        let eigenvalue = |index: usize| (2.0 * (0.5 * angle(index)).sin() / spacing).powi(2);
        let eigenvalues = (0..count).map(eigenvalue).collect();
        Self { transform, eigenvalues, scratch: vec![0.0; scratch] }
    }

    fn len(&self) -> usize {
        self.eigenvalues.len()
    }

    fn forwards(&mut self, lines: &mut [f64]) {
        let (count, scratch) = (self.eigenvalues.len(), &mut self.scratch);
        for line in lines.chunks_exact_mut(count) {
            match &self.transform {
                Transform::Cosine(both) => both.process_dct2_with_scratch(line, scratch),
                Transform::Sine(both) => sine(both.as_ref(), line, scratch),
            }
        }
    }

    fn back(&mut self, lines: &mut [f64]) {
        let (count, scratch) = (self.eigenvalues.len(), &mut self.scratch);
        for line in lines.chunks_exact_mut(count) {
            match &self.transform {
                Transform::Cosine(both) => both.process_dct3_with_scratch(line, scratch),
                Transform::Sine(both) => sine(both.as_ref(), line, scratch),
            }
        }
    }

    /// What forwards and back together multiply a line by.
    fn gain(&self) -> f64 {
        match self.transform {
            Transform::Cosine(..) => 0.5 * self.len() as f64,
            Transform::Sine(_) => 0.5 * (self.len() + 1) as f64,
        }
    }
}

impl Poisson {
    pub fn new(laplacian: &Laplacian) -> Self {
        let is_free = laplacian.is_free();
        let (height, width) = laplacian.spacing;
        Self {
            rows: Axis::new(laplacian.rows, height, is_free),
            columns: Axis::new(laplacian.columns, width, is_free),
            transposed: vec![0.0; laplacian.rows * laplacian.columns],
        }
    }

    /// Replaces `field` by the solution for the stiffness $a$ and the mass $m > 0$.
    pub fn solve(&mut self, stiffness: f64, mass: f64, field: &mut [f64]) {
        let (rows, columns) = (self.rows.len(), self.columns.len());
        self.columns.forwards(field);
        transpose(field, columns, &mut self.transposed);
        self.rows.forwards(&mut self.transposed);
        let gain = self.rows.gain() * self.columns.gain();
        for (line, horizontal) in
            self.transposed.chunks_exact_mut(rows).zip(&self.columns.eigenvalues)
        {
            for (value, vertical) in line.iter_mut().zip(&self.rows.eigenvalues) {
                *value /= gain * (stiffness * (horizontal + vertical) + mass);
            }
        }
        self.rows.back(&mut self.transposed);
        transpose(&self.transposed, rows, field);
        self.columns.back(field);
    }
}

/// The sine transform of a line. rustdct 0.7.1 reads two entries of the scratch space that it has not written,
/// and takes them for zeros; what the last transform left there would spoil this one.
fn sine(transform: &dyn Dst1<f64>, line: &mut [f64], scratch: &mut [f64]) {
    scratch.fill(0.0);
    transform.process_dst1_with_scratch(line, scratch);
}

/// Writes the columns of a matrix with `width` columns one after the other.
fn transpose(from: &[f64], width: usize, to: &mut [f64]) {
    let height = from.len() / width;
    // By blocks that stay in the first cache.
    const BLOCK: usize = 16;
    for top in (0..height).step_by(BLOCK) {
        for left in (0..width).step_by(BLOCK) {
            for row in top..height.min(top + BLOCK) {
                for column in left..width.min(left + BLOCK) {
                    to[column * height + row] = from[row * width + column];
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::Positive;
    use crate::field::plane::Rim;

    #[test]
    fn a_solution_is_mapped_back_to_its_right_side() {
        // Short and long axes, of lengths with small and with large factors.
        for (rows, columns) in [(7, 40), (33, 26), (2, 3)] {
            for rim in [Rim::Free, Rim::Fixed(Positive::ONE)] {
                let laplacian = Laplacian::new(rows, columns, rim).expect("a grid");
                let right_side: Vec<f64> =
                    (0..rows * columns).map(|place| (0.7 * place as f64).sin()).collect();
                let mut poisson = Poisson::new(&laplacian);
                for _ in 0..2 {
                    let mut solution = right_side.clone();
                    poisson.solve(0.3, 2.0, &mut solution);
                    let mut image = vec![0.0; solution.len()];
                    laplacian.apply(&solution, &mut image);
                    for (place, expected) in right_side.iter().enumerate() {
                        let value = 0.3 * image[place] + 2.0 * solution[place];
                        assert!((value - expected).abs() < 1e-12, "{value} {expected}");
                    }
                }
            }
        }
    }
}
